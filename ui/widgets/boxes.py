"""Moving and stretching the boxes of faces; all in fractions of the picture."""

from __future__ import annotations

from enum import Enum

from smassistant.domain.pictures import Box

LEAST = 0.008  # the smallest side of a box
STEP = 0.01
BLUR_AROUND = 1.35  # the blur reaches this far beyond the face, as in the published copy


class Corner(Enum):
    """Which corner is taken: whether the left (x) and top (y) sides move."""

    TOP_LEFT = (True, True)
    TOP_RIGHT = (False, True)
    BOTTOM_LEFT = (True, False)
    BOTTOM_RIGHT = (False, False)


def between(x1: float, y1: float, x2: float, y2: float) -> Box:
    """The box with two opposite corners there, cut to the picture."""
    left, right = sorted((_inside(x1), _inside(x2)))
    top, bottom = sorted((_inside(y1), _inside(y2)))
    return Box(left, top, right - left, bottom - top)


def moved(box: Box, dx: float, dy: float) -> Box:
    """The box shifted, kept within the picture."""
    x = min(max(box.x + dx, 0.0), 1.0 - box.w)
    y = min(max(box.y + dy, 0.0), 1.0 - box.h)
    return Box(x, y, box.w, box.h)


def resized(box: Box, dw: float, dh: float) -> Box:
    """The box wider and higher from its middle, kept within the picture and not too small."""
    w = min(max(box.w + dw, LEAST), 1.0)
    h = min(max(box.h + dh, LEAST), 1.0)
    return moved(Box(box.x, box.y, w, h), (box.w - w) / 2, (box.h - h) / 2)


def dragged(box: Box, corner: Corner, x: float, y: float) -> Box:
    """The box with one corner pulled to (x, y); the opposite corner stays."""
    left, top = corner.value
    fixed_x = box.x + box.w if left else box.x
    fixed_y = box.y + box.h if top else box.y
    box = between(fixed_x, fixed_y, x, y)
    return Box(box.x, box.y, max(box.w, LEAST), max(box.h, LEAST))


def middle(share: float = 0.12, aspect: float = 1.0) -> Box:
    """A new box in the middle; `aspect` is the picture's width over its height."""
    w, h = share, min(share * aspect * 1.25, 1.0)
    return Box((1 - w) / 2, (1 - h) / 2, w, h)


def widened(box: Box, by: float = BLUR_AROUND) -> Box:
    """The box larger around its middle, cut to the picture."""
    dx, dy = box.w * (by - 1) / 2, box.h * (by - 1) / 2
    return between(box.x - dx, box.y - dy, box.x + box.w + dx, box.y + box.h + dy)


def large_enough(box: Box) -> bool:
    """Whether a drawn box was meant as one."""
    return box.w >= LEAST and box.h >= LEAST


def _inside(value: float) -> float:
    return min(max(value, 0.0), 1.0)

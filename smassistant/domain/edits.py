"""Where things of a picture are after it was turned, straightened and cut (pure geometry).

Points and boxes are fractions of the picture they lie in: *source* is the upright working copy,
*shown* the picture after its `Edit`. Sizes are in pixels of the working copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, floor, radians, sin

from smassistant.domain.pictures import Box, Edit

MOST_SLANT = 15.0
# A face of which less than this is left can't be told from it.
LEAST_PART = 0.1
# How far a corner may lie outside a frame, in fractions, by rounding to pixels alone.
_ROUNDING = 0.002
Point = tuple[float, float]
_Move = Callable[[float, float], Point]
_UNIT: tuple[Point, ...] = ((0, 0), (1, 0), (1, 1), (0, 1))


def size_after(edit: Edit, width: int, height: int) -> tuple[int, int]:
    """Width and height in pixels of a `width` × `height` picture after the edit."""
    left, top, right, bottom = crop_corners(edit, width, height)
    return right - left, bottom - top


def turned_size(edit: Edit, width: int, height: int) -> tuple[int, int]:
    """Width and height in pixels after the quarter turns alone."""
    return (height, width) if edit.turns % 2 else (width, height)


def slanted_size(edit: Edit, width: int, height: int) -> tuple[int, int]:
    """Width and height in pixels after turns and slant: the largest upright rectangle left."""
    wide, high = turned_size(edit, width, height)
    angle = radians(abs(slant_of(edit)))
    if not angle:
        return wide, high
    long, short = max(wide, high), min(wide, high)
    if short <= 2 * sin(angle) * cos(angle) * long:  # two corners in the middle of long sides
        inner = short / 2 / sin(angle), short / 2 / cos(angle)
        inner = inner if wide >= high else (inner[1], inner[0])
    else:  # every corner on a side of its own
        over = cos(2 * angle)
        inner = (
            (wide * cos(angle) - high * sin(angle)) / over,
            (high * cos(angle) - wide * sin(angle)) / over,
        )
    return max(1, floor(inner[0])), max(1, floor(inner[1]))


def crop_corners(edit: Edit, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the crop in pixels of the turned and slanted picture."""
    wide, high = slanted_size(edit, width, height)
    crop = edit.crop or Box(0, 0, 1, 1)
    left = min(max(0, round(crop.x * wide)), wide - 1)
    top = min(max(0, round(crop.y * high)), high - 1)
    right = min(max(left + 1, round((crop.x + crop.w) * wide)), wide)
    bottom = min(max(top + 1, round((crop.y + crop.h) * high)), high)
    return left, top, right, bottom


def shown_point(x: float, y: float, edit: Edit, width: int, height: int) -> Point:
    """Where a point of the source is shown; outside 0..1 where it is cut away."""
    return _way(edit, width, height).there(x, y)


def source_point(x: float, y: float, edit: Edit, width: int, height: int) -> Point:
    """Which point of the source is shown at (x, y)."""
    return _way(edit, width, height).back(x, y)


def shown_corners(box: Box, edit: Edit, width: int, height: int) -> tuple[Point, ...]:
    """The four corners of a source box as shown, clockwise, also where they are cut away."""
    way = _way(edit, width, height)
    return tuple(way.there(box.x + u * box.w, box.y + v * box.h) for u, v in _UNIT)


def visible_part(box: Box, edit: Edit, width: int, height: int) -> float:
    """How much of a source box the edit leaves, 0 (nothing) to 1 (all of it)."""
    if _keeps_all(edit):
        return 1
    corners = shown_corners(_inside(box) or box, edit, width, height)
    whole = _area(corners)
    if not whole:
        return float(all(0 <= value <= 1 for value in corners[0]))
    return min(1.0, _area(_clipped(corners)) / whole)


def is_shown(box: Box, edit: Edit, width: int, height: int) -> bool:
    """Whether enough of a source box is left to recognise or read what is in it."""
    return visible_part(box, edit, width, height) >= LEAST_PART


def shown_box(box: Box, edit: Edit, width: int, height: int) -> Box | None:
    """The box where its content is shown, cut at the frame; None when it is cut away.

    A slanted box stays upright and keeps its size, so that `source_box` leads back exactly from
    one that lies wholly in the frame.
    """
    if edit.turns % 4 == 0 and not slant_of(edit) and edit.crop is None:
        return box
    if not is_shown(box, edit, width, height):
        return None
    way = _way(edit, width, height)
    moved = _moved(box, way.there, (width, height), way.size, edit.turns % 2 == 1)
    return _inside(moved) or _around(_clipped(shown_corners(box, edit, width, height)))


def source_box(box: Box, edit: Edit, width: int, height: int) -> Box:
    """The box in the source of what is shown in `box`, cut at the edges of the source."""
    way = _way(edit, width, height)
    moved = _moved(box, way.back, way.size, (width, height), edit.turns % 2 == 1)
    return _inside(moved) or moved


def same_place(one: Box, two: Box) -> bool:
    """Whether two boxes of one picture are around the same face."""
    wide = min(one.x + one.w, two.x + two.w) - max(one.x, two.x)
    high = min(one.y + one.h, two.y + two.h) - max(one.y, two.y)
    if wide <= 0 or high <= 0:
        return False
    shared, first, second = wide * high, one.w * one.h, two.w * two.h
    return shared > 0.4 * (first + second - shared) or shared > 0.7 * min(first, second)


def light_curve(light: float) -> bytes:
    """What becomes of each of the 256 values of a colour; black and white stay as they are.

    A power curve: middle grey goes to 181 at most (`light` 1), to 64 at least (-1).
    """
    power = 2 ** -max(-1.0, min(1.0, light))
    return bytes(round(255 * (value / 255) ** power) for value in range(256))


def shows_more(before: Edit, after: Edit, width: int, height: int) -> bool:
    """Whether the frame of `after` reaches beyond that of `before` into the source."""
    old, new = _way(before, width, height), _way(after, width, height)
    return any(
        not (-_ROUNDING <= value <= 1 + _ROUNDING)
        for corner in _UNIT
        for value in old.there(*new.back(*corner))
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """The way from the source to what is shown and back, for pictures of one size."""

    source: tuple[int, int]
    turns: int
    cosine: float
    sine: float
    slanted: tuple[int, int]
    corner: tuple[int, int]  # of the crop, in the slanted picture
    size: tuple[int, int]  # of what is shown

    def there(self, x: float, y: float) -> Point:
        """From source to shown."""
        for _turn in range(self.turns):
            x, y = 1 - y, x
        wide, high = self._turned()
        across, down = (x - 0.5) * wide, (y - 0.5) * high
        slanted_x = across * self.cosine - down * self.sine + self.slanted[0] / 2
        slanted_y = across * self.sine + down * self.cosine + self.slanted[1] / 2
        left, top = self.corner
        return (slanted_x - left) / self.size[0], (slanted_y - top) / self.size[1]

    def back(self, x: float, y: float) -> Point:
        """From shown to source."""
        slanted_x = x * self.size[0] + self.corner[0] - self.slanted[0] / 2
        slanted_y = y * self.size[1] + self.corner[1] - self.slanted[1] / 2
        wide, high = self._turned()
        x = (slanted_x * self.cosine + slanted_y * self.sine) / wide + 0.5
        y = (slanted_y * self.cosine - slanted_x * self.sine) / high + 0.5
        for _turn in range(self.turns):
            x, y = y, 1 - x
        return x, y

    def _turned(self) -> tuple[int, int]:
        wide, high = self.source
        return (high, wide) if self.turns % 2 else (wide, high)


@lru_cache(maxsize=256)
def _way(edit: Edit, width: int, height: int) -> _Way:
    angle = radians(slant_of(edit))
    left, top, right, bottom = crop_corners(edit, width, height)
    return _Way(
        (width, height), edit.turns % 4, cos(angle), sin(angle),
        slanted_size(edit, width, height), (left, top), (right - left, bottom - top),
    )  # fmt: skip


def slant_of(edit: Edit) -> float:
    return max(-MOST_SLANT, min(MOST_SLANT, edit.slant))


def _keeps_all(edit: Edit) -> bool:
    """Whether the edit cuts nothing away."""
    return not slant_of(edit) and edit.crop in (None, Box(0, 0, 1, 1))


def _moved(
    box: Box, move: _Move, before: tuple[int, int], after: tuple[int, int], turned: bool
) -> Box:
    """The box around where its middle goes, as many pixels wide and high as before."""
    x, y = move(box.x + box.w / 2, box.y + box.h / 2)
    wide, high = box.w * before[0], box.h * before[1]
    if turned:
        wide, high = high, wide
    w, h = wide / after[0], high / after[1]
    return Box(x - w / 2, y - h / 2, w, h)


def _inside(box: Box) -> Box | None:
    """The part of a box that lies in the frame."""
    left, top = max(0.0, box.x), max(0.0, box.y)
    right, bottom = min(1.0, box.x + box.w), min(1.0, box.y + box.h)
    if right <= left or bottom <= top:
        return None
    return Box(left, top, right - left, bottom - top)


def _around(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _area(points: Sequence[Point]) -> float:
    """The area of a polygon, by the shoelace formula."""
    pairs = zip(points, [*points[1:], *points[:1]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _clipped(points: Sequence[Point]) -> tuple[Point, ...]:
    """The part of a polygon inside the frame, cut side by side (Sutherland and Hodgman)."""
    kept = tuple(points)
    for axis, edge, sign in ((0, 0.0, 1), (0, 1.0, -1), (1, 0.0, 1), (1, 1.0, -1)):
        kept = tuple(_cut(kept, axis, edge, sign))
    return kept


def _cut(points: Sequence[Point], axis: int, edge: float, sign: int) -> Iterator[Point]:
    for start, end in zip(points, [*points[1:], *points[:1]], strict=True):
        before, after = (start[axis] - edge) * sign, (end[axis] - edge) * sign
        if before >= 0:
            yield start
        if before * after < 0:
            part = before / (before - after)
            yield (
                start[0] + part * (end[0] - start[0]),
                start[1] + part * (end[1] - start[1]),
            )

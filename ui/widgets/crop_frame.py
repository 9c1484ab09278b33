"""Moving and stretching the crop of a picture; all in fractions of the picture before the crop.

A `ratio` is that of width to height in fractions; None leaves both free.
"""

from __future__ import annotations

from enum import Enum
from math import sqrt

from smassistant.domain.pictures import Box
from smassistant.i18n import _

WHOLE = Box(0, 0, 1, 1)
LEAST = 0.05  # the smallest side
STEP = 0.01


class Handle(Enum):
    """Which side or corner is taken: across (-1 left, 1 right) and down (-1 top, 1 bottom)."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)

    @property
    def words(self) -> str:
        """What it is called."""
        return {
            Handle.TOP_LEFT: _("Top left corner"),
            Handle.TOP: _("Top edge"),
            Handle.TOP_RIGHT: _("Top right corner"),
            Handle.RIGHT: _("Right edge"),
            Handle.BOTTOM_RIGHT: _("Bottom right corner"),
            Handle.BOTTOM: _("Bottom edge"),
            Handle.BOTTOM_LEFT: _("Bottom left corner"),
            Handle.LEFT: _("Left edge"),
        }[self]

    def on(self, crop: Box) -> tuple[float, float]:
        """Where it lies."""
        across, down = self.value
        return crop.x + crop.w * (1 + across) / 2, crop.y + crop.h * (1 + down) / 2


def moved(crop: Box, dx: float, dy: float) -> Box:
    """The crop shifted, kept within the picture."""
    x = min(max(crop.x + dx, 0.0), 1.0 - crop.w)
    y = min(max(crop.y + dy, 0.0), 1.0 - crop.h)
    return Box(x, y, crop.w, crop.h)


def pulled(crop: Box, handle: Handle, x: float, y: float, ratio: float | None = None) -> Box:
    """The crop with a handle pulled to (x, y); the side or corner opposite stays."""
    across, down = handle.value
    fixed_x, fixed_y = crop.x + crop.w * (1 - across) / 2, crop.y + crop.h * (1 - down) / 2
    room_x, room_y = _room(fixed_x, across), _room(fixed_y, down)
    wide = (x - fixed_x) * across if across else crop.w
    high = (y - fixed_y) * down if down else crop.h
    if ratio is None:
        wide, high = min(max(wide, LEAST), room_x), min(max(high, LEAST), room_y)
    else:
        if across and down:
            wide = max(wide, high * ratio)
        elif down:
            wide = high * ratio
        wide = min(max(wide, LEAST, LEAST * ratio), room_x, room_y * ratio)
        high = wide / ratio
    return Box(fixed_x - wide * (1 - across) / 2, fixed_y - high * (1 - down) / 2, wide, high)


def stretched(crop: Box, dx: float, dy: float, ratio: float | None = None) -> Box:
    """The crop wider by `dx` and higher by `dy`, its top left corner staying."""
    if ratio is not None:
        dx, dy = (dx, dx / ratio) if dx else (dy * ratio, dy)
    x, y = Handle.BOTTOM_RIGHT.on(crop)
    return pulled(crop, Handle.BOTTOM_RIGHT, x + dx, y + dy, ratio)


def fitted(crop: Box, ratio: float) -> Box:
    """A crop of that ratio around the same middle, as large as before where there is room."""
    wide = min(sqrt(crop.w * crop.h * ratio), 1.0, ratio)
    high = wide / ratio
    x, y = crop.x + crop.w / 2 - wide / 2, crop.y + crop.h / 2 - high / 2
    return moved(Box(x, y, wide, high), 0, 0)


def turned(crop: Box, clockwise: bool) -> Box:
    """The crop after the picture was turned by a quarter."""
    if clockwise:
        return Box(1 - crop.y - crop.h, crop.x, crop.h, crop.w)
    return Box(crop.y, 1 - crop.x - crop.w, crop.h, crop.w)


def is_whole(crop: Box) -> bool:
    """Whether nothing is cut away."""
    return min(crop.w, crop.h) > 1 - 1e-6


def _room(fixed: float, way: int) -> float:
    """How far the crop may reach from its fixed side, or on both sides of its fixed middle."""
    if not way:
        return 2 * min(fixed, 1 - fixed)
    return 1 - fixed if way > 0 else fixed

"""The words that can be read in a picture: name tags, certificates, jerseys, boards, plates.

The models lie inside the wheel of rapidocr and run on this computer; nothing is fetched or sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from smassistant.domain.pictures import Box, FoundWriting
from smassistant.imaging.letters import Letters, load_letters
from smassistant.jobs import Task

# The working copy is read enlarged: letters of 12 px in twelve megapixels have 8 px in it.
ENLARGED = 1.5
# Large letters are told from the picture made small, where no tile cuts them.
SMALL_EDGE, QUICK_EDGE = 1280, 1920
# Tiles of the fine looks, in pixels of what the finder sees; they overlap by the width of a name.
TILE, OVERLAP = 896, 160
LEAST_SCORE, SURE_SCORE = 0.5, 0.9
_SAME = 0.6  # two boxes that share this much of the smaller hold the same words
_PART = 0.3  # what a tile cut off shares this much with the whole word it is part of
_TWINS = 0.8  # two that share this much of both need be read only once
_EDGE = 10  # pixels from a tile's edge in which words end that go on behind it
_LEVEL = 1.35  # how much higher two parts of one line are together than the higher of them

Pixels = NDArray[np.uint8]
Corners = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Four corners around something written, in pixels of the picture; `cut` off by a tile."""

    corners: Corners
    cut: bool
    text: str = ""
    score: float = 0.0

    @property
    def worth(self) -> tuple[bool, float, float]:
        """The whole word before a part of it, then what is read surely, at length and closely."""
        return not self.cut, round(self.score * len(self.text), 1), -self.area

    @property
    def area(self) -> float:
        """Square pixels."""
        return float(cv2.contourArea(self.corners))


class WritingReader:
    """Reads pictures: quickly at a smaller size, or thoroughly in enlarged tiles.

    One picture at a time. Raises UserError on the first use where the models can't be had.
    """

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def read(
        self, image: Image.Image, thorough: bool = False, task: Task | None = None
    ) -> tuple[FoundWriting, ...]:
        """The words of an upright RGB working copy, from the top down; a line at a time.

        Thorough takes some seconds and reports its progress. Raises `Cancelled`.
        """
        task = task or Task()
        pixels = np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])
        spots = self._find(pixels, thorough, task)
        read = _one_each(self._recognise(pixels, spots, task))
        size = (image.width, image.height)
        return tuple(_found(spot, size) for spot in sorted(read, key=_position))

    def _find(self, pixels: Pixels, thorough: bool, task: Task) -> list[_Spot]:
        """Where something is written; the same place may come once for each look."""
        long_edge = max(pixels.shape[:2])
        if not thorough:
            parts = self._tiles(pixels, min(ENLARGED, QUICK_EDGE / long_edge), task)
            return _without_twins([*parts, *_joined(parts)])
        whole = self._look(pixels, min(ENLARGED, SMALL_EDGE / long_edge))
        parts = self._tiles(pixels, ENLARGED, task)
        return _without_twins([*parts, *_joined(parts), *whole])

    def _tiles(self, pixels: Pixels, scale: float, task: Task) -> list[_Spot]:
        """One look at the picture `scale` times as large, piece by piece."""
        height, width = pixels.shape[:2]
        rows, columns = _pieces(height, scale), _pieces(width, scale)
        spots: list[_Spot] = []
        for row, (top, bottom) in enumerate(rows):
            for column, (left, right) in enumerate(columns):
                task.report(row * len(columns) + column, len(rows) * len(columns))
                tile = pixels[top:bottom, left:right]
                for spot in self._look(tile, scale):
                    cut = _is_cut(spot, (left, top, right, bottom), (width, height))
                    moved = spot.corners + np.array((left, top), np.float32)
                    spots.append(_Spot(moved, cut))
        return spots

    def _look(self, pixels: Pixels, scale: float) -> list[_Spot]:
        """What the finder sees in `pixels` resized by `scale`, in pixels before that."""
        height, width = pixels.shape[:2]
        size = (_whole(width * scale), _whole(height * scale))
        how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        resized = np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)
        back = np.array((width / size[0], height / size[1]), np.float32)
        return [_Spot(corners * back, False) for corners in self._letters.find(resized)]

    def _recognise(self, pixels: Pixels, spots: list[_Spot], task: Task) -> list[_Spot]:
        """The spots with what is written there; those where nothing can be read are left out."""
        strips = [_strip(pixels, spot.corners) for spot in spots]
        read = self._letters.read(strips, task)
        return [
            replace(spot, text=text.strip(), score=score)
            for spot, (text, score) in zip(spots, read, strict=True)
            if score >= LEAST_SCORE and _is_writing(text, score)
        ]


def _is_writing(text: str, score: float) -> bool:
    """Whether it is more than a mark that the reader takes for a letter, a window frame or a nose.

    Its alphabet is Latin, Greek and Chinese. Other letters than Latin, a word of one or two, and
    one letter over and over are believed only if sure: "3" on a jersey, but no "aaa" along a shelf.
    """
    letters = [char for char in text.casefold() if char.isalnum()]
    latin = [char for char in letters if char.isascii() or "\u00c0" <= char <= "\u024f"]
    if len(latin) > 2 and len(set(latin)) > 1:
        return True
    return score >= SURE_SCORE and (len(letters) > 1 or any(map(str.isdigit, letters)))


@cache
def writing_reader() -> WritingReader:
    """The one reader of this program. Raises UserError where the models can't be had."""
    return WritingReader(load_letters())


def _pieces(length: int, scale: float) -> list[tuple[int, int]]:
    """Where tiles of a side begin and end: as few as can be, all of one size, overlapping."""
    tile, overlap = TILE / scale, OVERLAP / scale
    if length <= tile:
        return [(0, length)]
    count = int(np.ceil((length - overlap) / (tile - overlap)))
    size = int(np.ceil((length + (count - 1) * overlap) / count))
    starts = (round(at * (length - size) / (count - 1)) for at in range(count))
    return [(start, start + size) for start in starts]


def _whole(length: float) -> int:
    """A length the finder's network can take: a multiple of 32."""
    return max(32, round(length / 32) * 32)


def _is_cut(spot: _Spot, tile: tuple[int, int, int, int], size: tuple[int, int]) -> bool:
    """Whether words in the tile are cut off by its edge rather than by the picture's."""
    left, top, right, bottom = tile
    first, last = spot.corners.min(axis=0), spot.corners.max(axis=0)
    return bool(
        (left > 0 and first[0] < _EDGE)
        or (top > 0 and first[1] < _EDGE)
        or (right < size[0] and last[0] > right - left - _EDGE)
        or (bottom < size[1] and last[1] > bottom - top - _EDGE)
    )


def _joined(spots: Sequence[_Spot]) -> Iterator[_Spot]:
    """Lines that tiles cut, put together from all their parts."""
    parts = [spot for spot in spots if spot.cut]
    while parts:
        line, count, grown = parts.pop().corners, 1, True
        while grown:
            grown, apart = False, []
            for part in parts:
                longer = _line_of(line, part.corners)
                if longer is None:
                    apart.append(part)
                else:
                    line, count, grown = longer, count + 1, True
            parts = apart
        parts = [part for part in parts if _shared(_Spot(line, True), part) < 0.9 * part.area]
        if count > 1:
            yield _Spot(line, False)


def _line_of(one: Corners, two: Corners) -> Corners | None:
    """The corners around two parts of one line that overlap; None where they are of two."""
    if _shared(_Spot(one, True), _Spot(two, True)) <= 0:
        return None
    around = cv2.minAreaRect(np.concatenate((one, two)))
    if min(around[1]) >= _LEVEL * max(_sides(one)[1], _sides(two)[1]):
        return None
    return _clockwise(np.asarray(cv2.boxPoints(around), np.float32))


def _clockwise(corners: Corners) -> Corners:
    """Four corners from the upper left one on, as the finder gives them."""
    left = sorted(corners[np.argsort(corners[:, 0])][:2], key=lambda point: point[1])
    right = sorted(corners[np.argsort(corners[:, 0])][2:], key=lambda point: point[1])
    return np.array((left[0], right[0], right[1], left[1]), np.float32)


def _sides(corners: Corners) -> tuple[float, float]:
    """The longer and the shorter side of four corners."""
    wide, high = np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[0] - corners[3])
    return float(max(wide, high)), float(min(wide, high))


def _strip(pixels: Pixels, corners: Corners) -> Pixels:
    """The words as a level strip; what runs up or down is laid on its side."""
    wide = int(
        max(np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[2] - corners[3]))
    )
    high = int(
        max(np.linalg.norm(corners[0] - corners[3]), np.linalg.norm(corners[1] - corners[2]))
    )
    wide, high = max(1, wide), max(1, high)
    level = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    turn = cv2.getPerspectiveTransform(corners, level)
    strip = cv2.warpPerspective(
        pixels, turn, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    upright = strip if high < 1.5 * wide else np.rot90(strip)
    return np.ascontiguousarray(upright, np.uint8)


def _shared(one: _Spot, two: _Spot) -> float:
    """Square pixels that two spots have in common."""
    if (one.corners.max(axis=0) < two.corners.min(axis=0)).any():
        return 0.0
    if (two.corners.max(axis=0) < one.corners.min(axis=0)).any():
        return 0.0
    return float(cv2.intersectConvexConvex(one.corners, two.corners)[0])


def _without_twins(spots: Sequence[_Spot]) -> list[_Spot]:
    """The spots without those that another look sees at nearly the same place, and larger."""
    kept: list[_Spot] = []
    for spot in sorted(spots, key=lambda spot: (spot.cut, -spot.area)):
        if not any(_shared(spot, other) > _TWINS * max(spot.area, other.area) for other in kept):
            kept.append(spot)
    return kept


def _one_each(spots: Sequence[_Spot]) -> list[_Spot]:
    """The best reading of every place; parts of it and what mixes lines go."""
    kept: list[_Spot] = []
    for spot in sorted(spots, key=lambda spot: spot.worth, reverse=True):
        most = _PART if spot.cut else _SAME
        if not any(_shared(spot, other) > most * min(spot.area, other.area) for other in kept):
            kept.append(spot)
    return kept


def _position(spot: _Spot) -> tuple[float, float]:
    x, y = spot.corners.min(axis=0)
    return float(y), float(x)


def _found(spot: _Spot, size: tuple[int, int]) -> FoundWriting:
    """The words with the level box around them, in fractions of a picture of `size`."""
    whole = np.array(size, np.float32)
    first = np.clip(spot.corners.min(axis=0), 0, whole) / whole
    last = np.clip(spot.corners.max(axis=0), 0, whole) / whole
    (x, y), (w, h) = map(float, first), map(float, last - first)
    return FoundWriting(Box(x, y, w, h), spot.text, min(1.0, spot.score))

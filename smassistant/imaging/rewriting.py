"""Writing a video's pictures anew, without its sound; the result is still to be looked through."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import cv2

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.imaging.faces import Pixels
from smassistant.imaging.film import Film
from smassistant.imaging.frames import frames
from smassistant.imaging.scratch import clear_scratch, scratch_folder
from smassistant.jobs import Task

# What this computer's OpenCV may have, the codec that most places take first.
CODECS = ("avc1", "vp09", "mp4v") if sys.platform in ("win32", "darwin") else ("vp09", "mp4v")
# From so many frames on they are made smaller: coding takes a tenth of a second each and more.
LONG_FILM, EDGE, LONG_EDGE = 150, 1280, 854
MOST_RATE = 30.0

Mend = Callable[[float, Pixels], Pixels]


def _as_is(_at: float, pixels: Pixels) -> Pixels:
    return pixels


def rewritten(
    video: bytes,
    film: Film,
    task: Task,
    mend: Mend = _as_is,
    start: float = 0,
    end: float = float("inf"),
) -> bytes:
    """The frames from `start` to `end`, each handed through `mend` with its moment, as an MP4.

    Frames keep their rhythm on the whole: one that stands for longer is written several times,
    of more than thirty a second some are left out.
    """
    count = len(film.picture.samples)
    shown = film.picture.shown_at()
    length = max(0.04, float(shown.max() - shown.min()))
    rate = min(MOST_RATE, max(1.0, (count - 1) / length))
    edge = EDGE if count <= LONG_FILM else LONG_EDGE
    with _sink(rate) as sink:
        written = 0
        for frame in frames(video, count):
            due = int((frame.at - start) * rate + 0.5) + 1
            if not start <= frame.at < end or due <= written:
                continue
            task.report(int(frame.at - start), max(1, int(min(end, length) - start)))
            pixels = mend(frame.at, _even(frame.pixels(edge)))
            for _frame in range(due - written):
                sink.write(pixels)
            written = due
        return sink.finish()


def _even(pixels: Pixels) -> Pixels:
    """Coders want sides of even length."""
    return pixels[: pixels.shape[0] // 2 * 2, : pixels.shape[1] // 2 * 2]


class _Sink:
    """A file in a folder of its own that is gone when it is finished or given up."""

    def __init__(self, folder: Path, rate: float) -> None:
        self._path = folder / "clip.mp4"
        self._rate = rate
        self._writer: cv2.VideoWriter | None = None
        self._file: BinaryIO | None = None

    def write(self, pixels: Pixels) -> None:
        """Add a frame."""
        if self._writer is None:
            self._writer = self._opened((pixels.shape[1], pixels.shape[0]))
            self._file = self._path.open("rb")
            if sys.platform != "win32":
                self._path.unlink()  # nothing stays behind, even if this process is killed
        self._writer.write(pixels)

    def finish(self) -> bytes:
        """The finished file's bytes."""
        if self._writer is None or self._file is None:
            return b""
        self._writer.release()
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        """Let go of the file."""
        if self._writer is not None:
            self._writer.release()
        if self._file is not None:
            self._file.close()

    def _opened(self, size: tuple[int, int]) -> cv2.VideoWriter:
        for codec in CODECS:
            code = cv2.VideoWriter.fourcc(*codec)
            writer = cv2.VideoWriter(str(self._path), cv2.CAP_FFMPEG, code, self._rate, size)
            if writer.isOpened():
                return writer
        raise UserError(
            _("The video can't be written anew."),
            _("This computer has nothing that codes videos."),
            _("Take a photo of a moment instead, or cut the video so that it starts elsewhere."),
        )


@contextmanager
def _sink(rate: float) -> Iterator[_Sink]:
    clear_scratch()  # of programs that were killed together with this one's forerunners
    folder = scratch_folder()
    sink = _Sink(folder, rate)
    try:
        yield sink
    finally:
        sink.close()
        shutil.rmtree(folder, ignore_errors=True)

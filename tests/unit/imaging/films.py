"""Videos for tests: made with OpenCV, given what phones put into them, and taken apart again.

Nothing here uses the program's own reader and writer of films.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np

from smassistant.imaging.faces import Pixels

SAMPLES = Path(__file__).resolve().parents[3] / "resources/sample/photos"
PLACE, COMMENT, MODEL = b"+53.5461-113.4938/", b"taken at Anna's house", b"Pixelphone 12"
SENSOR = b"SECRET-TRACK-53.5461"
_HOLDING = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"edts", b"dinf")

Draw = Callable[[int], Pixels]


def film(draw: Draw, count: int, rate: float = 10, codec: str = "mp4v") -> bytes:
    """An MP4 of `count` frames, each drawn by its number."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        first = draw(0)
        size = (first.shape[1], first.shape[0])
        code = cv2.VideoWriter.fourcc(*codec)
        writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, code, rate, size)
        assert writer.isOpened()
        for number in range(count):
            writer.write(draw(number))
        writer.release()
        return path.read_bytes()


def flat(number: int) -> Pixels:
    """A moving disc on grey: nobody to see."""
    frame = np.full((240, 320, 3), 128, np.uint8)
    cv2.circle(frame, (40 + number * 4 % 240, 120), 30, (40, 160, 220), -1)
    return frame


def walk(name: str = "track_meet", steps: int = 30, size: tuple[int, int] = (640, 426)) -> Draw:
    """The camera moves along the painted children of a sample photo."""
    photo = cv2.imread(str(SAMPLES / f"{name}.jpg"))
    assert photo is not None
    wide = photo.shape[1] * 2 // 3
    high = wide * size[1] // size[0]

    def draw(number: int) -> Pixels:
        left = (photo.shape[1] - wide) * min(number, steps) // steps
        top = (photo.shape[0] - high) // 2
        return np.asarray(cv2.resize(photo[top : top + high, left : left + wide], size), np.uint8)

    return draw


def atom(kind: bytes, *parts: bytes) -> bytes:
    """A box."""
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def talkative(data: bytes) -> bytes:
    """The film as a phone would write it: place, comment, model, times, and a sensor's track."""
    words = struct.pack(">HH", len(PLACE), 0x15C7) + PLACE
    more = struct.pack(">HH", len(COMMENT), 0x15C7) + COMMENT
    model = atom(b"data", struct.pack(">II", 1, 0), MODEL)
    keys = atom(b"keys", struct.pack(">II", 0, 1), atom(b"mdta", b"com.apple.quicktime.model"))
    listed = atom(b"ilst", atom(struct.pack(">I", 1), model))
    handler = atom(b"hdlr", bytes(8), b"mdta", bytes(13))
    meta = atom(b"meta", handler, keys, listed)
    user = atom(b"udta", atom(b"\xa9xyz", words), atom(b"\xa9cmt", more))
    sensor = atom(b"uuid", b"0123456789abcdef", SENSOR)
    data = changed(data, b"moov", lambda body: _dated(body) + user + meta + sensor)
    # Bytes that no box of the tables points to: between the samples and after the film.
    return data + atom(b"free", SENSOR) + atom(b"mdat", SENSOR)


def _dated(movie: bytes) -> bytes:
    """The movie with a day on which it was made."""
    at = movie.index(b"mvhd") + 8
    return movie[:at] + struct.pack(">II", 3_800_000_000, 3_800_000_000) + movie[at + 8 :]


def changed(data: bytes, kind: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The file with the content of its first box of that kind changed, lengths put right.

    The box lies behind the samples, so that nothing they are found by moves.
    """
    at = 0
    out = []
    for size, name, body in boxes(data):
        whole = data[at : at + size]
        if name == kind:
            whole = atom(kind, change(body))
        elif name in _HOLDING and kind in body:
            whole = atom(name, changed(body, kind, change))
        out.append(whole)
        at += size
    return b"".join(out)


def boxes(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Size, kind and content of each box."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        yield size, kind, data[at + 8 : at + size]
        at += size


def kinds(data: bytes) -> set[bytes]:
    """The kinds of all boxes in a file."""
    found = set()
    for _size, kind, body in boxes(data):
        found.add(kind)
        if kind in _HOLDING:
            found |= kinds(body)
    return found


def played(data: bytes) -> list[Pixels]:
    """Every frame, by a player that knows nothing of the program."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        path.write_bytes(data)
        player = cv2.VideoCapture(str(path))
        frames = []
        while True:
            more, frame = player.read()
            if not more:
                break
            frames.append(np.asarray(frame, np.uint8))
        player.release()
        return frames

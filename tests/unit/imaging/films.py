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


def with_sound(data: bytes, seconds: float, quicktime: bool = False) -> bytes:
    """The film with a made-up sound track of pieces of a tenth of a second, "sound-00" and on."""
    count = round(seconds * 10)
    pieces = [b"sound-%02d " % number for number in range(count)]
    first = len(data) + 8  # the pieces lie behind everything
    table = atom(
        b"stbl",
        atom(b"stsd", struct.pack(">II", 0, 1), _sound_entry(quicktime)),
        atom(b"stts", struct.pack(">IIII", 0, 1, count, 100)),
        atom(b"stsc", struct.pack(">IIIII", 0, 1, 1, count, 1)),
        atom(b"stsz", struct.pack(">III", 0, len(pieces[0]), count)),
        atom(b"stco", struct.pack(">II", 0, 1), struct.pack(">I", first)),
    )
    here = atom(b"dinf", atom(b"dref", struct.pack(">II", 0, 1), atom(b"url ", b"\0\0\0\1")))
    media = atom(
        b"mdia",
        atom(b"mdhd", struct.pack(">IIIIIHH", 0, 0, 0, 1000, count * 100, 0x15C7, 0)),
        atom(b"hdlr", struct.pack(">I4s4s12x", 0, b"mhlr", b"soun"), b"Anna's phone\0"),
        atom(b"minf", atom(b"smhd", bytes(8)), here, table),
    )
    head = struct.pack(">IIIII", 1, 0, 0, 2, 0) + bytes(64)
    track = atom(b"trak", atom(b"tkhd", head), media)
    grown = changed(data, b"moov", lambda body: body + track)
    shift = len(grown) - len(data)
    place = grown.index(struct.pack(">I", first), grown.index(b"smhd"))
    grown = grown[:place] + struct.pack(">I", first + shift) + grown[place + 4 :]
    return grown + atom(b"mdat", *pieces)


def _sound_entry(quicktime: bool) -> bytes:
    setup = atom(b"esds", bytes(4), b"decoder-setup")
    fixed = struct.pack(">6xHH6xHH4xI", 1, int(quicktime), 2, 16, 44100 << 16)
    if quicktime:  # four more numbers, and the setup a level deeper beside the maker's own
        deeper = atom(b"wave", atom(b"frma", b"mp4a"), setup, atom(b"priv", b"Anna's phone"))
        return atom(b"mp4a", fixed, bytes(16), deeper)
    return atom(b"mp4a", fixed, setup, atom(b"priv", b"Anna's phone"))

"""A fresh MP4 with the pictures and the sound of a film, and nothing of what else its file held."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smassistant.imaging.atoms import Broken, Numbers, atoms, made, made_full
from smassistant.imaging.film import Film
from smassistant.imaging.film_cutting import Piece, cut_picture, cut_sound, decoded
from smassistant.imaging.film_entries import picture_entry, sound_entry

SCALE = 1000  # of the movie and its edits
CHUNK = 0.5  # seconds of one track lying together
_LANGUAGE = 0x55C4  # not said
_MATRICES = (
    (1, 0, 0, 1, 0, 0),
    (0, 1, -1, 0, 1, 0),
    (-1, 0, 0, -1, 1, 1),
    (0, -1, 1, 0, 0, 1),
)
_MADE = {
    b"ftyp", b"moov", b"mdat", b"mvhd", b"trak", b"tkhd", b"edts", b"elst", b"mdia", b"mdhd",
    b"hdlr", b"minf", b"vmhd", b"smhd", b"dinf", b"dref", b"url ", b"stbl", b"stsd", b"stts",
    b"ctts", b"stss", b"stsc", b"stsz", b"stco",
}  # fmt: skip
_HOLDING = {b"moov", b"trak", b"edts", b"mdia", b"minf", b"dinf", b"stbl"}


@dataclass(frozen=True)
class Written:
    """A finished MP4, where in the film it begins and how long it is, in seconds."""

    data: bytes
    begins: float
    seconds: float


def write_film(
    film: Film, start: float = 0, end: float = float("inf"), mute: bool = False
) -> Written:
    """The film from `start` to `end` seconds; nothing outside of that is in the result.

    It begins with the first picture from `start` on that needs none before it. Raises
    NothingLeft where there is none, Broken where its coding makes no sense.
    """
    picture, begins = cut_picture(film, start, end)
    pieces = [picture]
    if film.sound is not None and not mute:
        until = min(end, begins + picture.length / picture.track.scale)
        sound = cut_sound(film, film.sound, begins, until)
        pieces += [sound] if sound else []
    data = _file(pieces)
    _must_be_bare(data)
    return Written(data, begins, picture.length / picture.track.scale)


def _file(pieces: list[Piece]) -> bytes:
    """Heading, tables, then the samples of all tracks by turns, so that it plays while it loads."""
    start = made(b"ftyp", b"isom", struct.pack(">I", 0x200), b"isomiso2mp41")
    groups = [_chunks(piece) for piece in pieces]
    order = sorted(
        (group[0] / SCALE, number, place)
        for number, (_counts, times) in enumerate(groups)
        for place, group in enumerate(times)
    )
    sizes = [
        np.add.reduceat(_sizes(piece), np.concatenate(([0], np.cumsum(counts)[:-1])))
        for piece, (counts, _times) in zip(pieces, groups, strict=True)
    ]
    places = [np.zeros(len(counts), np.int64) for counts, _times in groups]
    at = 0
    for _time, number, place in order:
        places[number][place] = at
        at += int(sizes[number][place])
    shape = [(counts, spots) for (counts, _times), spots in zip(groups, places, strict=True)]
    head = start + _movie(pieces, [(counts, spots) for counts, spots in shape])
    shape = [(counts, spots + len(head) + 8) for counts, spots in shape]
    body = [_chunk(pieces[number], groups[number][0], place) for _time, number, place in order]
    return start + _movie(pieces, shape) + made(b"mdat", *body)


def _sizes(piece: Piece) -> Numbers:
    return np.array([len(sample) for sample in piece.data], np.int64)


def _chunks(piece: Piece) -> tuple[Numbers, NDArray[np.float64]]:
    """How many samples lie together in each chunk, and when (a column) each chunk begins."""
    at = decoded(piece.samples) / piece.track.scale
    number = (at / CHUNK).astype(np.int64)
    starts = np.flatnonzero(np.diff(number, prepend=-1))
    counts = np.diff(np.append(starts, len(number)))
    return counts, (at[starts] * SCALE).reshape(-1, 1)


def _chunk(piece: Piece, counts: Numbers, place: int) -> bytes:
    first = int(counts[:place].sum())
    return b"".join(piece.data[first : first + int(counts[place])])


Shape = list[tuple[Numbers, Numbers]]  # of each piece: samples in each chunk, where it lies


def _movie(pieces: list[Piece], shape: Shape) -> bytes:
    length = max(_played(piece) for piece in pieces)
    header = struct.pack(
        ">IIIIIH10x9I24xI", 0, 0, SCALE, length, 0x10000, 0x100, *_matrix(0, 0, 0), len(pieces) + 1
    )
    tracks = [
        _trak(number, piece, *each)
        for number, (piece, each) in enumerate(zip(pieces, shape, strict=True), start=1)
    ]
    return made(b"moov", made_full(b"mvhd", 0, 0, header), *tracks)


def _played(piece: Piece) -> int:
    return round(piece.length * SCALE / piece.track.scale)


def _trak(number: int, piece: Piece, counts: Numbers, places: Numbers) -> bytes:
    track = piece.track
    matrix = _matrix(track.turns, track.width, track.height)
    volume = 0 if piece.is_picture else 0x100
    header = struct.pack(
        ">IIIIIIIHHHH9III", 0, 0, number, 0, _played(piece), 0, 0, 0, 0, volume, 0, *matrix,
        track.width << 16, track.height << 16,
    )  # fmt: skip
    lead = max(0, -piece.skip)
    rows = [(round(lead * SCALE / track.scale), -1)] if lead else []
    rows.append((_played(piece), max(0, piece.skip)))
    edits = b"".join(struct.pack(">IiI", length, begin, 1 << 16) for length, begin in rows)
    return made(
        b"trak",
        made_full(b"tkhd", 0, 3, header),
        made(b"edts", made_full(b"elst", 0, 0, struct.pack(">I", len(rows)), edits)),
        _media(piece, counts, places),
    )


def _matrix(turns: int, width: int, height: int) -> tuple[int, ...]:
    """The matrix that turns a picture of that size clockwise and moves it back into view."""
    a, b, c, d, across, down = _MATRICES[turns]
    wide, high = (height, width) if turns % 2 else (width, height)
    one = 1 << 16
    numbers = (a * one, b * one, 0, c * one, d * one, 0, across * wide * one, down * high * one)
    return (*(number & 0xFFFFFFFF for number in numbers), 1 << 30)


def _media(piece: Piece, counts: Numbers, places: Numbers) -> bytes:
    track = piece.track
    total = int(piece.samples.durations.sum())
    header = struct.pack(">IIIIHH", 0, 0, track.scale, total, _LANGUAGE, 0)
    kind = struct.pack(">I4s12xB", 0, track.handler, 0)
    heading = (
        made_full(b"vmhd", 0, 1, bytes(8))
        if piece.is_picture
        else made_full(b"smhd", 0, 0, bytes(4))
    )
    here = made(b"dinf", made_full(b"dref", 0, 0, struct.pack(">I", 1), made_full(b"url ", 0, 1)))
    return made(
        b"mdia",
        made_full(b"mdhd", 0, 0, header),
        made_full(b"hdlr", 0, 0, kind),
        made(b"minf", heading, here, _tables(piece, counts, places)),
    )


def _tables(piece: Piece, counts: Numbers, places: Numbers) -> bytes:
    samples, sizes = piece.samples, _sizes(piece)
    entry = picture_entry if piece.is_picture else sound_entry
    parts = [
        made_full(b"stsd", 0, 0, struct.pack(">I", 1), entry(piece.track.entry)),
        made_full(b"stts", 0, 0, _counted(_runs(samples.durations))),
    ]
    if samples.shifts.any():
        parts.append(made_full(b"ctts", 1, 0, _counted(_runs(samples.shifts), ">i4")))
    if not samples.keys.all():
        keys = np.flatnonzero(samples.keys) + 1
        parts.append(made_full(b"stss", 0, 0, _counted(keys.reshape(-1, 1))))
    first = np.flatnonzero(np.diff(counts, prepend=-1))
    runs = np.column_stack((first + 1, counts[first], np.ones_like(first)))
    parts += [
        made_full(b"stsc", 0, 0, _counted(runs)),
        made_full(b"stsz", 0, 0, bytes(4), _counted(sizes.reshape(-1, 1))),
        made_full(b"stco", 0, 0, _counted(places.reshape(-1, 1))),
    ]
    return made(b"stbl", *parts)


def _runs(values: Numbers) -> Numbers:
    """(how many, value) for equal values in a row."""
    starts = np.flatnonzero(np.diff(values, prepend=values[0] - 1))
    counts = np.diff(np.append(starts, len(values)))
    return np.column_stack((counts, values[starts]))


def _counted(rows: Numbers, form: str = ">u4") -> bytes:
    """A table with the number of its rows before it."""
    return struct.pack(">I", len(rows)) + rows.astype(form).tobytes()


def _must_be_bare(data: bytes) -> None:
    """Read back what was written: a box that is not of the writer's own never leaves."""
    waiting = list(atoms(memoryview(data)))
    while waiting:
        atom = waiting.pop()
        if atom.kind not in _MADE:
            raise Broken
        if atom.kind in _HOLDING:
            waiting += atom.children()

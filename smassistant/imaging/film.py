"""What an MP4 or QuickTime file shows and plays: its picture track, its sound, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smassistant.imaging.atoms import Atom, Broken, Numbers, atoms

MOST_SAMPLES = 400_000
PICTURE, SOUND = b"vide", b"soun"
_ENCRYPTED = (b"encv", b"enca", b"drmi", b"drms", b"p608")


class Unsuited(Exception):
    """A video that is whole but of a kind the program doesn't take; `kind` says which.

    "pieces" (fragmented), "encrypted", "elsewhere" (its content is in other files), "parts" (put
    together from several cuts), "no_picture", "too_many".
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Samples:
    """The pictures or sounds of a track in decoding order; times in units of the track.

    `offsets` and `sizes` say where each lies in the file, `shifts` how much later than it is
    decoded it is shown, `keys` which can be shown without those before.
    """

    offsets: Numbers
    sizes: Numbers
    durations: Numbers
    shifts: Numbers
    keys: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.sizes)

    def pick(self, which: NDArray[np.bool_]) -> Samples:
        """Only those samples."""
        return Samples(
            self.offsets[which], self.sizes[which], self.durations[which], self.shifts[which],
            self.keys[which],
        )  # fmt: skip


@dataclass(frozen=True)
class Track:
    """One track; `entry` is its one sample description, `turns` quarter turns clockwise.

    `begin` and `end` say in seconds of the track from where to where it is shown, `lead` how
    many seconds into the film that begins.
    """

    handler: bytes
    scale: int
    entry: Atom
    samples: Samples
    width: int = 0
    height: int = 0
    turns: int = 0
    begin: float = 0
    end: float = float("inf")
    lead: float = 0

    def shown_at(self) -> NDArray[np.float64]:
        """When each sample is shown, in seconds of the film."""
        decoded = np.cumsum(self.samples.durations) - self.samples.durations
        times: NDArray[np.float64] = (decoded + self.samples.shifts) / self.scale
        return times - self.begin + self.lead

    @property
    def seconds(self) -> float:
        """How long it is shown."""
        ends = self.shown_at() + self.samples.durations / self.scale
        return min(self.shown_until(), float(ends.max()))

    def shown_until(self) -> float:
        """When the track ends, in seconds of the film."""
        return self.end - self.begin + self.lead


@dataclass(frozen=True)
class Film:
    """A file's picture and sound; `data` is the whole file, into which the samples point."""

    data: memoryview
    picture: Track
    sound: Track | None


def read_film(data: bytes) -> Film:
    """The film in a file; raises Broken or Unsuited, never reads beyond its end."""
    whole = memoryview(data)
    top = tuple(atoms(whole))
    kinds = {atom.kind for atom in top}
    movie = next((atom for atom in top if atom.kind == b"moov"), None)
    if b"moof" in kinds or (movie is not None and movie.find(b"mvex")):
        raise Unsuited("pieces")
    if movie is None:
        raise Broken
    scale = _movie_scale(movie)
    tracks = [_track(atom, scale, len(data)) for atom in movie.children() if atom.kind == b"trak"]
    pictures = [track for track in tracks if track and track.handler == PICTURE]
    sounds = [track for track in tracks if track and track.handler == SOUND]
    if not pictures:
        raise Unsuited("no_picture")
    largest = max(pictures, key=lambda track: track.width * track.height)
    return Film(whole, largest, sounds[0] if sounds else None)


def _movie_scale(movie: Atom) -> int:
    header = movie.child(b"mvhd")
    (scale,) = header.numbers("I", 20 if header.body[0] == 1 else 12)
    if scale == 0:
        raise Broken
    return int(scale)


def _track(trak: Atom, movie_scale: int, length: int) -> Track | None:
    """A picture or sound track that is switched on and has something in it."""
    handler = bytes(trak.child(b"mdia", b"hdlr").body[8:12])
    header = trak.child(b"tkhd")
    if handler not in (PICTURE, SOUND) or not header.numbers("I", 0)[0] & 1:
        return None
    table = trak.child(b"mdia", b"minf", b"stbl")
    samples = _samples(table, length)
    if not len(samples):
        return None
    _must_lie_here(trak)
    track = Track(handler, _scale(trak), _entry(table), samples)
    lead, begin, end = _edit(trak, movie_scale, track.scale)
    track = replace(track, lead=lead, begin=begin, end=end)
    if handler == SOUND:
        return track
    width, height = track.entry.numbers("HH", 24)
    if not width or not height:
        raise Broken
    return replace(track, width=width, height=height, turns=_turns(header))


def _scale(trak: Atom) -> int:
    header = trak.child(b"mdia", b"mdhd")
    (scale,) = header.numbers("I", 20 if header.body[0] == 1 else 12)
    if scale == 0:
        raise Broken
    return int(scale)


def _entry(table: Atom) -> Atom:
    """The one way in which the samples are coded."""
    entries = table.child(b"stsd").children(8)
    if not entries:
        raise Broken
    if any(entry.kind in _ENCRYPTED for entry in entries):
        raise Unsuited("encrypted")
    if len(entries) > 1:
        raise Unsuited("parts")
    return entries[0]


def _must_lie_here(trak: Atom) -> None:
    """A track's samples may lie in another file, which is then named."""
    references = trak.child(b"mdia", b"minf", b"dinf", b"dref").children(8)
    if not references or any(not atom.numbers("I", 0)[0] & 1 for atom in references):
        raise Unsuited("elsewhere")


def _turns(header: Atom) -> int:
    """Quarter turns clockwise by the matrix of the track; 0 for what is no such turn."""
    at = 52 if header.body[0] == 1 else 40
    a, b, _u, c, d = (number >> 16 for number in header.numbers("5i", at))
    turns = {(1, 0, 0, 1): 0, (0, 1, -1, 0): 1, (-1, 0, 0, -1): 2, (0, -1, 1, 0): 3}
    return turns.get((a, b, c, d), 0)


def _edit(trak: Atom, movie_scale: int, scale: int) -> tuple[float, float, float]:
    """Lead, begin and end of the track; a cut in several parts is not taken."""
    edits = trak.find(b"edts")
    listed = edits.find(b"elst") if edits else None
    if listed is None:
        return 0, 0, float("inf")
    wide = listed.body[0] == 1
    (count,) = listed.numbers("I", 4)
    if count > 8:
        raise Unsuited("parts")
    form, step = ("QqI", 20) if wide else ("IiI", 12)
    rows = [listed.numbers(form, 8 + number * step) for number in range(count)]
    lead = sum(length for length, begin, _rate in rows[:1] if begin == -1) / movie_scale
    shown = [row for row in rows if row[1] >= 0]
    if len(shown) > 1 or any(rate != 1 << 16 for _length, _begin, rate in shown):
        raise Unsuited("parts")
    if not shown:
        return lead, 0, float("inf")
    length, begin, _rate = shown[0]
    start = begin / scale
    end = start + length / movie_scale if length else float("inf")
    return lead, start, end


def _samples(table: Atom, length: int) -> Samples:
    """The sample tables spread out; every sample lies within the file's `length`."""
    sizes = _sizes(table.child(b"stsz"))
    count = len(sizes)
    durations = _spread(table.child(b"stts").table(8, 2), count)
    late = table.find(b"ctts")
    shifts = np.zeros(count, np.int64) if late is None else _spread(late.table(8, 2, "i4"), count)
    keys = np.ones(count, bool)
    marked = table.find(b"stss")
    if marked is not None:
        numbers = marked.table(8, 1).ravel()
        if numbers.size and (numbers.min() < 1 or numbers.max() > count):
            raise Broken
        keys[:] = False
        keys[numbers - 1] = True
    offsets = _offsets(table, sizes)
    if count and (offsets.min() < 0 or (offsets + sizes).max() > length):
        raise Broken
    return Samples(offsets, sizes, durations, shifts, keys)


def _sizes(atom: Atom) -> Numbers:
    size, count = atom.numbers("II", 4)
    if count > MOST_SAMPLES:
        raise Unsuited("too_many")
    return np.full(count, size, np.int64) if size else atom.table(12, 1, counter=8).ravel()


def _spread(runs: Numbers, count: int) -> Numbers:
    """One value a sample from (how many, value) rows; rows beyond the last sample are cut."""
    if runs.size and runs[:, 0].min() < 0:
        raise Broken
    if runs[:, 0].sum() < count or runs[:, 0].max(initial=0) > MOST_SAMPLES:
        raise Broken
    kept = runs[: int(np.searchsorted(np.cumsum(runs[:, 0]), count)) + 1]
    return np.repeat(kept[:, 1], kept[:, 0])[:count]


def _offsets(table: Atom, sizes: Numbers) -> Numbers:
    """Where each sample lies: chunks of the file hold several samples, one after the other."""
    wide = table.find(b"co64")
    chunks = (wide.table(8, 1, "u8") if wide else table.child(b"stco").table(8, 1)).ravel()
    runs = table.child(b"stsc").table(8, 3)
    if not len(sizes):
        return np.zeros(0, np.int64)
    if not len(runs) or runs[0, 0] != 1 or (np.diff(runs[:, 0]) <= 0).any():
        raise Broken
    if runs[-1, 0] > len(chunks) or runs[:, 1].max() > MOST_SAMPLES:
        raise Broken
    reach = np.diff(np.append(runs[:, 0], len(chunks) + 1))
    per_chunk = np.repeat(runs[:, 1], reach)
    if per_chunk.sum() < len(sizes):
        raise Broken
    ends = np.cumsum(per_chunk)
    number = np.arange(len(sizes))
    chunk = np.searchsorted(ends, number, side="right")
    before = np.concatenate(([0], np.cumsum(sizes)))
    first = ends[chunk] - per_chunk[chunk]
    places: Numbers = chunks[chunk] + before[number] - before[first]
    return places

"""Cutting a film: which of its samples are shown between two moments, and their bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smassistant.imaging.atoms import Numbers
from smassistant.imaging.film import PICTURE, Film, Samples, Track
from smassistant.imaging.film_entries import cleaner

# A picture that would be shown this little before an end is beyond it: times are rounded.
_NEAR = 0.002


class NothingLeft(Exception):
    """Between two moments there is no picture that can be shown without those before."""


@dataclass(frozen=True)
class Piece:
    """A track cut to what is shown: its samples' bytes and times, in units of the track.

    The first `skip` units are decoded but not played.
    """

    track: Track
    samples: Samples
    data: tuple[bytes, ...]
    skip: int

    @property
    def length(self) -> int:
        """How long it plays, in units of the track."""
        at = decoded(self.samples)
        return int((at + self.samples.shifts + self.samples.durations).max()) - self.skip

    @property
    def is_picture(self) -> bool:
        return self.track.handler == PICTURE


def key_from(track: Track, start: float) -> float | None:
    """When the first picture from `start` on is shown that needs none before it."""
    shown = track.shown_at()
    ready = shown[track.samples.keys & (shown >= start - _NEAR) & (shown >= -_NEAR)]
    return float(ready[0]) if len(ready) else None


def cut_picture(film: Film, start: float, end: float) -> tuple[Piece, float]:
    track = film.picture
    begins = key_from(track, start)
    if begins is None:
        raise NothingLeft
    shown = track.shown_at()
    until = min(end, track.shown_until()) - _NEAR
    first = int(np.argmax(track.samples.keys & (np.abs(shown - begins) < 1e-9)))
    late = np.flatnonzero(shown[first:] >= until)
    last = first + int(late[0]) if len(late) else len(shown)
    # Pictures decoded after the first but shown before it lean on what is cut away.
    kept = np.zeros(len(shown), bool)
    kept[first:last] = shown[first:last] >= begins - 1e-9
    if not kept.any():
        raise NothingLeft
    rest = (min(end, track.shown_until()) - float(shown[kept][-1])) * track.scale
    samples = _closed_up(track.samples, kept, rest)
    clean = cleaner(track.entry)
    data = _bytes_of(film, samples)
    if clean is not None:
        data = [clean(sample) for sample in data]
    skip = int((decoded(samples) + samples.shifts).min())
    return Piece(track, samples, tuple(data), skip), begins


def _closed_up(samples: Samples, kept: NDArray[np.bool_], rest: float) -> Samples:
    """The kept samples, each lasting until the next: the times of the others don't move.

    The last one is shown for `rest` units at most.
    """
    at = np.append(decoded(samples)[kept], 0)
    chosen = samples.pick(kept)
    durations = chosen.durations.copy()
    durations[:-1] = np.diff(at)[:-1]
    if rest < durations[-1]:
        durations[-1] = max(1, int(rest))
    return replace(chosen, durations=durations)


def decoded(samples: Samples) -> Numbers:
    """When each sample is decoded, counted from the first."""
    return np.cumsum(samples.durations) - samples.durations


def cut_sound(film: Film, track: Track, begins: float, until: float) -> Piece | None:
    """The sound from the piece that is heard at `begins` to `until`."""
    shown = track.shown_at()
    lengths = track.samples.durations / track.scale
    kept = (shown + lengths > begins + _NEAR) & (shown < min(until, track.shown_until()))
    if not kept.any():
        return None
    samples = track.samples.pick(kept)
    skip = round((begins - float(shown[kept][0])) * track.scale)
    return Piece(track, samples, tuple(_bytes_of(film, samples)), skip)


def _bytes_of(film: Film, samples: Samples) -> list[bytes]:
    pairs = zip(samples.offsets.tolist(), samples.sizes.tolist(), strict=True)
    return [bytes(film.data[offset : offset + size]) for offset, size in pairs]

"""Answers of a roster that say on which day they were given (clause 4.1).

Whatever the order in which rosters come in, the history in the end says the same about every day:
each answer has one line, of its own day, and a later answer ends what was granted before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from smassistant.domain.statements import NOTHING, Statement


class Dated(NamedTuple):
    """Letters of one statement to be made; `instead` is the one it takes the place of."""

    day: date
    end: date | None
    instead: Statement | None
    letters: str


class _Slot(NamedTuple):
    """What letters share that go into one statement."""

    day: date
    end: date | None
    instead: Statement | None = None


def dated_answers(
    letters: str, days: Sequence[date | None], end: date | None, standing: Sequence[Statement]
) -> list[Dated]:
    """What is new in the `letters` (y, n, - for nothing) of those places that have a day.

    `end` is the roster's end of what it grants, `standing` what rosters said before.
    """
    slots: dict[_Slot, list[str]] = {}
    for place, (letter, day) in enumerate(zip(letters, days, strict=True)):
        if letter != "-" and day is not None:
            same = [line for line in standing if line.answers[place] == letter]
            found = _granted(day, end, same) if letter == "y" else _denied(day, same)
            for slot in found:
                slots.setdefault(slot, list(NOTHING))[place] = letter
    return [Dated(*slot, "".join(said)) for slot, said in slots.items()]


def _denied(day: date, denials: Iterable[Statement]) -> Iterator[_Slot]:
    if not any(line.valid_from == day for line in denials):
        yield _Slot(day, None)


def _granted(day: date, end: date | None, grants: Sequence[Statement]) -> Iterator[_Slot]:
    """A grant of `day` ends when those after it do; longer ones from before end with it."""
    end = _earliest(end, *(line.valid_until for line in grants if line.valid_from > day))
    for line in grants:
        until = end if line.valid_from == day else _earliest(line.valid_until, end)
        if line.valid_from <= day and line.valid_until != until:
            yield _Slot(line.valid_from, until, line)
    if not any(line.valid_from == day for line in grants):
        yield _Slot(day, end)


def _earliest(*ends: date | None) -> date | None:
    """The first of some ends; None is no end."""
    return min((end for end in ends if end is not None), default=None)

"""What a signer said at one time about several uses and channels: the stored form of decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from smassistant.domain.consents import Answer, Channel, Decision, Source, Use

# The order of the letters in `answers`; it is stored and never changes.
KEYS: tuple[tuple[Use, Channel], ...] = tuple((use, channel) for use in Use for channel in Channel)
NOTHING = "-" * len(KEYS)

_PLACE = {key: index for index, key in enumerate(KEYS)}
_LETTERS = {Answer.GRANTED: "y", Answer.REFUSED: "n", Answer.WITHDRAWN: "w"}
_ANSWERS = {letter: answer for answer, letter in _LETTERS.items()}


class Statement(NamedTuple):
    """One line of the stored history; `decisions` takes it apart.

    `answers` has a letter for each of `KEYS`: y granted, n refused, w withdrawn, - nothing said.
    `valid_until` is the end of what is granted. A statement about one use and channel is the
    decision of the same id; of several, each decision's id is the statement's, a dot and the
    place of its letter. `corrects` that ends in a dot stands for the decision of the same place.
    Made in a step (an import, many people at once), its id is `id_in_step`. A tuple, because an
    import makes a hundred thousand of them.
    """

    id: str
    person_id: str
    answers: str
    valid_from: date
    valid_until: date | None
    source: Source
    signer: str
    recorded_by: str
    recorded_at: datetime
    note: str = ""
    corrects: str | None = None

    @property
    def in_step(self) -> bool:
        """Whether it was made for many people at once, by an import or in bulk."""
        return "-" in self.id

    def id_at(self, place: int) -> str:
        """The id of the decision whose letter stands at `place`."""
        return f"{self.id}.{place:02d}" if self._several else self.id

    def decisions(self) -> tuple[Decision, ...]:
        """The decisions, in the order of `KEYS`."""
        return tuple(
            self._decision(place, letter)
            for place, letter in enumerate(self.answers)
            if letter != "-"
        )

    @property
    def _several(self) -> bool:
        return self.answers.count("-") < len(KEYS) - 1

    def _decision(self, place: int, letter: str) -> Decision:
        use, channel = KEYS[place]
        until = self.valid_until if letter == "y" or not self._several else None
        corrects = self.corrects
        if corrects is not None and corrects.endswith("."):
            corrects = f"{corrects}{place:02d}"
        return Decision(
            self.id_at(place), self.person_id, use, channel, _ANSWERS[letter], self.valid_from,
            until, self.source, self.signer, self.recorded_by, self.recorded_at, self.note,
            corrects,
        )  # fmt: skip


def id_in_step(step_id: str, number: int) -> str:
    """The id of a step's statement: ids that grow are stored side by side, which is fast."""
    return f"{step_id}-{number:05x}"


def correction_of(statement: Statement, answers: str) -> str:
    """What a statement of these `answers` has to say in `corrects` to replace those letters."""
    places = [place for place, letter in enumerate(answers) if letter != "-"]
    return f"{statement.id}." if len(places) > 1 else statement.id_at(places[0])


def decision_id(statement_id: str, use: Use, channel: Channel) -> str:
    """The id of a decision that shall be stored together with others said at the same time."""
    return f"{statement_id}.{_PLACE[use, channel]:02d}"


def gather(decisions: Iterable[Decision]) -> Iterator[Statement]:
    """The fewest statements that hold exactly these decisions."""
    used: set[str] = set()
    for (prefix, _plain), group in groupby(decisions, _shared):
        lines = list(group)
        if prefix and prefix not in used and len(lines) > 1:
            statement = _together(prefix, lines)
            if set(statement.decisions()) == set(lines):
                used.add(prefix)
                yield statement
                continue
        for line in lines:
            yield _statement(line.id, [line], line.valid_until, line.corrects)


def _shared(line: Decision) -> tuple[str, Decision]:
    """What decisions of one statement have in common; first the statement's id, "" if none."""
    prefix, _dot, place = line.id.rpartition(".")
    plain = replace(
        line, id="", use=Use.WORK, channel=Channel.WEBSITE, answer=Answer.GRANTED,
        valid_until=None, corrects=None,
    )  # fmt: skip
    return (prefix if place == f"{_PLACE[line.use, line.channel]:02d}" else "", plain)


def _together(prefix: str, lines: list[Decision]) -> Statement:
    """The statement that may hold all of `lines`."""
    until = next((line.valid_until for line in lines if line.answer is Answer.GRANTED), None)
    corrects = lines[0].corrects
    if corrects is not None:
        corrects = corrects[: corrects.rfind(".") + 1]
    return _statement(prefix, lines, until, corrects)


def _statement(
    statement_id: str, lines: list[Decision], until: date | None, corrects: str | None
) -> Statement:
    first = lines[0]
    letters = list(NOTHING)
    for line in lines:
        letters[_PLACE[line.use, line.channel]] = _LETTERS[line.answer]
    return Statement(
        statement_id, first.person_id, "".join(letters), first.valid_from, until, first.source,
        first.signer, first.recorded_by, first.recorded_at, first.note, corrects,
    )  # fmt: skip

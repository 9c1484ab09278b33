"""The answers of a roster as new lines of history, beside what rosters said before (clause 4.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import count

from smassistant.domain.consents import Source
from smassistant.domain.statements import KEYS, NOTHING, Statement, correction_of, id_in_step
from smassistant.registry.headings import permission_keys
from smassistant.registry.replies import Answers
from smassistant.registry.rosters import Key, RosterPerson
from smassistant.services.dated_answers import dated_answers

_PLAIN = str.maketrans("ub", "--")
_ASKED = str.maketrans("ub", "nn")


@dataclass
class RosterLines:
    """Makes the statements of one roster on one day.

    An answer that is as the last roster said adds nothing, so that a roster brought in again never
    undoes what a person recorded in between. A blank where the last roster said yes is a refusal.
    Only another end of a permission takes the place of the old line, from the same day on.

    Where the file says on which day an answer was given, that is the day of its line, whatever the
    order in which rosters come in; a blank is then a refusal of that day.
    """

    step_id: str
    columns: frozenset[Key]
    day: date
    actor_id: str
    now: datetime
    _numbers: count[int] = field(default_factory=count)

    def of(
        self, row: RosterPerson, person_id: str, past: Sequence[Statement] = ()
    ) -> list[Statement]:
        """What the roster says anew about one person, whose history is `past`."""
        said = _letters(row.answers)
        if not row.given:
            return self._undated(row, person_id, said, self.columns, past)
        dated = self._dated(row, person_id, past)
        undated = {key for key, day in zip(KEYS, row.given, strict=True) if day is None}
        if not undated:
            return dated
        said = "".join(
            letter if key in undated else "-" for key, letter in zip(KEYS, said, strict=True)
        )
        return [*dated, *self._undated(row, person_id, said, self.columns & undated, past)]

    def _undated(
        self,
        row: RosterPerson,
        person_id: str,
        said: str,
        asked: Collection[Key],
        past: Sequence[Statement],
    ) -> list[Statement]:
        """The statements of today."""
        if not past:
            return [self._statement(row, person_id, said)] if said != NOTHING else []
        past = [line for line in past if _from_roster(line)]
        end = row.expires if "y" in said else None
        if len(past) == 1 and (past[0].answers, past[0].valid_until) == (said, end):
            return []
        return self._news(row, person_id, said, asked, past)

    def _dated(
        self, row: RosterPerson, person_id: str, past: Iterable[Statement]
    ) -> list[Statement]:
        """The statements of the days on which the answers were given, never a day to come."""
        days = [day and min(day, self.day) for day in row.given]
        standing = _standing(line for line in past if _from_roster(line))
        news = dated_answers(_asked_letters(row.answers), days, row.expires, standing)
        return [
            self._statement(row, person_id, new.letters, new.instead, new.day, new.end)
            for new in news
        ]

    def _news(
        self,
        row: RosterPerson,
        person_id: str,
        said: str,
        asked: Collection[Key],
        past: Sequence[Statement],
    ) -> list[Statement]:
        """The statements for those answers that differ from what rosters said before."""
        standing = _standing(past)
        fresh, ends = list(NOTHING), dict[str, list[str]]()
        for place, letter in enumerate(said):
            lines = _deciding(standing, place)
            granted = bool(lines) and lines[-1].answers[place] == "y"
            if letter == "-":
                letter = "n" if granted and KEYS[place] in asked else "-"
            if letter == "y" and granted:
                for line in _outdated(lines, row.expires):
                    ends.setdefault(line.id, list(NOTHING))[place] = "y"
            elif letter == "y":
                fresh[place] = "-" if self._said_today(standing, place, row.expires) else "y"
            elif letter == "n" and (granted or not lines):
                fresh[place] = "n"
        said_anew = [(line, "".join(ends[line.id])) for line in past if line.id in ends]
        renewed = [self._statement(row, person_id, new, line) for line, new in said_anew]
        new = "".join(fresh)
        return renewed if new == NOTHING else [*renewed, self._statement(row, person_id, new)]

    def _said_today(self, standing: Iterable[Statement], place: int, end: date | None) -> bool:
        """Whether the grant that an earlier no of today stands against is there already."""
        return any(
            (line.valid_from, line.answers[place], line.valid_until) == (self.day, "y", end)
            for line in standing
        )

    def _statement(
        self,
        row: RosterPerson,
        person_id: str,
        said: str,
        instead: Statement | None = None,
        day: date | None = None,
        end: date | None = None,
    ) -> Statement:
        """What the row says, from `day` to `end` or else from today to the row's own end."""
        start = day or (self.day if instead is None else instead.valid_from)
        end = row.expires if day is None else end
        return Statement(
            id_in_step(self.step_id, next(self._numbers)), person_id, said, start,
            end if "y" in said else None,
            Source.ROSTER, row.signer, self.actor_id, self.now,
            corrects=None if instead is None else correction_of(instead, said),
        )  # fmt: skip


def columns_of(mapping: Mapping[str, str]) -> frozenset[Key]:
    """The permissions that the file has a column for."""
    return frozenset(key for field in mapping.values() for key in permission_keys(field))


def _letters(answers: Mapping[Key, bool]) -> str:
    """The answers as a statement writes them: y, n, or - for what is not a plain answer."""
    if isinstance(answers, Answers):
        return _plain(answers.replies)
    given = {True: "y", False: "n", None: "-"}
    return "".join(given[answers.get(key)] for key in KEYS)


def _asked_letters(answers: Mapping[Key, bool]) -> str:
    """The same, but n for what was asked and is not a plain yes."""
    if isinstance(answers, Answers):
        return answers.replies.translate(_ASKED)
    return _letters(answers)


@lru_cache(maxsize=4096)
def _plain(replies: str) -> str:
    return replies.translate(_PLAIN)


def _from_roster(line: Statement) -> bool:
    """Whether a roster said it; a line by which a person set a roster right is none."""
    return line.source is Source.ROSTER and (line.corrects is None or line.in_step)


def _standing(past: Iterable[Statement]) -> list[Statement]:
    """The statements with those letters taken out that a later roster replaced."""
    lines = list(past)
    gone = {decision.corrects for line in lines if line.corrects for decision in line.decisions()}
    return [_without(line, gone) for line in lines] if gone else lines


def _without(line: Statement, gone: Collection[str | None]) -> Statement:
    letters = (
        "-" if letter != "-" and line.id_at(place) in gone else letter
        for place, letter in enumerate(line.answers)
    )
    return line._replace(answers="".join(letters))


def _deciding(standing: Iterable[Statement], place: int) -> list[Statement]:
    """The grants that no denial stands against, newest last; else the last denial, if any."""
    lines = sorted(
        (line for line in standing if line.answers[place] != "-"),
        key=lambda line: (line.valid_from, line.recorded_at, line.id),
    )
    denied = max((line.valid_from for line in lines if line.answers[place] != "y"), default=None)
    grants = [
        line
        for line in lines
        if line.answers[place] == "y" and (denied is None or line.valid_from > denied)
    ]
    return grants or [line for line in lines if line.answers[place] != "y"][-1:]


def _outdated(grants: Sequence[Statement], end: date | None) -> list[Statement]:
    """The grants that end later than the roster now says, or the newest if it ends earlier."""
    wanted = end or date.max
    longer = [line for line in grants if (line.valid_until or date.max) > wanted]
    if not longer and (grants[-1].valid_until or date.max) < wanted:
        return [grants[-1]]
    return longer

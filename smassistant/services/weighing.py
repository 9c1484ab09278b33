"""What new lines of history turn: permissions that people gain and lose on a day (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from smassistant.domain.consents import Channel, Use, rule
from smassistant.domain.people import Person
from smassistant.domain.statements import KEYS, Statement
from smassistant.ports import Work
from smassistant.registry.differences import Change

Key = tuple[Use, Channel]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Worsened:
    """A permission that a person had and loses."""

    person: Person
    use: Use
    channel: Channel


@dataclass(frozen=True, slots=True)
class Fresh:
    """What was said about one person before, and what is said anew."""

    before: tuple[Statement, ...]
    said: tuple[Statement, ...] = ()


class Scales:
    """Weighs, person by person, what new statements and new restrictions change on `day`."""

    def __init__(self, work: Work, day: date, changes: Iterable[Change] = ()) -> None:
        self._work = work
        self._day = day
        self._restricted = {
            change.before.id: change.after for change in changes if "restricted" in change.fields
        }
        self.weighed = 0
        self.better = 0
        self.worse: list[Worsened] = []

    def weigh(self, fresh: Mapping[str, Fresh]) -> set[str]:
        """Add what is said anew about some people of the registry; the ids of those it touches."""
        self.weighed += len(fresh)
        touched = [key for key, item in fresh.items() if item.said or key in self._restricted]
        people = self._work.people.of_many(touched) if touched else {}
        for person_id, before in people.items():
            item = fresh[person_id]
            after = self._restricted.get(person_id, before)
            keys = KEYS if after is not before else tuple(_concerned(item.said))
            had = self._permitted(before, item.before, keys)
            has = self._permitted(after, (*item.before, *item.said), keys)
            self.better += len(has - had)
            self.worse += [Worsened(before, *key) for key in keys if key in had - has]
        return set(people)

    def _permitted(
        self, person: Person, said: Iterable[Statement], keys: Iterable[Key]
    ) -> set[Key]:
        history = [line for statement in said for line in statement.decisions()]
        return {key for key in keys if rule(person, history, *key, self._day).permitted}


def _concerned(said: Iterable[Statement]) -> Iterator[Key]:
    """The permissions that the statements may turn: a full name permits the first name too."""
    letters = [statement.answers for statement in said]
    for place, (use, channel) in enumerate(KEYS):
        places = [place]
        if use is Use.FIRST_NAME:
            places.append(KEYS.index((Use.FULL_NAME, channel)))
        if any(answers[at] != "-" for answers in letters for at in places):
            yield (use, channel)


def chunks(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """The things in lists of at most `size`."""
    left = iter(things)
    while some := list(islice(left, size)):
        yield some

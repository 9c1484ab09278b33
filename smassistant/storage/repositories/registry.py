"""People and their consent history (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select

from smassistant.domain.consents import Decision
from smassistant.domain.folding import fold
from smassistant.domain.people import Person
from smassistant.i18n import N_
from smassistant.storage.repositories.base import Mirror, VersionedMirror
from smassistant.storage.rows import DecisionRow, PersonRow

# PostgreSQL's index takes 2,700 bytes a row.
_MAX_SORT_KEY = 200
MAX_FOLDED = 400


def level(text: str) -> str:
    """`text` as searches compare it: no accents, case or apostrophes; hyphens part words."""
    return fold(text).text.casefold().replace("'", "").replace("-", " ")


class PeopleTable(VersionedMirror[Person]):
    """Implements `ports.People`."""

    kind = "people"
    row = PersonRow
    shape = Person
    clash = N_("Somebody else changed this person in the meantime.")

    def get(self, person_id: str) -> Person | None:
        """The person of this id."""
        return self._one(PersonRow.id == person_id)

    def all(self) -> tuple[Person, ...]:
        """Everybody, by last name, then first name."""
        return self._many(self._select().order_by(PersonRow.sort_key))

    def find(self, words: str, limit: int, offset: int = 0) -> tuple[Person, ...]:
        """People with every one of `words` somewhere in a name, number or homeroom, by name."""
        found = self._select(*_matching(words)).order_by(PersonRow.sort_key)
        return self._many(found.limit(limit).offset(offset))

    def count(self, words: str = "") -> int:
        """How many people `find` has."""
        found = select(func.count()).select_from(PersonRow).where(*_matching(words))
        return int(self._unit.connection.execute(found).scalar_one())

    def add(self, people: Iterable[Person]) -> None:
        """Add new people."""
        self._insert(people)
        self._unit.revise()

    def save(self, person: Person) -> Person:
        """Store a changed person; Clash when somebody else did in between."""
        saved = self._update(person)
        self._unit.revise()
        return saved

    def revision(self) -> int:
        """A number that grows with each change of people or consents."""
        return self._unit.revision()

    def _values(self, thing: Person) -> dict[str, Any]:
        names = (thing.first_name, thing.preferred_name, thing.last_name, *thing.other_names)
        order = (level(thing.last_name), level(thing.preferred_name or thing.first_name), thing.id)
        return super()._values(thing) | {
            "sort_key": "\t".join(order)[:_MAX_SORT_KEY],
            "folded": level(" ".join((*names, thing.number, thing.homeroom)))[:MAX_FOLDED],
        }


def _matching(words: str) -> list[ColumnElement[bool]]:
    return [PersonRow.folded.contains(word, autoescape=True) for word in level(words).split()]


class ConsentsTable(Mirror[Decision]):
    """Implements `ports.Consents`."""

    kind = "consents"
    row = DecisionRow
    shape = Decision

    def of(self, person_id: str) -> tuple[Decision, ...]:
        """The person's history, oldest entry first."""
        return self._many(self._ordered(DecisionRow.person_id == person_id))

    def all(self) -> dict[str, tuple[Decision, ...]]:
        """The history of everybody who has one, by person id."""
        history: dict[str, list[Decision]] = {}
        for decision in self._many(self._ordered()):
            history.setdefault(decision.person_id, []).append(decision)
        return {person_id: tuple(decisions) for person_id, decisions in history.items()}

    def add(self, decisions: Iterable[Decision]) -> None:
        """Append lines to the history."""
        self._insert(decisions)
        self._unit.revise()

    def _ordered(self, *where: ColumnElement[bool]) -> Any:
        return self._select(*where).order_by(DecisionRow.recorded_at, DecisionRow.id)

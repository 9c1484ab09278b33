"""People and their consent history (clause 4.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, delete, func, select

from smassistant.domain.consents import Decision
from smassistant.domain.folding import fold_text
from smassistant.domain.people import Person
from smassistant.domain.statements import Statement, gather
from smassistant.i18n import N_
from smassistant.storage.registry_rows import PersonRow, StatementRow
from smassistant.storage.repositories.base import Mirror, VersionedMirror, changed_meanwhile

# PostgreSQL's index takes 2,700 bytes a row.
_MAX_SORT_KEY = 200
MAX_FOLDED = 400
AT_ONCE = 500  # identifiers in one statement: SQLite takes no more than 999 values
_POURED = 5000  # rows in one go
_TEXTS = (
    "id", "number", "first_name", "last_name", "preferred_name", "grade", "homeroom", "school",
    "status", "restricted", "version", "signs_for_self",
)  # fmt: skip
_DERIVED = ("kind", "other_names", "avoid_names", "sort_key", "folded")
_STATEMENT = (
    "id", "person_id", "answers", "valid_from", "valid_until", "source", "signer", "recorded_by",
    "recorded_at", "note", "corrects", "said_in",
)  # fmt: skip

Thing = TypeVar("Thing")


def level(text: str) -> str:
    """`text` as searches compare it: no accents, case or apostrophes; hyphens part words."""
    return fold_text(text).casefold().replace("'", "").replace("-", " ")


def chunks(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """The things in lists of at most `size`."""
    left = iter(things)
    while some := list(islice(left, size)):
        yield some


class PeopleTable(VersionedMirror[Person]):
    """Implements `repositories.People`."""

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

    def of_many(self, person_ids: Iterable[str]) -> dict[str, Person]:
        """The people of these ids; nothing for an id that is not there."""
        found: dict[str, Person] = {}
        for some in chunks(person_ids, AT_ONCE):
            wanted = self._held(self._select(PersonRow.id.in_(some)))
            found.update((person.id, person) for person in self._many(wanted))
        return found

    def by_number(self, number: str) -> Person | None:
        """The person with this student or staff number."""
        return self._one(PersonRow.number == number)

    def find(self, words: str, limit: int, offset: int = 0) -> tuple[Person, ...]:
        """People with every one of `words` somewhere in a name, number or homeroom, by name."""
        found = self._select(*_matching(words)).order_by(PersonRow.sort_key)
        return self._many(found.limit(limit).offset(offset))

    def count(self, words: str = "") -> int:
        """How many people `find` has."""
        found = select(func.count()).select_from(PersonRow).where(*_matching(words))
        return int(self._unit.connection.execute(found).scalar_one())

    def add(self, people: Iterable[Person], ids: Iterable[str] | None = None) -> None:
        """Add new people, under other `ids` than their own where given."""
        names = (*_TEXTS, *_DERIVED, "added_in", "saved_in")
        pairs = ((one.id, one) for one in people) if ids is None else zip(ids, people, strict=True)
        for some in chunks(pairs, _POURED):
            self._unit.change(self.kind, *(key for key, _person in some))
            revisions = (self._unit.revise(),) * 2
            rows = [
                (*_texts(key, person), *_derived(key, person), *revisions) for key, person in some
            ]
            self._unit.pour(PersonRow, names, rows)
        self._unit.change(self.kind)
        self._unit.revise()

    def save(self, person: Person) -> Person:
        """Store a changed person; Clash when somebody else did in between."""
        return self._update(person)

    def save_many(self, people: Iterable[Person]) -> None:
        """Store many changed people; Clash when one of them is not the newest."""
        names = (*_TEXTS[1:], *_DERIVED, "saved_in")
        for some in chunks(people, _POURED):
            self._unit.change(self.kind, *(person.id for person in some))
            revision = self._unit.revise()
            rows = [
                (*_texts("", one, one.version + 1)[1:], *_derived(one.id, one), revision, one.id,
                 one.version)
                for one in some
            ]  # fmt: skip
            if self._unit.rewrite(PersonRow, names, ("id", "version"), rows) != len(rows):
                raise changed_meanwhile(self.clash)

    def delete(self, ids: Iterable[str]) -> None:
        """Remove people; only for taking back what added them."""
        for some in chunks(ids, AT_ONCE):
            self._unit.change(self.kind, *some)
            self._unit.run(delete(PersonRow).where(PersonRow.id.in_(some)))
        self._unit.revise()

    def revision(self) -> int:
        """A number that grows with each change of people or consents."""
        return self._unit.revision()

    def _values(self, thing: Person) -> dict[str, Any]:
        values = super()._values(thing)
        values["sort_key"], values["folded"] = _sorted_and_found(thing.id, thing)
        return values | {"saved_in": self._unit.revise()}


def _texts(person_id: str, person: Person, version: int | None = None) -> tuple[Any, ...]:
    """The columns `_TEXTS`, as the driver takes them."""
    return (
        person_id, person.number, person.first_name, person.last_name, person.preferred_name,
        person.grade, person.homeroom, person.school, person.status, person.restricted,
        person.version if version is None else version, person.signs_for_self,
    )  # fmt: skip


def _derived(person_id: str, person: Person) -> tuple[Any, ...]:
    """The columns `_DERIVED`, as the driver takes them."""
    others, avoided = person.other_names, person.avoid_names
    return (
        person.kind.value,
        json.dumps(others, separators=(",", ":")) if others else "[]",
        json.dumps(avoided, separators=(",", ":")) if avoided else "[]",
        *_sorted_and_found(person_id, person),
    )


def _sorted_and_found(person_id: str, person: Person) -> tuple[str, str]:
    """What lists are sorted by and what a search looks in; names to avoid are not shown by it."""
    words = (person.first_name, person.preferred_name, person.last_name, *person.other_names)
    found = " ".join((*words, person.number, person.homeroom))
    given = person.preferred_name or person.first_name
    last, given, found = level(f"{person.last_name}\x1f{given}\x1f{found}").split("\x1f", 2)
    return f"{last}\t{given}\t{person_id}"[:_MAX_SORT_KEY], found[:MAX_FOLDED]


def _matching(words: str) -> list[ColumnElement[bool]]:
    return [PersonRow.folded.contains(word, autoescape=True) for word in level(words).split()]


class ConsentsTable(Mirror[Statement]):
    """Implements `repositories.Consents`."""

    kind = "consents"
    row = StatementRow
    shape = Statement

    def of(self, person_id: str) -> tuple[Decision, ...]:
        """The person's history, oldest entry first."""
        found = self._many(self._ordered(StatementRow.person_id == person_id))
        return _decisions(found)

    def decision(self, decision_id: str) -> Decision | None:
        """The decision of this id."""
        ids = (decision_id, decision_id.rpartition(".")[0])
        found = _decisions(self._many(self._select(StatementRow.id.in_(ids))))
        return next((line for line in found if line.id == decision_id), None)

    def of_many(self, person_ids: Iterable[str]) -> dict[str, tuple[Decision, ...]]:
        """The histories of these people; nothing for who has none."""
        return {key: _decisions(lines) for key, lines in self.said_by(person_ids).items()}

    def all(self) -> Mapping[str, tuple[Decision, ...]]:
        """The history of everybody who has one, by person id."""
        return History(_by_person(self.everything_said()))

    def add(self, decisions: Iterable[Decision]) -> None:
        """Append lines to the history."""
        self.say(gather(decisions))

    def say(self, statements: Iterable[Statement]) -> None:
        """Append statements to the history."""
        plain = self._unit.driver_value
        for some in chunks(statements, _POURED):
            self._unit.change(self.kind, *(line.id for line in some))
            revision = self._unit.revise()
            rows = [
                (key, person_id, answers, plain(start), plain(end), source.value, signer, by,
                 plain(at), note, corrects, revision)
                for key, person_id, answers, start, end, source, signer, by, at, note, corrects
                in some
            ]  # fmt: skip
            self._unit.pour(StatementRow, _STATEMENT, rows)
        self._unit.change(self.kind)
        self._unit.revise()

    def said_by(self, person_ids: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
        """What these people's signers said, oldest entry first; nothing for who has nothing."""
        found: dict[str, tuple[Statement, ...]] = {}
        for some in chunks(person_ids, AT_ONCE):
            lines = self._many(self._ordered(StatementRow.person_id.in_(some)))
            found.update((key, tuple(said)) for key, said in _by_person(lines).items())
        return found

    def everything_said(self) -> Iterator[Statement]:
        """Every statement, oldest entry first, one at a time."""
        found = self._ordered().execution_options(yield_per=1000)
        return (self._shaped(row) for row in self._unit.connection.execute(found))

    def delete(self, ids: Iterable[str]) -> None:
        """Remove statements; only for taking back what added them."""
        for some in chunks(ids, AT_ONCE):
            self._unit.change(self.kind, *some)
            self._unit.run(delete(StatementRow).where(StatementRow.id.in_(some)))
        self._unit.revise()

    def _select(self, *where: ColumnElement[bool]) -> Select[Any]:
        return select(*(getattr(StatementRow, name) for name in Statement._fields)).where(*where)

    def _ordered(self, *where: ColumnElement[bool]) -> Select[Any]:
        order = (StatementRow.recorded_at, StatementRow.said_in, StatementRow.id)
        return self._select(*where).order_by(*order)


class History(Mapping[str, tuple[Decision, ...]]):
    """The histories by person id, kept as statements and taken apart when asked for.

    A hundred thousand people have more than a million decisions, of which a review reads a few.
    """

    def __init__(self, said: Mapping[str, list[Statement]]) -> None:
        self._said = said

    def __getitem__(self, person_id: str) -> tuple[Decision, ...]:
        return _decisions(self._said[person_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)


def _decisions(said: Iterable[Statement]) -> tuple[Decision, ...]:
    return tuple(line for statement in said for line in statement.decisions())


def _by_person(said: Iterable[Statement]) -> dict[str, list[Statement]]:
    history: dict[str, list[Statement]] = {}
    for line in said:
        history.setdefault(line.person_id, []).append(line)
    return history

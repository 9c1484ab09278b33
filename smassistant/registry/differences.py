"""What a roster would change in the registry: who is new, who changed, who is no longer there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any

from smassistant.domain.people import LEFT, Person
from smassistant.registry.rosters import Roster, RosterPerson

_COMPARED = tuple(
    item.name for item in fields(Person) if item.name not in {"id", "number", "version"}
)
# Fields that give first and last name in one column.
NAMES_IN_ONE = frozenset({"last_first", "first_last", "name", "preferred_last"})


@dataclass(frozen=True, slots=True)
class Change:
    """A person who differs: `after` keeps the registry's id and version; `fields` say what."""

    before: Person
    after: Person
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """`missing` are in the registry, not marked as left, and not in the roster."""

    new: tuple[RosterPerson, ...]
    changed: tuple[Change, ...]
    missing: tuple[Person, ...]


def compare(roster: Roster, people: Iterable[Person]) -> Differences:
    """Compare by number the people of a roster with those of the registry.

    Only what the file has a column for counts: a list of answers alone blanks nobody's class. A
    restriction set in the registry is never lifted by a roster.
    """
    told = _told(roster)
    tells = attrgetter(*sorted(told), "number")
    known = {person.number: person for person in people}
    new: list[RosterPerson] = []
    changed: list[Change] = []
    for item in roster.people:
        before = known.pop(item.person.number, None)
        if before is None:
            new.append(item)
            continue
        read = item.person
        same = tells(before) == tells(read) and before.restricted == read.restricted
        if same and before.status != LEFT:
            continue  # nearly everybody: nothing to take apart
        after = _merged(before, read, told)
        names = tuple(name for name in _COMPARED if getattr(before, name) != getattr(after, name))
        if names:
            changed.append(Change(before, after, names))
    missing = tuple(person for person in known.values() if person.status != LEFT)
    return Differences(tuple(new), tuple(changed), missing)


def _told(roster: Roster) -> frozenset[str]:
    """The fields of a person that the file has a column for."""
    columns = {part for field in roster.mapping.values() for part in field.split(",")}
    if columns & NAMES_IN_ONE:
        columns |= {"first_name", "last_name"}
    return frozenset(columns & set(_COMPARED)) | {"other_names"}


def _merged(before: Person, read: Person, told: frozenset[str]) -> Person:
    """The registry's person with what the roster tells about them."""
    values: dict[str, Any] = {name: getattr(read, name) for name in told}
    values["restricted"] = before.restricted or read.restricted
    values["other_names"] = read.other_names or before.other_names
    if before.status == LEFT and "status" not in told:
        values["status"] = ""  # here again
    return replace(before, **values)

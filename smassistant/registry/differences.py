"""What a roster would change in the registry: who is new, who changed, who is no longer there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from smassistant.domain.people import Person
from smassistant.registry.rosters import Roster, RosterPerson

_COMPARED = tuple(
    item.name for item in fields(Person) if item.name not in {"id", "number", "version"}
)


@dataclass(frozen=True, slots=True)
class Change:
    """A person who differs: `after` keeps the registry's id and version; `fields` say what."""

    before: Person
    after: Person
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """`missing` are in the registry and not in the roster."""

    new: tuple[RosterPerson, ...]
    changed: tuple[Change, ...]
    missing: tuple[Person, ...]


def compare(roster: Roster, people: Iterable[Person]) -> Differences:
    """Compare by number the people of a roster with those of the registry."""
    known = {person.number: person for person in people}
    new: list[RosterPerson] = []
    changed: list[Change] = []
    for item in roster.people:
        before = known.pop(item.person.number, None)
        if before is None:
            new.append(item)
            continue
        after = replace(item.person, id=before.id, version=before.version)
        names = tuple(name for name in _COMPARED if getattr(before, name) != getattr(after, name))
        if names:
            changed.append(Change(before, after, names))
    return Differences(tuple(new), tuple(changed), tuple(known.values()))

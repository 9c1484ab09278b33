"""Searching the registry as somebody types: pages, counts, classes (clause 4.1)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from smassistant.domain.consents import Decision
from smassistant.domain.lookups import SOON_DAYS, Filters, Group
from smassistant.domain.people import LEFT, Person
from smassistant.domain.statements import KEYS
from smassistant.storage.registry_rows import PersonRow, StatementRow
from smassistant.storage.repositories.base import Unit
from smassistant.storage.repositories.registry import (
    MAX_FOLDED,
    ConsentsTable,
    PeopleTable,
    level,
)


class LookupsTable:
    """Implements `repositories.Lookups`: reads people and their history, writes nothing."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._people, self._consents = PeopleTable(unit), ConsentsTable(unit)

    def find(
        self, words: str, filters: Filters, day: date, limit: int, offset: int = 0
    ) -> tuple[Person, ...]:
        """Whom the words and filters fit, by last name, then first name."""
        found = self._people._select(*_fitting(words, filters, day)).order_by(PersonRow.sort_key)
        return self._people._many(found.limit(limit).offset(offset))

    def count(self, words: str, filters: Filters, day: date) -> int:
        """How many people `find` has."""
        found = select(func.count()).select_from(PersonRow).where(*_fitting(words, filters, day))
        return int(self._unit.connection.execute(found).scalar_one())

    def ids(self, words: str, filters: Filters, day: date) -> tuple[str, ...]:
        """The identifiers of all people `find` has, in its order."""
        found = select(PersonRow.id).where(*_fitting(words, filters, day))
        return tuple(row.id for row in self._unit.rows(found.order_by(PersonRow.sort_key)))

    def groups(self) -> tuple[Group, ...]:
        """Every class, and every grade of people without a class, in their usual order."""
        found = select(PersonRow.school, PersonRow.homeroom, PersonRow.grade).distinct()
        groups = {
            Group(row.school, row.homeroom, "" if row.homeroom else row.grade)
            for row in self._unit.rows(found)
            if row.homeroom or row.grade
        }
        return tuple(sorted(groups, key=lambda group: group.order))

    def histories(self, person_ids: Collection[str]) -> dict[str, tuple[Decision, ...]]:
        """The histories of these people, oldest entry first; nothing for who has none."""
        return self._consents.of_many(person_ids)


def _fitting(words: str, filters: Filters, day: date) -> list[ColumnElement[bool]]:
    """What a row has to fulfil; what the index alone can tell stands first."""
    wanted = [_holds(word) for word in level(words).split()]
    if filters.group is not None:
        wanted.append(_in_group(filters.group))
    if filters.kind is not None:
        wanted.append(PersonRow.kind == filters.kind)
    if filters.attention:
        wanted.append(_needs_attention(day))
    return wanted


def _holds(word: str) -> ColumnElement[bool]:
    return PersonRow.folded.contains(word, autoescape=True)


def _in_group(group: Group) -> ColumnElement[bool]:
    mine = and_(PersonRow.school == group.school, PersonRow.homeroom == group.homeroom)
    if not group.homeroom:
        return and_(mine, PersonRow.grade == group.grade)
    # The index holds `folded`: most rows are ruled out before they are read. A cut one may hide it.
    hints = [_holds(word) for word in level(group.homeroom).split()]
    return and_(mine, or_(and_(*hints), func.length(PersonRow.folded) >= MAX_FOLDED))


def _needs_attention(day: date) -> ColumnElement[bool]:
    """No answer at all, a permission that ends soon or nobody signed for, two that disagree.

    Whoever has left or may never be published is not asked again.
    """
    line, other = aliased(StatementRow), aliased(StatementRow)
    mine = select(line.id).where(line.person_id == PersonRow.id)
    granted = line.answers.contains("y")
    soon = line.valid_until.between(day, day + timedelta(days=SOON_DAYS))
    same_day = and_(other.person_id == line.person_id, other.valid_from == line.valid_from)
    against = (
        select(line.id)
        .join(other, and_(same_day, other.id != line.id, _disagree(line.answers, other.answers)))
        .where(line.person_id == PersonRow.id)
        .where(line.corrects.is_(None))
    )
    open_end = mine.where(granted, or_(soon, line.signer == ""), ~_replaced(line))
    reasons = (~mine.exists(), open_end.exists(), against.exists())
    asked = and_(PersonRow.restricted.is_(False), PersonRow.status != LEFT)
    return and_(asked, or_(*reasons))


def _replaced(line: Any) -> ColumnElement[bool]:
    """Whether one later statement corrects everything that `line` grants, as a renewal does."""
    other = aliased(StatementRow)
    covers = and_(
        *(
            or_(
                func.substr(line.answers, place, 1) != "y",
                func.substr(other.answers, place, 1) != "-",
            )
            for place in range(1, len(KEYS) + 1)
        )
    )
    named = or_(other.corrects == line.id, other.corrects == line.id + ".")
    return select(other.id).where(other.person_id == line.person_id, named, covers).exists()


def _disagree(one: Any, other: Any) -> ColumnElement[bool]:
    """Whether `one` grants something that `other` denies."""
    return or_(
        *(
            and_(func.substr(one, place, 1) == "y", func.substr(other, place, 1).in_(("n", "w")))
            for place in range(1, len(KEYS) + 1)
        )
    )

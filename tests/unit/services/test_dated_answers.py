"""A roster's answers hold from the day they were given, in whatever order rosters come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.domain.consents import Channel, Source, Use, rule
from smassistant.domain.imports import RosterChoices
from smassistant.domain.people import Person
from smassistant.domain.statements import Statement
from smassistant.registry.replies import Answers
from smassistant.registry.rosters import RosterPerson
from smassistant.services.importing import import_roster, preview_roster, undo_import
from smassistant.services.keeping_registry import find_people, open_person
from smassistant.services.roster_lines import RosterLines
from tests.unit.services.conftest import School
from tests.unit.services.registry_dump import dump

PERSON = Person("p", "9", "Ines", "Corbett")
FIRST = date(2026, 9, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(4)]
KEY = (Use.PHOTO, Channel.SOCIAL_MEDIA)
# An end for each day: two rosters that differ only in it are the school's own correction.
ENDS = st.lists(st.sampled_from([None, *DAYS, date(2027, 6, 30)]), min_size=4, max_size=4)
SAID = st.tuples(st.integers(0, 3), st.sampled_from("ynbu"))

Bring = Callable[..., str]
MAPPED = RosterChoices({"date": "date", "permission": "permission", "value": "value"}, {})
HEAD = "student_number,first_name,last_name,photo:social_media,date\n"


def read(day: int, letter: str, ends: Sequence[date | None]) -> RosterPerson:
    return RosterPerson(PERSON, "A parent", ends[day], Answers(letter * 15), (DAYS[day],) * 15)


def brought_in(rows: Sequence[RosterPerson]) -> list[Statement]:
    history: list[Statement] = []
    for n, row in enumerate(rows):
        at = datetime(2026, 10, 1 + n, tzinfo=UTC)
        lines = RosterLines(f"step{n}", frozenset([KEY]), at.date(), "u", at)
        history += lines.of(row, PERSON.id, history)
    return history


def permitted(history: Sequence[Statement]) -> list[bool]:
    """Day by day, long after the last end too."""
    decisions = [line for statement in history for line in statement.decisions()]
    days = [FIRST + timedelta(days=n) for n in (*range(6), 100, 301, 302, 303)]
    return [rule(PERSON, decisions, *KEY, day).permitted for day in days]


@given(st.lists(SAID, min_size=2, max_size=4), ENDS)
def test_the_order_in_which_rosters_come_in_never_matters(
    said: list[tuple[int, str]], ends: list[date | None]
) -> None:
    rows = [read(day, letter, ends) for day, letter in said]
    wanted = permitted(brought_in(rows))
    for order in permutations(rows):
        assert permitted(brought_in(order)) == wanted


@given(st.lists(SAID, min_size=1, max_size=4), ENDS)
def test_rosters_that_come_in_again_add_nothing(
    said: list[tuple[int, str]], ends: list[date | None]
) -> None:
    rows = [read(day, letter, ends) for day, letter in said]
    once = brought_in(rows)
    assert len(brought_in([*rows, *rows])) == len(once)


def test_an_answer_dated_ahead_counts_from_today() -> None:
    row = RosterPerson(PERSON, "", None, Answers("n" * 15), (date(2099, 1, 1),) * 15)
    assert [line.valid_from for line in brought_in([row])] == [date(2026, 10, 1)]


@pytest.fixture
def bring(either: School, tmp_path: Path) -> Bring:
    def one(*rows: str, head: str = HEAD) -> str:
        file = tmp_path / "answers.csv"
        file.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        preview = preview_roster(either.context, file, MAPPED)
        return import_roster(either.context, either.records, preview).import_id

    return one


def history(school: School) -> list[tuple[str, date]]:
    found = find_people(school.context, school.records, "Corbett").lines[0].person
    record = open_person(school.context, school.records, found.id)
    assert {line.source for line in record.history} == {Source.ROSTER}
    return [(line.answer.value, line.valid_from) for line in record.history]


def may_show(school: School) -> bool:
    return find_people(school.context, school.records, "Corbett").lines[0].photo.permitted


def test_the_registry_keeps_the_day_of_the_answer(either: School, bring: Bring) -> None:
    bring("99,Ines,Corbett,yes,2025-09-04")
    assert history(either) == [("granted", date(2025, 9, 4))]
    assert may_show(either)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_later_answer_counts_whichever_file_comes_first(
    either: School, bring: Bring, order: tuple[int, int]
) -> None:
    files = ("99,Ines,Corbett,no,2025-09-04", "99,Ines,Corbett,yes,2025-10-02")
    for number in order:
        bring(files[number])
    assert may_show(either)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_blank_and_a_yes_of_one_day_permit_nothing(
    either: School, bring: Bring, order: tuple[int, int]
) -> None:
    files = ("99,Ines,Corbett,,2025-09-04", "99,Ines,Corbett,yes,2025-09-04")
    for number in order:
        bring(files[number])
    assert not may_show(either)


def test_one_row_per_permission_keeps_each_day(either: School, bring: Bring) -> None:
    head = "student_number,first_name,last_name,permission,value,date\n"
    bring(
        "99,Ines,Corbett,photo:social_media,yes,2025-09-04",
        "99,Ines,Corbett,photo:social_media,no,2025-09-01",
        "99,Ines,Corbett,work:website,no,2025-09-20",
        "99,Ines,Corbett,video:website,yes,",
        head=head,
    )
    today = either.clock.now().date()
    days = sorted(history(either), key=lambda line: line[1])
    assert days[:2] == [("granted", date(2025, 9, 4)), ("refused", date(2025, 9, 20))]
    assert len(days) == 3
    assert abs(days[2][1] - today) <= timedelta(days=1)


def test_undoing_dated_answers_restores_the_registry(either: School, bring: Bring) -> None:
    bring("99,Ines,Corbett,yes,2025-09-04")
    was = dump(either.context)
    undo_import(either.context, either.records, bring("99,Ines,Corbett,no,2025-10-02"))
    assert dump(either.context) == was
    assert may_show(either)

"""Searching the registry by words, class, kind and need, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from smassistant.domain.consents import Answer, Channel, Decision, Source, Use
from smassistant.domain.lookups import Filters, Group
from smassistant.domain.people import Kind, Person
from smassistant.domain.statements import decision_id
from smassistant.storage.store import SqlStore

DAY = date(2026, 11, 24)
NONE = Filters()
CLASS = Group("North", "4B")
PEOPLE = (
    Person("p1", "1", "Zoë", "Ånders", homeroom="4B", school="North"),
    Person("p2", "2", "Mei", "Brandt", homeroom="4B", school="South"),
    Person("p3", "3", "Teo", "Caron", homeroom="10A", school="North"),
    Person("p4", "4", "Ruth", "Dell", kind=Kind.STAFF, school="North"),
    Person("p5", "5", "Ivan", "Ebel", grade="K", school="North", restricted=True),
)
LINE = Decision(
    "d1", "p1", Use.PHOTO, Channel.WEBSITE, Answer.GRANTED, date(2026, 9, 4), None, Source.FORM,
    "A parent", "u1", datetime(2026, 9, 4, 12, tzinfo=UTC),
)  # fmt: skip


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    with store.write() as work:
        work.people.add(PEOPLE)
    return store


def found(store: SqlStore, words: str = "", filters: Filters = NONE) -> list[str]:
    with store.read() as work:
        people = work.lookups.find(words, filters, DAY, 10)
        ids = [person.id for person in people]
        assert work.lookups.count(words, filters, DAY) == len(ids)
        assert list(work.lookups.ids(words, filters, DAY)) == ids
        return ids


def test_words_and_filters_narrow_together(filled: SqlStore) -> None:
    assert found(filled) == ["p1", "p2", "p3", "p4", "p5"]
    assert found(filled, "ANDERS zoe") == ["p1"]
    assert found(filled, "4b") == ["p1", "p2"]
    assert found(filled, "", Filters(CLASS)) == ["p1"]
    assert found(filled, "brandt", Filters(CLASS)) == []
    assert found(filled, "", Filters(Group("North", "", "K"))) == ["p5"]
    assert found(filled, "", Filters(kind=Kind.STAFF)) == ["p4"]


def test_a_class_is_found_behind_names_too_long_for_the_index(filled: SqlStore) -> None:
    long = Person("p6", "6", "Ann", "Fole", other_names=("x" * 500,), homeroom="4B", school="North")
    with filled.write() as work:
        work.people.add([long])
    assert found(filled, "", Filters(CLASS)) == ["p1", "p6"]


def test_a_page_is_a_piece_of_the_whole(filled: SqlStore) -> None:
    with filled.read() as work:
        page = work.lookups.find("", NONE, DAY, 2, 2)
    assert [person.id for person in page] == ["p3", "p4"]


def test_classes_stand_in_their_usual_order(filled: SqlStore) -> None:
    with filled.read() as work:
        groups = work.lookups.groups()
    assert [(group.school, group.shown) for group in groups] == [
        ("North", "4B"), ("North", "10A"), ("North", "Grade K"), ("South", "4B"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "needs"),
    [
        ((), True),
        ((LINE,), False),
        ((replace(LINE, valid_until=DAY + timedelta(30)),), True),
        ((replace(LINE, valid_until=DAY + timedelta(31)),), False),
        ((replace(LINE, valid_until=DAY - timedelta(1)),), False),
        ((replace(LINE, signer=""),), True),
        ((LINE, replace(LINE, id="d2", answer=Answer.REFUSED)),  True),
        ((LINE, replace(LINE, id="d2", answer=Answer.REFUSED, use=Use.WORK)), False),
        ((LINE, replace(LINE, id="d2", answer=Answer.REFUSED, valid_from=DAY)), False),
    ],
)  # fmt: skip
def test_who_needs_attention(filled: SqlStore, lines: tuple[Decision, ...], needs: bool) -> None:
    with filled.write() as work:
        work.consents.add(lines)
    assert ("p1" in found(filled, "", Filters(attention=True))) is needs


def test_who_is_never_published_needs_nothing(filled: SqlStore) -> None:
    assert "p5" not in found(filled, "", Filters(attention=True))


def test_histories_come_by_person_however_many_are_asked(filled: SqlStore) -> None:
    with filled.write() as work:
        work.consents.add([LINE, replace(LINE, id="d2", person_id="p2")])
    with filled.read() as work:
        histories = work.lookups.histories([f"p{n}" for n in range(1200)])
    assert {key: [line.id for line in lines] for key, lines in histories.items()} == {
        "p1": ["d1"], "p2": ["d2"],
    }  # fmt: skip


def spread(prefix: str, **changes: object) -> tuple[Decision, ...]:
    """One statement about photos everywhere, ending within a week."""
    line = replace(LINE, valid_until=DAY + timedelta(7), **changes)  # type: ignore[arg-type]
    return tuple(
        replace(
            line, id=decision_id(prefix, Use.PHOTO, channel), channel=channel,
            corrects=line.corrects and decision_id(line.corrects, Use.PHOTO, channel),
        )
        for channel in Channel
    )  # fmt: skip


@pytest.mark.parametrize(("renewed", "needs"), [(3, False), (2, True), (0, True)])
def test_what_was_renewed_needs_nothing(filled: SqlStore, renewed: int, needs: bool) -> None:
    later = spread("s2", recorded_at=LINE.recorded_at + timedelta(1), corrects="s1")
    later = tuple(replace(line, valid_until=DAY + timedelta(200)) for line in later)
    with filled.write() as work:
        work.consents.add(spread("s1"))
    with filled.write() as work:
        work.consents.add(later[:renewed])
    assert ("p1" in found(filled, "", Filters(attention=True))) is needs


def test_a_line_that_was_corrected_as_a_whole_needs_nothing(filled: SqlStore) -> None:
    wrong = replace(LINE, valid_until=DAY)
    right = replace(LINE, id="d2", valid_until=None, corrects="d1")
    with filled.write() as work:
        work.consents.add([wrong])
        work.consents.add([right])
    assert "p1" not in found(filled, "", Filters(attention=True))

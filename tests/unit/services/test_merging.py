"""Records that look alike: found, made one, made two again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.consents import Answer, Channel, Reason, Use
from smassistant.domain.people import LEFT, Kind, Person
from smassistant.errors import Cancelled, NotAllowed, UserError
from smassistant.jobs import Task
from smassistant.services.keeping_registry import attach_scan, find_people, open_person
from smassistant.services.merging import list_merges, look_alikes, merge_people, undo_merge
from tests.unit.services.conftest import LOGAN, TESS, School

PHOTO = (Use.PHOTO, Channel.SOCIAL_MEDIA)


def pairs(school: School, *people: Person) -> list[tuple[str, str, str]]:
    with school.context.store.write() as work:
        work.people.add(people)
    found = look_alikes(school.context, school.records)
    return [(pair.first.id, pair.second.id, pair.why) for pair in found]


def like_logan(**changes: object) -> Person:
    return replace(LOGAN, id="p-twin", **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("twin", "why"),
    [
        (like_logan(number="0051"), "The same number, written in two ways"),
        (like_logan(number="51.0", homeroom="5C"), "The same number, written in two ways"),
        (like_logan(number="77"), "The same name in one class"),
        (like_logan(number="77", homeroom="4C"), "The same name in one school and grade"),
        (like_logan(number="77", first_name="LÓGAN", last_name="Van Tongeren"),
         "The same name in one class"),
        (like_logan(number="", first_name="Vantongeren", last_name="Logan"),
         "First and last name stand the other way round"),
        (like_logan(number="S1", kind=Kind.VOLUNTEER, grade="", homeroom=""), "two roles"),
        (like_logan(number="77", first_name="Logen"), "first names that differ by one letter"),
        (like_logan(number="77", last_name="Vantongaren"), "last names that differ by one letter"),
        (like_logan(number="77", first_name="Logan James"), "one first name within the other"),
        (like_logan(number="77", last_name="Vantongeren-Hill"), "one last name within the other"),
    ],
)  # fmt: skip
def test_records_that_may_be_one_person_are_offered_with_a_reason(
    school: School, twin: Person, why: str
) -> None:
    (found,) = pairs(school, twin)
    assert {found[0], found[1]} == {LOGAN.id, "p-twin"}
    assert why in found[2]


def test_two_forms_of_one_first_name_are_offered(school: School) -> None:
    (found,) = pairs(
        school,
        replace(LOGAN, id="p-liz", number="80", first_name="Elizabeth", last_name="Ode"),
        replace(LOGAN, id="p-beth", number="81", first_name="Liz", last_name="Ode"),
    )
    assert found[2] == "One class and last name, and two forms of one first name"


@pytest.mark.parametrize(
    "other",
    [
        like_logan(number="77", first_name="Mira"),
        like_logan(number="77", school="Another School"),
        like_logan(number="77", grade="9", homeroom="9A"),
        like_logan(number="77", status=LEFT),
        like_logan(number="51", first_name="Mira", last_name="Oduya", homeroom="9Z", school="X"),
    ],
)
def test_others_are_not_offered(school: School, other: Person) -> None:
    assert pairs(school, other) == []


def test_a_common_name_is_not_offered_by_the_dozen(school: School) -> None:
    crowd = [like_logan(number=f"9{n}") for n in range(15)]
    crowd = [replace(one, id=f"p-{n}") for n, one in enumerate(crowd)]
    assert pairs(school, *crowd) == []


def test_looking_can_be_cancelled(school: School) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        look_alikes(school.context, school.records, task)
    with pytest.raises(NotAllowed):
        look_alikes(school.context, replace(school.author, roles=frozenset()))


def test_the_kept_record_gets_what_the_other_had(either: School) -> None:
    with either.context.store.write() as work:
        work.people.save(replace(LOGAN, restricted=True, preferred_name="Lo", avoid_names=("L",)))
    either.decide(LOGAN, Answer.REFUSED, Use.VIDEO)
    attach_scan(either.context, either.records, LOGAN.id, [], "form.pdf", b"%PDF-1")
    merge_people(either.context, either.records, TESS.id, LOGAN.id)
    record = open_person(either.context, either.records, TESS.id)
    assert record.person.shown_name == TESS.shown_name
    assert record.person.restricted
    assert set(record.person.other_names) == {"Logan Vantongeren", "Lo Vantongeren"}
    assert record.person.avoid_names == ("L",)
    assert {line.use for line in record.history} == set(Use)
    with either.context.store.read() as work:
        assert [scan.name for scan in work.scans.of_person(TESS.id)] == ["form.pdf"]
    assert find_people(either.context, either.records, "logan").total == 1


def test_the_strictest_answer_of_both_counts(school: School) -> None:
    school.decide(LOGAN, Answer.REFUSED, Use.PHOTO)
    merge_people(school.context, school.records, TESS.id, LOGAN.id)
    record = open_person(school.context, school.records, TESS.id)
    assert record.rulings[PHOTO].reason is Reason.REFUSED
    assert record.conflicts


def test_merges_are_undone_from_the_last_one(either: School) -> None:
    third = replace(LOGAN, id="p-third", number="77")
    with either.context.store.write() as work:
        work.people.add([third])
    first = merge_people(either.context, either.records, LOGAN.id, third.id)
    second = merge_people(either.context, either.records, TESS.id, LOGAN.id)
    assert [one.id for one in list_merges(either.context, either.records)] == [second, first]
    with either.context.store.read() as work:
        assert work.merges.aliases() == {third.id: TESS.id, LOGAN.id: TESS.id}
        assert work.merges.numbers() == {"77": TESS.id, "51": TESS.id}
    with pytest.raises(UserError, match="can’t be undone any more"):
        undo_merge(either.context, either.records, first)
    undo_merge(either.context, either.records, second)
    undo_merge(either.context, either.records, first)
    with pytest.raises(UserError, match="undone already"):
        undo_merge(either.context, either.records, first)
    assert find_people(either.context, either.records).total == 3


def test_what_was_recorded_since_keeps_the_records_together(school: School) -> None:
    merge = merge_people(school.context, school.records, TESS.id, LOGAN.id)
    school.decide(TESS, Answer.WITHDRAWN)
    with pytest.raises(UserError, match="can’t be undone any more"):
        undo_merge(school.context, school.records, merge)


@pytest.mark.parametrize(
    ("kept", "gone", "told"),
    [("p-tess", "p-tess", "one record already"), ("p-tess", "nobody", "no longer there")],
)
def test_what_can_not_be_merged_is_told(school: School, kept: str, gone: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        merge_people(school.context, school.records, kept, gone)
    with pytest.raises(NotAllowed):
        merge_people(school.context, school.author, TESS.id, LOGAN.id)

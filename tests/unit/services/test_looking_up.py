"""Looking people up, and setting several lines right at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from smassistant.domain.consents import Answer, Channel, Source, Use
from smassistant.domain.lookups import Filters, Group
from smassistant.domain.people import Kind, Person
from smassistant.domain.takedowns import TakedownState
from smassistant.domain.users import Role
from smassistant.errors import NotAllowed, UserError
from smassistant.services.correcting import correct_decisions
from smassistant.services.delivering import publish_due
from smassistant.services.keeping_registry import open_person, record_decision, roll_over
from smassistant.services.looking_up import (
    answers_today,
    count_people,
    find_ids,
    find_lines,
    list_groups,
    scans_of,
)
from smassistant.services.taking_down import list_takedowns
from tests.unit.services.conftest import LOGAN, SCHOOL, TESS, School

SOCIAL = Channel.SOCIAL_MEDIA


def test_rows_bear_todays_two_answers(school: School) -> None:
    tess, logan = find_lines(school.context, school.records)
    assert (tess.person.id, logan.person.id) == (TESS.id, LOGAN.id)
    assert tess.name.permitted
    assert tess.photo.permitted
    assert not logan.name.permitted
    assert count_people(school.context, school.records, "vanton") == 1
    assert find_ids(school.context, school.records, "4b") == (TESS.id, LOGAN.id)


def test_a_page_begins_where_the_one_before_ended(school: School) -> None:
    second = find_lines(school.context, school.records, limit=1, offset=1)
    assert [line.person.id for line in second] == [LOGAN.id]


def test_filters_reach_the_database(school: School) -> None:
    assert list_groups(school.context, school.records) == (Group(SCHOOL, "4B"),)
    other = Filters(Group(SCHOOL, "9Z"))
    assert find_lines(school.context, school.records, "", other) == ()
    needy = find_lines(school.context, school.records, "", Filters(attention=True))
    assert [line.person.id for line in needy] == [LOGAN.id]


def test_who_has_no_right_sees_nobody(school: School) -> None:
    stranger = replace(school.author, roles=frozenset({Role.COMMUNICATIONS}))
    for look in (find_lines, count_people, find_ids, list_groups):
        with pytest.raises(NotAllowed):
            look(school.context, stranger)
    with pytest.raises(NotAllowed):
        answers_today(school.context, stranger, TESS.id)
    with pytest.raises(NotAllowed):
        scans_of(school.context, stranger, TESS.id)


def test_each_account_gets_its_answer_in_a_sentence(school: School) -> None:
    answers = answers_today(school.context, school.records, TESS.id)
    assert {(a.account.id, a.use) for a in answers} == {
        (account.id, use)
        for account in (school.bluesky, school.facebook)
        for use in (Use.PHOTO, Use.FULL_NAME)
    }
    assert all(answer.permitted and "yes" in answer.sentence for answer in answers)
    refused = answers_today(school.context, school.records, LOGAN.id)
    assert not any(answer.permitted for answer in refused)


def test_lines_are_corrected_together_and_posts_come_down(school: School) -> None:
    post = school.approved("Well done, Tessaly Brightwater!")
    publish_due(school.context, school.reviewer)
    history = open_person(school.context, school.records, TESS.id).history
    wrong = [line.id for line in history if line.use in (Use.FULL_NAME, Use.FIRST_NAME)]
    record = correct_decisions(
        school.context, school.records, TESS.id, wrong, Answer.REFUSED, "Another child",
        school.reviewer,
    )  # fmt: skip
    assert not record.rulings[Use.FULL_NAME, SOCIAL].permitted
    assert record.rulings[Use.PHOTO, SOCIAL].permitted
    assert {line.corrects for line in record.history if line.corrects} == set(wrong)
    assert record.takedowns == 1
    [line] = list_takedowns(school.context, school.records)
    assert line.takedown.post_id == post.id
    assert line.takedown.state is TakedownState.OPEN


def test_all_lines_are_corrected_or_none(school: School) -> None:
    history = open_person(school.context, school.records, TESS.id).history
    first, second = history[0].id, history[1].id
    correct_decisions(school.context, school.records, TESS.id, [first], None)
    before = open_person(school.context, school.records, TESS.id).history
    with pytest.raises(UserError):
        correct_decisions(school.context, school.records, TESS.id, [second, first], Answer.REFUSED)
    with pytest.raises(UserError):
        correct_decisions(school.context, school.records, LOGAN.id, [second], Answer.REFUSED)
    assert open_person(school.context, school.records, TESS.id).history == before


def test_what_was_never_said_permits_nothing(school: School) -> None:
    record_decision(
        school.context, school.records, LOGAN.id, [Use.WORK], [Channel.WEBSITE], Answer.GRANTED,
        Source.FORM, "A father",
    )  # fmt: skip
    line = open_person(school.context, school.records, LOGAN.id).history[0]
    record = correct_decisions(school.context, school.records, LOGAN.id, [line.id], None)
    assert not record.rulings[Use.WORK, Channel.WEBSITE].permitted
    with pytest.raises(NotAllowed):
        correct_decisions(school.context, school.author, LOGAN.id, [line.id], None)


def test_a_year_is_renewed_for_one_schools_class_only(school: School) -> None:
    twin = Person("twin", "1", "Ida", "Abbot", homeroom="4B", school="Other School")
    staff = Person("staff", "2", "Ida", "Ebel", kind=Kind.STAFF, school=SCHOOL)
    young = Person("young", "3", "Ida", "Fole", grade="K", school=SCHOOL)
    with school.context.store.write() as work:
        work.people.add([twin, staff, young])
    for person in (twin, staff, young):
        school.decide(person, Answer.GRANTED)
    ends = date(2027, 6, 30)
    classes = [Group(SCHOOL, "4B"), Group(SCHOOL, "", "K"), ""]
    assert roll_over(school.context, school.records, classes, ends).decisions == 2 * len(Use)

    def end(person: Person) -> date | None:
        record = open_person(school.context, school.records, person.id)
        decision = record.rulings[Use.PHOTO, SOCIAL].decision
        assert decision is not None
        return decision.valid_until

    assert [end(person) for person in (TESS, young, twin, staff)] == [ends, ends, None, None]

"""Keeping the registry: people, decisions for one and many, corrections, scans, answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from smassistant.domain.consents import Answer, Channel, Reason, Source, Use
from smassistant.domain.people import Kind, Person
from smassistant.domain.scans import MAX_BYTES
from smassistant.errors import Cancelled, Clash, NotAllowed, UserError
from smassistant.jobs import Task
from smassistant.services.importing import import_roster, preview_roster
from smassistant.services.keeping_registry import (
    answer_in_words,
    attach_scan,
    correct_decision,
    find_people,
    open_person,
    read_scan,
    record_decision,
    record_for_many,
    restrict_person,
    roll_over,
    save_person,
    undo_bulk,
)
from tests.unit.services.conftest import LOGAN, TESS, School

SOCIAL = Channel.SOCIAL_MEDIA
PHOTO, NAME = (Use.PHOTO, SOCIAL), (Use.FULL_NAME, SOCIAL)
PDF = b"%PDF-1.7 a signed form"


def ruling(school: School, person: Person, key: tuple[Use, Channel] = PHOTO):
    return open_person(school.context, school.records, person.id).rulings[key]


# People


def test_a_person_can_be_added_by_hand(either: School) -> None:
    volunteer = Person("", "", " Vera ", "Oduya", kind=Kind.VOLUNTEER, other_names=("V", "V", " "))
    saved = save_person(either.context, either.records, volunteer)
    assert saved.id
    assert (saved.first_name, saved.other_names) == ("Vera", ("V",))
    assert find_people(either.context, either.records, "oduya").total == 1
    assert ruling(either, saved).reason is Reason.NO_ANSWER


def test_names_and_more_can_be_changed_and_the_restriction_stays(either: School) -> None:
    restrict_person(either.context, either.records, TESS.id, True)
    known = open_person(either.context, either.records, TESS.id).person
    wanted = replace(
        known, preferred_name="Tess", avoid_names=("Thomas",), signs_for_self=True, restricted=False
    )
    save_person(either.context, either.records, wanted)
    stored = open_person(either.context, either.records, TESS.id).person
    assert stored == replace(wanted, restricted=True, version=stored.version)
    assert find_people(either.context, either.records, "Thomas").total == 0


def test_a_person_somebody_else_changed_is_not_overwritten(school: School) -> None:
    known = open_person(school.context, school.records, TESS.id).person
    save_person(school.context, school.records, replace(known, homeroom="5A"))
    with pytest.raises(Clash):
        save_person(school.context, school.records, replace(known, homeroom="6A"))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"first_name": " ", "last_name": ""}, "type the person’s name"),
        ({"number": "52"}, "Somebody else has this number"),
        ({"avoid_names": ("LOGAN vantongeren",)}, "name to avoid"),
        ({"preferred_name": "Lo", "avoid_names": ("Lo",)}, "name to avoid"),
        ({"homeroom": "x" * 300}, "too long"),
    ],
)
def test_what_can_not_be_is_told(school: School, changes: dict[str, object], told: str) -> None:
    with pytest.raises(UserError, match=told):
        save_person(school.context, school.records, replace(LOGAN, **changes))  # type: ignore[arg-type]
    assert open_person(school.context, school.records, LOGAN.id).person == LOGAN


def test_a_former_name_is_caught_in_a_post(school: School) -> None:
    save_person(school.context, school.records, replace(TESS, avoid_names=("Theodore",)))
    review = school.reviewer.review(school.write("Theodore Brightwater won."))
    assert [finding.code for finding in review.findings] == ["name.policy.former_name"]


# Decisions for one


def test_who_decided_has_to_be_said(school: School) -> None:
    for signer, told in (("", "who decided"), ("A parent", "what is decided")):
        with pytest.raises(UserError, match=told):
            record_decision(
                school.context, school.records, TESS.id, [], [SOCIAL], Answer.GRANTED, Source.FORM,
                signer,
            )  # fmt: skip


def test_conflicting_answers_of_a_day_are_told_and_the_strictest_counts(school: School) -> None:
    school.decide(TESS, Answer.REFUSED, Use.PHOTO)
    record = open_person(school.context, school.records, TESS.id)
    assert not record.rulings[PHOTO].permitted
    assert [(one.use, one.channel) for one in record.conflicts] == [PHOTO]


def wrong_line(school: School, person: Person = TESS) -> str:
    history = open_person(school.context, school.records, person.id).history
    return next(line.id for line in history if (line.use, line.channel) == PHOTO)


def test_a_mistake_is_set_right_by_a_new_line(either: School) -> None:
    key = wrong_line(either)
    record = correct_decision(either.context, either.records, key, Answer.REFUSED, "wrong box")
    assert record.rulings[PHOTO].reason is Reason.REFUSED
    assert record.rulings[NAME].permitted
    line = record.history[-1]
    assert (line.corrects, line.note, line.recorded_by) == (key, "wrong box", either.records.id)
    assert key in {old.id for old in record.history}
    with pytest.raises(UserError, match="no longer there"):
        correct_decision(either.context, either.records, key, Answer.GRANTED)


def test_what_was_never_said_leaves_no_answer(either: School) -> None:
    record = correct_decision(either.context, either.records, wrong_line(either), None)
    assert record.rulings[PHOTO].reason is Reason.NO_ANSWER
    assert record.history[-1].unsaid
    with pytest.raises(UserError, match="no longer there"):
        correct_decision(either.context, either.records, "nothing", None)


def test_the_next_roster_does_not_undo_a_correction(school: School, tmp_path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("student_number,first_name,last_name,photo\n90,Ines,Corbett,yes\n")

    def bring() -> None:
        import_roster(school.context, school.records, preview_roster(school.context, file))
        school.clock.pass_time(days=1)

    bring()
    (ines,) = find_people(school.context, school.records, "Corbett").lines
    correct_decision(
        school.context, school.records, wrong_line(school, ines.person), Answer.REFUSED
    )
    bring()
    assert not ruling(school, ines.person).permitted


# Decisions for many


def for_many(school: School, answer: Answer, *people: Person, **more: object):
    return record_for_many(
        school.context, school.records, [one.id for one in people or (LOGAN, TESS)], [Use.PHOTO],
        [SOCIAL], answer, Source.LETTER, "Their parents", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_one_answer_is_recorded_for_many_and_taken_back(either: School) -> None:
    until = either.clock.now().date() + timedelta(days=100)
    result = for_many(either, Answer.GRANTED, valid_until=until, note="field trip")
    assert result.decisions == 2
    decision = ruling(either, LOGAN).decision
    assert decision is not None
    assert (decision.valid_until, decision.note) == (until, "field trip")
    undo_bulk(either.context, either.records, result.batch_id)
    assert ruling(either, LOGAN).reason is Reason.NO_ANSWER
    with pytest.raises(UserError, match="undone already"):
        undo_bulk(either.context, either.records, result.batch_id)


def test_a_step_that_something_was_recorded_on_stays(school: School) -> None:
    result = for_many(school, Answer.GRANTED)
    school.decide(LOGAN, Answer.WITHDRAWN)
    with pytest.raises(UserError, match="can't be undone any more"):
        undo_bulk(school.context, school.records, result.batch_id)


def test_for_nobody_or_a_stranger_nothing_is_recorded(school: School) -> None:
    with pytest.raises(UserError, match="choose the people"):
        record_for_many(
            school.context, school.records, [], [Use.PHOTO], [SOCIAL], Answer.GRANTED,
            Source.FORM, "x",
        )  # fmt: skip
    with pytest.raises(UserError, match="no longer there"):
        for_many(school, Answer.GRANTED, LOGAN, replace(LOGAN, id="stranger"))
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        for_many(school, Answer.GRANTED, task=task)
    assert ruling(school, LOGAN).reason is Reason.NO_ANSWER


def test_a_year_shortens_and_renews_what_stands_and_nothing_else(either: School) -> None:
    day = either.clock.now().date()
    for_many(either, Answer.GRANTED, LOGAN, valid_until=day + timedelta(days=10))
    record_decision(
        either.context, either.records, LOGAN.id, [Use.VIDEO], [SOCIAL], Answer.REFUSED,
        Source.FORM, "A parent",
    )  # fmt: skip
    ends = date(2027, 6, 30)
    result = roll_over(either.context, either.records, ["4B"], ends)
    assert result.decisions == 5 + 1  # all that Tessaly's form permits, and Logan's photo
    for person in (LOGAN, TESS):
        decision = ruling(either, person).decision
        assert decision is not None
        assert (decision.valid_until, decision.valid_from) == (ends, day)
    assert ruling(either, LOGAN, (Use.VIDEO, SOCIAL)).reason is Reason.REFUSED
    assert roll_over(either.context, either.records, ["4B"], ends).decisions == 0
    assert roll_over(either.context, either.records, ["nowhere"], ends).decisions == 0
    with pytest.raises(UserError, match="has passed"):
        roll_over(either.context, either.records, ["4B"], day - timedelta(days=1))


def test_a_year_shortens_every_grant_that_outlives_it(school: School) -> None:
    school.clock.pass_time(days=1)
    for_many(school, Answer.GRANTED, TESS)
    ends = school.clock.now().date() + timedelta(days=20)
    roll_over(school.context, school.records, ["4B"], ends)
    school.clock.pass_time(days=21)
    assert ruling(school, TESS).reason is Reason.EXPIRED


# Scans


def test_a_scan_is_kept_and_read_again(either: School) -> None:
    key = wrong_line(either)
    name = "../forms/signed\x00 form.pdf"
    scan = attach_scan(either.context, either.records, TESS.id, [key, key], name, PDF)
    assert (scan.name, scan.media, scan.size) == ("signed form.pdf", "application/pdf", len(PDF))
    assert scan.decisions == (key,)
    assert read_scan(either.context, either.records, scan.id) == PDF
    with either.context.store.read() as work:
        assert work.scans.of_person(TESS.id) == (scan,)
        assert [entry.action for entry in work.trail.list(TESS.id)][:2] == [
            "scan.opened", "scan.attached",
        ]  # fmt: skip


def test_a_scan_lies_encrypted_in_the_database(school: School, tmp_path) -> None:
    attach_scan(school.context, school.records, TESS.id, [], "form.pdf", PDF)
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"a signed form" not in path.read_bytes()


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"", "not a scan"), (b"<html>", "not a scan"), (b"MZ program", "not a scan"),
     (b"%PDF-" + bytes(MAX_BYTES), "too large")],
)  # fmt: skip
def test_only_a_scan_of_a_usual_size_is_kept(school: School, data: bytes, told: str) -> None:
    with pytest.raises(UserError, match=told):
        attach_scan(school.context, school.records, TESS.id, [], "form.pdf", data)


def test_a_scan_belongs_to_a_decision_of_its_person(school: School) -> None:
    with pytest.raises(UserError, match="no longer there"):
        attach_scan(school.context, school.records, LOGAN.id, [wrong_line(school)], "a.pdf", PDF)
    with pytest.raises(UserError, match="no longer there"):
        read_scan(school.context, school.records, "nothing")
    with pytest.raises(NotAllowed):
        attach_scan(school.context, school.author, TESS.id, [], "a.pdf", PDF)


# In words


def said(school: School, person: Person = TESS, use: Use = Use.PHOTO) -> str:
    return answer_in_words(school.context, school.records, person.id, use, school.facebook)


def test_the_answer_is_one_sentence(school: School) -> None:
    assert said(school) == (
        "May be shown on Facebook (Quarry Hill page) today: yes, form of 14 September, with no end."
    )
    assert said(school, LOGAN).endswith("today: no, nobody has answered yet.")
    until = school.clock.now().date() + timedelta(days=30)
    for_many(school, Answer.GRANTED, LOGAN, valid_until=until)
    assert said(school, LOGAN).endswith("yes, letter of 14 September, until 14 October.")
    school.clock.pass_time(days=31)
    assert said(school, LOGAN).endswith("no, letter of 14 September ended on 14 October.")
    school.clock.pass_time(days=400)
    assert "no, letter of 14 September 2026 ended on 14 October 2026." in said(school, LOGAN)


def test_a_denial_says_how_it_came(school: School) -> None:
    school.clock.pass_time(days=1)
    school.decide(TESS, Answer.WITHDRAWN)
    assert said(school).endswith("today: no, withdrawn by form of 15 September.")
    assert said(school, TESS, Use.WORK).startswith("Their work may be shown on Facebook")
    restrict_person(school.context, school.records, TESS.id, True)
    assert said(school).endswith("today: no, never to be published.")


@pytest.mark.parametrize("call", [save_person, open_person])
def test_only_who_keeps_the_registry_changes_it(school: School, call) -> None:
    nobody = replace(school.author, roles=frozenset())
    with pytest.raises(NotAllowed):
        call(school.context, nobody, TESS if call is save_person else TESS.id)

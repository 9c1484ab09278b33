"""Bringing a roster in: one step, and never against what a person recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from smassistant.domain.consents import Answer, Channel, Use
from smassistant.errors import Cancelled, NotAllowed
from smassistant.jobs import Task
from smassistant.services.importing import (
    ImportResult,
    import_roster,
    preview_roster,
    undo_import,
)
from smassistant.services.keeping_registry import find_people, open_person, restrict_person
from tests.unit.services.conftest import TESS, School

HEAD = "student_number,first_name,last_name,homeroom,school,photo:social_media,name:social_media\n"
PHOTO = (Use.PHOTO, Channel.SOCIAL_MEDIA)


@pytest.fixture
def bring_in(school: School, tmp_path: Path):
    def bring(*rows: str, head: str = HEAD) -> ImportResult:
        file = tmp_path / "roster.csv"
        file.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return import_roster(school.context, school.records, preview_roster(school.context, file))

    return bring


def may_show(school: School, number: str) -> bool:
    found = find_people(school.context, school.records, number).lines
    return next(line for line in found if line.person.number == number).photo.permitted


def test_a_preview_changes_nothing_and_says_what_would(school: School, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(HEAD + "52,Tessaly,Brightwater,5A,,yes,yes\n99,Ines,Corbett,5A,,yes,no\n")
    preview = preview_roster(school.context, file)
    assert (preview.new, preview.changed, preview.missing) == (1, 1, 1)
    assert find_people(school.context, school.records).total == 2


def test_new_and_changed_people_come_in_and_the_missing_stay(school: School, bring_in) -> None:
    done = bring_in("52,Tessaly,Brightwater,5A,,yes,yes", "99,Ines,Corbett,5A,,no,yes")
    assert (done.added, done.changed) == (1, 1)
    assert find_people(school.context, school.records).total == 3
    assert open_person(school.context, school.records, TESS.id).person.homeroom == "5A"
    assert may_show(school, "52")
    assert not may_show(school, "99")


def test_the_same_roster_again_adds_nothing(school: School, bring_in) -> None:
    bring_in("99,Ines,Corbett,5A,,yes,yes")
    again = bring_in("99,Ines,Corbett,5A,,yes,yes")
    assert (again.added, again.changed, again.decisions) == (0, 0, 0)


def test_a_roster_never_undoes_a_withdrawal_recorded_by_hand(school: School, bring_in) -> None:
    bring_in("99,Ines,Corbett,5A,,yes,yes")
    ines = find_people(school.context, school.records, "Ines").lines[0].person
    school.clock.pass_time(days=3)
    school.decide(ines, Answer.WITHDRAWN)
    school.clock.pass_time(days=30)
    bring_in("99,Ines,Corbett,6A,,yes,yes")
    assert not may_show(school, "99")


def test_a_blank_where_the_last_roster_said_yes_takes_the_permission(
    school: School, bring_in
) -> None:
    bring_in("99,Ines,Corbett,5A,,yes,yes")
    school.clock.pass_time(days=30)
    bring_in("99,Ines,Corbett,5A,,,yes")
    assert not may_show(school, "99")


def test_of_two_rosters_on_one_day_the_stricter_counts_until_one_is_undone(
    school: School, bring_in
) -> None:
    first = bring_in("99,Ines,Corbett,5A,,no,no")
    school.clock.pass_time(minutes=5)
    second = bring_in("99,Ines,Corbett,5A,,yes,no")
    assert not may_show(school, "99")
    undo_import(school.context, school.records, second.import_id)
    undo_import(school.context, school.records, first.import_id)
    bring_in("99,Ines,Corbett,5A,,yes,no")
    assert may_show(school, "99")


def test_a_yes_the_day_after_a_no_counts(school: School, bring_in) -> None:
    bring_in("99,Ines,Corbett,5A,,no,no")
    bring_in("99,Ines,Corbett,5A,,yes,no")
    school.clock.pass_time(days=1)
    bring_in("99,Ines,Corbett,5A,,yes,no")
    assert may_show(school, "99")


def test_a_list_of_answers_alone_blanks_nothing(school: School, bring_in) -> None:
    bring_in("52,Tessaly,Brightwater,yes", head="student_number,first_name,last_name,photo\n")
    assert open_person(school.context, school.records, TESS.id).person.homeroom == "4B"


def test_a_roster_never_lifts_a_restriction(school: School, bring_in) -> None:
    restrict_person(school.context, school.records, TESS.id, True)
    head = "student_number,first_name,last_name,restricted\n"
    bring_in("52,Tessaly,Brightwater,no", head=head)
    assert open_person(school.context, school.records, TESS.id).person.restricted


def test_a_grant_corrects_a_refusal_of_its_own_day(school: School, bring_in) -> None:
    bring_in("99,Ines,Corbett,5A,,no,no")
    ines = find_people(school.context, school.records, "Ines").lines[0].person
    school.clock.pass_time(minutes=5)
    school.decide(ines, Answer.GRANTED, Use.PHOTO)
    record = open_person(school.context, school.records, ines.id)
    assert record.rulings[PHOTO].permitted
    assert len(record.history) >= 3


def test_after_a_cancel_nothing_has_changed(school: School, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(HEAD + "99,Ines,Corbett,5A,,yes,yes\n", encoding="utf-8")
    preview = preview_roster(school.context, file)
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        import_roster(school.context, school.records, preview, task)
    assert find_people(school.context, school.records).total == 2


def test_only_office_staff_bring_rosters_in(school: School, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(HEAD + "99,Ines,Corbett,5A,,yes,yes\n", encoding="utf-8")
    preview = preview_roster(school.context, file)
    with pytest.raises(NotAllowed):
        import_roster(school.context, school.author, preview)

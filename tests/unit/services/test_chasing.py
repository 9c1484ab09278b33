"""Whom to ask again, and lists of them as files that no spreadsheet calculates."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from smassistant.domain.consents import Answer, Channel, Source, Use
from smassistant.domain.people import LEFT, Person
from smassistant.errors import Cancelled, NotAllowed, UserError
from smassistant.jobs import Task
from smassistant.services.chasing import (
    Chase,
    ChaseLine,
    ExportFormat,
    count_chases,
    export_people,
    list_chases,
)
from smassistant.services.exporting_lists import harmless
from smassistant.services.importing import import_roster, preview_roster
from smassistant.services.keeping_registry import (
    correct_decision,
    open_person,
    record_decision,
    restrict_person,
    save_person,
)
from tests.unit.services.conftest import LOGAN, TESS, School


def decide(
    school: School, person: Person, answer: Answer = Answer.GRANTED, *uses: Use,
    days: int | None = None,
) -> None:  # fmt: skip
    until = school.clock.now().date() + timedelta(days=days) if days is not None else None
    record_decision(
        school.context, school.records, person.id, uses or tuple(Use), Channel, answer,
        Source.FORM, "A parent", valid_until=until,
    )  # fmt: skip


def chased(school: School, kind: Chase) -> list[tuple[str, str]]:
    found = list_chases(school.context, school.records, kind)
    assert count_chases(school.context, school.records)[kind] == len(found)
    return [(line.person.first_name, line.what) for line in found]


# What ends soon


@pytest.mark.parametrize(("days", "listed"), [(0, True), (30, True), (31, False), (None, False)])
def test_what_ends_within_thirty_days_is_listed(
    either: School, days: int | None, listed: bool
) -> None:
    decide(either, LOGAN, Answer.GRANTED, Use.PHOTO, days=days)
    everywhere = "photo: social media, website, news media"
    assert chased(either, Chase.EXPIRING) == ([("Logan", everywhere)] if listed else [])
    if listed:
        (line,) = list_chases(either.context, either.records, Chase.EXPIRING)
        assert line.until == either.clock.now().date() + timedelta(days=days or 0)


def test_what_was_renewed_or_denied_is_not_listed(school: School) -> None:
    decide(school, LOGAN, Answer.GRANTED, Use.PHOTO, Use.VIDEO, days=5)
    school.clock.pass_time(days=1)
    decide(school, LOGAN, Answer.GRANTED, Use.PHOTO, days=200)
    decide(school, LOGAN, Answer.WITHDRAWN, Use.VIDEO)
    assert chased(school, Chase.EXPIRING) == []


def test_what_ends_first_stands_first(school: School) -> None:
    decide(school, TESS, Answer.GRANTED, Use.VIDEO, days=20)
    decide(school, LOGAN, Answer.GRANTED, Use.PHOTO, days=20)
    school.clock.pass_time(days=1)
    decide(school, LOGAN, Answer.GRANTED, Use.WORK, days=3)
    assert [name for name, _what in chased(school, Chase.EXPIRING)] == ["Logan", "Tessaly"]


# Who has not answered


def test_who_has_never_answered_is_listed(either: School) -> None:
    assert chased(either, Chase.NO_ANSWER) == [("Logan", "No answer at all")]


def test_who_answered_less_than_the_others_is_listed(school: School) -> None:
    decide(school, LOGAN, Answer.REFUSED, Use.PHOTO, Use.FULL_NAME)
    more = [replace(LOGAN, id=f"p{n}", number=f"9{n}", first_name=f"Kid{n}") for n in range(3)]
    with school.context.store.write() as work:
        work.people.add(more)
    for person in more:
        decide(school, person, Answer.GRANTED, Use.PHOTO, Use.FULL_NAME, Use.FIRST_NAME)
    decide(school, more[0], Answer.GRANTED, Use.WORK)  # one of many: nobody was asked about it
    assert chased(school, Chase.NO_ANSWER) == [("Logan", "No answer about: first name")]


def test_an_answer_that_was_never_given_is_missing(school: School) -> None:
    for line in open_person(school.context, school.records, TESS.id).history:
        correct_decision(school.context, school.records, line.id, None)
    assert ("Tessaly", "No answer at all") in chased(school, Chase.NO_ANSWER)


@pytest.mark.parametrize("gone", ["left", "restricted"])
def test_who_has_left_or_is_never_published_is_not_chased(school: School, gone: str) -> None:
    if gone == "left":
        save_person(school.context, school.records, replace(LOGAN, status=LEFT))
    else:
        restrict_person(school.context, school.records, LOGAN.id, True)
    assert chased(school, Chase.NO_ANSWER) == []


# What does not agree, what nobody signed


def test_answers_that_do_not_agree_are_listed_until_a_later_one_settles_it(
    either: School,
) -> None:
    either.decide(TESS, Answer.REFUSED, Use.PHOTO)
    assert chased(either, Chase.CONFLICTING) == [("Tessaly", "photo: social media")]
    (line,) = list_chases(either.context, either.records, Chase.CONFLICTING)
    assert line.since == either.clock.now().date()
    either.clock.pass_time(days=1)
    either.decide(TESS, Answer.GRANTED, Use.PHOTO)
    assert chased(either, Chase.CONFLICTING) == []


def test_what_nobody_signed_for_is_listed(school: School, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(
        "student_number,first_name,last_name,signer,photo:website,work:website\n"
        "51,Logan,Vantongeren,,yes,no\n52,Tessaly,Brightwater,A parent,yes,yes\n"
    )
    import_roster(school.context, school.records, preview_roster(school.context, file))
    assert chased(school, Chase.NO_SIGNER) == [("Logan", "photo: website")]
    school.clock.pass_time(days=1)
    decide(school, LOGAN, Answer.GRANTED, Use.PHOTO)
    assert chased(school, Chase.NO_SIGNER) == []


# Files

NASTY = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "\u00a0=1",
    "＝1", "＋1", "－1", "＠x",
    "=HYPERLINK(\"http://x.example\",\"y\")", "=cmd|' /C calc'!A0",
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_what_a_spreadsheet_would_calculate_is_made_harmless(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Zoë", "O’Brien", "1", "4-B", "a=b", "x@y", "7+"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def nasty_line() -> ChaseLine:
    person = Person(
        "p", "0012", '=HYPERLINK("http://x.example")', "@SUM(A1)", "-1+1", homeroom="+4B",
        school="\tOak\x07\ud800", avoid_names=("Secret",),
    )  # fmt: skip
    return ChaseLine(person, "=photo", date(2026, 9, 4), date(2027, 6, 30))


def test_a_csv_holds_no_formula(school: School, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    lines = [nasty_line(), TESS]
    export_people(school.context, school.records, lines, path, ExportFormat.CSV)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b'"') >= 9 * 2 * 3
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, first, second = csv.reader(file)
    assert head[:3] == ["Number", "Last name", "First name"]
    assert first == [
        "0012", "'@SUM(A1)", "'-1+1", "", "'+4B", "'\tOak  ", "'=photo", "2026-09-04", "2027-06-30",
    ]  # fmt: skip
    assert second == ["52", "Brightwater", "Tessaly", "4", "4B", TESS.school, "", "", ""]


def test_a_workbook_holds_text_only(school: School, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "list.xlsx"
    export_people(school.context, school.records, [nasty_line()], path, ExportFormat.XLSX)
    rows = list(load_workbook(path).active.iter_rows())
    assert {cell.data_type for row in rows for cell in row} <= {"s", "inlineStr", "n"}
    assert all(cell.value is None for row in rows for cell in row if cell.data_type == "n")
    assert [cell.value for cell in rows[1]][:3] == ["0012", "'@SUM(A1)", "'-1+1"]
    from zipfile import ZipFile

    with ZipFile(path) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("format", [ExportFormat.CSV, ExportFormat.XLSX])
def test_a_cancelled_or_failed_export_leaves_the_old_file(
    school: School, tmp_path: Path, format: ExportFormat
) -> None:
    path = tmp_path / "list"
    path.write_text("the old one")
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        export_people(school.context, school.records, [TESS], path, format, task)
    assert path.read_text() == "the old one"
    with pytest.raises(UserError, match="can’t be written"):
        export_people(school.context, school.records, [TESS], tmp_path / "no" / "x", format)
    assert sorted(one.name for one in tmp_path.iterdir() if "part" in one.name) == []


def test_an_export_is_written_down_and_needs_the_right(school: School, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    nobody = replace(school.author, roles=frozenset())
    with pytest.raises(NotAllowed):
        export_people(school.context, nobody, [TESS], path, ExportFormat.CSV)
    export_people(school.context, school.records, [TESS], path, ExportFormat.CSV)
    with school.context.store.read() as work:
        entry = work.trail.list()[0]
    assert (entry.action, entry.details["people"]) == ("list.exported", "1")

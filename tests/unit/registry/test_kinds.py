"""Every kind of file that is promised, each made here: exports, forms, sheets, numbers, dates."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from smassistant.domain.people import Kind
from smassistant.registry.mapping import chosen_mapping
from smassistant.registry.reading import read_roster
from smassistant.registry.rosters import Roster
from tests.unit.registry.roster_files import (
    HEADINGS,
    Code,
    by_number,
    codes,
    granted,
    read_book,
    read_rows,
    read_sheet,
    read_text,
    refused,
    text_of,
)

UNNEEDED = ("2012-03-04", "1 Hill Road", "peanut allergy", "custody with one parent")


def spills(roster: Roster) -> list[str]:
    """Whatever of the unneeded columns is anywhere in what was read."""
    return [text for text in UNNEEDED if text in repr(roster)]


def write(folder: Path, rows: list[list[object]], ending: str) -> Path:
    """The rows as a file of one kind."""
    path = folder / f"list{ending}"
    if ending == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        text = text_of(
            [[str(cell) for cell in row] for row in rows], ",;\t"[".csv.txt.tsv".index(ending) // 4]
        )
        path.write_text(text, encoding="utf-16" if ending == ".txt" else "utf-8")
    return path


@pytest.mark.parametrize("ending", [".csv", ".txt", ".tsv", ".xlsx"])
def test_the_same_list_in_every_form(tmp_path: Path, ending: str) -> None:
    rows: list[list[object]] = [
        ["Student_Number", "LastFirst", "Grade_Level", "Home_Room", "DOB", "Street", "Health_Alert",
         "Custody", "Photo_Website", "Video_Website"],
        ["0012345", "Bearspaw, Ava R", "4", "4-Gruber", *UNNEEDED, "Y", "N"],
        ["100235", "O'Neil, Sean", "K", "K-Thorne", *UNNEEDED, "", "Y"],
    ]  # fmt: skip
    roster = read_roster(write(tmp_path, rows, ending))
    people = by_number(roster)

    assert [item.person.described for item in roster.people] == [
        "Ava Bearspaw, 4-Gruber", "Sean O'Neil, K-Thorne",
    ]  # fmt: skip
    assert granted(people["0012345"]) == {"photo:website"}
    assert refused(people["0012345"]) == {"video:website"}
    assert granted(people["100235"]) == {"video:website"}
    assert roster.ignored_columns == ("DOB", "Street", "Health_Alert", "Custody")
    assert spills(roster) == []
    assert roster.problems == ()


def test_microsoft_forms(tmp_path: Path) -> None:
    roster = read_sheet(
        tmp_path,
        ["ID", "Start time", "Completion time", "Email", "Name", "Student name", "Student number",
         "May we post your child's photo on the school website?",
         "May we post your child's photo on social media?", "Parent or guardian name"],
        [1, datetime(2026, 9, 2, 10, 3), datetime(2026, 9, 2, 10, 5), "p@x.example", "Pat Lee",  # noqa: DTZ001
         "Ava Bearspaw", 100234, "Yes, I give permission", "No, I do not give permission",
         "Pat Lee"],
        [2, None, None, "anonymous", "anonymous", "Sean Neil", 100235,
         "Yes, I give permission", None, "Kim Neil"],
    )  # fmt: skip
    people = by_number(roster)

    assert people["100234"].person.shown_name == "Ava Bearspaw"
    assert granted(people["100234"]) == {"photo:website"}
    assert refused(people["100234"]) == {"photo:social_media"}
    assert people["100235"].person.shown_name == "Sean Neil"
    assert people["100235"].signer == "Kim Neil"
    assert "anonymous" not in repr(roster.people)
    assert roster.problems == ()


def test_google_forms_with_an_answer_sent_again(tmp_path: Path) -> None:
    text = (
        "Timestamp,Email Address,Student number,Student's first name,Student's last name,"
        "May we publish your child's photo on the school website?\n"
        '9/2/2026 10:03:11,p@x.example,7,Ava,Bearspaw,"Yes, I give permission"\n'
        '9/14/2026 8:00:00,p@x.example,7,Ava,Bearspaw,"No, I do not give permission"\n'
        '9/1/2026 8:00:00,q@x.example,8,Sean,Neil,"No, I do not give permission"\n'
        '9/20/2026 9:30:00,q@x.example,8,Sean,Neil,"Yes, I give permission"\n'
    )
    strict = by_number(read_text(tmp_path, text))
    chosen = chosen_mapping({"Timestamp": "date"}, {})
    latest = read_text(tmp_path, text, mapping=chosen, day_first=False)

    assert not granted(strict["7"])
    assert not granted(strict["8"])
    assert not granted(by_number(latest)["7"])
    assert granted(by_number(latest)["8"]) == {"photo:website"}
    assert latest.ambiguous_dates == 2


def test_oneroster_in_a_folder_of_its_own(tmp_path: Path) -> None:
    roster = read_text(
        tmp_path,
        '"sourcedId","status","dateLastModified","enabledUser","username","givenName","familyName",'
        '"middleName","identifier","preferredFirstName","preferredLastName","grades","birthDate"\n'
        '"u-1","active","2026-01-01","true","ava1","Avalon","Bearspaw","Rose","0012","Ava","","04",'
        '"2012-03-04"\n',
    )
    person = roster.people[0].person

    assert (person.number, person.shown_name, person.grade) == ("0012", "Ava Bearspaw", "04")
    assert spills(roster) == []
    assert not roster.has_permissions


def test_one_row_for_each_permission_the_latest_wins(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path,
        ["Student ID", "Name", "Permission", "Value", "Recorded"],
        ["12", "Lee, Ann", "Photo - Website", "yes", "2026-09-01"],
        ["12", "Lee, Ann", "Photo - Website", "no", "2026-10-01"],
        ["12", "Lee, Ann", "Video: social media", "no", "2026-09-01"],
        ["12", "Lee, Ann", "Video: social media", "yes", "2026-11-01"],
        mapping=chosen_mapping({"Recorded": "date"}, {}),
    )

    assert granted(roster.people[0]) == {"video:social_media"}
    assert refused(roster.people[0]) == {"photo:website"}
    assert roster.people[0].person.shown_name == "Ann Lee"
    assert roster.problems == ()


def test_two_heading_rows_with_merged_cells_below_a_title(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Consent report", None, None, None, None, None],
        [],
        ["Student", None, "Photo", None, "Student work", None],
        ["Number", "Last, First", "Website", "Social media", "Website", "News media"],
        ["0007", "Lee, Ann", "Yes", "No", "No", "Yes"],
    ):
        sheet.append(row)
    for area in ("A1:F1", "A3:B3", "C3:D3", "E3:F3"):
        sheet.merge_cells(area)
    roster = read_book(tmp_path, book)

    assert granted(roster.people[0]) == {"photo:website", "work:news_media"}
    assert refused(roster.people[0]) == {"photo:social_media", "work:website"}
    assert roster.people[0].person.number == "0007"
    assert roster.problems == ()


def test_numbers_and_dates_as_spreadsheets_keep_them(tmp_path: Path) -> None:
    roster = read_sheet(
        tmp_path, [*HEADINGS, "expires", "photo:website"],
        [123456.0, "A", "B", 46568, "yes"],
        ["0012345", "C", "D", date(2027, 6, 30), "yes"],
        ["123457.0", "E", "F", "30/06/2027", "yes"],
        ["77", "G", "H", "06/30/2027", "yes"],
        ["78", "I", "J", "30 juin 2027", "yes"],
    )  # fmt: skip

    assert [item.person.number for item in roster.people] == [
        "123456", "0012345", "123457", "77", "78",
    ]  # fmt: skip
    assert {item.expires for item in roster.people} == {date(2027, 6, 30)}
    assert roster.problems == ()


def test_french_headings_and_answers(tmp_path: Path) -> None:
    roster = read_text(
        tmp_path,
        "N° élève;Nom;Prénom;Niveau;Classe;Rôle;Date de naissance;Adresse;Garde;"
        "Peut-on publier la photo de votre enfant sur le site web de l'école ?;"
        "Autorisation vidéo;Nom du parent\r\n"
        "0045;Tremblay;Zoé;5;5B;;2012-03-04;1 Hill Road;custody with one parent;"
        "Oui, j'autorise;Non, je n’autorise pas;Luc Tremblay\r\n",
        "cp1252",
    )
    item = roster.people[0]

    assert item.person.described == "Zoé Tremblay, 5B"
    assert granted(item) == {"photo:website"}
    assert len(refused(item)) == 3
    assert item.signer == "Luc Tremblay"
    assert roster.ignored_columns == ("Date de naissance", "Adresse", "Garde")
    assert spills(roster) == []


def test_staff_and_volunteers(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path, [*HEADINGS, "kind", "photo:website"],
        ["1", "A", "B", "", "yes"], ["T2", "C", "D", "Teacher", "yes"],
        ["V3", "E", "F", "Bénévole", "no"], ["4", "G", "H", "astronaut", "yes"],
    )  # fmt: skip

    assert [item.person.kind for item in roster.people] == [
        Kind.STUDENT, Kind.STAFF, Kind.VOLUNTEER, Kind.STUDENT,
    ]  # fmt: skip
    assert codes(roster) == [Code.BAD_VALUE]


def test_three_hundred_columns(tmp_path: Path) -> None:
    more = [f"Score {n}" for n in range(297)]
    roster = read_rows(tmp_path, [*HEADINGS, *more, "photo:website"], ["1", "A", "B", *more, "yes"])

    assert granted(roster.people[0]) == {"photo:website"}
    assert len(roster.columns) == 301
    assert codes(roster) == [Code.UNKNOWN_HEADING] * 297

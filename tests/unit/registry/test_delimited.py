"""CSV and TSV: encodings, delimiters, rows, lines, and files that are refused."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.errors import Cancelled, UserError
from smassistant.jobs import Task
from smassistant.registry.reading import read_roster
from smassistant.registry.rosters import Roster
from tests.unit.registry.roster_files import (
    HEADINGS,
    Code,
    by_number,
    codes,
    granted,
    read_rows,
    read_text,
    text_of,
)

PLAIN = [HEADINGS, ["0012", "Zoë", "Hébert"], ["123456.0", "Étienne", "D’Amours"]]


@pytest.mark.parametrize(
    ("codec", "shown"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16"),
     ("utf-16-be", "utf-16"), ("cp1252", "windows-1252")],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(tmp_path: Path, codec: str, shown: str, delimiter: str) -> None:
    roster = read_text(tmp_path, text_of(PLAIN, delimiter), codec)

    assert (roster.encoding, roster.delimiter, roster.rows) == (shown, delimiter, 2)
    people = by_number(roster)
    assert people["0012"].person.shown_name == "Zoë Hébert"
    assert people["123456"].person.shown_name == "Étienne D’Amours"
    assert roster.problems == ()


def test_a_line_that_names_the_separator(tmp_path: Path) -> None:
    roster = read_text(tmp_path, "sep=;\r\n" + text_of([*PLAIN, ["", "A", "B"]], ";"))

    assert roster.delimiter == ";"
    assert [(item.row, item.line) for item in roster.problems] == [(4, 5)]


def test_rows_as_in_a_spreadsheet_and_lines_as_in_the_file(tmp_path: Path) -> None:
    rows = text_of([[*HEADINGS, "Home Address"], ["1", "A", "B", "1 Road\nTown\r\nT0K"]])
    blank_and_bad = "\r\n,,,\r\n" + text_of([["", "C", "D", "x\ny"], ["2", "E\x07", "F", ""]])
    roster = read_text(tmp_path, rows + blank_and_bad)

    assert roster.rows == 3
    assert [(item.row, item.line, item.code) for item in roster.problems] == [
        (5, 7, Code.MISSING_NUMBER),
        (6, 9, Code.CONTROL_CHARACTERS),
    ]
    assert roster.problems[1].column == "first_name"
    assert by_number(roster)["2"].person.first_name == "E"


def test_old_line_ends(tmp_path: Path) -> None:
    assert read_text(tmp_path, "student_number,first_name,last_name\r1,A,B\r2,C,D").rows == 2


def test_title_two_heading_rows_and_a_page_break(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path,
        ["Consent report 2026"],
        [],
        ["Student", "", "", "Photo", "", "Video", ""],
        ["Number", "First Name", "Last Name", "Website", "Social Media", "Website", "News"],
        ["7", "Ann", "Bo", "yes", "no", "no", "yes"],
        ["Number", "First Name", "Last Name", "Website", "Social Media", "Website", "News"],
        ["8", "Cy", "Do", "no", "no", "no", "no"],
    )

    assert roster.mapping["Photo Website"] == "photo:website"
    assert list(roster.mapping.values()) == [
        "student_number", "first_name", "last_name",
        "photo:website", "photo:social_media", "video:website", "video:news_media",
    ]  # fmt: skip
    assert roster.rows == 2
    assert list(by_number(roster)) == ["7", "8"]


def test_repeated_headings_are_no_person(tmp_path: Path) -> None:
    roster = read_rows(tmp_path, HEADINGS, ["1", "A", "B"], HEADINGS, ["2", "C", "D"])

    assert (roster.rows, len(roster.people), roster.problems) == (2, 2, ())


def test_rows_of_another_length_permit_nothing(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path,
        [*HEADINGS, "grade", "photo:website", "photo:social_media"],
        ["1", "Smith", " Emma", "5", "yes", "yes", "no"],
        ["2", "Ann", "Bo", "5", "yes"],
        ["3", "Cy", "Do", "5", "yes", "yes"],
    )

    assert codes(roster) == [Code.LONG_ROW, Code.SHORT_ROW]
    people = by_number(roster)
    assert not any(people["1"].answers.values())
    assert not people["2"].answers
    assert len(people["3"].answers) == 2


def test_a_delimiter_at_the_end_of_every_row_but_the_headings(tmp_path: Path) -> None:
    roster = read_text(
        tmp_path, "student_number,first_name,last_name,photo\n1,A,B,yes,\n2,C,D,no,\n"
    )

    assert roster.problems == ()
    assert len(by_number(roster)["1"].answers) == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"student_number,first_name,last_name\n", "nobody below"),
        (b"student_number,first_name,last_name\n,,\n\n", "nobody below"),
        (b"first_name,last_name\nA,B\n", "student or staff number"),
        (b"student_number,grade\n1,2\n", "names of the people"),
        (b"1,A,B\n2,C,D\n", "No headings"),
        (b"hello world\n", "No headings"),
        (b"student_number,first_name,last_name\n1,A\0,B\n", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"student_number,first_name,last_name\n1,\x81,B\n", "neither UTF-8"),
        (b"\xff\xfes\x00\x00\xd8t\x00", "neither UTF-8"),
        (b"student_number,first_name,last_name" + b",x" * 5000 + b"\n1,A,B\n", "No headings"),
        (b'student_number,first_name,last_name\n1,A,"B\n' + b"2,C,D\n" * 40_000, "line 2"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Excel format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"<html><table><tr><td>student_number</td></tr></table>", "web page"),
        (b"\n<!DOCTYPE html><html>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1 x}", "RTF"),
        (b'student_number,first_name,last_name\n1,A,"B\n2,C,D\n', "line 2"),
        (b'student_number,first_name,last_name\n1,"A"x,B\n', "line 2"),
    ],
)
def test_refused_as_a_whole(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(UserError) as caught:
        read_roster(path)
    assert words in caught.value.title
    assert caught.value.next_step


def test_mixed_encodings_are_read_and_told_by_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    head = "student_number,first_name,last_name,photo:website,photo:social_media\n1,Zoé,Ng,yes,no\n"
    path.write_bytes(head.encode() + "2,Chloé,Côté,yes,où\n".encode("cp1252") + b"\xe93,A,B,yes,\n")
    roster = read_roster(path)
    people = by_number(roster)

    assert roster.encoding == "utf-8"
    assert people["2"].person.shown_name == "Chloé Côté"
    assert [(item.row, item.column, item.code) for item in roster.problems] == [
        (3, "first_name", Code.BAD_VALUE), (3, "last_name", Code.BAD_VALUE),
        (3, "photo:social_media", Code.BAD_VALUE), (4, "student_number", Code.BAD_VALUE),
    ]  # fmt: skip
    assert granted(people["2"]) == {"photo:website"}
    assert not granted(people["é3"])


def test_mixed_encodings_with_zeros_are_binary(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("student_number,first_name,last_name\n1,é,".encode() + b"\xe9\n" + b"\0")
    with pytest.raises(UserError, match="binary"):
        read_roster(path)


def test_a_file_that_is_being_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text_of(PLAIN), encoding="utf-8")
    read = Path.read_bytes

    def and_then_more(self: Path) -> bytes:
        data = read(self)
        with self.open("ab") as file:
            file.write(b"9,C,D\n")
        return data

    monkeypatch.setattr(Path, "read_bytes", and_then_more)
    with pytest.raises(UserError, match="still being written"):
        read_roster(path)


@pytest.mark.parametrize("name", ["~$list.xlsx", ".~lock.list.csv#"])
def test_the_mark_of_an_open_list(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x05office")
    with pytest.raises(UserError, match="open in another program"):
        read_roster(tmp_path / name)


def test_a_locked_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text_of(PLAIN), encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "in use", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UserError, match="can't be opened"):
        read_roster(path)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no file gone"):
        read_roster(tmp_path / "gone.csv")
    with pytest.raises(UserError, match="folder"):
        read_roster(tmp_path)


def test_cancelled_on_the_way(tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    rows = [HEADINGS, *([str(n), "A", "B"] for n in range(5000))]

    with pytest.raises(Cancelled):
        read_rows(tmp_path, *rows, task=task)


def test_progress(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    task = Task(progress=lambda done, total, _label: seen.append((done, total)))
    read_rows(tmp_path, HEADINGS, *([str(n), "A", "B"] for n in range(9000)), task=task)

    assert [done for done, _total in seen] == [4096, 8192]
    assert all(total >= 9000 for _done, total in seen)


@given(st.binary(max_size=400))
def test_random_bytes_never_crash(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    with suppress(UserError):
        assert isinstance(read_roster(path), Roster)


@given(st.text(st.sampled_from('yn01,;"\n\r\t= \u00e9'), max_size=200))
def test_random_rows_never_crash(tmp_path: Path, body: str) -> None:
    text = "student_number,first_name,last_name,photo,expires,restricted\n" + body
    with suppress(UserError):
        roster = read_text(tmp_path, text)
        assert len(roster.people) <= roster.rows

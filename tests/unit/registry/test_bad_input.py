"""Every kind of bad file that is promised, each made here: one clear sentence, the rest goes on."""

from __future__ import annotations

import io
import logging
import os
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest

from smassistant.errors import Cancelled, UserError
from smassistant.jobs import Task
from smassistant.registry.reading import read_roster
from tests.unit.registry.roster_files import (
    HEADINGS,
    Code,
    by_number,
    codes,
    granted,
    read_rows,
    text_of,
)

FULL = [*HEADINGS, "photo:website", "photo:social_media"]
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

NOBODY = 65534  # the user without rights, by custom


def workbook(rows: int = 3) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(FULL)
    for number in range(rows):
        book.active.append([str(number), "Ann", "Lee", "yes", "no"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(io.BytesIO(workbook())) as source:
            for name in source.namelist():
                archive.writestr(name, source.read(name))
        archive.writestr("xl/media/a.bin", bytes(50_000_000))
    return target.getvalue()


def bomb_that_lies() -> bytes:
    """Shared strings far larger than the directory of the archive says."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as source:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in source.namelist():
                content = source.read(name)
                if name == "xl/sharedStrings.xml":
                    content = content.replace(b"</sst>", b" " * 20_000_000 + b"</sst>")
                archive.writestr(name, content)
    data = bytearray(target.getvalue())
    at = data.rfind(b"xl/sharedStrings.xml") - 22  # the size unpacked, as the directory has it
    data[at : at + 4] = (500).to_bytes(4, "little")
    return bytes(data)


REFUSED = {
    "old.xls": (OLD_OFFICE + bytes(600), "old Excel format"),
    "old renamed.xlsx": (OLD_OFFICE + bytes(600), "old Excel format"),
    "page.xls": (b"<html><body><table><tr><td>student_number</td></tr></table>", "web page"),
    "page2.xls": ("\ufeff<!DOCTYPE html>".encode(), "web page"),
    "sheet.xls": (b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>', "XML document"),
    "locked.xlsx": (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "bomb.xlsx": (bomb(), "extreme size"),
    "liar.xlsx": (bomb_that_lies(), "damaged"),
    "binary.csv": (bytes(range(1, 256)) * 4 + b"\0", "binary"),
    "zeros.csv": (b"student_number,first_name,last_name\n1,A\0,B\n", "binary"),
    "empty.csv": (b"", "is empty"),
    "blank.csv": (b"\xef\xbb\xbf\r\n \r\n", "is empty"),
    "headings.csv": (",".join(FULL).encode(), "nobody below"),
    "headings.xlsx": (workbook(0), "nobody below"),
    "half.xlsx": (workbook()[:2000], "damaged"),
    "half.csv": (b'student_number,first_name,last_name\n1,A,B\n2,C,"D', "line 3"),
    "photo.csv": (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_clear_sentence_and_a_next_step(tmp_path: Path, name: str) -> None:
    content, words = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(UserError) as caught:
        read_roster(path)
    assert words in caught.value.title
    assert caught.value.title.endswith(".")
    assert caught.value.next_step


def test_hidden_characters_and_formulas_are_told_by_row_and_column(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path, FULL,
        ["1", "A\u200bnn", "Lee", "yes", "yes"], ["2", "Bo\x07", "Ng", "ye\u200bs", "yes"],
        ["3", "=HYPERLINK(\"http://x.example\",\"Bo\")", "Ng", "=TRUE()", "yes"],
        ["4", "+1-780", "@Ng", "yes", "no"], ["5", "Cy", "Do", "yes", "yes"],
    )  # fmt: skip
    people = by_number(roster)

    assert [(item.row, item.column, item.code) for item in roster.problems] == [
        (2, "first_name", Code.CONTROL_CHARACTERS),
        (3, "first_name", Code.CONTROL_CHARACTERS),
        (3, "photo:website", Code.CONTROL_CHARACTERS),
        (4, "first_name", Code.FORMULA),
        (4, "photo:website", Code.FORMULA),
        (5, "first_name", Code.FORMULA),
        (5, "last_name", Code.FORMULA),
    ]
    assert people["1"].person.first_name == "Ann"
    assert people["3"].person.first_name.startswith("=HYPERLINK")
    assert people["4"].person.shown_name == "+1-780 @Ng"
    assert [len(granted(item)) for item in roster.people] == [2, 1, 1, 1, 2]


def test_the_same_person_twice_with_conflicting_answers(tmp_path: Path) -> None:
    rows = [["1", "Ann", "Lee", "yes", "yes"], ["1", "Ann", "Lee", "no", ""]]
    roster = read_rows(tmp_path, FULL, *rows)

    assert not granted(roster.people[0])
    assert [(item.row, item.code) for item in roster.problems] == [
        (3, Code.DUPLICATE_NUMBER), (3, Code.CONFLICTING_ROWS),
    ]  # fmt: skip


def test_a_number_used_by_two_names(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path, FULL, ["1", "Ann", "Lee", "yes", "yes"], ["1", "Bo", "Nguyen", "yes", "no"]
    )
    person = roster.people[0].person

    assert granted(roster.people[0]) == {"photo:website"}
    assert {person.shown_name, *person.other_names} == {"Ann Lee", "Bo Nguyen"}
    assert codes(roster)[0] is Code.DUPLICATE_NUMBER
    assert "quite another name" in roster.problems[0].message


@pytest.mark.skipif(os.name != "posix", reason="rights are another matter there")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text_of([HEADINGS, ["1", "A", "B"]]), encoding="utf-8")
    path.chmod(0)
    user = os.geteuid()
    try:
        os.seteuid(user or NOBODY)  # root may read everything
        with pytest.raises(UserError, match="can't be opened"):
            read_roster(path)
    finally:
        os.seteuid(user)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_cancel_leaves_nothing_behind(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    path = tmp_path / f"list{ending}"
    if ending == ".xlsx":
        path.write_bytes(workbook(5000))
    else:
        rows = [FULL, *([str(n), "Ann", "Lee", "yes", "no"] for n in range(20_000))]
        path.write_text(text_of(rows), encoding="utf-8")
    before = path.read_bytes()
    task = Task(progress=lambda _done, _total, _label: task.cancel())

    with pytest.raises(Cancelled):
        read_roster(path, task=task)
    assert path.read_bytes() == before
    assert list((tmp_path / "temp").iterdir()) == []


def test_what_is_not_needed_reaches_no_log_and_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    planted = ["CANARY-birth", "CANARY-address", "CANARY-health", "CANARY-custody"]
    headings = [*HEADINGS, "Birth Date", "Home Address", "Medical Alert", "Custody", "restricted"]
    with caplog.at_level(logging.DEBUG):
        roster = read_rows(
            tmp_path, headings, *([str(n), "A", "", *planted, "CANARY-order"] for n in range(9))
        )

    assert "CANARY" not in repr(roster)
    assert "CANARY" not in caplog.text
    assert list((tmp_path / "temp").iterdir()) == []
    assert all(item.person.restricted for item in roster.people)

"""XLSX workbooks: visible cells only, formulas never evaluated, bombs never opened."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from smassistant.errors import UserError
from smassistant.registry.reading import read_roster
from tests.unit.registry.roster_files import (
    HEADINGS,
    Code,
    by_number,
    codes,
    granted,
    read_book,
    read_rows,
    read_sheet,
    refused,
)

FULL = [*HEADINGS, "restricted", "expires", "photo:website", "photo:social_media"]


def test_values_of_every_type(tmp_path: Path) -> None:
    roster = read_sheet(
        tmp_path, FULL,
        ["0012", "Zoë", "Ng", None, date(2027, 6, 30), "yes", False],
        [123456, "Ann", "Bo", False, datetime(2027, 6, 30, 12), True, 1],  # noqa: DTZ001
        [7.0, "Cy", "Do", 1, 46568, 0, "no"],
    )  # fmt: skip
    people = by_number(roster)

    assert list(people) == ["0012", "123456", "7"]
    assert {item.expires for item in people.values()} == {date(2027, 6, 30)}
    assert granted(people["0012"]) == {"photo:website"}
    assert granted(people["123456"]) == {"photo:website", "photo:social_media"}
    assert refused(people["7"]) == {"photo:website", "photo:social_media"}
    assert [item.person.restricted for item in people.values()] == [False, False, True]
    assert (roster.encoding, roster.delimiter, roster.problems) == ("xlsx", "", ())


def test_the_same_rows_as_csv_and_xlsx(tmp_path: Path) -> None:
    rows = [
        FULL,
        ["1", "A", "B", "no", "2027-01-01", "yes", "maybe"],
        ["2", "C", "", "", "x", "", ""],
    ]
    sheet, text = read_sheet(tmp_path, *rows), read_rows(tmp_path, *rows)

    assert sheet.people == text.people
    assert sheet.problems == text.problems


def test_hidden_sheets_and_columns_are_not_needed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.title, hidden.sheet_state = "Old", "hidden"
    for row in (FULL, ["9", "Old", "One", "", "", "yes", "yes"]):
        hidden.append(row)
    very = book.create_sheet("Older")
    very.sheet_state = "veryHidden"
    very.append(FULL)
    sheet = book.create_sheet("List")
    for row in (FULL, ["1", "A", "B", "", "", "yes", "yes"]):
        sheet.append(row)
    sheet.column_dimensions["F"].hidden = True
    book.active = 2
    roster = read_book(tmp_path, book)

    assert list(by_number(roster)) == ["1"]
    assert granted(roster.people[0]) == {"photo:social_media"}
    assert roster.ignored_columns == ("photo:website",)


def test_two_visible_lists_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.create_sheet("B").append(HEADINGS)
    with pytest.raises(UserError, match="several visible sheets"):
        read_book(tmp_path, book)


def test_a_cover_sheet_and_a_list_lower_down(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "How to use this list"
    sheet = book.create_sheet("List")
    for at, row in enumerate((FULL, ["1", "A", "B", "", "", "yes", "perhaps"]), 4):
        for column, value in enumerate(row, 3):
            sheet.cell(at, column, value)
    roster = read_book(tmp_path, book)

    assert granted(roster.people[0]) == {"photo:website"}
    assert [(item.row, item.line, item.code) for item in roster.problems] == [
        (5, 5, Code.BAD_VALUE)
    ]


def with_results(path: Path, results: dict[str, str]) -> None:
    """Give formulas in the first sheet stored results, as a spreadsheet program does."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for formula, result in results.items():
                    old = f"<f>{formula}</f><v />".encode()
                    assert old in content
                    content = content.replace(old, f"<f>{formula}</f><v>{result}</v>".encode())
            target.writestr(name, content)


def test_formulas_are_reported_and_their_stored_results_permit_nothing(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    book = openpyxl.Workbook()
    for row in (
        FULL,
        ["1", "A", "B", "", "", "=1", "yes"],
        ["2", "=1000+1", "B", "=0", "", "yes", "yes"],
        ["=1+2", "C", "D", "", "", "yes", "no"],
        ["4", "E", "F", "", "=46568", "yes", "no"],
    ):
        book.active.append(row)
    book.save(path)
    with_results(path, {"1": "1", "1000+1": "1001", "0": "0", "1+2": "3", "46568": "46568"})
    roster = read_roster(path)
    people = by_number(roster)

    assert [(item.row, item.code) for item in roster.problems] == [
        (2, Code.FORMULA), (3, Code.FORMULA), (3, Code.FORMULA), (4, Code.FORMULA),
        (5, Code.FORMULA),
    ]  # fmt: skip
    assert granted(people["1"]) == {"photo:social_media"}
    assert people["2"].person.first_name == "1001"
    assert people["2"].person.restricted
    assert not granted(people["3"])
    assert refused(people["3"]) == {"photo:social_media"}
    assert not granted(people["4"])


def test_a_formula_that_fills_a_range(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (FULL, *([str(n), "A", "B", "", "", "yes", "yes"] for n in range(4))):
        book.active.append(row)
    book.active["F3"] = ArrayFormula("F3:F4", "=G3:G4")
    roster = read_book(tmp_path, book)

    assert [item.row for item in roster.problems] == [3, 4]
    assert set(codes(roster)) == {Code.FORMULA}
    assert [len(granted(item)) for item in roster.people] == [2, 1, 1, 2]


def test_errors_are_no_blanks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (FULL, ["1", "A", "B", "", "", "#N/A", "yes"]):
        book.active.append(row)
    assert book.active["F2"].data_type == "e"
    roster = read_book(tmp_path, book, blank_permitted=True)

    assert granted(roster.people[0]) == {"photo:social_media"}
    assert codes(roster) == [Code.BAD_VALUE]


def test_numbers_shown_with_leading_zeros(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADINGS, [12345, "A", "B"], [1234567, "C", "D"], ["99", "E", "F"]):
        book.active.append(row)
    for at in ("A2", "A3", "A4"):
        book.active[at].number_format = "0000000"
    assert list(by_number(read_book(tmp_path, book))) == ["0012345", "1234567", "99"]


def test_merged_headings_in_two_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Student Number", "First Name", "Last Name", "Photo", None, "Video", None])
    sheet.append([None, None, None, "Website", "Social media", "Website", "Social media"])
    sheet.append(["1", "A", "B", "yes", "no", "no", "yes"])
    for area in ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"):
        sheet.merge_cells(area)
    roster = read_book(tmp_path, book)

    assert roster.rows == 1
    assert granted(roster.people[0]) == {"photo:website", "video:social_media"}


def test_a_second_row_of_people_is_no_heading(tmp_path: Path) -> None:
    assert read_sheet(tmp_path, [*HEADINGS, "Name"], ["1", "A", "B", "A B"]).rows == 1


def packed(folder: Path, **parts: bytes) -> Path:
    path = folder / "roster.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return path


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"content_dot_xml": b"<a/>"}, "OpenDocument"),
        ({"xl__workbook_dot_bin": b""}, "XLSB"),
        ({"word__document_dot_xml": b"<a/>"}, "ZIP archive"),
        ({"xl__workbook_dot_xml": b"<a/>"}, "damaged"),
        ({"xl__workbook_dot_xml": b" " * 40_000_000}, "extreme size"),
    ],
)
def test_other_files_of_the_same_packing(
    tmp_path: Path, parts: dict[str, bytes], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        read_roster(packed(tmp_path, **parts))


def changed(folder: Path, old: bytes, new: bytes) -> Path:
    """A good workbook with one thing changed in its sheet."""
    read_sheet(folder, HEADINGS, ["1", "A", "B"])
    path = folder / "roster.xlsx"
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'r="C2"', b'r="XFD1048576"', "far beyond"),
        (b'<row r="2">', b'<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row><row r="2">', "far"),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', "damaged"),
        (b"</sheetData>", b"", "damaged"),
    ],
)
def test_hostile_sheets(tmp_path: Path, old: bytes, new: bytes, words: str) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(UserError, match=words):
        read_roster(path)


def test_a_cut_off_workbook(tmp_path: Path) -> None:
    read_sheet(tmp_path, HEADINGS, ["1", "A", "B"])
    path = tmp_path / "roster.xlsx"
    whole = path.read_bytes()
    for length in range(4, len(whole) - 1, 401):
        path.write_bytes(whole[:length])
        with pytest.raises(UserError):
            read_roster(path)

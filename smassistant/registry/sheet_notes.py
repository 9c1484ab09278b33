"""What the values of a sheet don't tell: hidden columns, formulas, errors, padded numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import IO, Any
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse

from smassistant.i18n import _
from smassistant.registry.tables import refused

Place = tuple[int, int]
"""Row and column of a cell, both from 0."""

_BLOCK = 1 << 20
_OVERLAP = 64
_FORMULA = re.compile(rb"[<:]f[\s>/]")
_FAR = re.compile(rb"r=[\"'](?:([A-Za-z]{2,3})(\d+)|[A-Za-z]?(\d{6,7}))[\"']")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_MOST_CELLS = 16_000_000


@dataclass
class SheetNotes:
    """Notes on one sheet; `padded` says to how many digits a number is shown."""

    hidden: set[int] = field(default_factory=set)
    formulas: set[Place] = field(default_factory=set)
    errors: set[Place] = field(default_factory=set)
    padded: dict[Place, int] = field(default_factory=dict)

    def add_array(self, first: Place, last: Place) -> None:
        """One formula that fills a whole range, of which only the first cell says so."""
        rows, columns = range(first[0], last[0] + 1), range(first[1], last[1] + 1)
        if len(self.formulas) + len(rows) * len(columns) > _MOST_CELLS // 4:
            raise ValueError("formulas beyond bounds")
        self.formulas.update(product(rows, columns))


def read_notes(archive: ZipFile, part: str, padded_styles: dict[str, int]) -> SheetNotes:
    """The notes on the sheet stored as `part`. Raises UserError if the sheet is far too large.

    Cells are only looked at one by one where the sheet holds a formula, an error or a number
    shown with leading zeros: that takes several times longer than reading the values.
    """
    wanted = _scan(archive, part) or bool(padded_styles)
    notes = SheetNotes()
    with archive.open(part) as file:
        if wanted:
            _read_cells(file, notes, padded_styles)
        else:
            _read_columns(file, notes)
    return notes


def _scan(archive: ZipFile, part: str) -> bool:
    """Whether any cell needs a note; also that rows times columns stay within bounds."""
    rows, columns, found, tail = 0, 0, False, b""
    with archive.open(part) as file:
        while block := file.read(_BLOCK):
            text = tail + block
            found = found or _may_need_notes(text)
            for letters, row, far_row in _FAR.findall(text):
                rows = max(rows, int(row or far_row))
                columns = max(columns, column_number(letters.decode()) + 1 if letters else 0)
            tail = text[-_OVERLAP:]
    if max(rows, 100_000) * max(columns, 26) > _MOST_CELLS:
        raise refused(
            _("The sheet reaches to row {row}, far beyond any list of people.").format(row=rows),
            next_step=_("Delete the unused rows and columns below and beside the list."),
        )
    return found


def _may_need_notes(text: bytes) -> bool:
    """Whether there is perhaps a formula or an error; plain searches first, for speed."""
    if (b"<f" in text or b":f" in text) and _FORMULA.search(text):
        return True
    return b't="e"' in text or b"t='e'" in text


def _events(file: IO[bytes]) -> Iterator[tuple[str, str, Any]]:
    """(event, name without namespace, element) of the XML; document types are refused."""
    for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        yield event, element.tag.rpartition("}")[2], element


def _read_columns(file: IO[bytes], notes: SheetNotes) -> None:
    """Hidden columns, which stand before the cells."""
    for event, name, element in _events(file):
        if name == "sheetData":
            return
        if event == "start" and name == "col":
            _note_column(element, notes)


def _note_column(element: Any, notes: SheetNotes) -> None:
    """Columns hidden by name or by having no width."""
    if element.get("hidden") in {"1", "true"} or element.get("width") in {"0", "0.0"}:
        first, last = int(element.get("min", 1)), int(element.get("max", 1))
        notes.hidden.update(range(first - 1, min(last, 16_384)))


def _read_cells(file: IO[bytes], notes: SheetNotes, padded_styles: dict[str, int]) -> None:
    """Hidden columns, then formulas, errors and padded numbers cell by cell."""
    row, column = -1, -1
    for event, name, element in _events(file):
        if event == "end":
            if name == "row":
                element.clear()
        elif name == "col":
            _note_column(element, notes)
        elif name == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif name == "c":
            row, column = _place(element.get("r"), (row, column + 1))
            if element.get("t") == "e":
                notes.errors.add((row, column))
            elif element.get("t", "n") == "n" and element.get("s") in padded_styles:
                notes.padded[row, column] = padded_styles[element.get("s")]
        elif name == "f":
            notes.formulas.add((row, column))
            if ":" in element.get("ref", "") and element.get("t") in {"array", "dataTable"}:
                first, last = element.get("ref").split(":")
                notes.add_array(_place(first, (row, column)), _place(last, (row, column)))


def _place(reference: str | None, otherwise: Place) -> Place:
    """The place that "B3" names."""
    match = _REFERENCE.fullmatch(reference or "")
    return (int(match[2]) - 1, column_number(match[1])) if match else otherwise


def column_number(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """A for 0, AA for 26."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def padded_styles(file: IO[bytes]) -> dict[str, int]:
    """The cell styles that show numbers with leading zeros ("0000000"): index to digits."""
    formats: dict[str, int] = {}
    styles: dict[str, int] = {}
    inside, index = False, 0
    for event, name, element in _events(file):
        if name == "cellXfs":
            inside = event == "start"
        elif event == "start" and name == "numFmt":
            code = element.get("formatCode", "")
            if re.fullmatch(r"0{2,20}", code):
                formats[element.get("numFmtId", "")] = len(code)
        elif event == "start" and name == "xf" and inside:
            if digits := formats.get(element.get("numFmtId", "")):
                styles[str(index)] = digits
            index += 1
    return styles

"""XLSX workbooks: visible sheets and columns only, formulas marked and never evaluated."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.registry.cells import STORED
from smassistant.registry.sheet_notes import SheetNotes, padded_styles, read_notes
from smassistant.registry.tables import HEAD, LARGEST, Record, refused

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_DAMAGES = (
    BadZipFile, zlib.error, lzma.LZMAError, struct.error, ParseError, EOFError, OSError,
    KeyError, ValueError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What zipfile, its unpackers and XML raise at damaged or unusual content."""

_RATIO = 200
_SMALL = 10_000_000
_ERROR = "#"
"""What stands in a cell whose value is an error such as #N/A: nothing that can be read."""


@dataclass(frozen=True)
class SheetTable:
    """One visible sheet of a workbook."""

    name: str
    sheet: CalamineSheet
    notes: SheetNotes
    encoding: str = "xlsx"
    delimiter: str = ""

    @property
    def hidden(self) -> frozenset[int]:
        """Columns that the sheet hides."""
        return frozenset(self.notes.hidden)

    @property
    def size(self) -> int:
        """Rows of the sheet."""
        return int(self.sheet.total_height)

    def head(self) -> list[list[str]]:
        """The first rows."""
        return [cells for _row, _line, cells in islice(self.records(), HEAD)]

    def records(self) -> Iterator[Record]:
        """Every row from the first of the sheet, blank or not."""
        start = self.sheet.start
        before = [""] * (start[1] if start else 0)
        plain = not (self.notes.formulas or self.notes.errors or self.notes.padded)
        for row, values in enumerate(self.sheet.iter_rows() if start else (), 1):
            cells = before + [_text(value) for value in values]
            if not plain:
                self._note(row - 1, cells)
            yield row, row, cells

    def _note(self, row: int, cells: list[str]) -> None:
        """Mark formulas and errors, and give numbers the leading zeros they are shown with."""
        for column, text in enumerate(cells):
            if (row, column) in self.notes.formulas:
                cells[column] = STORED + text
            elif (row, column) in self.notes.errors:
                cells[column] = _ERROR
            elif digits := self.notes.padded.get((row, column)):
                cells[column] = text.zfill(digits) if text.isdecimal() else text


def _text(value: Any) -> str:
    """A value of a cell as a person would type it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time.min else value.replace(microsecond=0))
    return value.isoformat() if isinstance(value, date) else str(value)


def sheet_tables(data: bytes) -> list[SheetTable]:
    """The visible sheets of a workbook, in its order.

    Raises UserError for a damaged or oversized workbook and for other files of the same packing.
    """
    from python_calamine import CalamineError

    try:
        with ZipFile(io.BytesIO(data)) as archive:
            _refuse_other_kinds(archive)
            _refuse_bombs(archive)
            return _visible_sheets(data, archive)
    except UserError:
        raise
    except (*_DAMAGES, CalamineError) as error:
        raise _damaged() from error


def _damaged() -> UserError:
    """The refusal of a workbook that can't be taken apart."""
    return refused(
        _("The workbook is damaged or in a form that can't be read."),
        next_step=_("Open it in your spreadsheet program and save it again as XLSX or CSV."),
    )


def _refuse_other_kinds(archive: ZipFile) -> None:
    """Only what holds an XLSX workbook goes on."""
    names = archive.namelist()
    if "xl/workbook.xml" in names and len(set(names)) == len(names):
        return
    if "xl/workbook.bin" in names:
        raise refused(_("The file is a binary workbook (XLSB), which can't be read."))
    if "content.xml" in names:
        raise refused(_("The file is an OpenDocument file (ODS), which can't be read."))
    if len(set(names)) < len(names):
        raise _damaged()
    raise refused(_("The file is a ZIP archive or another document, not a workbook."))


def _refuse_bombs(archive: ZipFile) -> None:
    """A workbook that unpacks to far more than its size is not opened."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > LARGEST or (unpacked > _SMALL and unpacked > _RATIO * packed):
        raise refused(
            _("The workbook unpacks to an extreme size and was not opened."),
            next_step=_("Save only the list of people as CSV."),
        )
    # Reading to the end proves that no entry is larger than it says: its checksum would be wrong.
    for name in ("xl/sharedStrings.xml", "xl/styles.xml"):
        if name in archive.namelist():
            with archive.open(name) as file:
                while file.read(1 << 20):
                    pass


def _visible_sheets(data: bytes, archive: ZipFile) -> list[SheetTable]:
    """Every visible worksheet with its notes."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    styles: dict[str, int] = {}
    if "xl/styles.xml" in archive.namelist():
        with archive.open("xl/styles.xml") as file:
            styles = padded_styles(file)
    parts = _parts(archive)
    notes = {name: read_notes(archive, part, styles) for name, part in parts.items()}
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [
        SheetTable(sheet.name, workbook.get_sheet_by_name(sheet.name), notes[sheet.name])
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
        and sheet.visible == SheetVisibleEnum.Visible
        and sheet.name in notes
    ]


def _parts(archive: ZipFile) -> dict[str, str]:
    """The name of each visible worksheet and where in the archive it is stored."""
    from defusedxml.ElementTree import fromstring

    relations = {
        item.get("Id"): posixpath.normpath(posixpath.join("/xl", item.get("Target", "")))[1:]
        for item in fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
        if item.get("Type", "").endswith("/worksheet")
    }
    found: dict[str, str] = {}
    for sheet in fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True).iter():
        if sheet.tag.rpartition("}")[2] != "sheet" or sheet.get("state", "visible") != "visible":
            continue
        identifier = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        if identifier in relations:
            found[sheet.get("name", "")] = relations[identifier]
    return found

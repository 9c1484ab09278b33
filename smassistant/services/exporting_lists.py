"""Lists of people as CSV or XLSX files, with what a spreadsheet would calculate made harmless."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from smassistant.context import Context
from smassistant.domain.people import Person
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.acting import record, require

# What a spreadsheet takes for the beginning of a formula or a command, also after blanks.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_STEP = 2000  # rows per progress report
_LONGEST_CELL = 32_767  # what a spreadsheet's cell can hold


class ExportFormat(StrEnum):
    """The kind of file. PDF is laid out by the window."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


class Line(Protocol):
    """A person of a list with what is said about them there."""

    @property
    def person(self) -> Person: ...
    @property
    def what(self) -> str: ...
    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


def headings() -> tuple[str, ...]:
    """The first row of an exported list."""
    return (
        _("Number"), _("Last name"), _("First name"), _("Grade"), _("Homeroom"), _("School"),
        _("What"), _("Since"), _("Until"),
    )  # fmt: skip


def export_people(
    context: Context,
    actor: User,
    lines: Iterable[Line | Person],
    path: Path,
    format: ExportFormat,
    task: Task | None = None,
) -> None:
    """Write the list to `path`: all of it, or after a cancel or failure nothing.

    Names to avoid are in no list. UserError where the file can't be written.
    """
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    if format is ExportFormat.PDF:
        raise ValueError("the window lays out the PDF")
    rows = [_row(line) for line in lines]
    write = _write_csv if format is ExportFormat.CSV else _write_xlsx
    part = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        write(part, _reported(rows, task or Task()))
        part.replace(path)
    except OSError as error:
        raise UserError(
            _("The list can’t be written to {name}.").format(name=path.name),
            _("The folder may be full or not writable, or the file is open in another program."),
            _("Close it there, or choose another place."),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    note_export(context, actor, len(rows), format.value)


def note_export(context: Context, actor: User, people: int, format: str) -> None:
    """Write to the trail that a list of so many people left the program, also on paper."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    with context.store.write() as work:
        details = {"people": str(people), "format": format}
        record(context, work, actor, "list.exported", "registry", details)


def harmless(text: str) -> str:
    """`text` as a cell that no spreadsheet calculates: a quote before what might be a formula."""
    plain = "".join(char if char.isprintable() or char in "\t\r\n" else " " for char in text)
    if plain.lstrip(" \u00a0").startswith(_STARTS):
        plain = f"'{plain}"
    return plain[:_LONGEST_CELL]


def _row(line: Line | Person) -> tuple[str, ...]:
    if isinstance(line, Person):
        return (*_about(line), "", "", "")
    return (*_about(line.person), line.what, _day(line.since), _day(line.until))


def _about(person: Person) -> tuple[str, ...]:
    first = person.preferred_name or person.first_name
    return (
        person.number, person.last_name, first, person.grade, person.homeroom, person.school,
    )  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _reported(rows: list[tuple[str, ...]], task: Task) -> Iterator[list[str]]:
    yield list(headings())
    for done, row in enumerate(rows):
        if done % _STEP == 0:
            task.report(done, len(rows))
        yield [harmless(cell) for cell in row]


def _write_csv(path: Path, rows: Iterable[list[str]]) -> None:
    # The mark is what makes spreadsheets read UTF-8.
    with _new_file(path).open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)


def _write_xlsx(path: Path, rows: Iterable[list[str]]) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    _new_file(path)  # first: a sheet that was begun has to be finished
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("People"))
    try:
        for row in rows:
            cells = [WriteOnlyCell(sheet, value=text) for text in row]
            for cell in cells:
                cell.data_type = "s"  # text, whatever it looks like
            sheet.append(cells)
    except BaseException:
        sheet.close()
        raise
    book.save(path)


def _new_file(path: Path) -> Path:
    """`path` as an empty file that nobody else on this computer may read."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return path

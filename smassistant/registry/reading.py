"""Read a roster file: people, permissions and everything a person should look at."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.registry.answers import Reply
from smassistant.registry.dates import both_orders
from smassistant.registry.delimited import DelimitedTable
from smassistant.registry.files import open_tables
from smassistant.registry.layouts import Layout, find_layout, guess_layout
from smassistant.registry.mapping import Mapping
from smassistant.registry.merging import Merger
from smassistant.registry.rosters import Code, Column, Problem, Roster, RosterPerson
from smassistant.registry.rows import Problems, Row, RowReader
from smassistant.registry.samples import first_rows
from smassistant.registry.tables import Table, refused
from smassistant.registry.terms import Told
from smassistant.registry.workbooks import SheetTable

_STEP = 4096


def read_roster(
    path: Path,
    mapping: Mapping | None = None,
    blank_permitted: bool = False,
    task: Task | None = None,
    day_first: bool | None = None,
    ends: date | None = None,
) -> Roster:
    """Read a CSV, TSV or XLSX roster by the rules of docs: what is doubtful permits nothing.

    `blank_permitted` makes blank answers count as yes, for schools whose forms ask only for
    refusals. `day_first` says how dates such as 03/04/2027 are to be read; None: in both orders,
    the earlier counts. `ends` is the last day of grants in rows without an expiry. Raises
    UserError for a file that is refused as a whole, `Cancelled` by way of `task`.
    """
    mapping = mapping or Mapping()
    table, layout = _open(path, mapping)
    blank = Reply.YES if blank_permitted else Reply.BLANK
    reading = _Reading(table, layout, Told(mapping.values, blank, day_first, ends))
    task = task or Task()
    with collector_paused():
        reading.run(task)
        task.check()
        if not reading.rows:
            raise refused(_("The file has headings but nobody below them."))
        return reading.roster()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Spare the garbage collector a growing heap that holds no cycles: a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _open(path: Path, mapping: Mapping) -> tuple[Table, Layout]:
    """The file as the table whose headings are understood best."""
    found: list[tuple[Table, Layout]] = []
    for table in open_tables(path):
        layout = find_layout(table.head(), mapping, table.hidden)
        if layout:
            found.append((table, layout))
    usable = [item for item in found if item[1].has_number and item[1].has_name]
    if len(usable) > 1 and isinstance(usable[0][0], SheetTable):
        raise refused(
            _("The workbook has several visible sheets with lists of people."),
            next_step=_("Hide the sheets that are not wanted, or save one of them as CSV."),
        )
    if not usable:
        raise _no_headings(max((layout for _t, layout in found), key=_score, default=None))
    return max(usable, key=lambda item: (_score(item[1]), isinstance(item[0], DelimitedTable)))


def columns_in(path: Path, mapping: Mapping) -> tuple[Column, ...]:
    """The columns of a file whose number or names are in none that is known, for a person to say.

    Nothing if the file is understood, or if no row in it can be headings. What is in the columns
    is not told. Raises UserError for a file that is no table.
    """
    layouts: list[Layout] = []
    for table in open_tables(path):
        head = table.head()
        layout = find_layout(head, mapping, table.hidden)
        if layout and layout.has_number and layout.has_name:
            return ()
        layouts += filter(None, [layout, guess_layout(head, mapping, table.hidden)])
    best = max(layouts, key=_promise, default=None)
    return best.described() if best else ()


def _promise(layout: Layout) -> tuple[int, int]:
    """How likely a layout is the right one: fields that are known, then columns."""
    return layout.score[1], layout.width


def _score(layout: Layout) -> tuple[bool, int]:
    """How well a layout is understood."""
    return layout.score


def _no_headings(best: Layout | None) -> UserError:
    """Why no table can be used."""
    help_ = _("Name the columns student_number, first_name and last_name, or use a mapping file.")
    if best and best.has_name:
        return refused(_("No column holds the student or staff number."), next_step=help_)
    if best and best.has_number:
        return refused(_("No column holds the names of the people."), next_step=help_)
    return refused(_("No headings of a list of people were found in the file."), next_step=help_)


class _Reading:
    """One run through a table."""

    def __init__(self, table: Table, layout: Layout, told: Told) -> None:
        self._table = table
        self._layout = layout
        self._problems = Problems(layout)
        self._first: dict[str, Row] = {}
        self._more: dict[str, list[Row]] = {}
        self.rows = 0
        self._reader = RowReader(layout, told, self._problems)

    def run(self, task: Task) -> None:
        """Read every row below the headings."""
        read, size, first = self._reader.read, self._table.size, self._first
        records = self._table.records()
        heading_line = 1
        for record in islice(records, self._layout.last_row + 1):
            heading_line = record[1]
        row = self._layout.last_row + 1
        for row, line, cells in records:
            if not row % _STEP:
                task.report(min(row, size), size)
            found = read(row, line, cells)
            if found and first.setdefault(found[0], found) is not found:
                self._more.setdefault(found.number, []).append(found)
        self.rows = row - self._layout.last_row - 1 - self._reader.idle_rows
        self._report_headings(heading_line)

    def _report_headings(self, line: int) -> None:
        """Say which headings were not understood."""
        layout, row = self._layout, self._layout.last_row + 1
        for column in layout.unknown:
            message = _("This heading is not known, so the column is not read.")
            self._problems.report(row, line, column, Code.UNKNOWN_HEADING, message)
        for column in layout.twice:
            message = _("An earlier column has the same meaning, so this one is not read.")
            self._problems.report(row, line, column, Code.UNKNOWN_HEADING, message)
        for heading in layout.not_found:
            message = _("The mapping file names this heading, but the file does not have it.")
            self._problems.append(Problem(row, line, heading, Code.UNKNOWN_HEADING, message))

    def roster(self) -> Roster:
        """What was read, rows of one number combined."""
        layout = self._layout
        people = tuple(self._people())
        used = [index for index, name in enumerate(layout.fields) if name]
        return Roster(
            people=people,
            rows=self.rows,
            encoding=self._table.encoding,
            delimiter=self._table.delimiter,
            problems=tuple(sorted(self._problems, key=lambda item: (item.row, item.line))),
            ignored_columns=tuple(
                layout.label(index)
                for index, name in enumerate(layout.fields)
                if not name and (layout.headings[index] or index in layout.unknown)
            ),
            mapping={layout.label(index): layout.fields[index] or "" for index in used},
            has_permissions=layout.has_permissions,
            columns=layout.described(),
            sample=first_rows(self._table, layout),
            answers=self._reader.answers.met,
            blank_answers=self._reader.answers.blank_met,
            ambiguous_dates=self._reader.ambiguous_dates,
            date_example=self._reader.date_example,
            example_days=both_orders(self._reader.date_example),
        )

    def _people(self) -> list[RosterPerson]:
        """Everybody, in the order of their first rows."""
        merger = Merger(self._layout, self._reader, self._problems)
        more = self._more
        return [
            merger.merge([row, *more[number]]) if number in more else row.found
            for number, row in self._first.items()
        ]

"""One row of a table: whose it is, what it permits, what is wrong with it."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import NamedTuple

from smassistant.domain.people import Person
from smassistant.i18n import _
from smassistant.registry.cells import Cell, is_dash, read_cell
from smassistant.registry.columns import ABSENT, AnswerReader, Unclear
from smassistant.registry.dates import Moment
from smassistant.registry.layouts import Layout
from smassistant.registry.names import Names, split_first_last, split_last_first
from smassistant.registry.replies import Answers, without_grants
from smassistant.registry.rosters import Code, Problem, RosterPerson
from smassistant.registry.terms import Fault, TermsReader, Told

WHOLE_ROW = -1

_WHOLE_NUMBER = re.compile(r"(\d+)\.0+")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_TEXTS = (
    "first_name", "last_name", "preferred_name", "other_names",
    "grade", "homeroom", "school", "status", "signer",
)  # fmt: skip


class Problems(list[Problem]):
    """What is wrong with a table, told by its headings."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self._layout = layout

    def report(self, row: int, line: int, column: int, code: Code, message: str) -> None:
        """Note a problem in one cell, or in the row if `column` is WHOLE_ROW."""
        label = self._layout.label(column) if column >= 0 else ""
        self.append(Problem(row, line, label, code, message))


class Row(NamedTuple):
    """A row of the table as a person of its own, before rows of one number are combined."""

    number: str
    found: RosterPerson
    replies: str
    answered: Moment | None
    row: int
    line: int


class _Texts(dict[str, str]):
    """Cells about which nothing has to be said, read once: raw text to text."""

    def __missing__(self, raw: str) -> str:
        cell = read_cell(raw)
        if cell.code or is_dash(cell.text):
            raise Unclear
        self[raw] = cell.text
        return cell.text


class RowReader:
    """Reads rows of one table by its layout and notes in `problems` what is wrong.

    Nearly all rows are plain and take the short way of `_read_plain`; the others are read cell by
    cell. Both ways come to the same result.
    """

    def __init__(self, layout: Layout, told: Told, problems: Problems) -> None:
        self._layout = layout
        self._width = layout.width
        self._problems = problems
        self._number_at = layout.columns("student_number")[0]
        self._at = [self._column(name) for name in _TEXTS]
        self._whole_names = [self._column(name) for name in ("last_first", "first_last")]
        self._preferred_last = self._column("preferred_last")
        self._plain = {*self._whole_names, self._preferred_last} == {self._width}
        self._terms = TermsReader(layout, told)
        self._pick_texts = itemgetter(*self._at)
        self._pick_terms = itemgetter(*self._terms.columns, self._width, self._width)
        self._text_of = _Texts().__getitem__
        self.answers = AnswerReader(layout, told)
        self.ambiguous_dates = 0
        self.idle_rows = 0
        """Rows that are blank, or the headings over again as on the next page of a report."""

    @property
    def date_example(self) -> str:
        """The first date that can be read in either order."""
        return self._terms.date_example

    def _column(self, name: str) -> int:
        """The column of a field, or the blank cell added after the last."""
        return next(iter(self._layout.columns(name)), self._width)

    def read(self, row: int, line: int, cells: list[str]) -> Row | None:
        """The row; None where it is idle, or has no number, which is reported."""
        if len(cells) == self._width and self._plain:
            number = cells[self._number_at]
            if number.isascii() and number.isdecimal():
                try:
                    if found := self._read_plain(row, line, number, [*cells, "", ABSENT]):
                        return found
                except Unclear:
                    pass
        if not "".join(cells).strip() or cells in self._layout.heading_rows:
            self.idle_rows += 1
            return None
        return self._read_with_care(row, line, cells)

    def _read_plain(self, row: int, line: int, number: str, cells: list[str]) -> Row | None:
        """A row in which nothing is missing or unclear; None or Unclear if it isn't one."""
        terms = self._terms[self._pick_terms(cells)]
        first, last, preferred, others, grade, homeroom, school, status, signer = map(
            self._text_of, self._pick_texts(cells)
        )
        if terms.faults or others or ";" in preferred or not (first and last):
            return None
        replies = self.answers.read(cells)
        self.ambiguous_dates += terms.ambiguous
        person = Person(
            number, number, first, last, preferred, (), terms.kind, grade, homeroom, school,
            status, terms.restricted,
        )  # fmt: skip
        found = RosterPerson(person, signer, terms.expires, Answers(replies), terms.given)
        return Row(number, found, replies, terms.answered, row, line)

    def _read_with_care(self, row: int, line: int, cells: list[str]) -> Row | None:
        """Any row; every fault is reported."""
        faults: list[Fault] = []
        whole = len(cells) == self._width
        if not whole:
            faults.append(_length_fault(len(cells), self._width))
        cells = [*cells[: self._width], *[""] * (self._width - len(cells)), "", ABSENT]
        number, sure = self._number(cells[self._number_at], faults)
        found: Row | None = self._careful_row(row, line, number, cells, whole and sure, faults)
        if not number:
            found = None
            faults = [item for item in faults if item.column in {WHOLE_ROW, self._number_at}]
        for fault in sorted(faults):
            self._problems.report(row, line, *fault)
        return found

    def _careful_row(
        self, row: int, line: int, number: str, cells: list[str], sure: bool, faults: list[Fault]
    ) -> Row:
        """The row of `number`; nothing is granted unless `sure`."""
        names = self._names(cells, faults)
        grade, homeroom, school, status, signer = (
            self._text(cells, index, faults) for index in self._at[4:]
        )
        terms = self._terms[self._pick_terms(cells)]
        faults.extend(terms.faults)
        self.ambiguous_dates += terms.ambiguous
        replies = self.answers.read_with_care(cells, faults)
        if terms.void or not sure:
            replies = without_grants(replies)
        person = Person(
            number, number, *names, terms.kind, grade, homeroom, school,
            status, terms.restricted,
        )  # fmt: skip
        found = RosterPerson(person, signer, terms.expires, Answers(replies), terms.given)
        return Row(number, found, replies, terms.answered, row, line)

    def _number(self, raw: str, faults: list[Fault]) -> tuple[str, bool]:
        """The number ("" if there is none) and whether it can be relied on."""
        cell = read_cell(raw)
        text = cell.text or cell.stored
        if cell.code:
            faults.append(Fault(self._number_at, cell.code, _number_message(cell)))
        if match := _WHOLE_NUMBER.fullmatch(text):
            text = match[1]
        if _SHORTENED.fullmatch(text):
            message = _("A spreadsheet has shortened the number, so the row is left out.")
        elif not text or is_dash(text):
            message = _("The row has no student or staff number, so it is left out.")
        else:
            return text, cell.code not in {Code.FORMULA, Code.BAD_VALUE} or cell.literal
        faults.append(Fault(self._number_at, Code.MISSING_NUMBER, message))
        return "", False

    def _names(self, cells: list[str], faults: list[Fault]) -> Names:
        """The names of a row, from whichever columns hold them."""
        first, last, preferred, others = (
            self._text(cells, index, faults) for index in self._at[:4]
        )
        split = self._split_whole(cells, faults)
        first, last = first or split[0], last or split[1]
        preferred, *more = [name.strip() for name in preferred.split(";") if name.strip()] or [""]
        extra = [*more, *(name for name in map(str.strip, others.split(";")) if name)]
        preferred_last = self._text(cells, self._preferred_last, faults)
        if preferred_last and preferred_last != last:
            extra.append(f"{preferred or first} {preferred_last}".strip())
        if not (first and last):
            message = (
                _("Only part of the name is there, so it may not be found in a text.")
                if first or last
                else _("The row has no name, so it can't be found in a text.")
            )
            candidates = (self._at[1 if first else 0], *self._whole_names, *self._at[:2])
            column = next((at for at in candidates if at < self._width), WHOLE_ROW)
            faults.append(Fault(column, Code.MISSING_NAME, message))
        return Names(first, last, preferred, tuple(extra))

    def _split_whole(self, cells: list[str], faults: list[Fault]) -> tuple[str, str]:
        """(first, last) from a column that holds the whole name."""
        last_first, first_last = self._whole_names
        if text := self._text(cells, last_first, faults):
            if split := split_last_first(text):
                return split
            message = _("There is no comma between last and first name.")
            faults.append(Fault(last_first, Code.BAD_VALUE, message))
            return split_first_last(text)
        return split_first_last(self._text(cells, first_last, faults))

    def _text(self, cells: list[str], index: int, faults: list[Fault]) -> str:
        """A cell of plain text; what is wrong with it goes to `faults`."""
        cell = read_cell(cells[index])
        if cell.code:
            faults.append(Fault(index, cell.code, _text_message(cell)))
        return "" if is_dash(cell.text) else cell.text or cell.stored or cell.written


def _length_fault(length: int, width: int) -> Fault:
    """What to say of a row that has fewer or more cells than the headings."""
    if length < width:
        message = _(
            "The row has fewer cells than the headings; its answers may stand in the wrong "
            "columns, so nothing in it counts as permitted."
        )
        return Fault(WHOLE_ROW, Code.SHORT_ROW, message)
    message = _(
        "The row has more cells than the headings; its answers may stand in the wrong columns, "
        "so nothing in it counts as permitted."
    )
    return Fault(WHOLE_ROW, Code.LONG_ROW, message)


def _number_message(cell: Cell) -> str:
    """What to say of a number that is not simply written down."""
    if cell.literal:
        return _("The number is written as a formula; the digits in it were taken.")
    if cell.code is Code.FORMULA:
        return _("The number is a formula, so nothing in this row counts as permitted.")
    return _text_message(cell)


def _text_message(cell: Cell) -> str:
    """What to say of a text that was not taken as it stands."""
    if cell.code is Code.FORMULA:
        return _("The cell is a formula; it is not calculated.")
    if cell.code is Code.BAD_VALUE:
        return _(
            "A letter was lost or stands in another encoding than the rest of the file; the name "
            "may not be found in a text."
        )
    return _("The cell holds hidden characters, which were removed.")

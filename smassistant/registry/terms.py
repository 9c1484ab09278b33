"""What one row says beside names and answers: kind, restriction, expiry, day of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from smassistant.domain.people import Kind
from smassistant.i18n import _
from smassistant.registry.answers import Reply, plain_answer, reply_of
from smassistant.registry.cells import Cell, read_cell
from smassistant.registry.dates import Moment, in_either_order, read_moment
from smassistant.registry.layouts import Layout
from smassistant.registry.rosters import ALL_KEYS, Code
from smassistant.registry.words import fold

_KINDS = {
    Kind.STUDENT: "student students pupil learner eleve etudiant etudiante",
    Kind.STAFF: "staff teacher administrator aide employee principal faculty personnel "
    "enseignant enseignante employe",
    Kind.VOLUNTEER: "volunteer volunteers benevole",
    Kind.OTHER: "other parent guardian relative autre contractor coach",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_FIELDS = ("kind", "restricted", "expires", "date")
_MOST_KEPT = 50_000


class Fault(NamedTuple):
    """A problem in one cell of a row."""

    column: int
    code: Code
    message: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a row.

    `answered` is when the answers were given, if the row says so and it can be read in one way;
    `given` is its day as `RosterPerson.given` has it.
    `void`: the expiry can't be read, so no answer of the row may count as yes. `ambiguous` counts
    the dates that can be read with the day or the month first.
    """

    kind: Kind
    restricted: bool
    expires: date | None
    answered: Moment | None
    void: bool
    ambiguous: int
    faults: tuple[Fault, ...]
    given: tuple[date | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the person importing says: own answers, what a blank is, the order of dates, the end.

    `ends` is the last day of what is granted in a row that tells no expiry.
    """

    values: Mapping[str, bool | None] = field(default_factory=dict)
    blank: Reply = Reply.BLANK
    day_first: bool | None = None
    ends: date | None = None


class TermsReader(dict[tuple[str, ...], Terms]):
    """Terms by the cells of `columns`; rows with the same cells are read once."""

    def __init__(self, layout: Layout, told: Told) -> None:
        super().__init__()
        self._columns = {name: layout.columns(name) for name in _FIELDS}
        self._told = told
        self.date_example = ""
        self.columns = [index for name in _FIELDS for index in self._columns[name]]

    def __missing__(self, texts: tuple[str, ...]) -> Terms:
        if len(self) >= _MOST_KEPT:
            self.clear()
        cells = dict(zip(self.columns, map(read_cell, texts), strict=False))
        faults: list[Fault] = []
        expiry, stated = self._moment("expires", cells, faults)
        answered, _stated = self._moment("date", cells, faults)
        if answered and answered.ambiguous:
            answered = None
        ends = None if stated else self._told.ends
        terms = self[texts] = Terms(
            kind=self._kind(cells, faults),
            restricted=self._restricted(cells, faults),
            expires=expiry.earliest.date() if expiry else ends,
            answered=answered,
            void=stated and expiry is None,
            ambiguous=self._ambiguous(cells),
            faults=tuple(sorted(faults)),
            given=(answered.latest.date(),) * len(ALL_KEYS) if answered else (),
        )
        return terms

    def _kind(self, cells: Mapping[int, Cell], faults: list[Fault]) -> Kind:
        """Student unless the row says otherwise."""
        for index in self._columns["kind"]:
            cell = cells[index]
            if kind := _KIND_OF.get(fold(cell.text)):
                return kind
            if cell.text or cell.code:
                message = _("This is no kind of person that is known; a student is assumed.")
                faults.append(Fault(index, cell.code or Code.BAD_VALUE, message))
        return Kind.STUDENT

    def _restricted(self, cells: Mapping[int, Cell], faults: list[Fault]) -> bool:
        """Restricted if the row says so or says anything that can't be read."""
        for index in self._columns["restricted"]:
            cell = cells[index]
            reply = Reply.UNCLEAR if cell.code else self._restriction(cell.text)
            if reply is Reply.UNCLEAR:
                message = _("This is neither yes nor no, so the person is treated as restricted.")
                faults.append(Fault(index, cell.code or Code.BAD_VALUE, message))
            if reply in {Reply.YES, Reply.UNCLEAR}:
                return True
        return False

    def _restriction(self, text: str) -> Reply:
        """The answer; what is plainly a yes restricts whatever a school's own answers say."""
        plain = reply_of(text)
        if plain is not Reply.YES and self._told.values.get(plain_answer(text)) is not None:
            return reply_of(text, self._told.values)
        return plain

    def _ambiguous(self, cells: Mapping[int, Cell]) -> int:
        """How many of the dates can be read in either order; the first is kept as an example."""
        columns = (*self._columns["expires"], *self._columns["date"])
        texts = [cells[index].text for index in columns]
        doubtful = [text for text in texts if text and in_either_order(text)]
        self.date_example = self.date_example or next(iter(doubtful), "")
        return len(doubtful)

    def _moment(
        self, name: str, cells: Mapping[int, Cell], faults: list[Fault]
    ) -> tuple[Moment | None, bool]:
        """The date in the column `name` (None if blank or unreadable) and whether one is there."""
        expiry = name == "expires"
        for index in self._columns[name]:
            cell = cells[index]
            if not (cell.text or cell.code):
                continue
            moment = None if cell.code else read_moment(cell.text, self._told.day_first)
            if moment is None:
                message = (
                    _("The date can't be read, so nothing in this row counts as permitted.")
                    if expiry
                    else _("The date can't be read, so it doesn't make this answer the latest.")
                )
                faults.append(Fault(index, cell.code or Code.BAD_DATE, message))
            elif moment.ambiguous:
                message = (
                    _("Day and month can be read in either order; the earlier day counts.")
                    if expiry
                    else _("Day and month can be read in either order, so the date is not used.")
                )
                faults.append(Fault(index, Code.AMBIGUOUS_DATE, message))
            return moment, True
        return None, False

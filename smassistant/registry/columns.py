"""The answers in the permission columns of a row, or in a row that is one permission."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import zip_longest
from operator import itemgetter

from smassistant.i18n import _
from smassistant.registry.answers import Reply, plain_answer, reply_of
from smassistant.registry.cells import Cell, read_cell
from smassistant.registry.headings import permission_field, permission_keys
from smassistant.registry.layouts import Layout
from smassistant.registry.replies import NOTHING, replies_with, strictest
from smassistant.registry.rosters import ALL_KEYS, LONGEST_ANSWER, MOST_ANSWERS, Code, Key
from smassistant.registry.terms import Fault, Told

ABSENT = "\0"
"""The cell that stands for a column that isn't there: no answer, not even a blank one."""


class Unclear(Exception):
    """A cell that has to be read with more care and reported."""


class _Letters(dict[str, str]):
    """The letter of every answer that can be read, by the text of its cell.

    `met` are the distinct answers, unclear ones too; see `Roster.answers`.
    """

    def __init__(self, told: Told) -> None:
        super().__init__({ABSENT: "-"})
        self._told = told
        self._seen: set[str] = set()
        self.met: dict[str, bool | None] = {}
        self.blank_met = False

    def __missing__(self, raw: str) -> str:
        cell = read_cell(raw)
        reply = self.reply(cell)
        if self.is_fault(cell, reply):
            raise Unclear
        letter = self[raw] = reply.value
        return letter

    def reply(self, cell: Cell) -> Reply:
        """The answer in a cell; blank is what the person importing says it is."""
        reply = Reply.UNCLEAR if cell.code else reply_of(cell.text, self._told.values)
        if reply is Reply.BLANK:
            self.blank_met = True
            return self._told.blank
        if not cell.code:
            self._note(cell.text, reply)
        return reply

    def is_fault(self, cell: Cell, reply: Reply) -> bool:
        """Whether an answer is worth a word: nobody said what it is."""
        unclear = reply is Reply.UNCLEAR
        return unclear and bool(cell.code or plain_answer(cell.text) not in self._told.values)

    def _note(self, text: str, reply: Reply) -> None:
        """Keep a distinct answer, as it is first written."""
        if len(self.met) >= MOST_ANSWERS or len(text) > LONGEST_ANSWER:
            return
        plain = plain_answer(text)
        if plain not in self._seen:
            self._seen.add(plain)
            self.met[text] = None if reply is Reply.UNCLEAR else reply is Reply.YES


class AnswerReader:
    """Reads the answers of rows; each row must end with two cells more, "" and ABSENT."""

    def __init__(self, layout: Layout, told: Told) -> None:
        self._layout = layout
        self._letters = _Letters(told)
        self._columns = layout.permission_columns()
        about, value = layout.columns("permission"), layout.columns("value")
        self._long = (about[0], value[0]) if about and value else None
        self._letter_of = self._letters.__getitem__
        self._pickers = _pickers(layout) if self._columns and not self._long else []
        self._reply_column = value[0] if self._long else -1

    @property
    def met(self) -> Mapping[str, bool | None]:
        """The distinct answers met so far and what each was taken for."""
        return self._letters.met

    @property
    def blank_met(self) -> bool:
        """Whether any answer was blank."""
        return self._letters.blank_met

    def column_of(self, key: Key) -> int:
        """The first column that answers for a permission."""
        layout = self._layout
        found = (i for i in self._columns if key in permission_keys(layout.fields[i] or ""))
        return next(found, self._reply_column)

    def read(self, cells: Sequence[str]) -> str:
        """The answers, a letter for each permission. Raises Unclear where one can't be read."""
        letter = self._letter_of
        if len(self._pickers) == 1:
            return "".join(map(letter, self._pickers[0](cells)))
        if self._long:
            raise Unclear
        found = ["".join(map(letter, pick(cells))) for pick in self._pickers]
        return reduce(strictest, found, NOTHING)

    def read_with_care(self, cells: Sequence[str], faults: list[Fault]) -> str:
        """The same for any row; answers that can't be read go to `faults`."""
        found = [NOTHING]
        for index in self._columns:
            keys = permission_keys(self._layout.fields[index] or "")
            found.append(replies_with(keys, self._reply(index, cells[index], faults)))
        if self._long and (cells[self._long[0]].strip() or cells[self._long[1]].strip()):
            about, value = self._long
            if keys := self._keys(about, cells[about], faults):
                found.append(replies_with(keys, self._reply(value, cells[value], faults)))
        return reduce(strictest, found)

    def _reply(self, index: int, raw: str, faults: list[Fault]) -> Reply:
        """The answer in one cell."""
        cell = read_cell(raw)
        reply = self._letters.reply(cell)
        if self._letters.is_fault(cell, reply):
            faults.append(Fault(index, cell.code or Code.BAD_VALUE, _message(cell.code)))
        return reply

    def _keys(self, index: int, raw: str, faults: list[Fault]) -> tuple[Key, ...]:
        """The permissions that a cell of the column "permission" names."""
        cell = read_cell(raw)
        keys = () if cell.code else permission_keys(permission_field(cell.text))
        if not keys:
            message = _("This is no permission that is known, so its answer is not used.")
            faults.append(Fault(index, cell.code or Code.BAD_VALUE, message))
        return keys


def _pickers(layout: Layout) -> list[Callable[[Sequence[str]], tuple[str, ...]]]:
    """Pick the cells of the permissions in the order of ALL_KEYS.

    A second picker and more are only needed where several columns answer for one permission.
    """
    columns: dict[Key, list[int]] = {key: [] for key in ALL_KEYS}
    for index in layout.permission_columns():
        for key in permission_keys(layout.fields[index] or ""):
            columns[key].append(index)
    absent = layout.width + 1
    layers = zip_longest(*columns.values(), fillvalue=absent)
    return [itemgetter(*layer) for layer in layers]


def _message(code: Code | None) -> str:
    """What to say of an answer that doesn't count."""
    if code is Code.FORMULA:
        return _("This answer is a formula; it is not calculated and counts as not permitted.")
    if code is Code.CONTROL_CHARACTERS:
        return _("This answer holds hidden characters, so it counts as not permitted.")
    return _("This answer is neither a plain yes nor a plain no, so it counts as not permitted.")

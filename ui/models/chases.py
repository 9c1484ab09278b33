"""The people to chase as a table, narrowed by words while they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from smassistant.domain.folding import squash
from smassistant.i18n import _
from smassistant.services.chasing import ChaseLine
from ui.widgets.chase_words import what_words, when_words

SCHOOL, WHAT = 3, 4  # columns
LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


def headings() -> tuple[str, ...]:
    """What the columns are called, on the screen and on paper."""
    return (_("Name"), _("Number"), _("Class"), _("School"), _("What"), _("When"))


def cells(line: ChaseLine) -> tuple[str, ...]:
    """One row, under `headings`."""
    person = line.person
    group = person.homeroom or person.grade
    return (
        person.shown_name, person.number, group, person.school, what_words(line),
        when_words(line),
    )  # fmt: skip


class ChaseModel(QAbstractTableModel):
    """All lines of one kind; `shown` are those that hold the words looked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ChaseLine, ...] = ()
        self._keys: list[str] = []
        self.shown: tuple[ChaseLine, ...] = ()

    def show_lines(self, lines: Sequence[ChaseLine], sought: str = "") -> None:
        """Replace everything."""
        self._lines = tuple(lines)
        self._keys = []
        self.narrow(sought)

    def narrow(self, sought: str) -> None:
        """Show only who has all the words somewhere in name, number, class or school."""
        parts = [part for word in sought.split() if (part := squash(word))]
        self.beginResetModel()
        self.shown = self._lines
        if parts:
            self._keys = self._keys or [_key(line) for line in self._lines]
            self.shown = tuple(
                line
                for line, key in zip(self._lines, self._keys, strict=True)
                if all(part in key for part in parts)
            )
        self.endResetModel()

    def line(self, row: int) -> ChaseLine | None:
        """The line in a row."""
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def row_of(self, person_id: str) -> int:
        """Where a person stands; -1 if they are not shown."""
        rows = (row for row, line in enumerate(self.shown) if line.person.id == person_id)
        return next(rows, -1)

    def of_one_school(self) -> bool:
        """Whether the column of schools would say the same in every row."""
        return len({line.person.school for line in self._lines}) < 2

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(headings())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return headings()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cells(line)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return cells(line)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(line)
        return line if role == LINE else None


def spoken(line: ChaseLine) -> str:
    """A row as a sentence."""
    when = when_words(line)
    said = _("{person}: {what}, {when}.") if when else _("{person}: {what}.")
    return said.format(person=line.person.described, what=line.what, when=when)


def _key(line: ChaseLine) -> str:
    person = line.person
    names = (person.first_name, person.preferred_name, *person.other_names, person.last_name)
    parts = (*names, person.number, person.homeroom, person.grade, person.school)
    return " ".join(squash(part) for part in parts if part)

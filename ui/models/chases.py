"""The people to chase as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

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
    """The lines shown now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[ChaseLine, ...] = ()

    def show_lines(self, lines: tuple[ChaseLine, ...]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.shown = lines
        self.endResetModel()

    def line(self, row: int) -> ChaseLine | None:
        """The line in a row."""
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def row_of(self, person_id: str) -> int:
        """Where a person stands; -1 if they are not shown."""
        rows = (row for row, line in enumerate(self.shown) if line.person.id == person_id)
        return next(rows, -1)

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

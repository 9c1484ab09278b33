"""The audit trail as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from smassistant.i18n import _
from smassistant.services.auditing import TrailLine
from ui import words

LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class TrailModel(QAbstractTableModel):
    """When, who, what: newest first."""

    def __init__(self, zone: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._lines: tuple[TrailLine, ...] = ()

    def show_lines(self, lines: Sequence[TrailLine]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("When"), _("Who"), _("What"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        cells = (words.time_word(line.entry.at, self._zone), line.who, line.what)
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("{when}: {who} {what}").format(when=cells[0], who=line.who, what=line.what)
        return line if role == LINE else None

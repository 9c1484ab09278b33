"""A table in which one column is a choice from a list."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

Index = QModelIndex | QPersistentModelIndex
Line = TypeVar("Line")


class ChoiceTable(QAbstractTableModel, Generic[Line]):
    """Lines of one kind; `chosen(line, value)` tells what was picked in the column `choice`."""

    chosen = Signal(object, object)
    choice = 1

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    @abstractmethod
    def titles(self) -> Sequence[str]:
        """The words above the columns."""

    @abstractmethod
    def texts(self, line: Line) -> Sequence[str]:
        """The cells of a line."""

    @abstractmethod
    def value(self, line: Line) -> Any:
        """What is chosen in a line."""

    @abstractmethod
    def options(self, line: Line) -> Sequence[tuple[str, Any]]:
        """What can be chosen in a line: (words, value); no words separate groups."""

    def with_value(self, line: Line, value: Any) -> Line:
        """The line after a choice, shown until the file has been read again."""
        return line

    def is_quiet(self, line: Line) -> bool:
        """Whether a line is shown in the background."""
        return False

    def sentence(self, line: Line) -> str:
        """A line as it is spoken."""
        return ". ".join(text for text in self.texts(line) if text) + "."

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; where there are as many, the place in the table stays."""
        if len(lines) == len(self.lines):
            self.lines = list(lines)
            if lines:
                last = self.index(len(lines) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.titles())

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == self.choice else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.titles()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.texts(line)[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return self.value(line)
        return self.sentence(line) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.lines[index.row()]
        if role != Qt.ItemDataRole.EditRole or value == self.value(line):
            return False
        self.lines[index.row()] = self.with_value(line, value)
        self.dataChanged.emit(index, index)
        self.chosen.emit(line, value)
        return True

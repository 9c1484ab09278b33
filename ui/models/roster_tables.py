"""What was understood of a roster file, as tables: its columns, first rows and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from smassistant.i18n import _
from smassistant.services.importing import RosterPreview
from ui import roster_words as words
from ui.models.choice_table import ChoiceTable

if TYPE_CHECKING:
    from smassistant.services.roster_headings import Column

Index = QModelIndex | QPersistentModelIndex
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of the file; `note` is why it is left out, or examples of what is in it."""

    heading: str
    field: str
    note: str

    @property
    def read(self) -> bool:
        """Whether the column is read at all."""
        return self.field != words.NOT_READ


class ColumnsModel(ChoiceTable[ColumnLine]):
    """Which heading is read as which field."""

    def show_columns(self, columns: Sequence[Column], sample: Sequence[Sequence[str]] = ()) -> None:
        """Show the columns of a file; `sample` holds the first rows of those that are read."""
        self._options = [(text, field) for field, text in words.field_choices()]
        self.show_lines(column_lines(columns, sample))

    def titles(self) -> Sequence[str]:
        return (_("Heading in the file"), _("Read as"), _("What is in it"))

    def texts(self, line: ColumnLine) -> Sequence[str]:
        return (line.heading, words.field_words(line.field), line.note)

    def value(self, line: ColumnLine) -> str:
        return line.field

    def options(self, line: ColumnLine) -> Sequence[tuple[str, Any]]:
        known = any(field == line.field for _text, field in self._options)
        own = [] if known else [(words.field_words(line.field), line.field)]
        return [*own, *self._options]

    def with_value(self, line: ColumnLine, value: Any) -> ColumnLine:
        return replace(line, field=str(value), note="")

    def is_quiet(self, line: ColumnLine) -> bool:
        return not line.read


def column_lines(
    columns: Sequence[Column], sample: Sequence[Sequence[str]] = ()
) -> list[ColumnLine]:
    """The columns of a file in its order, each with examples or the reason it is left out."""
    lines, position = [], 0
    for column in columns:
        if not column.field:
            why = column.left_out.value if column.left_out else "unknown"
            lines.append(ColumnLine(column.heading, words.NOT_READ, words.left_out_words(why)))
            continue
        cells = dict.fromkeys(row[position] for row in sample if row[position])
        position += 1
        blank = _("blank in the first rows") if sample else ""
        examples = " · ".join(list(cells)[:EXAMPLES]) or blank
        field = words.normal_field(column.field)
        lines.append(ColumnLine(column.heading, field, examples))
    return lines


class SampleModel(QAbstractTableModel):
    """The first rows of the columns that are read, under the fields they become."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._titles: list[str] = []
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show_preview(self, preview: RosterPreview | None) -> None:
        """Show the first rows of a file; None drops them."""
        self.beginResetModel()
        columns = preview.roster.columns if preview else ()
        self._titles = [words.field_words(column.field) for column in columns if column.field]
        self._rows = preview.sample if preview else ()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("{what}: {where}").format(what=self._titles[column], where=row[column])
        return None


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A distinct answer in the file and what it is taken for."""

    answer: str
    meaning: bool | None


class AnswersModel(ChoiceTable[AnswerLine]):
    """What each answer means."""

    def show_preview(self, preview: RosterPreview) -> None:
        """Show the answers of a file."""
        self.show_lines([AnswerLine(*item) for item in preview.answers.items()])

    def titles(self) -> Sequence[str]:
        return (_("Answer in the file"), _("Means"))

    def texts(self, line: AnswerLine) -> Sequence[str]:
        return (line.answer, meaning_words(line.meaning))

    def value(self, line: AnswerLine) -> bool | None:
        return line.meaning

    def options(self, line: AnswerLine) -> Sequence[tuple[str, Any]]:
        return [(meaning_words(meaning), meaning) for meaning in (True, False, None)]

    def with_value(self, line: AnswerLine, value: Any) -> AnswerLine:
        return replace(line, meaning=value)


def meaning_words(meaning: bool | None) -> str:
    """What an answer is taken for."""
    if meaning is None:
        return _("Nothing (as if not asked)")
    return _("Yes: permitted") if meaning else _("No: refused")

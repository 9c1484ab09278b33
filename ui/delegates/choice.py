"""A cell to choose in: shows its value with an arrow, and a list when it is opened."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from smassistant.i18n import _
from ui import icons, theme
from ui.models.choice_table import ChoiceTable

Index = QModelIndex | QPersistentModelIndex
ARROW = 14
AROUND = 34  # pixels beside the words and the arrow
ROW = 36
_OPENERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2}


class ChoiceDelegate(QStyledItemDelegate):
    """Quiet lines are muted; the column of choices carries an arrow."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        model = _model(index.model())
        if index.column() == model.choice:
            room = option.rect.width() - ARROW - AROUND
            option.text = option.fontMetrics.elidedText(option.text, option.textElideMode, room)
        if model.is_quiet(model.lines[index.row()]) and index.column() != model.choice:
            muted = theme.colours().muted
            option.palette.setColor(option.palette.ColorRole.Text, muted)
            option.palette.setColor(option.palette.ColorRole.HighlightedText, muted)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() != _model(index.model()).choice:
            super().paint(painter, option, index)
            return
        super().paint(painter, option, index)
        rect = option.rect
        top = rect.center().y() - ARROW // 2
        place = QRect(rect.right() - ARROW - 10, top, ARROW, ARROW)
        icons.icon("down", "muted").paint(painter, place)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = _model(index.model())
        line = model.lines[index.row()]
        combo = QComboBox(parent)
        combo.setAccessibleName(
            _("{what}: {where}").format(
                what=model.titles()[model.choice], where=model.texts(line)[0]
            )
        )
        for text, value in model.options(line):
            if text:
                combo.addItem(text, value)
            else:
                combo.insertSeparator(combo.count())
        combo.activated.connect(lambda _at: self._finish(combo))
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        combo, value = cast(QComboBox, editor), index.data(Qt.ItemDataRole.EditRole)
        rows = (row for row in range(combo.count()) if combo.itemData(row) == value)
        combo.setCurrentIndex(next((row for row in rows if combo.itemText(row)), 0))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        model.setData(index, cast(QComboBox, editor).currentData())

    def _finish(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)


class ChoiceView(QTableView):
    """A table of choices: Return, Space, F2 or a click opens the list of a line; Tab leaves."""

    def __init__(self, model: ChoiceTable[Any], name: str) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(ChoiceDelegate(self))
        self.setAccessibleName(name)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.clicked.connect(self._open_clicked)
        model.modelReset.connect(self._begin)

    def open_list(self, row: int) -> QComboBox | None:
        """Open the list of a line; the combo box that now has the keyboard."""
        index = self._model.index(row, self._model.choice)
        if not index.isValid():
            return None
        self.setCurrentIndex(index)
        self.edit(index)
        editor = self.indexWidget(index)
        if isinstance(editor, QComboBox):
            editor.setFocus()
            editor.showPopup()
            return editor
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENERS and self.currentIndex().isValid():
            self.open_list(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A line is always current when the keyboard comes, so that the arrows work at once."""
        if event.type() == QEvent.Type.FocusIn and not self.currentIndex().isValid():
            self._begin()
        return super().event(event)

    def _open_clicked(self, index: QModelIndex) -> None:
        if index.column() == self._model.choice:
            self.open_list(index.row())

    def _begin(self) -> None:
        if self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, self._model.choice))


def _model(model: QAbstractItemModel) -> ChoiceTable[Any]:
    return cast(ChoiceTable[Any], model)

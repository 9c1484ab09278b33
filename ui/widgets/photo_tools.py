"""The row of tools above a picture, and the line that says what just happened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from smassistant.i18n import _
from ui import icons, theme
from ui.shortcuts import Shortcuts
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.photo_view import PhotoView


class PhotoTools(QWidget):
    """Add a face, take a class, blur the rest, undo, redo, zoom."""

    def __init__(self, view: PhotoView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = theme.note()
        self.add = _button(_("Add a face"), "add", Shortcuts.ADD_FACE.shown)
        self.whole_class = _button(
            _("Whole class…"), "people", _("Everyone of a class but those who are not in it")
        )
        self.blur_rest = _button(_("Blur the rest"), "blur", _("Blur everyone not accounted for"))
        self.undo = _tool(_("Undo"), Shortcuts.UNDO, "undo")
        self.redo = _tool(_("Redo"), Shortcuts.REDO, "redo")
        work = FlowLayout()
        for button in (self.add, self.whole_class, self.blur_rest, self.undo, self.redo):
            work.addWidget(button)
        row = QHBoxLayout(self)
        theme.pad(row)
        row.addLayout(work, 1)
        for sign, words, call in (
            ("−", _("Zoom out"), lambda: view.zoom(False)),
            ("+", _("Zoom in"), lambda: view.zoom(True)),
            ("0", _("Show the whole picture"), view.fit),
        ):
            tool = _tool(f"{words} ({sign})")
            tool.setAccessibleName(words)
            if sign == "0":
                icons.put(tool, "picture")
            else:
                tool.setText(sign)
            tool.clicked.connect(call)
            row.addWidget(tool, alignment=Qt.AlignmentFlag.AlignTop)

    def show_steps(self, stack: QUndoStack) -> None:
        """Which way there is something to undo or do again."""
        self.undo.setEnabled(stack.canUndo())
        self.redo.setEnabled(stack.canRedo())

    def say(self, words: str) -> None:
        """Show and speak what just happened."""
        self.said.setText(words)
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


def _button(words: str, icon: str, said: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.setToolTip(said)
    icons.put(button, icon)
    return button


def _tool(words: str, shortcut: Shortcuts | None = None, icon: str = "") -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(words)
    button.setToolTip(f"{words} ({shortcut.shown})" if shortcut else words)
    if icon:
        icons.put(button, icon)
    return button

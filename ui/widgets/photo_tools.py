"""The row of tools above a picture, and the line that says what just happened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from smassistant.i18n import _
from ui import icons, theme
from ui.shortcuts import Shortcuts
from ui.widgets.photo_view import PhotoView


class PhotoTools(QWidget):
    """Add a face, undo, redo, zoom."""

    def __init__(self, view: PhotoView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = theme.note()
        self.add = _tool(_("Add a face"), Shortcuts.ADD_FACE, "add")
        self.add.setText(_("Add a face"))
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.undo = _tool(_("Undo"), Shortcuts.UNDO, "undo")
        self.redo = _tool(_("Redo"), Shortcuts.REDO, "redo")
        row = QHBoxLayout(self)
        theme.pad(row)
        row.addWidget(self.add)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addWidget(self.said, 1)
        for sign, words, call in (
            ("−", _("Zoom out"), lambda: view.zoom(False)),
            ("+", _("Zoom in"), lambda: view.zoom(True)),
            (_("Whole picture"), _("Show the whole picture"), view.fit),
        ):
            button = _tool(words)
            button.setText(sign)
            button.clicked.connect(call)
            row.addWidget(button)

    def show_steps(self, stack: QUndoStack) -> None:
        """Which way there is something to undo or do again."""
        self.undo.setEnabled(stack.canUndo())
        self.redo.setEnabled(stack.canRedo())

    def say(self, words: str) -> None:
        """Show and speak what just happened."""
        self.said.setText(words)
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


def _tool(words: str, shortcut: Shortcuts | None = None, icon: str = "") -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(words)
    button.setToolTip(f"{words} ({shortcut.shown})" if shortcut else words)
    if icon:
        icons.put(button, icon)
    return button

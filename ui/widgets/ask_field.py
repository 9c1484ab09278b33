"""A field for a few sentences that Enter sends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

ROWS = 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AskField(QPlainTextEdit):
    """Enter, alone or with Ctrl, sends; with Shift it begins a new line. Tab leaves."""

    sent = Signal()

    def __init__(self, rows: int = ROWS) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + 20)

    def words(self) -> str:
        """What was written, without spaces around it."""
        return self.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on Enter."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
        else:
            super().keyPressEvent(event)

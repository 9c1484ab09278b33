"""A place to drop one file on, or to choose it with a button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from smassistant.i18n import _
from ui import theme
from ui.dialogs.files import choose_file
from ui.widgets.forms import symbol


class DropArea(QFrame):
    """Emits `chosen` with the path of the file."""

    chosen = Signal(object)  # Path

    def __init__(self, text: str, kinds: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = kinds
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        self.button = QPushButton(_("Choose a file…"))
        self.button.clicked.connect(self.choose)
        row = QHBoxLayout(self)
        theme.pad(row, theme.SPACE, 12)
        row.addWidget(symbol("file", 28, "muted"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(theme.note(text), 1)
        row.addWidget(self.button)

    def choose(self) -> None:
        """Ask for the file."""
        path = choose_file(self, self.button.text().rstrip("…"), self._kinds)
        if path:
            self.chosen.emit(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_path(event):
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        path = dropped_path(event)
        if path:
            event.acceptProposedAction()
            self.chosen.emit(path)

    def _mark(self, over: bool) -> None:
        self.setProperty("over", over)
        theme.restyle(self)


def dropped_path(event: QDropEvent) -> Path | None:
    """The one local file that is being dragged."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None

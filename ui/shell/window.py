"""The program's one window: it shows a gate or the workspace, never both."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from smassistant.i18n import _
from ui import icons
from ui.memory import Memory

LEAST = (1024, 640)
USUAL = (1280, 740)


class Window(QMainWindow):
    """Remembers its size; `closing` comes before anything is taken apart."""

    closing = Signal()

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self.setWindowTitle(_("SM Assistant"))
        self.setWindowIcon(icons.icon("app"))
        self.setMinimumSize(*LEAST)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        if not memory.restore_size(self, "window"):
            self.resize(*USUAL)

    def show_only(self, widget: QWidget) -> None:
        """Show `widget`; what was shown before is destroyed with everything in it."""
        before = self.takeCentralWidget()
        self.setCentralWidget(widget)
        if before is not None:
            before.hide()
            before.setParent(None)
            before.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._memory.keep_size(self, "window")
        self._memory.save()
        self.closing.emit()
        event.accept()

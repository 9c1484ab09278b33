"""A line that shows how far long work has come, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from smassistant.i18n import _
from smassistant.jobs import Task
from ui import theme

AFTER = 400  # milliseconds; quicker work shows nothing


class ProgressLine(QWidget):
    """Follows one task at a time; appears only when the work takes long enough to notice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._text = theme.note()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self._stop)
        self._timer = QTimer(self, interval=AFTER, singleShot=True)
        self._timer.timeout.connect(self.show)
        column = QVBoxLayout()
        theme.pad(column, 0, 4)
        column.addWidget(self._text)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        theme.pad(row, 0, 12)
        row.addLayout(column, 1)
        row.addWidget(self.cancel)
        self.hide()

    def follow(self, task: Task, text: str) -> None:
        """Show `task`, which does what `text` says, from 400 ms on until `finish`."""
        self._task = task
        self._text.setText(text)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(text)
        self._timer.start()

    def show_progress(self, done: int, total: int, label: str) -> None:
        """What the job runner reports."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if label:
            self._text.setText(label)

    def finish(self) -> None:
        """The work is over, one way or another."""
        self._task = None
        self._timer.stop()
        self.hide()

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()
        self.finish()

"""A dialog of fields whose work is done on a worker; it closes when the work succeeded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from ui import theme
from ui.dialogs.fitted import FittedDialog, chain, tab_stops
from ui.jobs import Lane
from ui.session import Session
from ui.widgets.notice import Notice
from ui.widgets.progress import ProgressLine

T = TypeVar("T")


class FormDialog(FittedDialog):
    """Subclasses fill `column` and implement `save`; `saved` carries what came of it."""

    saved = Signal(object)

    def __init__(self, session: Session, title: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self.notice = Notice()
        self.progress = ProgressLine()
        self.column = QVBoxLayout()
        theme.pad(self.column, 0, theme.SPACE)
        self.cancel, self.verb = QPushButton(_("Cancel")), QPushButton(verb)
        self.verb.setProperty("role", "primary")
        self.verb.setDefault(True)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.verb.clicked.connect(self.save)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.verb)
        whole = QVBoxLayout(self)
        theme.pad(whole, theme.MARGIN, theme.SPACE)
        whole.addWidget(theme.heading(title, 1))
        whole.addWidget(self.notice)
        whole.addLayout(self.column)
        whole.addWidget(self.progress)
        whole.addStretch()
        whole.addLayout(buttons)
        self._ends = (self.progress.cancel, self.cancel, self.verb)
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        """The subclass's fields come before the buttons, which were here first."""
        fields = [widget for widget in tab_stops(self) if widget not in self._ends]
        chain([*fields, *self._ends])
        super().showEvent(event)
        shown = [field for field in fields if field.isVisibleTo(self)]
        if shown:
            shown[0].setFocus()

    def save(self) -> None:
        """Check the fields and start the work."""
        raise NotImplementedError

    def work(self, call: Callable[[Task], T], text: str, lane: Lane = Lane.STORE) -> None:
        """Do the work; close with `saved`, or show what is wrong and stay."""
        self.notice.clear()
        self.verb.setEnabled(False)
        task = self.session.jobs.start(self, call, self._finish, self._refuse, lane=lane)
        self.progress.follow(task, text)
        self.progress.cancel.clicked.connect(lambda: self.verb.setEnabled(True))

    def _finish(self, result: object) -> None:
        self.progress.finish()
        self.saved.emit(result)
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self.progress.finish()
        self.verb.setEnabled(True)
        self.notice.tell(error)

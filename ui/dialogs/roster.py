"""Bringing a roster in: choose the file, see what it would do, then do it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.importing import ImportResult, RosterPreview, import_roster
from ui import theme
from ui.dialogs.fitted import FittedDialog
from ui.session import Session
from ui.widgets.notice import Notice
from ui.widgets.progress import ProgressLine
from ui.widgets.roster_picker import RosterPicker


class RosterDialog(FittedDialog):
    """`imported` carries the result; nothing changes before the primary button is pressed."""

    imported = Signal(object)  # ImportResult

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Bring in a roster"))
        self.setMinimumWidth(640)
        self._session = session
        self.picker = RosterPicker(session.jobs, session.context)
        self.picker.previewed.connect(self._offer)
        self.notice = Notice()
        self.progress = ProgressLine()
        self.cancel, self.save = QPushButton(_("Cancel")), QPushButton(_("Bring in"))
        self.save.setProperty("role", "primary")
        self.save.setEnabled(False)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.bring_in)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addWidget(theme.heading(_("Bring in a roster"), 1))
        column.addWidget(
            theme.note(
                _(
                    "Export the roster from the student system with the permissions in it. You "
                    "see here what would change before anything does."
                )
            )
        )
        for widget in (self.picker, self.notice, self.progress):
            column.addWidget(widget)
        column.addStretch()
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column.addLayout(buttons)
        self.picker.drop.button.setFocus()

    def bring_in(self) -> None:
        """Take in what is previewed, as one step."""
        preview, session = self.picker.preview, self._session
        if preview is None:
            return
        self.save.setEnabled(False)
        self.notice.clear()
        task = session.jobs.start(
            self,
            lambda task: import_roster(session.context, session.user, preview, task),
            self._finish,
            self._refuse,
            self.progress.show_progress,
        )
        self.progress.follow(task, _("Bringing the roster in…"))
        self.finished.connect(task.cancel)

    def _offer(self, preview: RosterPreview | None) -> None:
        self.save.setEnabled(preview is not None)
        if preview is not None:
            self.save.setFocus()

    def _finish(self, result: ImportResult) -> None:
        self.progress.finish()
        self.picker.forget()
        self.imported.emit(result)
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self.progress.finish()
        self.save.setEnabled(True)
        self.notice.tell(error)

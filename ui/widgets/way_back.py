"""Taking back a step that touched many people, with progress and a way to stop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.importing import is_undone
from ui.session import Session
from ui.widgets.progress import ProgressLine


class WayBack(QObject):
    """Offers the undo of one step at a time; `progress` is for the page to place."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._undoing: tuple[str, str] | None = None
        self.progress = ProgressLine(parent)
        self.progress.cancel.clicked.connect(self._tell_stopped)

    def offer(self, done: str, step_id: str, undo: Callable[[Task], object], undone: str) -> None:
        """Say what was `done`; the button beside it runs `undo`, which ends with `undone`."""
        self._session.shell.undo(done, lambda: self._start(step_id, undo, undone))

    def _start(self, step_id: str, undo: Callable[[Task], object], undone: str) -> None:
        self._undoing = (step_id, undone)
        task = self._session.jobs.start(
            self, undo, lambda _result: self._say(undone), self._fail, self.progress.show_progress
        )
        self.progress.follow(task, _("Undoing…"))

    def _say(self, words: str) -> None:
        self._undoing = None
        self.progress.finish()
        self._session.shell.show_banner(words)

    def _fail(self, error: UserError) -> None:
        self._undoing = None
        self.progress.finish()
        more = f"{error.explanation} {error.next_step}".strip()
        self._session.shell.show_banner(error.title, more, kind="error")

    def _tell_stopped(self) -> None:
        """Say what became of a cancelled undo: it may have been over before that was heard."""
        if self._undoing is None:
            return
        session, (step_id, undone) = self._session, self._undoing
        kept = _("Stopped. Nothing was changed.")
        session.jobs.start(
            self,
            lambda _task: is_undone(session.context, session.user, step_id),
            lambda over: self._say(undone if over else kept),
            self._fail,
        )

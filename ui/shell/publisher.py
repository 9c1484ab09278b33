"""Sends what is due while the window is open, locked or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from smassistant.errors import UserError
from smassistant.jobs import Task
from ui.changes import Changes
from ui.jobs import JobRunner, Lane
from ui.shell.opening import School

if TYPE_CHECKING:
    from smassistant.ports import Change

EVERY = 15_000  # milliseconds


class Publisher(QObject):
    """Rounds never overlap; a commit to the outbox starts one at once. `reported` tells of each."""

    reported = Signal(object)  # services.delivering.Report
    failed = Signal(object)  # UserError

    def __init__(self, school: School, jobs: JobRunner, changes: Changes, parent: QObject) -> None:
        super().__init__(parent)
        self._school, self._jobs = school, jobs
        self._running = self._again = False
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.publish)
        changes.committed.connect(self._hear)

    def start(self) -> None:
        """Publish now, and from now on."""
        if not self._timer.isActive():
            self._timer.start()
            self.publish()

    def stop(self) -> None:
        """Start no further round."""
        self._timer.stop()

    @Slot()
    def publish(self) -> None:
        """One round, unless one is running: then one more after it."""
        if self._running:
            self._again = True
        elif self._timer.isActive():
            self._running, self._again = True, False
            school = self._school
            self._jobs.start(
                self, lambda task: _publish(school, task), self._finish, self._fail,
                lane=Lane.NETWORK,
            )  # fmt: skip

    def _hear(self, changes: tuple[Change, ...]) -> None:
        if any(change.kind == "deliveries" for change in changes):
            self.publish()

    def _finish(self, report: object) -> None:
        self.reported.emit(report)
        self._rest()

    def _fail(self, error: UserError) -> None:
        self.failed.emit(error)
        self._again = False  # the timer tries again; at once would only fail again
        self._rest()

    def _rest(self) -> None:
        self._running = False
        if self._again:
            self.publish()


def _publish(school: School, task: Task) -> object:
    from smassistant.services.delivering import publish_due

    return publish_due(school.context, school.reviewer, task)

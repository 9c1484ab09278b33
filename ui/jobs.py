"""Work off the window's thread; what it finds comes back on the window's thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from shiboken6 import isValid

from smassistant.errors import Cancelled, UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.log import log_defect

T = TypeVar("T")

PROGRESS_EVERY = 0.05  # seconds between two reports that reach the window


class Lane(StrEnum):
    """Which workers do a job; jobs of one lane with one worker run in the order they came."""

    STORE = "store"
    CHECKS = "checks"
    NETWORK = "network"
    PHOTOS = "photos"  # whatever asks the process that opens pictures: it may take minutes
    SCREEN = "screen"  # stored pictures on their way to the screen
    SPELLING = "spelling"


WORKERS = dict.fromkeys(Lane, 1) | {Lane.NETWORK: 2}


@dataclass(frozen=True)
class _Job:
    """What the window's thread keeps of a running job; a worker only ever holds its number.

    A worker that dropped the last reference to a widget would destroy it on the wrong thread.
    """

    owner: QObject
    task: Task
    call: Callable[[Task], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[UserError], None] | None
    progress: Callable[[int, int, str], None] | None


class JobRunner(QObject):
    """Runs work in lanes. One for the life of the program; made on the window's thread."""

    _returned = Signal(int, object)  # number of the job, a function of the job

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, _Job] = {}
        self._last = 0
        self._closed = False
        self._pools = {
            lane: ThreadPoolExecutor(count, thread_name_prefix=f"{lane}-lane")
            for lane, count in WORKERS.items()
        }
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        owner: QObject,
        call: Callable[[Task], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
        progress: Callable[[int, int, str], None] | None = None,
        lane: Lane = Lane.STORE,
    ) -> Task:
        """Run `call(task)` in `lane`, then `done(result)` or `failed(error)` on this thread.

        Nothing comes back when `owner` is gone or the task was cancelled by then. An unexpected
        exception arrives at `failed` as a plain sentence. Call it on the window's thread only.
        """
        if QThread.currentThread() is not self.thread():
            raise RuntimeError("jobs are started on the window's thread")
        self._last += 1
        number = self._last
        task = Task(partial(self._report, number, [0.0]))
        if self._closed:
            task.cancel()
            return task
        self._jobs[number] = _Job(owner, task, call, done, failed, progress)
        self._pools[lane].submit(self._work, number)
        return task

    def idle(self) -> bool:
        """Whether no job is running, waiting, or about to hand over its result."""
        return not self._jobs

    def shutdown(self) -> None:
        """Cancel what can be cancelled, wait for what runs, drop all results. For good."""
        self._closed = True
        for job in list(self._jobs.values()):
            job.task.cancel()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._jobs.clear()

    def _work(self, number: int) -> None:
        """On a worker: run the job and send back what became of it."""
        self._returned.emit(number, self._outcome(number))

    def _outcome(self, number: int) -> Callable[[_Job], None]:
        job = self._jobs[number]
        try:
            job.task.check()
            return partial(_succeed, job.call(job.task))
        except Cancelled:
            return _ignore
        except UserError as error:
            return partial(_fail, _stripped(error))
        except Exception as error:  # noqa: BLE001 - the window must hear of it, whatever it is
            log_defect(error)
            return partial(_fail, unexpected())

    def _report(self, number: int, last: list[float], done: int, total: int, label: str) -> None:
        """On a worker: pass on progress, but not more often than a person can see."""
        now = time.monotonic()
        if now - last[0] >= PROGRESS_EVERY or done >= total:
            last[0] = now
            self._returned.emit(number, partial(_progress, done, total, label))

    @Slot(int, object)
    def _deliver(self, number: int, outcome: Callable[[_Job], None]) -> None:
        """On the window's thread: hand over, unless nobody is there to take it."""
        job = self._jobs.get(number)
        if job is None:
            return
        final = not (isinstance(outcome, partial) and outcome.func is _progress)
        if final:
            del self._jobs[number]
        if not isValid(job.owner):
            job.task.cancel()
        if not job.task.cancelled:
            outcome(job)


def _succeed(result: Any, job: _Job) -> None:
    if job.done:
        job.done(result)


def _fail(error: UserError, job: _Job) -> None:
    if job.failed:
        job.failed(error)


def _progress(done: int, total: int, label: str, job: _Job) -> None:
    if job.progress:
        job.progress(done, total, label)


def _ignore(job: _Job) -> None:
    """A cancelled job has nothing to say."""


def _stripped(error: UserError) -> UserError:
    """The error without its frames, which hold the job's objects alive on the worker."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


def unexpected() -> UserError:
    """What a person is told about a defect of the program."""
    return UserError(
        _("Something went wrong inside the program."),
        _("What you had saved is safe."),
        _("Try once more; if it happens again, tell whoever looks after this program."),
    )

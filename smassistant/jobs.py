"""A piece of work that reports progress and can be cancelled, on whatever thread it runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from smassistant.errors import Cancelled

Progress = Callable[[int, int, str], None]


def _silent(done: int, total: int, label: str) -> None:
    """Progress that nobody watches."""


@dataclass
class Task:
    """Handed to long work, which calls `report` for progress and `check` to learn of a cancel."""

    progress: Progress = _silent
    _cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the work to stop at its next `check`."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked the work to stop."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked the work to stop."""
        if self._cancelled.is_set():
            raise Cancelled

    def report(self, done: int, total: int, label: str = "") -> None:
        """Say that `done` of `total` steps are finished; also a cancel point."""
        self.check()
        self.progress(done, total, label)

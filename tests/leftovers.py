"""What a test left running: threads and Qt timers."""

from __future__ import annotations

import threading
import traceback
from time import monotonic
from typing import Any

import pytest

GRACE = 2.0  # seconds for a thread that was told to end


def leftover_threads(before: set[threading.Thread]) -> list[str]:
    """Names of the threads started since `before` that don't end within the grace."""
    deadline = monotonic() + GRACE
    left = []
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, deadline - monotonic()))
        if thread.is_alive() and not isinstance(thread, threading._DummyThread):
            left.append(thread.name)
    return sorted(left)


class LeftoverTimers:
    """Notes every QTimer started from Python while a test runs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from PySide6.QtCore import QTimer

        self._started: dict[int, tuple[Any, str]] = {}
        start = QTimer.start

        def noted(timer: QTimer, *args: Any) -> None:
            start(timer, *args)
            # The timer is kept by reference: an id alone could be given to another object.
            self._started[id(timer)] = (timer, _caller())

        monkeypatch.setattr(QTimer, "start", noted)

    def still_active(self) -> list[str]:
        """Where the timers that are still active were started."""
        from PySide6.QtCore import QCoreApplication, QEvent
        from shiboken6 import isValid

        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return [
            where for timer, where in self._started.values() if isValid(timer) and timer.isActive()
        ]


def _caller() -> str:
    frame = traceback.extract_stack(limit=3)[0]
    return f"{frame.filename}:{frame.lineno}"

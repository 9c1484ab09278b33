"""Garbage is collected on the window's thread only: a worker that frees a widget crashes Qt."""

from __future__ import annotations

import gc
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

EVERY = 100  # milliseconds: often, so that no round is long enough to be felt
AT_ONCE = 4000  # objects that are freed in one go: a few milliseconds

_holders: set[int] = set()


def hold(holder: object) -> None:
    """Collect nothing while `holder` makes a hundred thousand objects that are no garbage."""
    _holders.add(id(holder))


def release(holder: object, keep: bool = False) -> None:
    """Collect again; `keep`: what there is now will stay for a while, so look past it."""
    _holders.discard(id(holder))
    if keep:
        gc.freeze()
    else:
        gc.unfreeze()


def let_go(things: list[object]) -> None:
    """Free many objects a few at a time, so that nobody feels it; empties `things`."""
    del things[-AT_ONCE:]
    if things:
        QTimer.singleShot(0, partial(let_go, things))


class Collector(QObject):
    """Does what Python's own collector would do, at a moment of its choosing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the generations that are due by Python's own thresholds."""
        if _holders:
            return
        due = [
            number
            for number, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > limit
        ]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Give the work back to Python."""
        self._timer.stop()
        gc.enable()

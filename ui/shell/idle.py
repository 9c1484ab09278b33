"""Notices that nobody uses the window (clause 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from smassistant.domain.idle import IdleRule, IdleState

if TYPE_CHECKING:
    from smassistant.ports import Clock

EVERY = 1000  # milliseconds

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
        QEvent.Type.Drop,
    }
)


class IdleWatch(QObject):
    """Counts only what a person does; `expired` when they have done nothing for too long."""

    expired = Signal()

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)

    def start(self, minutes: int, clock: Clock) -> None:
        """Watch from now on."""
        self._clock = clock
        self.limit(minutes)
        self._state = IdleState(clock.monotonic(), clock.now())
        self._app.installEventFilter(self)
        self._timer.start()

    def limit(self, minutes: int) -> None:
        """Lock after another time; the use so far counts as before."""
        self._rule = IdleRule(minutes * 60)

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._app.removeEventFilter(self)

    @Slot()
    def look(self) -> None:
        """Compare the clocks with the rule."""
        if self._rule.must_lock(self._state, self._clock.monotonic(), self._clock.now()):
            self.stop()
            self.expired.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what a person does; the first touch after the limit locks instead of renewing."""
        if event.type() in _INPUT and event.spontaneous():
            self.look()
            if self._timer.isActive():
                clock = self._clock
                self._state = self._rule.touched(self._state, clock.monotonic(), clock.now())
        return False

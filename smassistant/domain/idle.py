"""When an unused window locks (clause 3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# How far the wall clock may run ahead of the running clock before the computer must have slept.
SLEPT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class IdleState:
    """When the window was last used, on both clocks: `monotonic` in seconds, `wall` aware."""

    monotonic: float
    wall: datetime


@dataclass(frozen=True, slots=True)
class IdleRule:
    """Locks after `limit_seconds` without use, and after the computer slept.

    The running clock stands still in sleep on some systems, so sleep is seen by the wall clock
    having run ahead of it. A wall clock set back does not lock.
    """

    limit_seconds: float

    def must_lock(self, state: IdleState, monotonic: float, wall: datetime) -> bool:
        """Whether the window has to lock now."""
        idle = monotonic - state.monotonic
        slept = (wall - state.wall).total_seconds() - idle
        return idle >= self.limit_seconds or slept > SLEPT_SECONDS

    def touched(self, state: IdleState, monotonic: float, wall: datetime) -> IdleState:
        """The state after a use of the window.

        Past the deadline nothing is renewed: otherwise the key press that wakes the computer
        would open the session of whoever left it.
        """
        if self.must_lock(state, monotonic, wall):
            return state
        return IdleState(monotonic, wall)

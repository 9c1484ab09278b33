"""A clock that moves only by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MONDAY = datetime(2026, 9, 14, 15, 0, tzinfo=UTC)  # nine in the morning in Alberta


class HandClock:
    """Implements `ports.Clock`."""

    def __init__(self, instant: datetime = MONDAY) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant

    def monotonic(self) -> float:
        return self.instant.timestamp()

    def pass_time(self, **span: float) -> None:
        """Move on by a `timedelta` given in its own words."""
        self.instant += timedelta(**span)

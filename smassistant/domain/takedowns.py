"""Posts that have to come down because of a person, and the table of each one's way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from smassistant.errors import IllegalStep


class TakedownState(StrEnum):
    """Where a take-down stands. KEPT: somebody decided, with a reason, that the post stays."""

    OPEN = "open"
    REMOVING = "removing"
    GONE = "gone"
    KEPT = "kept"


_S = TakedownState

STEPS: dict[TakedownState, frozenset[TakedownState]] = {
    _S.OPEN: frozenset({_S.REMOVING, _S.GONE, _S.KEPT}),
    _S.REMOVING: frozenset({_S.OPEN, _S.GONE, _S.KEPT}),
    _S.GONE: frozenset({_S.OPEN}),  # it was seen again
    _S.KEPT: frozenset({_S.OPEN}),
}

CLOSED = frozenset({_S.GONE, _S.KEPT})


@dataclass(frozen=True, slots=True)
class Takedown:
    """One person × one published post, on one account where `delivery_id` says which.

    `reason` is why it has to come down, `note` what was last said about it.
    """

    id: str
    person_id: str
    post_id: str
    delivery_id: str
    reason: str
    state: TakedownState
    opened_by: str
    opened_at: datetime
    closed_at: datetime | None = None
    note: str = ""
    version: int = 0


def move(takedown: Takedown, to: TakedownState, now: datetime, note: str = "") -> Takedown:
    """The take-down after the step to `to`; raises `IllegalStep` where the table has none."""
    if to not in STEPS[takedown.state]:
        raise IllegalStep(f"a take-down can't go from {takedown.state} to {to}")
    closed = now if to in CLOSED else None
    return replace(takedown, state=to, closed_at=closed, note=note or takedown.note)

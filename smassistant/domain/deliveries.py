"""One post on its way to one account, and the table of that way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from smassistant.errors import IllegalStep


class DeliveryState(StrEnum):
    """Where a delivery stands. SENDING with `armed_at` set may have been seen by readers."""

    PLANNED = "planned"
    SENDING = "sending"
    PUBLISHED = "published"
    RETRY = "retry"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    HELD = "held"
    MISSED = "missed"
    REMOVING = "removing"
    REMOVED = "removed"


_S = DeliveryState

STEPS: dict[DeliveryState, frozenset[DeliveryState]] = {
    _S.PLANNED: frozenset({_S.SENDING, _S.HELD, _S.MISSED}),
    _S.SENDING: frozenset({_S.PUBLISHED, _S.RETRY, _S.REFUSED, _S.UNCERTAIN, _S.HELD, _S.PLANNED}),
    _S.PUBLISHED: frozenset({_S.REMOVING}),
    _S.RETRY: frozenset({_S.SENDING, _S.HELD, _S.MISSED, _S.REFUSED}),
    _S.REFUSED: frozenset({_S.PLANNED}),
    _S.UNCERTAIN: frozenset({_S.PUBLISHED, _S.PLANNED}),
    _S.HELD: frozenset({_S.PLANNED}),
    _S.MISSED: frozenset({_S.PLANNED}),
    _S.REMOVING: frozenset({_S.REMOVED, _S.PUBLISHED}),
    _S.REMOVED: frozenset(),
}

# States in which a person has to do something.
NEEDS_PERSON = frozenset({_S.REFUSED, _S.UNCERTAIN, _S.HELD, _S.MISSED})

# Past its due time by more than this a post is missed and asks, it never goes out late by itself.
GRACE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One post × one account: the outbox row.

    `marker` is what the connector wrote down before sending so that it can find its own post
    again; `parts` maps picture ids to what the platform answered for their upload. `armed_at` is
    set and committed before the one irreversible call. `lease_owner` and `lease_until` say which
    program works on it; `fence` grows with each claim and guards each later write. `reads` counts
    the read-backs made while uncertain.
    """

    id: str
    post_id: str
    account_id: str
    state: DeliveryState
    due_at: datetime
    content_hash: str
    marker: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    armed_at: datetime | None = None
    lease_owner: str = ""
    lease_until: datetime | None = None
    fence: int = 0
    attempts: int = 0
    next_at: datetime | None = None
    reads: int = 0
    remote_id: str = ""
    remote_url: str = ""
    published_at: datetime | None = None
    problem: str = ""


def move(delivery: Delivery, to: DeliveryState) -> Delivery:
    """The delivery after the step to state `to`; raises `IllegalStep` where the table has none."""
    if to not in STEPS[delivery.state]:
        raise IllegalStep(f"a delivery can't go from {delivery.state} to {to}")
    return replace(delivery, state=to)


def is_late(delivery: Delivery, now: datetime) -> bool:
    """Whether the due time passed so long ago that a person has to be asked."""
    return now - delivery.due_at > GRACE

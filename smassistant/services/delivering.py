"""The outbox: send what is due, once, and know what became of it.

A delivery is claimed with a lease and a fence, its pictures are uploaded (invisible to readers,
safe to repeat), an *armed* row is committed, and only then comes the one irreversible call. What
crashes before the armed row is tried again; what crashes after it is uncertain and looked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from smassistant.context import Context
from smassistant.domain.deliveries import NEEDS_PERSON, Delivery, DeliveryState
from smassistant.errors import Cancelled, Clash, UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.ports import Connector, Parcel, ParcelPicture, Sent, SurelyRefused, TryLater
from smassistant.services.concluding import conclude, doubt, settle, try_later
from smassistant.services.packing import pack
from smassistant.services.rechecking import Held, Outgoing, arm, load, recheck
from smassistant.services.recovering import by_hand, look_for_uncertain, miss_late, settle_leases
from smassistant.services.reviewing import Reviewer

_S = DeliveryState
_log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)

Boundary = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What one round did: how many it published, how many wait, how many need a person."""

    published: int = 0
    waiting: int = 0
    failed: int = 0


@dataclass(frozen=True)
class _Errand:
    """Everything needed to send one parcel to one account. Holds a secret: never shown."""

    outgoing: Outgoing
    connector: Connector
    secret: str
    parcel: Parcel

    def upload(self, picture: ParcelPicture, task: Task) -> str:
        return self.connector.upload(picture, self.outgoing.account, self.secret, task)

    def send(self, delivery: Delivery) -> Sent:
        return self.connector.send(
            self.parcel, self.outgoing.account, self.secret, delivery.marker, delivery.parts
        )

    def __repr__(self) -> str:
        return f"_Errand({self.outgoing.delivery.id})"


def _pass(boundary: str) -> None:
    """The boundary nobody watches; crash tests hand in one that kills the program."""


def publish_due(
    context: Context, reviewer: Reviewer, task: Task | None = None, at: Boundary = _pass
) -> Report:
    """Send everything that is due, each delivery at most once, and look for uncertain ones.

    `at` is told of each state boundary right after its commit: claimed, uploaded, armed, sent,
    published. Deliveries by hand wait for their person. Nothing is sent while paused.
    """
    task = task or Task()
    settle_leases(context)
    look_for_uncertain(context, task)
    miss_late(context)
    due = _due(context)
    for delivery in due:
        task.check()
        _deliver(context, reviewer, delivery, task, at)
    return _report(context, frozenset(delivery.id for delivery in due))


def _due(context: Context) -> tuple[Delivery, ...]:
    """Deliveries that a connector can send now, longest due first."""
    now = context.clock.now()
    with context.store.read() as work:
        if work.settings.get().paused:
            return ()
        rows = work.deliveries.list((_S.PLANNED, _S.RETRY))
        ready = [
            row
            for row in rows
            if row.due_at <= now
            and (row.next_at is None or row.next_at <= now)
            and not by_hand(context, work, row)
        ]
    return tuple(sorted(ready, key=lambda row: row.due_at))


def _deliver(context: Context, reviewer: Reviewer, due: Delivery, task: Task, at: Boundary) -> None:
    """Take one delivery to its outcome; nothing if another program took it first."""
    now = context.clock.now()
    with context.store.write() as work:
        claimed = work.deliveries.claim(due.id, context.owner, now, now + LEASE)
    if claimed is None:
        return
    at("claimed")
    try:
        ready = _ready(context, reviewer, claimed, task, at)
        if ready is not None:
            _send(context, *ready, at)
    except Clash:
        return  # the lease was lost: whoever holds it now decides


def _ready(
    context: Context, reviewer: Reviewer, delivery: Delivery, task: Task, at: Boundary
) -> tuple[_Errand, Delivery] | None:
    """Check, upload and arm; None where it went no further. Readers have seen nothing yet."""
    try:
        errand = _errand(context, reviewer, delivery)
        delivery = _uploaded(context, errand, delivery, task, at)
        delivery = arm(context, reviewer, replace(errand.outgoing, delivery=delivery), LEASE)
    except Clash:
        raise
    except Held as held:
        settle(context, delivery, _S.HELD, held.title)
    except SurelyRefused as refused:
        settle(context, delivery, _S.REFUSED, str(refused))
    except TryLater as later:
        try_later(context, delivery, later.title, later.until)
    except Cancelled:
        try_later(context, delivery, "")
        raise
    except Exception as unseen:  # noqa: BLE001 - one bad post must not stop the others
        _log.warning("delivery %s failed before sending: %s", delivery.id, type(unseen).__name__)
        known = isinstance(unseen, UserError)
        try_later(context, delivery, str(unseen) if known else _("Something unexpected failed."))
    else:
        at("armed")
        return errand, delivery
    return None


def _errand(context: Context, reviewer: Reviewer, delivery: Delivery) -> _Errand:
    """Recheck, then gather what sending needs; `Held` where the post must not go."""
    outgoing = load(context, delivery)
    recheck(context, reviewer, outgoing)
    account = outgoing.account
    secret = context.credentials.get(account.id)
    if secret is None:
        raise Held(
            _("The account's app password is not on this computer: connect the account again.")
        )
    parcel = pack(context, outgoing.post, account)
    return _Errand(outgoing, context.connectors[account.connector], secret, parcel)


def _uploaded(
    context: Context, errand: _Errand, delivery: Delivery, task: Task, at: Boundary
) -> Delivery:
    """Upload the pictures not uploaded yet, storing each answer at once and renewing the lease."""
    if not delivery.marker:
        marker = errand.connector.marker(
            errand.parcel, errand.outgoing.account, context.clock.now()
        )
        delivery = replace(delivery, marker=marker)
    for picture in errand.parcel.pictures:
        if picture.id in delivery.parts:
            continue
        parts = {**delivery.parts, picture.id: errand.upload(picture, task)}
        delivery = replace(delivery, parts=parts, lease_until=context.clock.now() + LEASE)
        with context.store.write() as work:
            work.deliveries.save(delivery)
        at("uploaded")
    return delivery


def _send(context: Context, errand: _Errand, delivery: Delivery, at: Boundary) -> None:
    """The one irreversible call; whatever is not certain afterwards is uncertain."""
    try:
        sent = errand.send(delivery)
    except SurelyRefused as refused:
        settle(context, delivery, _S.REFUSED, str(refused))
    except TryLater as later:
        try_later(context, delivery, later.title, later.until)
    except Exception as unknown:  # noqa: BLE001 - a defect here must never lead to a second post
        doubt(context, delivery, unknown)
    else:
        at("sent")
        conclude(context, delivery, sent)
        at("published")


def _report(context: Context, tried: frozenset[str]) -> Report:
    with context.store.read() as work:
        rows = work.deliveries.list(_S)
    return Report(
        sum(row.state is _S.PUBLISHED and row.id in tried for row in rows),
        sum(row.state in (_S.PLANNED, _S.RETRY, _S.SENDING) for row in rows),
        sum(row.state in NEEDS_PERSON for row in rows),
    )

"""Taking up deliveries that a crash, a lost answer or a closed lid left behind."""

from __future__ import annotations

from dataclasses import replace

from smassistant.context import Context
from smassistant.domain.deliveries import Delivery, DeliveryState, is_late, move
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.ports import Work
from smassistant.services.concluding import QUIET, WAITS, conclude, note, settle
from smassistant.services.rechecking import load

_S = DeliveryState


def by_hand(context: Context, work: Work, row: Delivery) -> bool:
    """Whether a person, not a connector, publishes this delivery."""
    account = work.accounts.get(row.account_id)
    return account is not None and context.connectors[account.connector].by_hand


def settle_leases(context: Context) -> None:
    """Take up what a crashed program left: not armed, try again; armed, nobody knows."""
    now = context.clock.now()
    with context.store.write() as work:
        for row in work.deliveries.list((_S.SENDING,)):
            if row.lease_until is not None and row.lease_until >= now:
                continue
            left = replace(row, lease_owner="", lease_until=None, reads=0)
            if row.armed_at is None:
                left = move(left, _S.RETRY)
            else:
                left = replace(
                    move(left, _S.UNCERTAIN),
                    problem=_("The program was interrupted while it was publishing."),
                    next_at=None if by_hand(context, work, row) else now + QUIET,
                )
            work.deliveries.save(left)
            note(context, work, left)


def look_for_uncertain(context: Context, task: Task) -> None:
    """Read accounts back: what is found is published, what is surely absent is planned again.

    Where neither can be said after four looks, a person is asked; nothing is sent again blindly.
    """
    now = context.clock.now()
    with context.store.read() as work:
        rows = work.deliveries.list((_S.UNCERTAIN,))
    for row in rows:
        task.check()
        if row.next_at is not None and row.next_at <= now:
            _look_for(context, row)


def miss_late(context: Context) -> None:
    """A post whose time passed long ago (the computer was off) asks instead of going out late."""
    now = context.clock.now()
    with context.store.write() as work:
        for row in work.deliveries.list((_S.PLANNED, _S.RETRY)):
            if is_late(row, now) and not by_hand(context, work, row):
                problem = _("Its time passed while the program could not publish.")
                missed = replace(move(row, _S.MISSED), problem=problem)
                work.deliveries.save(missed)
                note(context, work, missed)


def _look_for(context: Context, row: Delivery) -> None:
    """One look at the account for one uncertain post."""
    try:
        account = load(context, row).account
        secret = context.credentials.get(account.id) or ""
        found = context.connectors[account.connector].find(account, secret, row.marker)
    except UserError as unclear:
        _look_later(context, row, unclear.title)
        return
    if found is not None:
        conclude(context, row, found)
    else:
        settle(context, row, _S.PLANNED)


def _look_later(context: Context, row: Delivery, problem: str) -> None:
    """Look again after a longer wait, or stop looking and leave it to a person."""
    reads = row.reads + 1
    next_at = context.clock.now() + WAITS[reads] if reads < len(WAITS) else None
    with context.store.write() as work:
        work.deliveries.save(replace(row, reads=reads, next_at=next_at, problem=problem))

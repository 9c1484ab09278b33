"""Publishing by hand: the program readies everything, a person posts, the address comes back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from smassistant.connectors.by_hand import check_address, write_out
from smassistant.context import Context
from smassistant.domain.deliveries import Delivery, DeliveryState, move
from smassistant.domain.places import PLACES
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Sent
from smassistant.services.acting import gone, require
from smassistant.services.concluding import conclude, note, settle
from smassistant.services.packing import pack
from smassistant.services.rechecking import Held, arm, load
from smassistant.services.reviewing import Reviewer

_S = DeliveryState
LEASE = timedelta(hours=2)  # afterwards the program asks whether it was posted


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person needs to post: the text, a folder of ready pictures, the site's address."""

    text: str
    folder: Path
    files: tuple[Path, ...]
    home: str


def begin_by_hand(context: Context, actor: User, reviewer: Reviewer, delivery_id: str) -> ByHand:
    """Check once more, then write the ready pictures out; the delivery now waits for its address.

    The pictures lie in the outbox folder until `finish_by_hand` or `give_up_by_hand`.
    """
    require(actor, Right.PUBLISH, Right.WRITE_POSTS)
    now = context.clock.now()
    with context.store.write() as work:
        claimed = work.deliveries.claim(delivery_id, context.owner, now, now + LEASE)
    if claimed is None:
        raise UserError(
            _("This post is not ready to be posted by hand now."),
            _("It is not due yet, is held, or somebody else is posting it."),
            _("Look at it again in the list."),
        )
    try:
        outgoing = load(context, claimed)
        parcel = pack(context, outgoing.post, outgoing.account)
        armed = arm(context, reviewer, outgoing, LEASE)
        folder = context.outbox / armed.id
        files = write_out(parcel, folder)
    except Held as held:
        settle(context, claimed, _S.HELD, held.title)
        raise
    except UserError as error:
        settle(context, claimed, _S.PLANNED, error.title)
        raise
    home = outgoing.account.address or PLACES[outgoing.account.place].home
    return ByHand(parcel.text, folder, files, home)


def finish_by_hand(context: Context, actor: User, delivery_id: str, address: str) -> Delivery:
    """Record the address where the post stands and take the pictures out of the outbox."""
    require(actor, Right.PUBLISH, Right.WRITE_POSTS)
    row = _row(context, delivery_id, _S.SENDING, _S.UNCERTAIN)
    account = load(context, row).account
    url = check_address(address, account)
    done = conclude(context, row, Sent(url, url), actor)
    _clear(context, row)
    return done


def give_up_by_hand(context: Context, actor: User, delivery_id: str) -> Delivery:
    """It was not posted after all: it waits again."""
    require(actor, Right.PUBLISH, Right.WRITE_POSTS)
    row = _row(context, delivery_id, _S.SENDING, _S.UNCERTAIN)
    planned = settle(context, row, _S.PLANNED, actor=actor)
    _clear(context, row)
    return planned


def settle_uncertain(
    context: Context, actor: User, delivery_id: str, stands: bool, address: str = ""
) -> Delivery:
    """A person looked at the account: the post stands there, or it does not."""
    require(actor, Right.PUBLISH)
    row = _row(context, delivery_id, _S.UNCERTAIN)
    if not stands:
        return settle(context, row, _S.PLANNED, actor=actor)
    account = load(context, row).account
    url = check_address(address, account) if address.strip() else account.address
    return conclude(context, row, Sent(row.remote_id or url, url), actor)


def try_again(context: Context, actor: User, delivery_id: str) -> Delivery:
    """Plan a held, missed or refused delivery again, for now."""
    require(actor, Right.PUBLISH)
    row = _row(context, delivery_id, _S.HELD, _S.MISSED, _S.REFUSED)
    fresh = replace(
        move(row, _S.PLANNED),
        due_at=context.clock.now(),
        next_at=None,
        problem="",
        attempts=0,
        parts={},
    )
    with context.store.write() as work:
        work.deliveries.save(fresh)
        note(context, work, fresh, actor)
    return fresh


def _row(context: Context, delivery_id: str, *states: DeliveryState) -> Delivery:
    """The delivery, if it is in one of the states."""
    with context.store.read() as work:
        row = work.deliveries.get(delivery_id)
    if row is None:
        raise gone(_("This delivery"))
    if row.state not in states:
        raise UserError(
            _("This post has moved on in the meantime."), "", _("Look at it again in the list.")
        )
    return row


def _clear(context: Context, row: Delivery) -> None:
    """Pictures of children don't stay behind in a folder."""
    shutil.rmtree(context.outbox / row.id, ignore_errors=True)

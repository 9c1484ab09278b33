"""The list of posts that have to come down because of a person, and how far each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from smassistant.context import Context
from smassistant.domain.consents import Use, rule
from smassistant.domain.deliveries import Delivery
from smassistant.domain.people import Person
from smassistant.domain.places import PLACES, Account
from smassistant.domain.posts import Post
from smassistant.domain.sightings import Cause
from smassistant.domain.takedowns import STEPS, Takedown, TakedownState, move
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Work, today_in
from smassistant.services.acting import gone, new_id, record, require
from smassistant.services.barring_pictures import bar_pictures, lift_taken_down, showing_person
from smassistant.services.touching import LIVE, Touched

OPENED = TakedownState.OPEN


@dataclass(frozen=True, slots=True)
class TakedownLine:
    """A take-down with whom it is about, the post, and the account where it is live.

    `person` is None for somebody who is no longer in the registry.
    """

    takedown: Takedown
    person: Person | None
    post: Post | None
    delivery: Delivery | None
    account: Account | None


def open_takedowns(
    context: Context, actor: User, person_id: str, post_ids: Iterable[str], reason: str
) -> tuple[Takedown, ...]:
    """Put posts on the take-down list, once for each account where readers may see them.

    What is on the list already is not put there again.
    """
    require(actor, Right.KEEP_REGISTRY, Right.PUBLISH)
    if not reason.strip():
        raise UserError(_("Please say why the post has to come down."))
    with context.store.write() as work:
        if work.people.get(person_id) is None:
            raise gone(_("This person"))
        wanted: list[tuple[str, str]] = []
        for post_id in dict.fromkeys(post_ids):
            if work.posts.get(post_id) is None:
                raise gone(_("This post"))
            live = [row for row in work.deliveries.of_post(post_id) if row.state in LIVE]
            wanted += [(post_id, row.id) for row in live] or [(post_id, "")]
        return tuple(_open(context, work, actor, person_id, wanted, reason.strip()))


def open_for_denial(
    context: Context, work: Work, actor: User, touched: Iterable[Touched], reason: str
) -> int:
    """Open take-downs for those live posts that need a permission no longer there; how many.

    Runs in the unit of work `work`, after what was decided has been written in it.
    """
    opened = 0
    accounts = {account.id: account for account in work.accounts.list()}
    for one in touched:
        wanted = [
            (one.post.id, row.id)
            for row in one.live
            if row.account_id in accounts
            and _denied(context, work, one.person_id, one.uses, accounts[row.account_id])
        ]
        opened += len(list(_open(context, work, actor, one.person_id, wanted, reason)))
    return opened


def _bar_or_allow(context: Context, work: Work, actor: User, moved: Takedown) -> None:
    """Whoever had to come down may not be shown again by the same picture; what stays may."""
    if moved.state is TakedownState.KEPT:
        lift_taken_down(context, work, actor, moved.post_id, moved.note)
    post = work.posts.get(moved.post_id)
    if moved.state is TakedownState.GONE and post is not None:
        pictures = showing_person(work, post, moved.person_id)
        bar_pictures(context, work, actor, post, pictures, Cause.TAKEN_DOWN, moved.reason)


def _denied(
    context: Context, work: Work, person_id: str, uses: Iterable[Use], account: Account
) -> bool:
    person = work.people.get(person_id)
    if person is None:
        return False
    history = work.consents.of(person_id)
    day = today_in(work.settings.get().zone, context.clock.now())
    channel = PLACES[account.place].channel
    return not all(rule(person, history, use, channel, day).permitted for use in uses)


def _open(
    context: Context,
    work: Work,
    actor: User,
    person_id: str,
    wanted: Iterable[tuple[str, str]],
    reason: str,
) -> Iterator[Takedown]:
    known = {
        (row.post_id, row.delivery_id)
        for row in work.takedowns.of_person(person_id)
        if row.closed_at is None
    }
    for post_id, delivery_id in wanted:
        if (post_id, delivery_id) in known:
            continue
        takedown = Takedown(
            new_id(), person_id, post_id, delivery_id, reason, OPENED, actor.id,
            context.clock.now(),
        )  # fmt: skip
        work.takedowns.add(takedown)
        record(context, work, actor, "takedown.opened", post_id, {"person": person_id})
        yield takedown


def list_takedowns(
    context: Context, actor: User, open_only: bool = True
) -> tuple[TakedownLine, ...]:
    """The take-downs, open ones first, then the newest."""
    require(actor, Right.KEEP_REGISTRY, Right.PUBLISH, Right.SEE_TRAIL)
    with context.store.read() as work:
        found = work.takedowns.list(open_only)
        people = work.people.of_many({takedown.person_id for takedown in found})
        accounts = {account.id: account for account in work.accounts.list()}
        posts = {key: work.posts.get(key) for key in {row.post_id for row in found}}
        rows = {
            row.delivery_id: work.deliveries.get(row.delivery_id)
            for row in found
            if row.delivery_id
        }
    lines = []
    for takedown in found:
        delivery = rows.get(takedown.delivery_id)
        account = accounts.get(delivery.account_id) if delivery is not None else None
        person, post = people.get(takedown.person_id), posts[takedown.post_id]
        lines.append(TakedownLine(takedown, person, post, delivery, account))
    return tuple(lines)


def move_takedown(
    context: Context, actor: User, takedown_id: str, to: TakedownState, note: str = ""
) -> Takedown:
    """Say how far a take-down is. To let a post stay or to open it again needs a reason."""
    require(actor, Right.KEEP_REGISTRY, Right.PUBLISH)
    with context.store.write() as work:
        takedown = work.takedowns.get(takedown_id)
        if takedown is None:
            raise gone(_("This take-down"))
        if to not in STEPS[takedown.state]:
            raise UserError(
                _("Somebody else has moved this take-down on."),
                next_step=_("Look at the list again."),
            )
        reopened = to is OPENED and takedown.closed_at is not None
        if (to is TakedownState.KEPT or reopened) and not note.strip():
            raise UserError(_("Please say why."), _("The reason is kept with the take-down."))
        moved = work.takedowns.save(move(takedown, to, context.clock.now(), note.strip()))
        record(
            context, work, actor, f"takedown.{to.value}", takedown.post_id,
            {"person": takedown.person_id, "reason": note.strip()},
        )  # fmt: skip
        _bar_or_allow(context, work, actor, moved)
    return moved

"""The last look before a post goes out: permissions, approval and account at that moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from smassistant.context import Context
from smassistant.domain.deliveries import Delivery
from smassistant.domain.places import Account
from smassistant.domain.posts import Post, PostState
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Work
from smassistant.services.acting import gone, record
from smassistant.services.binding import read_bindings
from smassistant.services.recognising_pictures import read_sightings
from smassistant.services.reviewing import Reviewer

_SENDABLE = frozenset({PostState.SCHEDULED, PostState.PUBLISHED})


class Held(UserError):
    """The post must not go out as things stand; `title` says why."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed delivery with the post and the account it belongs to."""

    delivery: Delivery
    post: Post
    account: Account


def load(context: Context, delivery: Delivery) -> Outgoing:
    """The delivery's post and account as they stand now."""
    with context.store.read() as work:
        return _loaded(work, delivery)


def recheck(context: Context, reviewer: Reviewer, outgoing: Outgoing) -> int:
    """Raise `Held` with the reason if the post may not go out today (clause 4.1).

    Returns the registry's revision that the answer holds for.
    """
    _hold_unless_approved(outgoing)
    review = reviewer.review(outgoing.post, day=reviewer.today())
    standing = review.unanswered or review.undecided
    if standing:
        raise Held(
            _("Something changed since the approval: {finding}").format(finding=standing[0].message)
        )
    return review.revision


def arm(context: Context, reviewer: Reviewer, outgoing: Outgoing, lease: timedelta) -> Delivery:
    """Commit that the one irreversible call comes next, on facts that hold at this moment.

    The lease begins anew, so that the call itself is never overtaken by another program.

    The checks run outside the transaction; if the registry or an answer of the privacy office
    changed meanwhile they run again, so that a withdrawal or a no is never overtaken.
    """
    while True:
        with context.store.read() as work:
            answers = _answers(work, outgoing.post)
        revision = recheck(context, reviewer, outgoing)
        with context.store.write() as work:
            if work.people.revision() != revision:
                continue
            if _answers(work, outgoing.post) != answers:
                continue
            if work.settings.get().paused:
                raise Held(_("Publishing is paused."))
            fresh = _loaded(work, outgoing.delivery)
            _hold_unless_approved(fresh)
            now = context.clock.now()
            armed = replace(outgoing.delivery, armed_at=now, lease_until=now + lease)
            work.deliveries.save(armed)
            record(
                context, work, None, "delivery.armed", armed.post_id,
                {"account": fresh.account.name},
            )  # fmt: skip
        return armed


def _answers(work: Work, post: Post) -> tuple[object, ...]:
    """What people said about the post's words and pictures until now."""
    return read_bindings(work, post), read_sightings(work, post)


def _loaded(work: Work, delivery: Delivery) -> Outgoing:
    post = work.posts.get(delivery.post_id)
    account = work.accounts.get(delivery.account_id)
    if post is None or account is None:
        raise gone(_("This post or its account"))
    return Outgoing(delivery, post, account)


def _hold_unless_approved(outgoing: Outgoing) -> None:
    """What was approved is what is sent, to an account that is still approved."""
    post, account = outgoing.post, outgoing.account
    if post.state not in _SENDABLE or not post.approval_holds:
        raise Held(_("The post was changed after it was approved."))
    if post.approved_hash != outgoing.delivery.content_hash:
        raise Held(_("The post was changed after it was planned."))
    if not account.approved:
        raise Held(_("The account is no longer connected."))

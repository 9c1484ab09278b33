"""Writing down what became of a delivery, each outcome in one unit of work with its trail line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from smassistant.context import Context
from smassistant.domain.deliveries import NEEDS_PERSON, Delivery, DeliveryState, move
from smassistant.domain.posts import PostState
from smassistant.domain.posts import move as move_post
from smassistant.domain.users import User
from smassistant.i18n import _
from smassistant.ports import Sent, Uncertain, Work
from smassistant.services.acting import record

_S = DeliveryState

# How long to wait before looking for a post whose fate is unknown: a server may still commit it.
QUIET = timedelta(seconds=90)
WAITS = (timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15))
MAX_ATTEMPTS = 6


def conclude(
    context: Context, delivery: Delivery, sent: Sent, actor: User | None = None
) -> Delivery:
    """The post stands: keep where, and see whether all of its deliveries are through."""
    done = replace(
        move(delivery, _S.PUBLISHED),
        remote_id=sent.remote_id,
        remote_url=sent.url,
        published_at=context.clock.now(),
        problem="",
        next_at=None,
        lease_owner="",
        lease_until=None,
    )
    with context.store.write() as work:
        work.deliveries.save(done)
        note(context, work, done, actor)
        _close_post(context, work, done.post_id)
    return done


def settle(
    context: Context,
    delivery: Delivery,
    to: DeliveryState,
    problem: str = "",
    next_at: datetime | None = None,
    actor: User | None = None,
) -> Delivery:
    """The post surely does not stand: leave the delivery for a person or a later round."""
    settled = replace(
        move(delivery, to),
        problem=problem,
        next_at=next_at,
        armed_at=None,
        lease_owner="",
        lease_until=None,
    )
    with context.store.write() as work:
        work.deliveries.save(settled)
        note(context, work, settled, actor)
    return settled


def try_later(
    context: Context, delivery: Delivery, problem: str, until: datetime | None = None
) -> None:
    """Try again after the wait the platform asked for, else a growing one; give up at last."""
    if delivery.attempts >= MAX_ATTEMPTS:
        settle(context, delivery, _S.REFUSED, problem)
        return
    wait = WAITS[min(max(delivery.attempts, 1), len(WAITS)) - 1]
    settle(context, delivery, _S.RETRY, problem, until or context.clock.now() + wait)


def doubt(context: Context, delivery: Delivery, unknown: BaseException) -> None:
    """Nobody knows whether the post stands: look for it after a quiet time."""
    problem = unknown.title if isinstance(unknown, Uncertain) else _("No clear answer came back.")
    doubtful = replace(
        move(delivery, _S.UNCERTAIN),
        problem=problem,
        reads=0,
        next_at=context.clock.now() + QUIET,
        lease_owner="",
        lease_until=None,
    )
    with context.store.write() as work:
        work.deliveries.save(doubtful)
        note(context, work, doubtful)


def note(context: Context, work: Work, delivery: Delivery, actor: User | None = None) -> None:
    """One line in the trail of the post for the delivery's new state."""
    account = work.accounts.get(delivery.account_id)
    details = {"account": account.name if account else "", "reason": delivery.problem}
    record(context, work, actor, f"delivery.{delivery.state}", delivery.post_id, details)


def _close_post(context: Context, work: Work, post_id: str) -> None:
    """The post is published once one account has it and no other is still on its way."""
    post = work.posts.get(post_id)
    if post is None or post.state is not PostState.SCHEDULED:
        return
    on_the_way = frozenset(_S) - NEEDS_PERSON - {_S.PUBLISHED, _S.REMOVED}
    if not any(row.state in on_the_way for row in work.deliveries.of_post(post_id)):
        work.posts.save(move_post(post, PostState.PUBLISHED))

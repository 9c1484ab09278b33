"""Seeing where every delivery stands."""

from __future__ import annotations

from dataclasses import dataclass

from smassistant.context import Context
from smassistant.domain.deliveries import Delivery, DeliveryState
from smassistant.domain.places import Account
from smassistant.domain.posts import Post
from smassistant.domain.users import Right, User
from smassistant.services.acting import require


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery with the post and account it belongs to."""

    delivery: Delivery
    post: Post
    account: Account


def list_deliveries(context: Context, actor: User, post_id: str = "") -> tuple[DeliveryLine, ...]:
    """Deliveries, latest due first; those of one post when `post_id` is given.

    Authors who neither approve nor publish see their own posts' only.
    """
    require(actor, Right.WRITE_POSTS, Right.APPROVE_POSTS, Right.PUBLISH)
    all_posts = actor.may(Right.PUBLISH) or actor.may(Right.APPROVE_POSTS)
    with context.store.read() as work:
        rows = work.deliveries.of_post(post_id) if post_id else work.deliveries.list(DeliveryState)
        accounts = {account.id: account for account in work.accounts.list()}
        posts = {row.post_id: work.posts.get(row.post_id) for row in rows}
    lines = [
        DeliveryLine(row, post, accounts[row.account_id])
        for row in rows
        if (post := posts[row.post_id]) is not None and row.account_id in accounts
    ]
    lines = [line for line in lines if all_posts or line.post.author == actor.id]
    return tuple(sorted(lines, key=lambda line: line.delivery.due_at, reverse=True))

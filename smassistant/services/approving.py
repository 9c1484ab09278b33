"""Submitting a post and having a second person approve, return or refuse it (clauses 3, 4.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from smassistant.context import Context
from smassistant.domain.deliveries import Delivery, DeliveryState
from smassistant.domain.findings import Resolution, ResolutionKind
from smassistant.domain.posts import Comment, Due, Post, PostState, move
from smassistant.domain.sightings import Cause
from smassistant.domain.users import Right, User
from smassistant.errors import Clash, NotAllowed, UserError
from smassistant.i18n import _, ngettext
from smassistant.ports import Work
from smassistant.services.acting import gone, new_id, record, require
from smassistant.services.barring_pictures import bar_pictures
from smassistant.services.recognising_pictures import compare_pictures
from smassistant.services.reviewing import Reviewer

MOST = 10_000  # posts waiting at once, far beyond any school


def submit_post(
    context: Context, actor: User, reviewer: Reviewer, post_id: str, version: int
) -> Post:
    """Hand the post to a second person; refused while anything stands against it unanswered."""
    require(actor, Right.WRITE_POSTS)
    with context.store.read() as work:
        post = as_read(work, post_id, version)
    if post.author != actor.id:
        raise NotAllowed(_("Only the author can submit this post."))
    if not post.text.strip() and not post.pictures:
        raise UserError(_("The post is still empty."), "", _("Write something or add a picture."))
    if not post.accounts:
        raise UserError(
            _("The post has nowhere to go yet."), "", _("Choose at least one account above.")
        )
    compare_pictures(context, [picture.photo_id for picture in post.pictures])
    _refuse_unanswered(reviewer, post)
    with context.store.write() as work:
        post = as_read(work, post_id, version)
        now = context.clock.now()
        saved = work.posts.save(replace(move(post, PostState.IN_REVIEW), submitted_at=now))
        record(context, work, actor, "post.submitted", post_id)
    return saved


def queue(context: Context, actor: User) -> tuple[Post, ...]:
    """Posts waiting for approval, oldest first."""
    require(actor, Right.APPROVE_POSTS)
    with context.store.read() as work:
        posts = work.posts.list((PostState.IN_REVIEW,), limit=MOST)
    return tuple(
        sorted(posts, key=lambda post: post.submitted_at or datetime.min.replace(tzinfo=UTC))
    )


def approve_post(
    context: Context,
    actor: User,
    reviewer: Reviewer,
    post_id: str,
    version: int,
    due: Due | None = None,
    decision: str = "",
) -> Post:
    """Approve what was read and plan one delivery per account, for `due` or at once.

    The approval pins the hash of text, photos, people, places and alt texts: what was approved
    is what is sent. Nobody approves their own post. The checks run once more first. `decision`
    is a school leader's own word about subjects of clause 6, needed where the author only gave
    a reason.
    """
    require(actor, Right.APPROVE_POSTS)
    with context.store.read() as work:
        post = as_read(work, post_id, version)
    if post.author == actor.id:
        raise NotAllowed(
            _("You wrote this post."),
            _("Nobody approves their own post."),
            _("Ask another leader or the Communications Officer."),
        )
    due = due or post.due
    instant = _planned(due, context.clock.now())
    decided = _decided(reviewer, replace(post, due=due), actor, decision.strip())
    with context.store.write() as work:
        post = as_read(work, post_id, version)
        approved = replace(move(decided, PostState.APPROVED), approved_hash=decided.content_hash)
        _plan(work, approved, instant)
        saved = work.posts.save(move(approved, PostState.SCHEDULED))
        if any(given.kind is ResolutionKind.DECISION for given in decided.resolutions):
            record(context, work, actor, "post.decided", post_id, {"reason": decision.strip()})
        record(context, work, actor, "post.approved", post_id, {"hash": approved.approved_hash})
    return saved


def _decided(reviewer: Reviewer, post: Post, actor: User, words: str) -> Post:
    """The post with the approver's decisions about its subjects, nothing standing against it."""
    kept = tuple(r for r in post.resolutions if r.kind is not ResolutionKind.DECISION)
    post = replace(post, approved_by=actor.id, resolutions=kept)
    _refuse_unanswered(reviewer, post)
    undecided = reviewer.review(post).undecided
    if not undecided:
        return post
    if not actor.may(Right.DECIDE_SUBJECTS):
        raise NotAllowed(
            _("Only a school leader may decide about this subject."),
            undecided[0].message,
            _("Ask a school leader, or ask the privacy office."),
        )
    if not words:
        raise UserError(
            _("This subject needs your own decision."),
            undecided[0].message,
            _("Say in your own words why it may go out, or ask the privacy office."),
        )
    given = tuple(
        Resolution(each.code, each.anchor, ResolutionKind.DECISION, reason=words, by=actor.id)
        for each in undecided
    )
    return replace(post, resolutions=(*kept, *given))


def return_post(context: Context, actor: User, post_id: str, version: int, comment: str) -> Post:
    """Send the post back to its author with a comment."""
    return _turn_down(context, actor, post_id, version, comment, PostState.RETURNED)


def refuse_post(
    context: Context, actor: User, post_id: str, version: int, reason: str, pictures: bool = True
) -> Post:
    """Refuse the post for good, with a reason; with its `pictures`, which may not be used again."""
    return _turn_down(context, actor, post_id, version, reason, PostState.REFUSED, pictures)


def _turn_down(
    context: Context,
    actor: User,
    post_id: str,
    version: int,
    words: str,
    to: PostState,
    pictures: bool = False,
) -> Post:
    require(actor, Right.APPROVE_POSTS)
    if not words.strip():
        raise UserError(_("Please tell the author why."))
    with context.store.write() as work:
        post = as_read(work, post_id, version)
        comment = Comment(actor.id, context.clock.now(), words.strip())
        post = replace(move(post, to), comments=(*post.comments, comment))
        saved = work.posts.save(post)
        record(context, work, actor, f"post.{to}", post_id)
        if pictures:
            barred = post.pictures
            bar_pictures(context, work, actor, post, barred, Cause.REFUSED, words.strip())
    return saved


def as_read(work: Work, post_id: str, version: int) -> Post:
    """The post as it stands, if it is still what the person was looking at."""
    post = work.posts.get(post_id)
    if post is None:
        raise gone(_("This post"))
    if post.version != version:
        raise Clash(
            _("This post was changed in the meantime."),
            _("Somebody edited or decided it while you were reading."),
            _("Look at it again before you decide."),
        )
    return post


def _refuse_unanswered(reviewer: Reviewer, post: Post) -> None:
    """Raise while blocks stand or warnings have no reason."""
    unanswered = reviewer.review(post).unanswered
    if unanswered:
        n = len(unanswered)
        raise UserError(
            ngettext(
                "{n} finding still stands against this post.",
                "{n} findings still stand against this post.",
                n,
            ).format(n=n),
            unanswered[0].message,
            _(
                "Mend each finding, give a reason where one is asked for, or ask the privacy "
                "office."
            ),
        )


def _plan(work: Work, post: Post, instant: datetime) -> None:
    """One planned delivery per account; leftovers of an earlier approval are replaced."""
    for old in work.deliveries.of_post(post.id):
        work.deliveries.delete(old.id)
    for account_id in post.accounts:
        work.deliveries.add(
            Delivery(
                new_id(), post.id, account_id, DeliveryState.PLANNED, instant, post.approved_hash
            )
        )


def _planned(due: Due | None, now: datetime) -> datetime:
    """The instant a wall time in a named zone means, `now` for none; refused once it is over."""
    if due is None:
        return now
    instant = due.wall.replace(tzinfo=ZoneInfo(due.zone)).astimezone(UTC)
    if instant + timedelta(minutes=1) <= now:  # a wall time lasts as long as clocks show it
        raise UserError(
            _("The chosen time has already passed."),
            "",
            _("Choose a later time, or publish the post now."),
        )
    return instant

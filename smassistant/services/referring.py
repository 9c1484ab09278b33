"""Asking the privacy office about a post, and the answer that binds it (clause 6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from smassistant.context import Context
from smassistant.domain.findings import Anchor, Finding, Resolution, ResolutionKind
from smassistant.domain.folding import squash
from smassistant.domain.posts import Comment, Post, PostState, move
from smassistant.domain.referrals import (
    ANSWERED,
    AskedDraft,
    Referral,
    ReferralState,
    as_asked,
    digest_of,
    is_referable,
)
from smassistant.domain.referrals import move as move_referral
from smassistant.domain.users import Right, User
from smassistant.errors import Clash, NotAllowed, UserError
from smassistant.i18n import _
from smassistant.ports import Work
from smassistant.services.acting import gone, new_id, record, require
from smassistant.services.approving import as_read
from smassistant.services.reviewing import Reviewer

_YES, _NO = ReferralState.ANSWERED_YES, ReferralState.ANSWERED_NO
_OPEN = (ReferralState.OPEN,)
MOST = 2000  # answered questions that the history shows

Key = tuple[str, Anchor]


def refer_post(
    context: Context,
    actor: User,
    reviewer: Reviewer,
    post_id: str,
    version: int,
    question: str,
    about: Collection[Key] = (),
) -> Post:
    """Hand the post to the privacy office with a question; by its author, or who approves it.

    `about` are the (code, anchor) of the findings asked about; those of the office's families
    that stand against the post where none is given. The draft as it is now is kept with it.
    """
    question = typed(question)
    if not question:
        raise UserError(
            _("Please write your question."), _("The privacy office reads it beside the post.")
        )
    with context.store.read() as work:
        post = as_read(work, post_id, version)
        _check_may_ask(work, actor, post)
        office = _(work.settings.get().privacy_office)
    asked = _asked_findings(reviewer, post, about, by_author=post.author == actor.id)
    draft = AskedDraft(post.text, post.pictures, post.accounts, tuple(map(as_asked, asked)))
    with context.store.write() as work:
        post = as_read(work, post_id, version)
        _check_may_ask(work, actor, post)
        if not any(_may_answer(user, post) and user.id != actor.id for user in work.users.list()):
            raise UserError(
                _("Nobody can answer yet."),
                _("No one here has the role “{office}”.").format(office=office),
                _("Ask your school leader to give somebody that role."),
            )
        referral = Referral(
            new_id(), post.id, post.author, actor.id, context.clock.now(), question, draft,
            digest_of(post), from_review=post.state is PostState.IN_REVIEW,
        )  # fmt: skip
        work.referrals.add(referral)
        saved = work.posts.save(_to(post, PostState.REFERRED))
        record(context, work, actor, "referral.asked", post_id, _proof(referral))
    return saved


def typed(words: str) -> str:
    """What somebody typed, without what no database keeps in a text and spaces around it."""
    return words.replace("\x00", "").encode(errors="replace").decode().strip()


def _check_may_ask(work: Work, actor: User, post: Post) -> None:
    """Authors ask before they submit; who approves asks while the post waits for it."""
    if post.author == actor.id:
        require(actor, Right.WRITE_POSTS)
        if post.state in (PostState.DRAFT, PostState.RETURNED, PostState.IN_REVIEW):
            return
    else:
        require(actor, Right.APPROVE_POSTS)
        if post.state is PostState.IN_REVIEW:
            return
    raise UserError(
        _("No question can be asked about this post now."),
        _("It is with the privacy office already, or it was decided."),
        _("Look at it again; to ask about an approved post, change it first."),
    )


def _asked_findings(
    reviewer: Reviewer, post: Post, about: Collection[Key], by_author: bool
) -> tuple[Finding, ...]:
    """The findings asked about, as they stand now."""
    review = reviewer.review(post)
    able = tuple(finding for finding in review.findings if is_referable(finding))
    if about:
        wanted = set(about)
        able = tuple(finding for finding in able if (finding.code, finding.anchor) in wanted)
    else:
        standing = {id(finding) for finding in (*review.unanswered, *review.undecided)}
        able = tuple(finding for finding in able if id(finding) in standing)
    if by_author and not able:
        raise UserError(
            _("There is nothing to ask about any more."),
            _("The finding is gone: the text was changed, or the rules were."),
            _("Look at the post again."),
        )
    return able


def take_back(context: Context, actor: User, referral_id: str, version: int) -> Post:
    """Withdraw a question that nobody has answered, by who asked it or the post's author.

    The post is its author's draft again; or waits for approval, where a leader takes back.
    """
    with context.store.write() as work:
        referral = _unanswered(work, referral_id, version)
        if actor.id not in (referral.asked_by, referral.author):
            raise NotAllowed(_("Only who asked, or the post's author, can take the question back."))
        work.referrals.save(move_referral(referral, ReferralState.TAKEN_BACK))
        post = work.posts.get(referral.post_id)
        if post is None:
            raise gone(_("This post"))
        by_author = actor.id == post.author
        saved = work.posts.save(move(post, PostState.DRAFT if by_author else PostState.IN_REVIEW))
        record(context, work, actor, "referral.taken_back", post.id, _proof(referral))
    return saved


def answer_referral(
    context: Context, actor: User, referral_id: str, version: int, may_go: bool, words: str = ""
) -> Referral:
    """Answer a question: the post may go out as it was asked about, or not like this.

    A yes settles exactly the findings asked about, in exactly these texts; a no keeps the same
    text from being submitted by anybody, and needs words. The post goes back to its author, or,
    with a yes, to the approval from which a leader asked.
    """
    words = typed(words)
    if not may_go and not words:
        raise UserError(_("Please say why not."), _("The author needs to know what to change."))
    with context.store.write() as work:
        stored = work.users.get(actor.id)
        require(stored or actor, Right.ANSWER_REFERRALS)  # as it is now, not as it was signed in
        referral = _unanswered(work, referral_id, version)
        if actor.id in (referral.asked_by, referral.author):
            raise NotAllowed(
                _("You asked this question, or wrote the post."),
                _("Nobody answers their own question."),
                _("Ask another person with this role."),
            )
        now = context.clock.now()
        state = _YES if may_go else _NO
        answered = work.referrals.save(move_referral(referral, state, actor.id, now, words))
        post = work.posts.get(referral.post_id)
        if post is not None and post.state is PostState.REFERRED:
            work.posts.save(_answered(post, answered))
        record(context, work, actor, f"referral.{state}", referral.post_id, _proof(referral))
    return answered


def _answered(post: Post, referral: Referral) -> Post:
    """The post on its way on, with the answer where it says yes."""
    if referral.state is _NO and referral.answered_at is not None:
        comment = Comment(referral.answered_by, referral.answered_at, referral.answer)
        return replace(move(post, PostState.RETURNED), comments=(*post.comments, comment))
    keys = {(asked.code, asked.anchor) for asked in referral.draft.findings}
    kept = tuple(r for r in post.resolutions if (r.code, r.anchor) not in keys)
    given = tuple(
        Resolution(
            code, anchor, ResolutionKind.REFERRAL, reason=referral.id, by=referral.answered_by
        )
        for code, anchor in sorted(keys, key=repr)
    )
    to = PostState.IN_REVIEW if referral.from_review else PostState.DRAFT
    return replace(move(post, to), resolutions=(*kept, *given))


def open_referrals(context: Context, actor: User) -> tuple[Referral, ...]:
    """Questions that nobody has answered, the oldest first."""
    require(actor, Right.ANSWER_REFERRALS)
    with context.store.read() as work:
        return tuple(reversed(work.referrals.list(_OPEN)))


def answered_referrals(context: Context, actor: User, words: str = "") -> tuple[Referral, ...]:
    """Answered questions, the newest first; those that hold all of `words` in any of their texts.

    Case and accents don't matter.
    """
    require(actor, Right.ANSWER_REFERRALS)
    with context.store.read() as work:
        found = work.referrals.list(ANSWERED, MOST)
        names = {user.id: user.name for user in work.users.list()}
    wanted = [squash(word) for word in words.split()]
    return tuple(each for each in found if _holds(each, wanted, names))


def _holds(referral: Referral, wanted: Iterable[str], names: dict[str, str]) -> bool:
    who = [names.get(key, "") for key in (referral.asked_by, referral.author, referral.answered_by)]
    alt_texts = [picture.alt_text for picture in referral.draft.pictures]
    texts = (referral.question, referral.answer, referral.draft.text, *alt_texts, *who)
    whole = squash(" ".join(texts))
    return all(word in whole for word in wanted)


def waiting_referrals(context: Context, actor: User) -> int:
    """How many questions wait for an answer that this person may give."""
    return sum(
        actor.id not in (referral.asked_by, referral.author)
        for referral in open_referrals(context, actor)
    )


def referrals_of(context: Context, actor: User, post_id: str) -> tuple[Referral, ...]:
    """The questions about one post, the newest first: for its author and those who decide."""
    with context.store.read() as work:
        found = work.referrals.of_post(post_id)
    if any(referral.author != actor.id for referral in found):
        require(actor, Right.APPROVE_POSTS, Right.PUBLISH, Right.ANSWER_REFERRALS)
    return found


def own_referrals(context: Context, actor: User) -> dict[str, Referral]:
    """The newest question about each of the actor's posts, by the post's id."""
    require(actor, Right.WRITE_POSTS)
    with context.store.read() as work:
        found = work.referrals.of_author(actor.id)
    return {referral.post_id: referral for referral in reversed(found)}


def new_answers(context: Context, actor: User) -> int:
    """How many answers about the actor's posts they have not read yet."""
    require(actor, Right.WRITE_POSTS)
    with context.store.read() as work:
        return sum(is_news(each) for each in work.referrals.of_author(actor.id))


def see_answers(context: Context, actor: User, post_id: str) -> None:
    """Note that the author has read the answers about one post."""
    with context.store.read() as work:
        found = [each for each in work.referrals.of_post(post_id) if is_news(each)]
    if not any(each.author == actor.id for each in found):
        return
    with context.store.write() as work:
        for each in found:
            stored = work.referrals.get(each.id)
            if stored is not None and stored.author == actor.id and is_news(stored):
                work.referrals.save(replace(stored, seen=True))


def is_news(referral: Referral) -> bool:
    """Whether it has an answer that the post's author has not read."""
    return referral.state in ANSWERED and not referral.seen


def _unanswered(work: Work, referral_id: str, version: int) -> Referral:
    """The open referral, if it is still what the person was looking at."""
    referral = work.referrals.get(referral_id)
    if referral is None:
        raise gone(_("This question"))
    if referral.version != version or referral.state is not ReferralState.OPEN:
        taken_back = referral.state is ReferralState.TAKEN_BACK
        raise Clash(
            _("This question was taken back in the meantime.")
            if taken_back
            else _("Somebody else answered this question in the meantime."),
            _("What you wrote was not saved, so that there is only one answer."),
            _("Look at the list again."),
        )
    return referral


def _may_answer(user: User, post: Post) -> bool:
    return user.id != post.author and user.may(Right.ANSWER_REFERRALS)


def _to(post: Post, state: PostState) -> Post:
    """The post after the step; what was returned is a draft first."""
    return move(move(post, PostState.DRAFT) if post.state is PostState.RETURNED else post, state)


def _proof(referral: Referral) -> dict[str, str]:
    """What the trail keeps: which question, and the digest of the texts it is about."""
    return {"referral": referral.id, "digest": referral.digest}

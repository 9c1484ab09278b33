"""What authors call "not a problem": noted without names, listed, and made use of."""

from __future__ import annotations

from smassistant.checks.mentions import texts_of
from smassistant.context import Context
from smassistant.domain.feedback import Feedback, FeedbackState, TrainingExample, move
from smassistant.domain.findings import Finding
from smassistant.domain.posts import Draft, Post
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Work
from smassistant.services.acting import new_id, record, require
from smassistant.services.hiding_names import LONGEST, sentence_around
from smassistant.services.reviewing import Reviewer

_S = FeedbackState
MOST_WORDS = 200  # characters of the words that are kept


def note_feedback(
    context: Context, actor: User, reviewer: Reviewer, post: Post, finding: Finding
) -> Feedback:
    """Keep that the author thinks a finding is wrong: its sentence, without names.

    The same sentence is kept once for a rule while nobody has dealt with it. Raises UserError
    where the words are no longer in the post.
    """
    require(actor, Right.WRITE_POSTS, Right.APPROVE_POSTS)
    text = dict(texts_of(Draft(post.text, post.pictures))).get(finding.where, "")
    if not finding.rule or text[finding.start : finding.end] != finding.surface:
        raise UserError(
            _("The words have changed."), "", _("Look at the finding again and click once more.")
        )
    if finding.surface:
        first, last = sentence_around(text, finding.start, finding.end)
    else:  # a hint is about the whole text
        first, last = 0, min(len(text), LONGEST)
    sentence = reviewer.without_names(text, first, last)
    words = reviewer.without_names(text, finding.start, finding.end)
    with context.store.write() as work:
        known = work.feedback.open_on(finding.rule, sentence)
        if known is not None:
            return known
        noted = Feedback(
            new_id(), finding.rule, finding.code, sentence, words[:MOST_WORDS], actor.id,
            context.clock.now(), post.school or actor.school,
        )  # fmt: skip
        work.feedback.add(noted)
        record(context, work, actor, "feedback.given", noted.id, {"rule": noted.rule})
    return noted


def list_feedback(context: Context, actor: User, open_only: bool = True) -> tuple[Feedback, ...]:
    """Feedback, newest first."""
    require(actor, Right.KEEP_RULES, Right.APPROVE_POSTS)
    with context.store.read() as work:
        return work.feedback.list([_S.OPEN] if open_only else _S)


def count_feedback(context: Context, actor: User) -> int:
    """How much feedback waits for the person; none for who can't do anything about it."""
    if not actor.may(Right.KEEP_RULES):
        return 0
    with context.store.read() as work:
        return work.feedback.count([_S.OPEN])


def settle_feedback(
    context: Context, actor: User, feedback: Feedback, to: FeedbackState
) -> Feedback:
    """Say what came of feedback; OPEN takes that back.

    KEPT makes the sentence a training example of something harmless. Clash where somebody else
    was quicker.
    """
    require(actor, Right.KEEP_RULES)
    with context.store.write() as work:
        settled = work.feedback.save(move(feedback, to))
        record(context, work, actor, f"feedback.{to}", feedback.id, {"rule": settled.rule})
        return settled


def training_examples(work: Work) -> tuple[TrainingExample, ...]:
    """The sentences that were kept as examples, for the hint layer."""
    return work.feedback.training_examples()

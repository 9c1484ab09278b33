"""What authors called "not a problem", for whoever keeps the rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from smassistant.errors import IllegalStep


class FeedbackState(StrEnum):
    """What came of it: EXCEPTION in a rule, KEPT as an example, or DISMISSED."""

    OPEN = "open"
    EXCEPTION = "exception"
    KEPT = "kept"
    DISMISSED = "dismissed"


_S = FeedbackState

STEPS: dict[FeedbackState, frozenset[FeedbackState]] = {
    _S.OPEN: frozenset({_S.EXCEPTION, _S.KEPT, _S.DISMISSED}),
    _S.EXCEPTION: frozenset({_S.OPEN}),
    _S.KEPT: frozenset({_S.OPEN}),
    _S.DISMISSED: frozenset({_S.OPEN}),
}


@dataclass(frozen=True, slots=True)
class Feedback:
    """One "not a problem". `rule` is the rule's id, or "hint:" and a category.

    `sentence` is free of names; `words` are those found in it. Where `training` is true the
    sentence is an example of `categories`, or of something harmless where there is none.
    """

    id: str
    rule: str
    code: str
    sentence: str
    words: str
    by: str
    at: datetime
    school: str = ""
    state: FeedbackState = FeedbackState.OPEN
    training: bool = False
    categories: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class TrainingExample:
    """A sentence with what it is about; no category means harmless."""

    sentence: str
    categories: tuple[str, ...]


def move(feedback: Feedback, to: FeedbackState) -> Feedback:
    """The feedback after the step to `to`; raises `IllegalStep` where the table has none."""
    if to not in STEPS[feedback.state]:
        raise IllegalStep(f"feedback can't go from {feedback.state} to {to}")
    return replace(feedback, state=to, training=to is FeedbackState.KEPT, categories=())

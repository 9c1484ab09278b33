"""The made-up school's own rule, and an author who thinks that it is wrong once."""

from __future__ import annotations

from smassistant.context import Context
from smassistant.domain.posts import Post
from smassistant.domain.rules import OWN_PACK, Rule
from smassistant.domain.users import User
from smassistant.services.acting import new_id
from smassistant.services.hearing_feedback import note_feedback
from smassistant.services.keeping_rules import Edit, save_rule
from smassistant.services.reviewing import Reviewer

SNOW_DAY = Rule(
    id="division.closures",
    code="topic.policy",
    clause="6",
    severity="warn",
    message="Only the division announces that schools close.",
    any=("snow day/days", "school* ... closed/close/closes"),
    unless=("closed for winter/spring/summer break",),
    fires=("Snow day tomorrow!", "All schools are closed today because of the storm."),
    quiet=("We are closed for winter break until January.",),
)
DOUBTED = "The kindergarten class read the picture book Snow Day in the library."


def add_rules(context: Context, officer: User, author: User) -> None:
    """Let the officer write a rule, and the author call what it finds no problem."""
    save_rule(context, officer, Edit(OWN_PACK, 0, SNOW_DAY))
    reviewer = Reviewer(context)
    post = Post(new_id(), author.id, author.school, text=DOUBTED)
    for finding in reviewer.review(post).findings:
        if finding.rule == SNOW_DAY.id:
            note_feedback(context, author, reviewer, post, finding)

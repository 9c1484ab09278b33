"""A public event is a reason that a leader records, never a pass (clause 4.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.consents import Answer, Use
from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.findings import ResolutionKind
from smassistant.domain.pictures import Accounting, Box, Face, Origin, Reading, TakenBy
from smassistant.domain.posts import Post, PostState
from smassistant.errors import UserError
from smassistant.services.auditing import list_entries
from smassistant.services.delivering import publish_due
from smassistant.services.drafting import add_picture, save_draft
from smassistant.services.keeping_settings import get_settings, save_settings
from smassistant.services.reviewing import answer
from tests.unit.connectors.conftest import jpeg
from tests.unit.services.conftest import LOGAN, School

FACE = Face("f1", Box(0.2, 0.2, 0.3, 0.3), accounting=Accounting.PERSON, person_id=LOGAN.id)


def allow(school: School) -> None:
    settings = replace(get_settings(school.context), public_events=True)
    save_settings(school.context, school.leader, settings)


def shown(school: School) -> Post:
    """A draft with a picture of somebody who was never asked."""
    post = school.write("At the parade.")
    added = add_picture(school.context, school.author, jpeg(), "parade.jpg").picture
    own = Origin(TakenBy.OWN)
    words = "A float in the parade."
    picture = replace(
        added, alt_text=words, faces=(FACE,), looked=True, origin=own, reading=Reading.THOROUGH
    )
    return save_draft(school.context, school.author, replace(post, pictures=(picture,)))


def with_reason(school: School, post: Post) -> Post:
    for finding in school.reviewer.review(post).unanswered:
        post = answer(
            post, finding, ResolutionKind.REASON, school.author.id, reason="Whoop-Up Days parade"
        )
    return save_draft(school.context, school.author, post)


def test_without_the_division_s_leave_no_reason_helps(school: School) -> None:
    with pytest.raises(UserError, match="stand"):
        school.submit(with_reason(school, shown(school)))


def test_the_author_says_which_event_and_the_leader_decides_in_words(school: School) -> None:
    allow(school)
    with pytest.raises(UserError, match="stand"):
        school.submit(shown(school))
    post = school.submit(with_reason(school, shown(school)))
    assert post.state is PostState.IN_REVIEW
    with pytest.raises(UserError, match="your own decision"):
        school.approve(post)
    school.approve(post, decision="On the street, seen by the whole town.")
    publish_due(school.context, school.reviewer)
    assert school.delivery(post).state is DeliveryState.PUBLISHED
    said = [line.what for line in list_entries(school.context, school.leader, post.id)]
    assert any("seen by the whole town" in words for words in said)


def test_a_no_between_approval_and_publishing_holds_the_post(school: School) -> None:
    allow(school)
    post = school.submit(with_reason(school, shown(school)))
    school.approve(post, decision="On the street.")
    school.decide(LOGAN, Answer.REFUSED, Use.PHOTO)
    publish_due(school.context, school.reviewer)
    assert school.delivery(post).state is DeliveryState.HELD


SOMEBODY = replace(FACE, accounting=Accounting.PUBLIC_EVENT, person_id=None, reason="the parade")


def with_somebody(school: School) -> Post:
    post = shown(school)
    picture = replace(post.pictures[0], faces=(SOMEBODY,))
    return save_draft(school.context, school.author, replace(post, pictures=(picture,)))


def test_an_unknown_face_at_an_event_goes_out_on_the_leader_s_words_alone(school: School) -> None:
    with pytest.raises(UserError, match="stand"):
        school.submit(with_somebody(school))
    allow(school)
    post = school.submit(with_somebody(school))
    with pytest.raises(UserError, match="your own decision"):
        school.approve(post)
    school.approve(post, decision="On the street.")
    publish_due(school.context, school.reviewer)
    assert school.delivery(post).state is DeliveryState.PUBLISHED

"""A second person decides, on what is true now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.consents import Answer
from smassistant.domain.posts import PostState
from smassistant.errors import Clash, NotAllowed, UserError
from smassistant.services.approving import approve_post, queue, refuse_post, return_post
from smassistant.services.auditing import faults, list_entries
from smassistant.services.drafting import open_post, save_draft
from tests.unit.services.conftest import TESS, School

TEXT = "The book fair is open all week."


def test_nobody_approves_their_own_post(school: School) -> None:
    author_and_leader = replace(school, author=school.leader)
    post = author_and_leader.submit(author_and_leader.write(TEXT))
    with pytest.raises(NotAllowed, match="You wrote this post"):
        school.approve(post)
    approved = approve_post(
        school.context, school.second_leader, school.reviewer, post.id, post.version
    )
    assert approved.state is PostState.SCHEDULED


def test_an_author_can_not_approve(school: School) -> None:
    post = school.submit(school.write(TEXT))
    with pytest.raises(NotAllowed):
        approve_post(school.context, school.author, school.reviewer, post.id, post.version)


def test_a_name_without_permission_keeps_the_post_back(school: School) -> None:
    with pytest.raises(UserError, match="1 finding"):
        school.submit(school.write("Logan Vantongeren won gold!"))


def test_a_permission_that_got_worse_stops_the_approval(school: School) -> None:
    post = school.submit(school.write("Tessaly Brightwater won gold!"))
    school.decide(TESS, Answer.REFUSED)
    with pytest.raises(UserError, match="stands against"):
        school.approve(post)


def test_the_second_of_two_leaders_is_told(school: School) -> None:
    post = school.submit(school.write(TEXT))
    school.approve(post)
    with pytest.raises(Clash, match="in the meantime"):
        return_post(school.context, school.second_leader, post.id, post.version, "Why?")


def test_what_changed_after_it_was_opened_is_not_approved(school: School) -> None:
    post = school.submit(school.write(TEXT))
    edited = save_draft(school.context, school.author, replace(post, text="Something else."))
    school.submit(edited)
    with pytest.raises(Clash):
        school.approve(post)


def test_a_returned_post_comes_back_with_the_comment(school: School) -> None:
    post = school.submit(school.write(TEXT))
    returned = return_post(school.context, school.leader, post.id, post.version, "Add the hours.")
    assert returned.state is PostState.RETURNED
    assert returned.comments[0].text == "Add the hours."
    again = save_draft(school.context, school.author, replace(returned, text=TEXT + " 8 to 3."))
    assert school.submit(again).state is PostState.IN_REVIEW


def test_a_decision_against_a_post_needs_words(school: School) -> None:
    post = school.submit(school.write(TEXT))
    with pytest.raises(UserError, match="tell the author why"):
        refuse_post(school.context, school.leader, post.id, post.version, "  ")


def test_the_queue_is_oldest_first(school: School) -> None:
    first = school.submit(school.write("One."))
    school.clock.pass_time(minutes=1)
    second = school.submit(school.write("Two."))
    assert [post.id for post in queue(school.context, school.leader)] == [first.id, second.id]


def test_an_empty_post_and_one_without_a_place_are_not_submitted(school: School) -> None:
    with pytest.raises(UserError, match="still empty"):
        school.submit(school.write("  "))
    nowhere = replace(school.write(TEXT), accounts=())
    with pytest.raises(UserError, match="nowhere to go"):
        school.submit(save_draft(school.context, school.author, nowhere))


def test_two_editors_of_one_draft_lose_nothing(school: School) -> None:
    post = school.write(TEXT)
    save_draft(school.context, school.author, replace(post, text="From the first window."))
    with pytest.raises(Clash):
        save_draft(school.context, school.author, replace(post, text="From the second."))
    assert school.stored(post).text == "From the first window."


def test_authors_see_only_their_own_posts(school: School) -> None:
    post = school.write(TEXT)
    other = replace(school.author, id="u-other")
    with pytest.raises(NotAllowed):
        open_post(school.context, other, post.id)
    assert open_post(school.context, school.leader, post.id).text == TEXT


def test_every_step_is_in_the_trail_and_the_trail_is_whole(school: School) -> None:
    post = school.approved(TEXT)
    lines = list_entries(school.context, school.leader, post.id)
    assert [line.entry.action for line in lines] == [
        "post.approved", "post.submitted", "post.started",
    ]  # fmt: skip
    assert [line.who for line in lines] == ["Lee Example", "Ann Example", "Ann Example"]
    assert faults(school.context) == ()


def test_a_name_is_found_before_any_place_is_chosen(school: School) -> None:
    post = replace(school.write("Logan Vantongeren won gold!"), accounts=())
    (finding,) = school.reviewer.review(post).findings
    assert (finding.code, finding.places) == ("name.not_permitted", ("bluesky", "facebook"))


def test_limits_count_only_once_a_place_is_chosen(school: School) -> None:
    post = school.write("A sunny day. " * 30)
    assert [f.code for f in school.reviewer.review(post).findings] == ["limit.text"]
    assert school.reviewer.review(replace(post, accounts=())).findings == ()

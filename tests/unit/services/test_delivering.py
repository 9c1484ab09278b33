"""Publishing: once, on time, or a clear word why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from smassistant.domain.consents import Answer, Channel, Source, Use
from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.posts import Due, Post, PostState
from smassistant.errors import UserError
from smassistant.ports import SurelyRefused, TryLater, Uncertain
from smassistant.services.auditing import list_entries
from smassistant.services.delivering import publish_due
from smassistant.services.drafting import save_draft
from smassistant.services.handing_over import (
    begin_by_hand,
    finish_by_hand,
    give_up_by_hand,
    settle_uncertain,
    try_again,
)
from smassistant.services.keeping_accounts import disconnect_account
from smassistant.services.keeping_registry import record_decision, restrict_person
from smassistant.services.keeping_settings import get_settings, save_settings
from tests.unit.services.conftest import LOGAN, TESS, School

_S = DeliveryState
TEXT = "The book fair is open all week."
BOUNDARIES = ("claimed", "armed", "sent", "published")


class Killed(BaseException):
    """The program ends here and now; nothing may catch it."""


def killer(boundary: str):
    def at(reached: str) -> None:
        if reached == boundary:
            raise Killed

    return at


def publish(school: School):
    return publish_due(school.context, school.reviewer)


def test_an_approved_post_is_published_once(school: School) -> None:
    post = school.approved(TEXT)
    assert publish(school).published == 1
    assert publish(school).published == 0
    assert [parcel.text for parcel in school.network.posts.values()] == [TEXT]
    row = school.delivery(post)
    assert row.state is _S.PUBLISHED
    assert row.remote_url.startswith("https://memory.example/")
    assert school.stored(post).state is PostState.PUBLISHED


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_a_crash_at_any_boundary_makes_one_post(school: School, boundary: str) -> None:
    post = school.approved(TEXT)
    with pytest.raises(Killed):
        publish_due(school.context, school.reviewer, at=killer(boundary))
    later = school.restarted()
    for _round in range(4):
        later.clock.pass_time(minutes=6)
        publish(later)
    assert len(school.network.posts) == 1
    assert school.network.sends == 1
    assert school.delivery(post).state is _S.PUBLISHED


def test_while_another_program_holds_the_lease_nothing_is_sent(school: School) -> None:
    post = school.approved(TEXT)
    with pytest.raises(Killed):
        publish_due(school.context, school.reviewer, at=killer("claimed"))
    school.clock.pass_time(minutes=2)
    publish(school.restarted())
    assert not school.network.posts
    assert school.delivery(post).state is _S.SENDING


def test_a_program_that_lost_its_lease_does_not_send(school: School) -> None:
    school.approved(TEXT)

    def sleeps_through_its_lease(reached: str) -> None:
        if reached == "claimed":
            school.clock.pass_time(minutes=6)
            publish(school.restarted())  # takes the row back for a retry
            school.clock.pass_time(minutes=2)
            publish(school.restarted())  # and publishes it

    publish_due(school.context, school.reviewer, at=sleeps_through_its_lease)
    assert school.network.sends == 1


def test_a_lost_answer_is_looked_for_and_found(school: School) -> None:
    def lose(step: str) -> None:
        if step == "send":
            raise Uncertain("no answer")

    school.connector.after = lose
    post = school.approved(TEXT)
    publish(school)
    assert school.delivery(post).state is _S.UNCERTAIN
    publish(school)  # too early to look: the server may still be busy
    assert school.delivery(post).state is _S.UNCERTAIN
    school.clock.pass_time(seconds=91)
    publish(school)
    assert school.delivery(post).state is _S.PUBLISHED
    assert school.network.sends == 1


def test_a_lost_request_is_sent_again_with_the_same_marker(school: School) -> None:
    failing = [True]

    def lose(step: str) -> None:
        if step == "send" and failing:
            failing.clear()
            raise Uncertain("no answer")

    school.connector.before = lose
    post = school.approved(TEXT)
    publish(school)
    marker = school.delivery(post).marker
    school.clock.pass_time(seconds=91)
    publish(school)
    row = school.delivery(post)
    assert (row.state, row.marker) == (_S.PUBLISHED, marker)
    assert len(school.network.posts) == 1


def test_what_can_not_be_settled_asks_a_person(school: School) -> None:
    def break_off(step: str) -> None:
        if step in ("send", "find"):
            raise Uncertain("the line is dead")

    school.connector.before = break_off
    post = school.approved(TEXT)
    for _round in range(12):
        publish(school)
        school.clock.pass_time(minutes=20)
    row = school.delivery(post)
    assert (row.state, row.next_at) == (_S.UNCERTAIN, None)
    settled = settle_uncertain(school.context, school.leader, row.id, False)
    assert settled.state is _S.PLANNED


def test_a_defect_while_sending_never_sends_again_blindly(school: School) -> None:
    def crash(step: str) -> None:
        if step == "send":
            raise ValueError("a bug in the connector")

    school.connector.after = crash
    post = school.approved(TEXT)
    publish(school)
    assert school.delivery(post).state is _S.UNCERTAIN
    school.clock.pass_time(minutes=2)
    publish(school)
    assert school.network.sends == 1
    assert school.delivery(post).state is _S.PUBLISHED


def test_a_busy_platform_is_tried_when_it_says(school: School) -> None:
    def busy(step: str) -> None:
        if step == "send" and school.clock.now() < until:
            raise TryLater("busy", until)

    until = school.clock.now().replace(minute=20)
    school.connector.before = busy
    post = school.approved(TEXT)
    publish(school)
    row = school.delivery(post)
    assert (row.state, row.next_at) == (_S.RETRY, until)
    school.clock.pass_time(minutes=5)
    assert publish(school).published == 0
    school.clock.pass_time(minutes=16)
    assert publish(school).published == 1


def test_it_gives_up_after_several_tries(school: School) -> None:
    def never(step: str) -> None:
        raise TryLater("no connection")

    school.connector.before = never
    post = school.approved(TEXT)
    with school.context.store.write() as work:
        row = work.deliveries.of_post(post.id)[0]
    for _round in range(12):
        publish(school)
        school.clock.pass_time(minutes=5)
    row = school.delivery(post)
    assert row.state in (_S.REFUSED, _S.MISSED)
    assert not school.network.posts


def test_a_refusal_says_why_and_can_be_tried_again(school: School) -> None:
    def refuse(step: str) -> None:
        raise SurelyRefused("The app password was changed.", next_step="Connect it again.")

    school.connector.before = refuse
    post = school.approved(TEXT)
    report = publish(school)
    row = school.delivery(post)
    assert report.failed == 1
    assert row.state is _S.REFUSED
    assert "app password" in row.problem
    school.connector.before = lambda step: None
    try_again(school.context, school.leader, row.id)
    assert publish(school).published == 1


def test_one_broken_account_does_not_stop_the_others(school: School) -> None:
    def bug(step: str) -> None:
        if step == "upload":
            raise KeyError("a defect")

    first = school.approved(TEXT)
    school.context.credentials.delete(school.bluesky.id)
    publish(school)
    assert school.delivery(first).state is _S.HELD
    school.context.credentials.set(school.bluesky.id, "right")
    school.connector.before = bug
    second = school.approved("A second post.")
    publish(school)
    assert school.delivery(second).state is _S.PUBLISHED  # no picture, so no upload


# Permissions at the moment of sending


def test_a_withdrawal_after_approval_holds_the_post_and_says_why(school: School) -> None:
    post = school.approved("Tessaly Brightwater won the spelling bee!")
    school.decide(TESS, Answer.WITHDRAWN)
    report = publish(school)
    row = school.delivery(post)
    assert report.failed == 1
    assert row.state is _S.HELD
    assert not school.network.posts
    assert "Tessaly Brightwater" in row.problem
    what = [line.what for line in list_entries(school.context, school.leader, post.id)]
    assert any("held" in line for line in what)


def test_a_withdrawal_in_the_last_moment_wins(school: School) -> None:
    def withdraw_meanwhile(reached: str) -> None:
        if reached == "claimed":
            school.decide(TESS, Answer.WITHDRAWN)

    post = school.approved("Tessaly Brightwater won the spelling bee!")
    publish_due(school.context, school.reviewer, at=withdraw_meanwhile)
    assert school.delivery(post).state is _S.HELD
    assert not school.network.posts


def test_a_restriction_holds_the_post(school: School) -> None:
    post = school.approved("Tessaly Brightwater won the spelling bee!")
    restrict_person(school.context, school.records, TESS.id, True)
    publish(school)
    assert school.delivery(post).state is _S.HELD


def test_a_permission_that_ends_before_the_due_day_stops_the_approval(school: School) -> None:
    record_decision(
        school.context, school.records, LOGAN.id, tuple(Use), (Channel.SOCIAL_MEDIA,),
        Answer.GRANTED, Source.FORM, "A parent", valid_until=date(2026, 9, 20),
    )  # fmt: skip
    post = school.submit(school.write("Logan Vantongeren won!"))
    with pytest.raises(UserError, match="still stands"):
        school.approve(post, due=Due(datetime(2026, 9, 25, 9, 0), "America/Edmonton"))  # noqa: DTZ001 - wall time
    due = Due(datetime(2026, 9, 19, 9, 0), "America/Edmonton")  # noqa: DTZ001 - wall time
    assert school.approve(post, due=due).state is PostState.SCHEDULED


def test_a_disconnected_account_gets_nothing(school: School) -> None:
    post = school.approved(TEXT)
    disconnect_account(school.context, school.leader, school.bluesky.id)
    publish(school)
    assert school.delivery(post).state is _S.HELD
    assert not school.network.posts


def test_nothing_is_sent_while_paused(school: School) -> None:
    school.approved(TEXT)
    settings = get_settings(school.context)
    save_settings(school.context, school.leader, replace(settings, paused=True))
    publish(school)
    assert not school.network.posts
    save_settings(school.context, school.leader, settings)
    assert publish(school).published == 1


# Time


def later_post(school: School, hour: int) -> Post:
    due = Due(datetime(2026, 9, 14, hour, 0), "America/Edmonton")  # noqa: DTZ001 - wall time
    return school.approve(school.submit(school.write(TEXT)), due=due)


def test_a_scheduled_post_waits_for_its_wall_time(school: School) -> None:
    later_post(school, 11)
    school.clock.pass_time(hours=1, minutes=59)
    publish(school)
    assert not school.network.posts
    school.clock.pass_time(minutes=1)
    assert publish(school).published == 1


def test_a_post_whose_time_passed_asks_instead_of_going_out_late(school: School) -> None:
    post = later_post(school, 11)
    school.clock.pass_time(hours=4)
    publish(school)
    row = school.delivery(post)
    assert row.state is _S.MISSED
    assert not school.network.posts
    try_again(school.context, school.leader, row.id)
    assert publish(school).published == 1


# By hand


def test_posting_by_hand_ends_with_the_address(school: School) -> None:
    post = school.approved(TEXT, school.facebook)
    row = school.delivery(post, school.facebook)
    assert publish(school).waiting == 1
    ready = begin_by_hand(school.context, school.author, school.reviewer, row.id)
    assert ready.text == TEXT
    assert ready.folder.is_dir()
    address = "https://www.facebook.com/quarryhill.example/posts/1"
    done = finish_by_hand(school.context, school.author, row.id, address)
    assert (done.state, done.remote_url) == (_S.PUBLISHED, address)
    assert not ready.folder.exists()
    assert school.stored(post).state is PostState.PUBLISHED


def test_posting_by_hand_is_checked_at_that_moment(school: School) -> None:
    post = school.approved("Tessaly Brightwater won!", school.facebook)
    school.decide(TESS, Answer.WITHDRAWN)
    row = school.delivery(post, school.facebook)
    with pytest.raises(UserError, match="changed since"):
        begin_by_hand(school.context, school.author, school.reviewer, row.id)
    assert school.delivery(post, school.facebook).state is _S.HELD
    assert not list(school.context.outbox.glob("*"))


def test_what_was_not_posted_by_hand_waits_again(school: School) -> None:
    post = school.approved(TEXT, school.facebook)
    row = school.delivery(post, school.facebook)
    ready = begin_by_hand(school.context, school.author, school.reviewer, row.id)
    give_up_by_hand(school.context, school.author, row.id)
    assert school.delivery(post, school.facebook).state is _S.PLANNED
    assert not ready.folder.exists()


def test_an_interrupted_posting_by_hand_asks_for_its_address(school: School) -> None:
    post = school.approved(TEXT, school.facebook)
    row = school.delivery(post, school.facebook)
    begin_by_hand(school.context, school.author, school.reviewer, row.id)
    school.clock.pass_time(hours=3)
    publish(school.restarted())
    assert school.delivery(post, school.facebook).state is _S.UNCERTAIN
    address = "https://www.facebook.com/quarryhill.example/posts/1"
    assert finish_by_hand(school.context, school.author, row.id, address).state is _S.PUBLISHED


# What was approved is what is sent


def test_an_edit_voids_the_approval(school: School) -> None:
    post = school.approved(TEXT)
    edited = save_draft(school.context, school.author, replace(post, text="Something else."))
    assert edited.state is PostState.DRAFT
    publish(school)
    assert not school.network.posts


def test_a_published_post_can_not_be_edited(school: School) -> None:
    post = school.approved(TEXT)
    publish(school)
    with pytest.raises(UserError, match="can't be edited"):
        save_draft(school.context, school.author, replace(school.stored(post), text="Other."))

"""A permission that is withdrawn between approval and the due time holds the post back."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from PySide6.QtCore import QDateTime, Qt

from smassistant.domain.consents import Answer, Channel, Use
from smassistant.domain.deliveries import DeliveryState
from tests.fakes.clock import HandClock
from tests.journeys.homes import LEADER, Home, submitted
from tests.journeys.program import Program
from tests.journeys.readers import Reader
from tests.journeys.steps import dialog, gone, open_school, sign_in, words
from tests.servers.bluesky import Bluesky
from ui.dialogs.decision import DecisionDialog
from ui.pages.published import PublishedPage
from ui.pages.queue import QueuePage
from ui.pages.registry import RegistryPage
from ui.tour.hands import Hands

IN_AN_HOUR = 3600  # seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    """The program's own clock, in the test's hand."""
    clock = HandClock(datetime.now(UTC))
    monkeypatch.setattr("smassistant.security.clock.SystemClock", lambda: clock)
    return clock


def test_withdrawal_before_the_due_time(
    program: Program, home: Home, bluesky: Bluesky, clock: HandClock
) -> None:
    text = f"Tessaly Brightwater won the spelling bee! {uuid4().hex}"
    context = home.open()
    submitted(home, context, text, (home.bluesky,))
    context.store.close()
    reader = Reader(bluesky)

    def approve_and_withdraw(hands: Hands) -> None:
        open_school(hands)
        sign_in(hands, LEADER)
        approve_for_later(hands)
        decide(hands, Answer.WITHDRAWN)

    def see_why(hands: Hands) -> None:
        open_school(hands)
        sign_in(hands, LEADER)
        page = hands.page("published", PublishedPage)
        hands.wait(lambda: state(page) is DeliveryState.HELD, "the post to be held")
        hands.settle()
        assert "Held back" in words(page)
        assert "Tessaly Brightwater" in words(page)
        assert "withdrawn" in words(page)
        assert waiting(hands) == 1
        assert not reader.posts(text)
        decide(hands, Answer.GRANTED)
        publish_now(hands)

    program.run(approve_and_withdraw)
    assert not reader.posts(text)
    clock.pass_time(minutes=61)
    program.run(see_why)
    assert len(reader.posts(text)) == 1


def approve_for_later(hands: Hands) -> None:
    page = hands.page("queue", QueuePage)
    hands.wait(lambda: page.panel is not None, "the post")
    hands.settle()
    bar = page.bar
    bar.later.setFocus()
    hands.key(bar.later, Qt.Key.Key_Space)
    bar.when.setDateTime(QDateTime.currentDateTime().addSecs(IN_AN_HOUR))
    bar.approve.setFocus()
    hands.key(bar.approve, Qt.Key.Key_Space)
    hands.wait(lambda: page.list.count() == 0, "the approval")
    published = hands.page("published", PublishedPage)
    assert state(published) is DeliveryState.PLANNED


def decide(hands: Hands, answer: Answer) -> None:
    """Record what the parent said, on the registry page."""
    page = hands.page("registry", RegistryPage)
    page.search.clear()
    hands.type(page.search, "brightwater")
    hands.settle()
    hands.key(page.search, Qt.Key.Key_Return)
    hands.key(page.list, Qt.Key.Key_Down)
    hands.wait(lambda: page.record is not None, "the child's record")
    hands.press(page.panel.record_button)
    form = dialog(hands, DecisionDialog)
    boxes = (form.answers[answer], *(form.uses[use] for use in Use))
    for box in (*boxes, form.channels[Channel.SOCIAL_MEDIA]):
        box.setChecked(True)
    hands.type(form.signer.entry, "Parent of Tessaly")
    hands.key(form.signer.entry, Qt.Key.Key_Return)
    gone(hands, form)


def publish_now(hands: Hands) -> None:
    """The permission is back: the leader sends the held post."""
    page = hands.page("published", PublishedPage)
    assert page.detail is not None
    page.detail.again.setFocus()
    hands.key(page.detail.again, Qt.Key.Key_Space)
    hands.wait(lambda: state(page) is DeliveryState.PUBLISHED, "the publication")
    hands.settle()
    assert waiting(hands) == 0


def state(page: PublishedPage) -> DeliveryState | None:
    """Where the delivery that is shown stands."""
    return page.detail.line.delivery.state if page.detail else None


def waiting(hands: Hands) -> int:
    """How much the sidebar says waits on the Publishing page."""
    assert hands.desk.workspace is not None
    badge = hands.desk.workspace.sidebar.button("published").badge
    return int(badge.text()) if badge.isVisible() else 0

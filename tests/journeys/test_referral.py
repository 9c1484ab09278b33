"""A post about a subject goes on by a question: asked, answered, approved, published."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.findings import MendKind
from smassistant.domain.users import Role
from smassistant.services.auditing import list_entries
from smassistant.services.following import list_deliveries
from smassistant.services.keeping_users import add_user
from tests.journeys.homes import AUTHOR, LEADER, PASSWORD, Home
from tests.journeys.program import Program
from tests.journeys.readers import Reader
from tests.journeys.steps import banner, dialog, gone, lock, open_school, sign_in, words
from tests.servers.bluesky import Bluesky
from ui.dialogs.question import QuestionDialog
from ui.pages.compose import ComposePage
from ui.pages.posts import PostsPage
from ui.pages.queue import QueuePage
from ui.pages.referrals import ReferralsPage
from ui.tour.hands import Hands

COORDINATOR, COORDINATOR_NAME = "j.moreau", "Jeanne Moreau-Hill"
QUESTION = "The newspaper wrote about it. May we?"
ANSWER = "Yes, as it stands."


def test_from_the_question_to_the_readers(program: Program, home: Home, bluesky: Bluesky) -> None:
    text = f"The lawsuit about our playground is over: it stays open! {uuid4().hex}"
    add_coordinator(home)
    reader = Reader(bluesky)

    def ask_answer_approve(hands: Hands) -> None:
        open_school(hands)
        sign_in(hands, AUTHOR)
        ask(hands, home, text)
        lock(hands)
        sign_in(hands, COORDINATOR)
        answer(hands, text)
        lock(hands)
        sign_in(hands, AUTHOR)
        hand_in(hands)
        lock(hands)
        sign_in(hands, LEADER)
        approve(hands)
        check_trail(hands)

    program.run(ask_answer_approve)
    assert len(reader.posts(text)) == 1


def test_a_no_keeps_the_same_words_from_going_out(
    program: Program, home: Home, bluesky: Bluesky
) -> None:
    text = f"The lawsuit about our playground goes on. {uuid4().hex}"
    add_coordinator(home)

    def ask_and_copy(hands: Hands) -> None:
        open_school(hands)
        sign_in(hands, AUTHOR)
        ask(hands, home, text)
        lock(hands)
        sign_in(hands, COORDINATOR)
        refuse(hands)
        lock(hands)
        sign_in(hands, LEADER)
        copy(hands, home, text)

    program.run(ask_and_copy)
    assert not Reader(bluesky).posts(text)


def add_coordinator(home: Home) -> None:
    context = home.open()
    roles = frozenset({Role.FOIP})
    add_user(context, home.leader, COORDINATOR_NAME, COORDINATOR, roles, PASSWORD)
    context.store.close()


# --- the author -----------------------------------------------------------------------------------


def write(hands: Hands, home: Home, text: str) -> ComposePage:
    page = hands.page("compose", ComposePage)
    page.start_new()
    hands.wait(lambda: page.writing is not None, "an empty post")
    hands.settle()
    hands.press(page.desk.places.button(home.bluesky.id))
    hands.type(page.desk.editor, text)
    hands.wait(lambda: page.desk.panel.findings, "the finding")
    hands.settle()
    return page


def ask(hands: Hands, home: Home, text: str) -> None:
    """Choose the way on by keyboard, write the question, send it with Enter."""
    page = write(hands, home, text)
    finding = page.desk.panel.findings[0]
    assert (finding.code, finding.clause) == ("topic.legal", "6")
    assert MendKind.GIVE_REASON not in [mend.kind for mend in finding.mends]
    hands.key(page.desk.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert "stands in the way" in banner(hands)
    hands.press(hands.button("Ask the FOIP Coordinator", page.desk.panel))
    asking = dialog(hands, QuestionDialog)
    assert asking.question.entry.hasFocus()
    hands.type(asking.question.entry, QUESTION)
    hands.key(asking.question.entry, Qt.Key.Key_Return)
    gone(hands, asking)
    hands.wait(lambda: page.stack.currentWidget() is page.submitted, "the question to be sent")
    assert "With the privacy office" in words(page.submitted)
    posts = hands.page("posts", PostsPage)
    assert QUESTION in words(posts)
    assert not posts.detail.go_on.isVisible()


def hand_in(hands: Hands) -> None:
    """Read the answer and submit what was answered."""
    posts = hands.page("posts", PostsPage)
    assert ANSWER in words(posts)
    hands.press(posts.detail.go_on)
    page = hands.page("compose", ComposePage)
    hands.wait(lambda: page.desk.answer.isVisible(), "the answer")
    assert ANSWER in page.desk.answer.text
    page.desk.editor.setFocus()
    hands.key(page.desk.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.wait(lambda: page.stack.currentWidget() is page.submitted, "the submission")


def copy(hands: Hands, home: Home, text: str) -> None:
    """Somebody else types the same words: they are blocked, whatever is done."""
    page = write(hands, home, text.upper())
    assert "Not like this" in words(page.desk.panel)
    hands.key(page.desk.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert page.stack.currentWidget() is page.desk
    assert "in the way" in banner(hands)


# --- the office and the leader --------------------------------------------------------------------


def answer(hands: Hands, text: str) -> None:
    """Read the question with its draft; say yes by keyboard."""
    page = hands.page("referrals", ReferralsPage)
    detail = page.detail
    assert detail is not None
    assert detail.text.text() == text
    assert QUESTION in words(detail)
    hands.type(detail.words.entry, ANSWER)
    hands.key(detail.words.entry, Qt.Key.Key_Return)
    assert detail.yes.hasFocus()
    hands.key(detail.yes, Qt.Key.Key_Space)
    hands.wait(lambda: page.list.count() == 0, "the answer to be kept")
    assert "May go out" in banner(hands)


def refuse(hands: Hands) -> None:
    page = hands.page("referrals", ReferralsPage)
    assert page.detail is not None
    hands.press(page.detail.no)
    assert "say why not" in page.detail.words.wrong
    assert isinstance(QApplication.focusWidget(), type(page.detail.words.entry))
    hands.type(page.detail.words.entry, "It is before the judge.")
    hands.press(page.detail.no)
    hands.wait(lambda: page.list.count() == 0, "the answer to be kept")


def approve(hands: Hands) -> None:
    """The leader sees question and answer, and approves."""
    page = hands.page("queue", QueuePage)
    hands.wait(lambda: page.panel is not None, "the post")
    hands.settle()
    assert QUESTION in words(page)
    assert ANSWER in words(page)
    approve_button: QPushButton = page.bar.approve
    approve_button.setFocus()
    hands.key(approve_button, Qt.Key.Key_Space)
    hands.wait(lambda: page.list.count() == 0, "the empty queue")
    hands.wait(lambda: states(hands) == {DeliveryState.PUBLISHED}, "the publication")


def states(hands: Hands) -> set[DeliveryState]:
    school, user = hands.desk.school, hands.desk.user
    assert school is not None
    assert user is not None
    return {line.delivery.state for line in list_deliveries(school.context, user)}


def check_trail(hands: Hands) -> None:
    school, user = hands.desk.school, hands.desk.user
    assert school is not None
    assert user is not None
    actions = [line.entry.action for line in reversed(list_entries(school.context, user))]
    steps = ["referral.asked", "referral.answered_yes", "post.submitted", "post.approved"]
    found = iter(actions)
    assert all(step in found for step in steps), actions

"""The approval queue: by keyboard alone, never by one key, never one's own, with a word why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from smassistant.domain.consents import Answer
from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.findings import ResolutionKind
from smassistant.domain.pictures import Accounting, Box, Face, Origin, Reading, TakenBy
from smassistant.domain.posts import Post, PostState
from smassistant.errors import UserError
from smassistant.services.approving import approve_post, submit_post
from smassistant.services.drafting import add_picture, save_draft, start_post
from smassistant.services.reviewing import answer
from tests.ui.conftest import Seat, shown_words
from tests.ui.writing_rig import jpeg
from tests.unit.services.conftest import TESS
from ui.pages.posts import PostsPage
from ui.pages.queue import QueuePage

FIRST, SECOND = "The book fair is open all week.", "Hot lunch orders are due on Thursday."
NAMING = "Tessaly Brightwater won the spelling bee!"
KEYS = [
    *(Qt.Key(code) for code in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)),
    *(Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F8, Qt.Key.Key_F9),
    *(Qt.Key.Key_Y, Qt.Key.Key_Plus, Qt.Key.Key_Delete),
]


def queue_page(seat: Seat) -> QueuePage:
    page = seat.show("queue")
    assert isinstance(page, QueuePage)
    seat.settle()
    return page


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    QTest.keyClick(QApplication.focusWidget(), key, held)


def tab_to(wanted: QWidget, most: int = 40) -> None:
    """Press Tab until `wanted` has the keyboard."""
    for _press in range(most):
        if wanted.hasFocus():
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {wanted.accessibleName() or wanted}")


def state(seat: Seat, post: Post) -> PostState:
    return seat.school.stored(post).state


# --- by keyboard ----------------------------------------------------------------------------------


def test_from_the_list_to_approved_by_keys(seat: Seat) -> None:
    first = seat.school.submit(seat.school.write(FIRST))
    seat.school.clock.pass_time(minutes=1)
    second = seat.school.submit(seat.school.write(SECOND))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    assert page.list.hasFocus()
    assert page.list.count() == 2
    assert page.panel is not None
    assert page.panel.overview.post.id == first.id, "the oldest comes first"
    press(Qt.Key.Key_Down)
    seat.wait(lambda: page.panel is not None and page.panel.overview.post.id == second.id)
    seat.settle()
    tab_to(page.bar.approve)
    press(Qt.Key.Key_Space)
    seat.wait(lambda: page.list.count() == 1)
    seat.settle()
    assert state(seat, first) is PostState.IN_REVIEW
    assert seat.school.delivery(second).state is DeliveryState.PUBLISHED
    assert [parcel.text for parcel in seat.school.network.posts.values()] == [SECOND]


def test_no_single_key_approves(seat: Seat) -> None:
    post = seat.school.submit(seat.school.write(FIRST))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    none = Qt.KeyboardModifier.NoModifier
    for held in (none, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier):
        for key in KEYS:
            if (held, key) == (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L):
                continue  # locks the window
            page.list.setFocus()
            QTest.keyClick(page.list, key, held)
    seat.settle()
    assert state(seat, post) is PostState.IN_REVIEW


def test_second_press_does_not_approve_the_next_post(seat: Seat) -> None:
    first = seat.school.submit(seat.school.write(FIRST))
    seat.school.clock.pass_time(minutes=1)
    second = seat.school.submit(seat.school.write(SECOND))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    tab_to(page.bar.approve)
    press(Qt.Key.Key_Space)
    for _press in range(3):
        press(Qt.Key.Key_Space)
        seat.qtbot.wait(1)
    seat.wait(lambda: page.list.count() == 1)
    seat.settle()
    press(Qt.Key.Key_Space)
    seat.settle()
    assert state(seat, first) is PostState.PUBLISHED
    assert state(seat, second) is PostState.IN_REVIEW


def test_keyboard_is_never_lost(seat: Seat) -> None:
    """After a decision the keyboard is on the list, so that the next post is one step away."""
    for text in (FIRST, SECOND):
        seat.school.submit(seat.school.write(text))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    tab_to(page.bar.approve)
    press(Qt.Key.Key_Space)
    seat.wait(lambda: page.list.count() == 1)
    seat.settle()
    assert page.list.hasFocus()


@pytest.mark.parametrize(
    ("button", "after"), [("give_back", PostState.RETURNED), ("refuse", PostState.REFUSED)]
)
def test_turned_down_with_words(seat: Seat, button: str, after: PostState) -> None:
    post = seat.school.submit(seat.school.write(FIRST))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    tab_to(getattr(page.bar, button))
    press(Qt.Key.Key_Space)
    assert page.bar.words.hasFocus()
    press(Qt.Key.Key_Return)
    QTest.keyClicks(page.bar.words, "   ")
    press(Qt.Key.Key_Return)
    seat.settle()
    assert state(seat, post) is PostState.IN_REVIEW, "the author is never left without a word"
    QTest.keyClicks(page.bar.words, "The date is wrong.")
    press(Qt.Key.Key_Return)
    seat.wait(lambda: page.list.count() == 0)
    stored = seat.school.stored(post)
    assert stored.state is after
    assert [comment.text for comment in stored.comments] == ["The date is wrong."]
    seat.desk.lock()
    seat.sign_in(seat.school.author)
    mine = seat.show("posts")
    assert isinstance(mine, PostsPage)
    seat.settle()
    assert "The date is wrong." in shown_words(mine)


def test_words_are_not_carried_to_the_next_post(seat: Seat) -> None:
    first = seat.school.submit(seat.school.write(FIRST))
    seat.school.clock.pass_time(minutes=1)
    second = seat.school.submit(seat.school.write(SECOND))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    page.bar.give_back.click()
    QTest.keyClicks(page.bar.words, "About the first one")
    page.list.setCurrentRow(1)
    seat.settle()
    assert page.panel is not None
    assert page.panel.overview.post.id == second.id
    assert not page.bar.words.isVisible()
    assert not page.bar.words.text()
    assert {state(seat, post) for post in (first, second)} == {PostState.IN_REVIEW}


# --- who may --------------------------------------------------------------------------------------


def own_post(seat: Seat) -> Post:
    """A post that a leader wrote and handed in."""
    school = seat.school
    post = start_post(school.context, school.leader)
    post = replace(post, text=FIRST, accounts=(school.bluesky.id,))
    post = save_draft(school.context, school.leader, post)
    return submit_post(school.context, school.leader, school.reviewer, post.id, post.version)


def test_own_post_waits_for_another_leader(seat: Seat) -> None:
    post = own_post(seat)
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    why = "You wrote this post: somebody else has to approve it."
    assert not page.bar.approve.isEnabled()
    assert page.bar.approve.accessibleDescription() == why
    assert why in shown_words(page)
    page.bar.approve.click()
    page.bar.approved.emit(None)
    seat.settle()
    assert state(seat, post) is PostState.IN_REVIEW
    assert seat.workspace.banner.isVisible()
    assert "Nobody approves their own post" in shown_words(seat.workspace.banner)
    seat.desk.lock()
    seat.sign_in(seat.school.second_leader)
    page = queue_page(seat)
    assert page.bar.approve.isEnabled()
    page.bar.approve.click()
    seat.wait(lambda: state(seat, post) is PostState.PUBLISHED)


def test_author_has_no_queue(seat: Seat) -> None:
    workspace = seat.sign_in(seat.school.author)
    assert "queue" not in workspace.keys()  # noqa: SIM118 - a method of ours
    workspace.go_to("queue")
    assert workspace.key != "queue"


def decided_elsewhere(seat: Seat, post: Post) -> None:
    """The other leader approves while this one is still reading."""
    school = seat.school
    approve_post(school.context, school.second_leader, school.reviewer, post.id, post.version)


@pytest.mark.parametrize("act", ["approve", "return"])
def test_two_leaders_at_once(seat: Seat, act: str) -> None:
    post = seat.school.submit(seat.school.write(FIRST))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    decided_elsewhere(seat, post)
    # The window has not heard of it yet.
    if act == "approve":
        page.bar.approve.click()
    else:
        page.bar.returned.emit("Please add the date.")
    seat.wait(lambda: page.list.count() == 0)
    seat.settle()
    assert "changed in the meantime" in shown_words(seat.workspace.banner)
    assert len(seat.school.network.posts) == 1
    assert seat.school.stored(post).comments == ()


def test_window_follows_the_other_leader(seat: Seat) -> None:
    post = seat.school.submit(seat.school.write(FIRST))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    decided_elsewhere(seat, post)
    seat.wait(lambda: page.list.count() == 0)
    assert "Nothing waits for you" in shown_words(page)


def test_edited_post_is_shown_as_it_is_now(seat: Seat) -> None:
    """What is approved is what was read: an edit takes the post away from under the button."""
    post = seat.school.submit(seat.school.write(FIRST))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    save_draft(seat.school.context, seat.school.author, replace(post, text="Something else."))
    page.bar.approve.click()
    seat.wait(lambda: page.list.count() == 0)
    seat.settle()
    assert state(seat, post) is PostState.DRAFT
    assert not seat.school.network.posts


def test_withdrawn_permission_keeps_from_approving(seat: Seat) -> None:
    post = seat.school.submit(seat.school.write(NAMING))
    seat.school.decide(TESS, Answer.WITHDRAWN)
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    assert not page.bar.approve.isEnabled()
    assert "Something stands against this post now" in page.bar.approve.accessibleDescription()
    assert "Tessaly Brightwater" in shown_words(page.panel)
    assert state(seat, post) is PostState.IN_REVIEW


def test_permission_withdrawn_while_reading(seat: Seat) -> None:
    post = seat.school.submit(seat.school.write(NAMING))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    assert page.bar.approve.isEnabled()
    seat.school.decide(TESS, Answer.WITHDRAWN)
    seat.wait(lambda: not page.bar.approve.isEnabled())
    seat.settle()
    assert "Something stands against this post now" in page.bar.approve.accessibleDescription()
    assert state(seat, post) is PostState.IN_REVIEW


# --- while somebody is at it ----------------------------------------------------------------------


def test_words_stay_while_another_post_arrives(seat: Seat) -> None:
    seat.school.submit(seat.school.write(FIRST))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    page.bar.give_back.click()
    QTest.keyClicks(page.bar.words, "The date")
    panel = page.panel
    seat.school.clock.pass_time(minutes=1)
    seat.school.submit(seat.school.write(SECOND))
    seat.wait(lambda: page.list.count() == 2)
    seat.settle()
    assert page.panel is panel
    QTest.keyClicks(QApplication.focusWidget(), " is wrong.")
    assert page.bar.words.text() == "The date is wrong."


def test_trouble_is_told_once(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """A post that can't be shown is not asked for again and again."""
    tries: list[int] = []

    def fail(*_given: object) -> None:
        tries.append(1)
        raise UserError("The school's database is busy.", "", "Try again.")

    monkeypatch.setattr("ui.pages.queue.look_over", fail)
    seat.school.submit(seat.school.write(FIRST))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    for _round in range(5):
        seat.qtbot.wait(1)
        seat.settle()
    assert len(tries) == 1
    assert "database is busy" in shown_words(seat.workspace.banner)
    assert not page.bar.isEnabled()


# --- when -----------------------------------------------------------------------------------------


def test_for_later(seat: Seat) -> None:
    post = seat.school.submit(seat.school.write(FIRST))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    tab_to(page.bar.later)
    press(Qt.Key.Key_Space)
    in_an_hour = QDateTime(2026, 9, 14, 10, 0, 0)
    assert page.bar.when.dateTime() == in_an_hour, "as the school's clock will show it"
    page.bar.when.setDateTime(QDateTime(2026, 9, 14, 13, 30, 0))
    tab_to(page.bar.approve)
    press(Qt.Key.Key_Space)
    seat.wait(lambda: page.list.count() == 0)
    seat.settle()
    row = seat.school.delivery(post)
    assert row.state is DeliveryState.PLANNED
    assert row.due_at.isoformat() == "2026-09-14T19:30:00+00:00", "half past one in Alberta"
    assert not seat.school.network.posts


def test_time_that_has_passed_is_refused(seat: Seat) -> None:
    post = seat.school.submit(seat.school.write(FIRST))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    page.bar.later.setChecked(True)
    page.bar.when.setDateTime(QDateTime(2026, 9, 14, 8, 30, 0))
    page.bar.approve.click()
    seat.settle()
    assert state(seat, post) is PostState.IN_REVIEW
    assert "already passed" in shown_words(seat.workspace.banner)
    assert page.bar.approve.isEnabled()


# --- around it ------------------------------------------------------------------------------------


def test_counts_in_the_sidebar(seat: Seat) -> None:
    for text in (FIRST, SECOND):
        seat.school.submit(seat.school.write(text))
    workspace = seat.sign_in(seat.school.leader)
    button = workspace.sidebar.button("queue")
    seat.wait(lambda: button.badge.text() == "2" and button.badge.isVisible())
    assert button.accessibleName() == "To approve, 2 waiting"
    page = queue_page(seat)
    page.bar.approve.click()
    seat.wait(lambda: button.badge.text() == "1")
    seat.settle()
    page.bar.approve.click()
    seat.wait(lambda: not button.badge.isVisible())
    assert button.accessibleName() == "To approve"


def test_lock_empties_the_page(seat: Seat) -> None:
    seat.school.submit(seat.school.write(NAMING))
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    page.bar.give_back.click()
    QTest.keyClicks(page.bar.words, "About Brightwater")
    assert "Brightwater" in shown_words(page)
    page.close_down()
    assert "Brightwater" not in shown_words(page)
    seat.desk.lock()
    seat.wait(lambda: "Brightwater" not in shown_words())


def test_everything_about_a_post_is_on_the_screen(seat: Seat) -> None:
    post = rich_post(seat)
    seat.school.submit(post)
    seat.sign_in(seat.school.leader)
    page = queue_page(seat)
    seen = shown_words(page)
    for words in (
        "Ann Example",
        post.text,
        "Two children hold a jar.",
        "Tessaly Brightwater",
        "It is our own honey sale.",
        f"{len(post.text)} of 300 characters, 1 of 4 pictures",
    ):
        assert words in seen, words
    assert page.panel is not None
    pixmap = page.panel.cards[0].findChildren(QLabel)[0].pixmap()
    assert not pixmap.isNull(), "the picture as readers will see it"


def rich_post(seat: Seat) -> Post:
    """A draft with a child's picture, and a warning that its author gave a reason for."""
    school = seat.school
    picture = add_picture(school.context, school.author, jpeg(), "jar.jpg").picture
    face = Face("face-1", Box(0.1, 0.2, 0.2, 0.3), 0.9, Accounting.PERSON, TESS.id)
    own = Origin(TakenBy.OWN)
    words = "Two children hold a jar."
    picture = replace(
        picture, alt_text=words, faces=(face,), looked=True, origin=own, reading=Reading.THOROUGH
    )
    post = school.write("Buy 20 % off at Sport Shop today.", pictures=(picture,))
    for finding in school.reviewer.review(post).unanswered:
        reason = "It is our own honey sale."
        post = answer(post, finding, ResolutionKind.REASON, school.author.id, reason=reason)
    assert post.resolutions
    return save_draft(school.context, school.author, post)

"""The Publishing page: what stands, what waits, what only a person can settle, and how."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from smassistant.domain.consents import Answer
from smassistant.domain.deliveries import Delivery, DeliveryState
from smassistant.domain.posts import Post, PostState
from smassistant.ports import SurelyRefused, Uncertain
from smassistant.services.delivering import publish_due
from smassistant.services.handing_over import begin_by_hand
from tests.ui.conftest import Seat, shown_words
from tests.ui.test_queue import press, tab_to
from tests.unit.services.conftest import TESS
from ui.pages.published import PublishedPage

_S = DeliveryState
TEXT = "The book fair is open all week."
NAMING = "Tessaly Brightwater won the spelling bee!"
STANDS = "https://bsky.app/profile/school.memory/post/1"
ADDRESS = "https://www.facebook.com/quarryhill.example/posts/7"


def page_of(seat: Seat) -> PublishedPage:
    page = seat.show("published")
    assert isinstance(page, PublishedPage)
    seat.settle()
    return page


def publish(seat: Seat) -> None:
    publish_due(seat.school.context, seat.school.reviewer)


def line_down(step: str) -> None:
    """Neither sending nor looking gets an answer."""
    if step in ("send", "find"):
        raise Uncertain("It is not known whether the post stands.")


def uncertain_post(seat: Seat) -> Post:
    """A post that was sent into a dead line and looked for in vain."""
    post = seat.school.approved(TEXT)
    seat.school.connector.before = line_down
    for _round in range(8):
        publish(seat)
        seat.school.clock.pass_time(minutes=16)
    row = seat.school.delivery(post)
    assert (row.state, row.next_at) == (_S.UNCERTAIN, None)
    return post


def badge(seat: Seat) -> str:
    shown = seat.workspace.sidebar.button("published").badge
    return shown.text() if shown.isVisible() else ""


# --- what only a person can settle ----------------------------------------------------------------


def test_uncertain_post_is_there(seat: Seat) -> None:
    post = uncertain_post(seat)
    seat.sign_in(seat.school.leader)
    page = page_of(seat)
    assert "Not known whether it was published" in shown_words(page)
    assert "Is the post on the account?" in shown_words(page)
    assert page.detail is not None
    tab_to(page.detail.address)
    QTest.keyClicks(page.detail.address, STANDS)
    tab_to(page.detail.there)
    press(Qt.Key.Key_Space)
    seat.wait(lambda: seat.school.delivery(post).state is _S.PUBLISHED)
    seat.settle()
    assert seat.school.delivery(post).remote_url == STANDS
    assert STANDS in shown_words(page)
    assert seat.school.network.sends == 0
    assert seat.school.stored(post).state is PostState.PUBLISHED


def test_uncertain_post_is_not_there(seat: Seat) -> None:
    post = uncertain_post(seat)
    seat.school.clock.instant = seat.school.delivery(post).due_at
    seat.sign_in(seat.school.leader)
    page = page_of(seat)
    seat.school.connector.before = lambda step: None
    assert page.detail is not None
    tab_to(page.detail.not_there)
    press(Qt.Key.Key_Space)
    seat.wait(lambda: seat.school.delivery(post).state is _S.PUBLISHED)
    assert seat.school.network.sends == 1


def test_address_that_is_none_is_refused_in_words(seat: Seat) -> None:
    post = uncertain_post(seat)
    seat.sign_in(seat.school.leader)
    page = page_of(seat)
    assert page.detail is not None
    page.detail.address.setText("javascript:alert(1)")
    page.detail.there.click()
    seat.settle()
    assert seat.workspace.banner.isVisible()
    assert seat.school.delivery(post).state is _S.UNCERTAIN


def test_held_post_says_why_and_is_published_once_it_may(seat: Seat) -> None:
    post = seat.school.approved(NAMING)
    seat.school.decide(TESS, Answer.WITHDRAWN)
    publish(seat)
    seat.sign_in(seat.school.leader)
    page = page_of(seat)
    assert "Held back" in shown_words(page)
    assert "Tessaly Brightwater" in shown_words(page)
    assert badge(seat) == "1"
    assert page.detail is not None
    tab_to(page.detail.again)
    press(Qt.Key.Key_Space)
    seat.settle()
    seat.wait(lambda: seat.school.delivery(post).state is _S.HELD)
    assert not seat.school.network.posts, "asking again does not make it permitted"
    seat.school.decide(TESS, Answer.GRANTED)
    seat.settle()
    page.detail.again.click()
    seat.wait(lambda: seat.school.delivery(post).state is _S.PUBLISHED)
    seat.wait(lambda: badge(seat) == "")
    assert len(seat.school.network.posts) == 1


def test_refused_post_says_why(seat: Seat) -> None:
    def refuse(step: str) -> None:
        if step == "send":
            raise SurelyRefused("The account is suspended.", next_step="Ask the platform.")

    post = seat.school.approved(TEXT)
    seat.school.connector.before = refuse
    publish(seat)
    seat.sign_in(seat.school.leader)
    page = page_of(seat)
    assert "Not accepted" in shown_words(page)
    assert "The account is suspended." in shown_words(page)
    seat.school.connector.before = lambda step: None
    assert page.detail is not None
    page.detail.again.click()
    seat.wait(lambda: seat.school.delivery(post).state is _S.PUBLISHED)


def test_missed_post_asks_instead_of_going_out_late(seat: Seat) -> None:
    post = seat.school.approved(TEXT)
    seat.school.clock.pass_time(hours=2)
    seat.sign_in(seat.school.leader)
    page = page_of(seat)
    seat.wait(lambda: seat.school.delivery(post).state is _S.MISSED)
    seat.settle()
    assert "Missed its time" in shown_words(page)
    assert not seat.school.network.posts
    assert page.detail is not None
    page.detail.again.click()
    seat.wait(lambda: seat.school.delivery(post).state is _S.PUBLISHED)


# --- by hand --------------------------------------------------------------------------------------


def test_by_hand_by_keys(seat: Seat) -> None:
    post = seat.school.approved(TEXT, seat.school.facebook)
    seat.sign_in(seat.school.author)
    page = page_of(seat)
    assert badge(seat) == "1"
    assert page.detail is not None
    tab_to(page.detail.hand_over)
    press(Qt.Key.Key_Space)
    seat.wait(lambda: page.panel is not None and page.panel.isVisible())
    assert QApplication.clipboard().text() == TEXT
    panel = page.panel
    assert panel is not None
    assert panel.address.hasFocus()
    assert not panel.done.isEnabled()
    press(Qt.Key.Key_Return)
    QTest.keyClicks(panel.address, ADDRESS)
    press(Qt.Key.Key_Return)
    seat.wait(lambda: row(seat, post).state is _S.PUBLISHED)
    seat.settle()
    assert row(seat, post).remote_url == ADDRESS
    seat.wait(lambda: badge(seat) == "")
    assert page.list.hasFocus(), "the keyboard is not lost with the panel"


def row(seat: Seat, post: Post) -> Delivery:
    return seat.school.delivery(post, seat.school.facebook)


def test_half_typed_address_stays(seat: Seat) -> None:
    """Another delivery moves meanwhile: what is being typed is not thrown away."""
    seat.school.approved(TEXT, seat.school.facebook)
    seat.sign_in(seat.school.leader)
    page = page_of(seat)
    assert page.detail is not None
    page.detail.hand_over.click()
    seat.wait(lambda: page.panel is not None and page.panel.isVisible())
    assert page.panel is not None
    QTest.keyClicks(page.panel.address, "https://www.face")
    seat.school.approved("Another post.")
    seat.wait(lambda: page.list.count() == 2)
    seat.settle()
    assert page.panel.address.text() == "https://www.face"
    assert page.panel.address.hasFocus()


def test_not_posted_after_all(seat: Seat) -> None:
    post = seat.school.approved(TEXT, seat.school.facebook)
    seat.sign_in(seat.school.leader)
    page = page_of(seat)
    assert page.detail is not None
    page.detail.hand_over.click()
    seat.wait(lambda: page.panel is not None and page.panel.isVisible())
    assert page.panel is not None
    ready = page.panel.ready
    assert ready is not None
    assert ready.folder.is_dir()
    tab_to(page.panel.stop)
    press(Qt.Key.Key_Space)
    seat.wait(lambda: row(seat, post).state is _S.PLANNED)
    seat.settle()
    assert not ready.folder.exists()
    assert page.detail.hand_over.isVisible()


def test_program_ended_while_somebody_was_posting(seat: Seat) -> None:
    """Found again, it only asks for the address: nobody is told to post it a second time."""
    post = seat.school.approved(TEXT, seat.school.facebook)
    school = seat.school
    begin_by_hand(school.context, school.leader, school.reviewer, row(seat, post).id)
    school.clock.pass_time(hours=3)
    seat.sign_in(school.leader)
    page = page_of(seat)
    seat.wait(lambda: row(seat, post).state is _S.UNCERTAIN)
    seat.settle()
    assert page.panel is not None
    assert page.panel.ready is None
    assert "Waiting for its address" in shown_words(page)
    page.panel.address.setText(ADDRESS)
    page.panel.done.click()
    seat.wait(lambda: row(seat, post).state is _S.PUBLISHED)


# --- who sees and does what -----------------------------------------------------------------------


def test_author_sees_own_posts_and_settles_nothing(seat: Seat) -> None:
    uncertain_post(seat)
    seat.sign_in(seat.school.author)
    page = page_of(seat)
    assert page.list.count() == 1
    assert "Not known whether it was published" in shown_words(page)
    buttons = [button.text() for button in page.findChildren(QPushButton) if button.isVisible()]
    assert not {"It is there", "It is not there", "Publish now"} & set(buttons)


def test_order_and_words_of_the_list(seat: Seat) -> None:
    """What needs a person first; each row is a whole sentence for those who hear it."""
    published = seat.school.approved(TEXT)
    publish(seat)
    held = seat.school.approved(NAMING)
    seat.school.decide(TESS, Answer.WITHDRAWN)
    publish(seat)
    seat.sign_in(seat.school.leader)
    page = page_of(seat)
    spoken = [
        page.list.item(number).data(Qt.ItemDataRole.AccessibleTextRole)
        for number in range(page.list.count())
    ]
    assert spoken[0].startswith("Held back on Quarry Hill")
    assert spoken[1].startswith("Published on Quarry Hill")
    assert [seat.school.stored(post).state for post in (published, held)] == [
        PostState.PUBLISHED, PostState.SCHEDULED,
    ]  # fmt: skip
    assert page.list.hasFocus()
    press(Qt.Key.Key_Down)
    seat.settle()
    assert page.detail is not None
    assert page.detail.line.post.id == published.id
    tab_to(page.detail.copy_link)
    press(Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == seat.school.delivery(published).remote_url


def test_lock_empties_the_page_and_the_clipboard(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)  # offscreen can't say
    seat.school.approved(NAMING, seat.school.facebook)
    seat.sign_in(seat.school.leader)
    page = page_of(seat)
    assert page.detail is not None
    page.detail.hand_over.click()
    seat.wait(lambda: page.panel is not None and page.panel.isVisible())
    assert "Brightwater" in QApplication.clipboard().text()
    assert "Brightwater" in shown_words(page)
    page.close_down()
    assert "Brightwater" not in shown_words(page)
    seat.desk.lock()
    seat.wait(lambda: "Brightwater" not in shown_words())
    assert not QApplication.clipboard().text()


@pytest.mark.parametrize("count", [1, 3])
def test_counts_what_needs_a_person(seat: Seat, count: int) -> None:
    for number in range(count):
        seat.school.approved(f"{TEXT} {number}", seat.school.facebook)
    seat.school.approved(TEXT)
    seat.sign_in(seat.school.leader)
    seat.wait(lambda: badge(seat) == str(count))
    spoken = seat.workspace.sidebar.button("published").accessibleName()
    assert spoken == f"Publishing, {count} waiting"


def test_trouble_is_told(seat: Seat, fail: Callable[[], None]) -> None:
    seat.school.approved(TEXT, seat.school.facebook)
    seat.sign_in(seat.school.leader)
    page = page_of(seat)
    fail()
    assert page.detail is not None
    page.detail.hand_over.click()
    seat.settle()
    assert "could not be written" in shown_words(seat.workspace.banner)
    assert page.panel is None
    assert page.detail.hand_over.isEnabled()


@pytest.fixture
def fail(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on nothing can be written into the outbox: something else has its name."""

    def block() -> None:
        outbox = seat.school.context.outbox
        outbox.write_bytes(b"a file where the folder would be")

    return block

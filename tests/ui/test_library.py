"""The library of pictures on the screen: by keyboard, with a withdrawal, a bar, another use."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from smassistant.domain.consents import Answer
from smassistant.domain.pictures import Accounting, Box, Face, Origin, Picture, Reading, TakenBy
from smassistant.domain.posts import Post, PostState
from smassistant.domain.users import User
from smassistant.services.approving import refuse_post
from smassistant.services.drafting import add_picture, list_posts
from smassistant.services.listing_pictures import Standing
from tests.ui.conftest import Seat, shown_words
from tests.ui.writing_rig import jpeg
from tests.unit.services.conftest import TESS
from ui.delegates.pictures import PictureDelegate
from ui.pages.compose import ComposePage
from ui.pages.library import LibraryPage

HEAD = Face("f1", Box(0.1, 0.1, 0.2, 0.2), 1.0, Accounting.PERSON, TESS.id)


def picture(seat: Seat, words: str, *faces: Face) -> Picture:
    context, author = seat.school.context, seat.school.author
    number = seat.school.clock.now().timestamp() % 997
    added = add_picture(context, author, jpeg(400 + int(number), 300), f"{words}.jpg").picture
    return replace(
        added, faces=faces, looked=True, alt_text=words, reading=Reading.THOROUGH,
        origin=Origin(TakenBy.OWN),
    )  # fmt: skip


def use(seat: Seat, words: str, *faces: Face) -> Post:
    """A post in review with one picture."""
    seat.school.clock.pass_time(days=1)
    return seat.school.submit(
        seat.school.write(f"About {words.lower()}.", pictures=(picture(seat, words, *faces),))
    )


def publish(seat: Seat, post: Post) -> None:
    with seat.school.context.store.write() as work:
        stored = work.posts.get(post.id)
        assert stored is not None
        work.posts.save(replace(stored, state=PostState.PUBLISHED))


def fill(seat: Seat) -> None:
    publish(seat, use(seat, "A prize", HEAD))
    refused = use(seat, "The fair")
    refuse_post(seat.school.context, seat.school.leader, refused.id, refused.version, "Too near")
    use(seat, "A wall painting")


def open_page(seat: Seat, user: User | None = None) -> LibraryPage:
    seat.sign_in(user or seat.school.author)
    page = seat.show("library")
    assert isinstance(page, LibraryPage)
    seat.desk.window.activateWindow()
    seat.wait(seat.desk.window.isActiveWindow)
    seat.settle()
    return page


def shown(page: LibraryPage) -> list[str]:
    return [one.picture.alt_text for one in page.model.pictures]


def choose(seat: Seat, page: LibraryPage, words: str) -> None:
    page.grid.setCurrentIndex(page.model.index(shown(page).index(words)))
    seat.settle()


def test_an_empty_library_says_what_comes_here(seat: Seat) -> None:
    page = open_page(seat)
    assert "No pictures yet" in shown_words(page)
    assert page.primary() is page.finder.search


def test_every_picture_says_how_it_stands(seat: Seat) -> None:
    fill(seat)
    page = open_page(seat)
    assert shown(page) == ["A wall painting", "The fair", "A prize"]
    assert [one.standing for one in page.model.pictures] == [
        Standing.IN_WORK, Standing.BARRED, Standing.PUBLISHED,
    ]  # fmt: skip
    spoken = page.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("The fair. May not be used, ")
    assert "3 pictures" in shown_words(page)


def test_small_copies_come_into_sight(seat: Seat) -> None:
    fill(seat)
    page = open_page(seat)
    photo = page.model.pictures[0].picture.photo_id
    seat.wait(lambda: page.copies.get(photo, page.grid.devicePixelRatioF()) is not None)
    delegate = page.grid.itemDelegate()
    assert isinstance(delegate, PictureDelegate)
    page.close_down()
    assert page.model.rowCount() == 0


def test_pictures_are_found_by_who_is_in_them_and_how_they_stand(seat: Seat) -> None:
    fill(seat)
    page = open_page(seat)
    QTest.keyClicks(page.finder.search, "bright")
    seat.wait(lambda: shown(page) == ["A prize"])
    page.finder.search.clear()
    page.finder.standing.setCurrentIndex(page.finder.standing.findData(Standing.BARRED))
    seat.wait(lambda: shown(page) == ["The fair"])
    QTest.keyClicks(page.finder.search, "nobody")
    seat.wait(lambda: "No picture fits" in shown_words(page))


def test_a_withdrawal_marks_the_picture_while_the_page_is_open(seat: Seat) -> None:
    fill(seat)
    page = open_page(seat)
    choose(seat, page, "A prize")
    assert "may be shown today: Social media" in shown_words(page)
    seat.school.decide(TESS, Answer.WITHDRAWN)
    seat.wait(lambda: page.model.pictures[2].standing is Standing.WITHDRAWN)
    seat.wait(lambda: "may not be shown anywhere today" in shown_words(page))
    assert "1 person in it may no longer be shown" in shown_words(page)


def test_a_leader_allows_a_picture_again_with_a_reason(seat: Seat) -> None:
    fill(seat)
    page = open_page(seat, seat.school.leader)
    choose(seat, page, "The fair")
    detail = page.detail
    assert detail is not None
    assert "Lee Example refused its post" in shown_words(detail)
    assert not detail.use.isEnabled()
    (lift,) = detail.lifts
    lift.click()
    (reason,) = detail.reasons
    assert reason.hasFocus()
    QTest.keyClicks(reason, "It is another fair")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    seat.wait(lambda: page.model.pictures[1].standing is Standing.REFUSED)
    seat.settle()
    assert "allowed it again" in shown_words(page)
    assert page.detail is not None
    assert page.detail.use.isEnabled()


def test_an_author_sees_why_but_can_not_allow_it(seat: Seat) -> None:
    fill(seat)
    page = open_page(seat)
    choose(seat, page, "The fair")
    assert "Too near" in shown_words(page)
    assert page.detail is not None
    assert page.detail.lifts == []


def test_a_picture_is_used_again_by_keyboard_alone(seat: Seat) -> None:
    fill(seat)
    page = open_page(seat)
    page.finder.search.setFocus()
    for _press in range(12):
        focused = QApplication.focusWidget()
        if focused is page.grid:
            break
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.grid
    QTest.keyClick(page.grid, Qt.Key.Key_End)
    seat.settle()
    assert page.detail is not None
    assert page.detail.line.picture.alt_text == "A prize"
    for _press in range(6):
        focused = QApplication.focusWidget()
        if focused is page.detail.use:
            break
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), QPushButton)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    seat.settle()
    compose = seat.workspace.page("compose")
    assert isinstance(compose, ComposePage)
    seat.wait(lambda: compose.writing is not None)
    assert compose.writing is not None
    (again,) = compose.writing.post.pictures
    assert again.alt_text == "A prize"
    assert again.faces[0].person_id == TESS.id
    posts = list_posts(seat.school.context, seat.school.author)
    assert [post.state for post in posts].count(PostState.DRAFT) == 1


@pytest.mark.parametrize("count", [5000])
def test_thousands_of_pictures_scroll_without_loading_them_all(seat: Seat, count: int) -> None:
    fill(seat)
    page = open_page(seat)
    one = page.model.pictures[0]
    page.model.show_pictures(
        tuple(
            replace(one, picture=replace(one.picture, photo_id=f"ph-{number}"))
            for number in range(count)
        )
    )
    bar = page.grid.verticalScrollBar()
    for step in range(1, 21):
        bar.setValue(bar.maximum() * step // 20)
        page.grid.viewport().repaint()
    assert len(page.copies._asked) + len(page.copies._loading) < 60
    last = page.grid.indexAt(QPoint(30, page.grid.viewport().height() - 60))
    assert last.row() > count - 40
    seat.settle()

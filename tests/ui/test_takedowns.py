"""The take-down list on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from smassistant.domain.takedowns import TakedownState
from smassistant.domain.users import Role, User
from smassistant.services.delivering import publish_due
from smassistant.services.taking_down import (
    TakedownLine,
    list_takedowns,
    move_takedown,
    open_takedowns,
)
from tests.ui.conftest import Seat, shown_words
from ui.delegates.posts import LINES
from ui.pages.takedowns import TakedownsPage

TEXT = "Tessaly Brightwater won the ribbon."
WHY = "Her mother withdrew the permission."
_S = TakedownState


def put_up(seat: Seat, text: str = TEXT) -> TakedownLine:
    """A post on Bluesky that names Tessaly and has to come down."""
    school = seat.school
    post = school.approved(text)
    publish_due(school.context, school.reviewer)
    open_takedowns(school.context, school.records, "p-tess", [post.id], WHY)
    return next(line for line in lines(seat) if line.post and line.post.id == post.id)


def lines(seat: Seat, open_only: bool = False) -> tuple[TakedownLine, ...]:
    return list_takedowns(seat.school.context, seat.school.records, open_only)


def open_page(seat: Seat, user: User | None = None) -> TakedownsPage:
    seat.sign_in(user or seat.school.records)
    page = seat.show("takedowns")
    assert isinstance(page, TakedownsPage)
    return page


def step(page: TakedownsPage, to: TakedownState) -> QPushButton:
    assert page.detail is not None
    return page.detail.steps[to]


def test_nothing_to_take_down_says_so(seat: Seat) -> None:
    page = open_page(seat)
    assert "Nothing has to come down" in shown_words(page)
    assert page.primary() is page.settled
    page.settled.click()
    seat.settle()
    assert "Nothing ever had to come down" in shown_words(page)


def test_a_take_down_says_who_what_where_and_why(seat: Seat) -> None:
    put_up(seat)
    page = open_page(seat)
    said = shown_words(page)
    for words in (
        "Tessaly Brightwater, 4B", TEXT, "Quarry Hill · Bluesky: Published", f"Why: {WHY}",
        "Opened by Ria Example", "Has to come down",
    ):  # fmt: skip
        assert words in said
    spoken = page.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Tessaly Brightwater: Has to come down, on Quarry Hill, since 14 Sept")
    badge = seat.workspace.sidebar.button("takedowns")
    seat.wait(lambda: badge.accessibleName() == "Take-downs, 1 waiting")


def test_it_is_followed_until_it_is_gone(seat: Seat) -> None:
    put_up(seat)
    page = open_page(seat)
    step(page, _S.REMOVING).click()
    seat.wait(lambda: "Being taken down" in page.list.item(0).data(LINES)[0])
    step(page, _S.GONE).click()
    seat.wait(lambda: page.list.count() == 0)
    assert "Nothing has to come down" in shown_words(page)
    gone = lines(seat)[0].takedown
    assert gone.state is _S.GONE
    assert gone.closed_at is not None
    seat.wait(lambda: seat.workspace.sidebar.button("takedowns").accessibleName() == "Take-downs")


def test_a_mistaken_click_is_taken_back(seat: Seat) -> None:
    put_up(seat)
    page = open_page(seat)
    step(page, _S.GONE).click()
    seat.wait(lambda: "gone" in seat.workspace.banner.text)
    seat.workspace.banner.button.click()
    seat.wait(lambda: lines(seat)[0].takedown.state is _S.OPEN)
    seat.wait(lambda: page.list.count() == 1)


def test_a_post_stays_only_with_a_reason(seat: Seat) -> None:
    put_up(seat)
    page = open_page(seat)
    step(page, _S.KEPT).click()
    detail = page.detail
    assert detail is not None
    assert seat.desk.window.focusWidget() is detail.note
    assert not detail.say.isEnabled()
    seat.qtbot.keyClick(detail.note, Qt.Key.Key_Return)
    seat.settle()
    assert lines(seat)[0].takedown.state is _S.OPEN
    seat.qtbot.keyClicks(detail.note, "It is another Tessaly")
    seat.qtbot.keyClick(detail.note, Qt.Key.Key_Return)
    seat.wait(lambda: lines(seat)[0].takedown.state is _S.KEPT)
    assert lines(seat)[0].takedown.note == "It is another Tessaly"


def test_what_was_settled_can_be_seen_and_opened_again(seat: Seat) -> None:
    line = put_up(seat)
    put_up(seat, "Tessaly sings on Friday.")
    context, records = seat.school.context, seat.school.records
    move_takedown(context, records, line.takedown.id, _S.GONE)
    page = open_page(seat)
    assert page.list.count() == 1
    page.settled.click()
    seat.wait(lambda: page.list.count() == 2)
    page.list.setCurrentRow(1)
    assert "Settled" in shown_words(page.detail)
    assert set(page.detail.steps if page.detail else ()) == {_S.OPEN}
    step(page, _S.OPEN).click()
    assert page.detail is not None
    seat.qtbot.keyClicks(page.detail.note, "Seen on the class page")
    page.detail.say.click()
    seat.wait(lambda: all(row.takedown.closed_at is None for row in lines(seat)))


def test_the_person_is_one_press_away(seat: Seat) -> None:
    put_up(seat)
    page = open_page(seat)
    assert page.detail is not None
    page.detail.open_person.click()
    seat.settle()
    assert seat.workspace.key == "registry"


def test_what_another_window_moves_is_shown(seat: Seat) -> None:
    line = put_up(seat)
    page = open_page(seat)
    move_takedown(seat.school.context, seat.school.leader, line.takedown.id, _S.REMOVING)
    seat.wait(lambda: page.detail and _S.REMOVING not in page.detail.steps)


def test_a_step_somebody_else_took_is_told(seat: Seat) -> None:
    line = put_up(seat)
    page = open_page(seat)
    page.hide()
    move_takedown(seat.school.context, seat.school.leader, line.takedown.id, _S.GONE)
    seat.settle()
    step(page, _S.REMOVING).click()
    seat.wait(lambda: "Somebody else" in seat.workspace.banner.text)


def test_nothing_is_left_after_the_lock(seat: Seat) -> None:
    put_up(seat)
    page = open_page(seat)
    page.close_down()
    said = shown_words(page)
    assert "Tessaly" not in said
    assert WHY not in said


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_and_who_moves(seat: Seat, role: Role) -> None:
    put_up(seat)
    user = User("u-x", "x", "X Example", "Oak", frozenset({role}))
    sees = TakedownsPage.open_to(user)
    assert sees is (role is not Role.AUTHOR)
    if sees:
        page = open_page(seat, user)
        assert page.detail is not None
        assert bool(page.detail.steps) is (role is not Role.FOIP)

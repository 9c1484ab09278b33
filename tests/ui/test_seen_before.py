"""A picture that comes in a second time: its people come along, a bar is said with its way on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from smassistant.domain.pictures import Accounting, Origin, Reading, TakenBy
from smassistant.domain.posts import PostState
from smassistant.services.approving import refuse_post
from smassistant.services.drafting import add_picture
from tests.fakes.photos import ScriptedPhotoReader
from tests.ui.conftest import Seat
from tests.ui.test_queue import queue_page
from tests.ui.writing_rig import THREE, Window, jpeg, open_window
from tests.unit.services.conftest import TESS
from ui.widgets.incoming import IncomingPicture

SAME = jpeg()  # the scripted reader tells equal bytes again


FINE = {"alt_text": "A fair.", "reading": Reading.THOROUGH, "origin": Origin(TakenBy.OWN)}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path, ScriptedPhotoReader(*THREE)) as opened:
        yield opened


def bring_in(window: Window, folder: Path) -> None:
    file = folder / "again.jpg"
    file.write_bytes(SAME)
    assert window.compose.writing is not None
    window.compose.writing.intake.take([IncomingPicture(file.name, file)])
    window.settle()


def earlier(window: Window) -> None:
    """The same picture in a post that waits for approval, two of its three faces answered."""
    context, author = window.school.context, window.school.author
    picture = add_picture(context, author, SAME, "first.jpg").picture
    first, second, third = picture.faces
    faces = (
        replace(first, accounting=Accounting.PERSON, person_id=TESS.id),
        replace(second, accounting=Accounting.ADULT, reason="asked on Monday"),
        third,
    )
    known = replace(picture, faces=faces, alt_text="Three at the fair.")
    window.school.write("The fair.", pictures=(known,))


def answers(window: Window) -> list[Accounting | None]:
    (picture,) = window.post.pictures
    return [face.accounting for face in picture.faces]


def test_a_picture_brings_its_people_along_and_undo_takes_them_back(
    window: Window, tmp_path: Path
) -> None:
    earlier(window)
    window.start()
    bring_in(window, tmp_path)
    window.until(lambda: answers(window) == [Accounting.PERSON, Accounting.ADULT, None])
    assert "2 answers were taken over from “The fair.”" in window.everything_shown()
    undo = next(b for b in window.shell.findChildren(QPushButton) if b.text() == "Undo")
    undo.click()
    assert answers(window) == [None, None, None]


def test_what_was_said_meanwhile_stays(window: Window, tmp_path: Path) -> None:
    earlier(window)
    window.start()
    writing = window.compose.writing
    assert writing is not None

    def blur(_added: object) -> None:
        (picture,) = writing.post.pictures
        first, *others = picture.faces
        blurred = replace(first, accounting=Accounting.BLURRED)
        writing.draft.change_picture(replace(picture, faces=(blurred, *others)))

    writing.intake.added.connect(blur)
    bring_in(window, tmp_path)
    assert answers(window)[0] is Accounting.BLURRED


def test_the_same_picture_twice_is_said(window: Window, tmp_path: Path) -> None:
    window.start()
    bring_in(window, tmp_path)
    bring_in(window, tmp_path)
    window.until(lambda: "This looks like picture 1 of this post." in window.everything_shown())


def test_a_barred_picture_is_said_and_one_click_leaves_it_out(
    window: Window, tmp_path: Path
) -> None:
    earlier(window)
    school = window.school
    with school.context.store.write() as work:
        (post,) = (post for post in work.posts.list(PostState) if post.pictures)
        waiting = work.posts.save(replace(post, state=PostState.IN_REVIEW))
    refuse_post(school.context, school.leader, waiting.id, waiting.version, "A parent asked us")
    window.start()
    bring_in(window, tmp_path)
    window.until(lambda: "A parent asked us" in window.everything_shown())
    assert "ask a leader to allow it again" in window.everything_shown()
    buttons = window.shell.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Leave the picture out").click()
    window.settle()
    assert window.post.pictures == ()


@pytest.mark.parametrize("keep", [True, False])
def test_a_leader_says_whether_the_pictures_may_be_used_again(seat: Seat, keep: bool) -> None:
    school = seat.school
    picture = add_picture(school.context, school.author, SAME, "a.jpg").picture
    post = school.submit(
        school.write("The fair.", pictures=(replace(picture, looked=True, **FINE),))
    )
    seat.sign_in(school.leader)
    bar = queue_page(seat).bar
    bar.give_back.click()
    assert not bar.with_pictures.isVisible()
    bar.refuse.click()
    assert bar.with_pictures.isVisible()
    assert bar.with_pictures.isChecked()
    bar.with_pictures.setChecked(keep)
    QTest.keyClicks(bar.words, "Not ours")
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    seat.wait(lambda: school.stored(post).state is PostState.REFUSED)
    with school.context.store.read() as work:
        assert [row.reason for row in work.bars.list()] == (["Not ours"] if keep else [])

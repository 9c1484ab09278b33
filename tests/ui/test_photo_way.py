"""Going from picture to picture, coming closer, leaving with a word about what is open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsView
from pytestqt.qtbot import QtBot

from smassistant.domain.pictures import Box, Edit, FoundFace
from tests.ui.photo_rig import CTRL, SHIFT, Key, faces, focus, open_pictures, press
from tests.ui.writing_rig import THREE, Window, open_window
from ui.shell.panes import go_round
from ui.widgets.photo_lens import cut_out


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path) as made:
        yield made


# From picture to picture


def test_the_title_says_which_picture_and_what_is_open(window: Window) -> None:
    one = window.picture(THREE[0])
    editor = open_pictures(window, window.picture(*THREE), one)
    assert editor.title.text() == "Picture 1 of 2: 3 open"
    editor.blur_rest.click()
    assert editor.title.text() == "Picture 1 of 2: look for others"
    editor.looked.click()
    assert editor.title.text() == "Picture 1 of 2: all accounted for"
    press(Key.Key_PageDown, CTRL)
    assert editor.title.text() == "Picture 2 of 2: 1 open"
    assert editor.picture is not None
    assert editor.picture.id == one.id
    assert not editor.bar.after.isEnabled()
    press(Key.Key_PageDown, CTRL)
    assert editor.picture.id == one.id
    press(Key.Key_PageUp, CTRL)
    assert editor.title.text() == "Picture 1 of 2: all accounted for"
    assert focus() is editor.list
    window.settle()
    assert window.stored.pictures[0].looked


def test_a_single_picture_offers_no_other(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE))
    assert not editor.bar.before.isVisible()
    assert not editor.bar.after.isVisible()


def test_leaving_says_what_is_open_and_leads_back(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE))
    editor.back.click()
    assert "Picture 1: nobody has said who 3 faces are." in window.everything_shown()
    window.compose.work.faces_asked.emit(window.post.pictures[0].id, "")
    editor.blur_rest.click()
    press(Key.Key_Escape)
    assert "say that nobody else in it can be recognised" in window.everything_shown()


def test_leaving_a_finished_picture_says_nothing(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE, looked=True))
    window.session.shell.hide_banner()
    editor.blur_rest.click()
    editor.back.click()
    assert "nobody has said who" not in window.everything_shown()
    assert window.compose.stack.currentWidget() is window.compose.desk


def test_f6_goes_round_the_parts_of_the_page(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE))
    seen = []
    for _part in range(8):
        go_round(window.shell, 1)
        seen.append(focus())
    assert editor.view in seen
    assert editor.list in seen
    assert any(editor.answers.isAncestorOf(widget) for widget in seen)


# Coming closer


def test_ctrl_and_the_wheel_come_closer_and_0_shows_all(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE))
    whole = editor.view.transform().m11()
    middle = QPointF(editor.view.viewport().rect().center())
    wheel = QWheelEvent(
        middle, editor.view.mapToGlobal(middle), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(editor.view.viewport(), wheel)
    assert editor.view.transform().m11() > whole
    editor.view.setFocus()
    press(Key.Key_0)
    assert editor.view.transform().m11() == pytest.approx(whole)


def test_space_and_the_mouse_draw_the_picture_along(window: Window, qtbot: QtBot) -> None:
    editor = open_pictures(window, window.picture(*THREE))
    editor.view.setFocus()
    for _time in range(4):
        press(Key.Key_Plus)
    area, bar = editor.view.viewport(), editor.view.horizontalScrollBar()
    before = bar.value()
    qtbot.keyPress(editor.view, Key.Key_Space)
    assert editor.view.dragMode() is QGraphicsView.DragMode.ScrollHandDrag
    start = area.rect().center()
    qtbot.mousePress(area, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(area, start - QPoint(60, 0))
    qtbot.mouseRelease(area, Qt.MouseButton.LeftButton, pos=start - QPoint(60, 0))
    qtbot.keyRelease(editor.view, Key.Key_Space)
    assert bar.value() != before
    assert editor.view.dragMode() is QGraphicsView.DragMode.NoDrag
    assert len(faces(window)) == 3, "no box was drawn and none was moved"
    assert [face.box for face in faces(window)] == list(THREE)


def test_the_chosen_face_comes_into_view_and_under_the_lens(window: Window) -> None:
    far = Box(0.9, 0.9, 0.05, 0.08)
    editor = open_pictures(window, window.picture(THREE[0], far))
    editor.view.setFocus()
    for _time in range(8):
        press(Key.Key_Plus)
    editor.list.setCurrentRow(1)
    shown = editor.view.viewport().rect()
    assert shown.contains(editor.view.box_on_screen("face-2").center().toPoint())
    lens = editor.answers.lens
    assert lens.isVisible()
    picture = lens.grab().toImage()
    colours = {picture.pixel(x, 40) for x in range(10, 80, 3)}
    assert len(colours) > 5, "the face itself is shown"


def test_a_lens_stays_in_the_picture() -> None:
    area = cut_out(Box(0.95, 0.0, 0.05, 0.05), 400, 300)
    assert area.right() <= 400
    assert area.top() >= 0
    assert area.width() == pytest.approx(area.height())
    whole = cut_out(Box(0, 0, 1, 1), 400, 300)
    assert (whole.width(), whole.height()) == (400, 300)


# Adjusted


def test_what_the_crop_cuts_away_is_dimmed_and_needs_no_answer(window: Window) -> None:
    cropped = Edit(crop=Box(0.3, 0, 0.7, 1))
    editor = open_pictures(window, window.picture(*THREE, edit=cropped))
    assert editor.title.text() == "Picture 1 of 1: 2 open"
    assert editor.list.item(0).text() == "Face 1: cut away (nobody has said who this is)"
    assert editor.list.currentRow() == 1, "the first that is open"
    editor.list.setCurrentRow(0)
    assert "needs no answer" in editor.answers.said.text()
    assert not editor.answers.lens.isVisible()
    assert set(editor.view._items) == {"face-2", "face-3"}


def test_a_box_is_moved_where_it_is_shown(window: Window) -> None:
    turned = Edit(turns=1)
    editor = open_pictures(window, window.picture(THREE[0], edit=turned))
    editor.view.setFocus()
    press(Key.Key_Right)
    (face,) = faces(window)
    assert face.box.x == pytest.approx(THREE[0].x)
    assert face.box.y == pytest.approx(THREE[0].y - 0.01), "right is up in the picture before"


def test_a_picture_is_adjusted_by_keyboard_and_back(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE, looked=True))
    press(Key.Key_A, CTRL | SHIFT)
    assert editor.adjust.shown
    assert not editor.back.isVisible(), "one way on at a time"
    press(Key.Key_Escape)
    assert not editor.adjust.shown
    assert editor.back.isVisible()
    assert focus() is editor.list
    assert window.post.pictures[0].edit == Edit()
    press(Key.Key_A, CTRL | SHIFT)
    editor.adjust.view.panel.turned.emit(True)
    editor.adjust.view.panel.done.click()
    window.settle()
    assert window.post.pictures[0].edit.turns == 1
    assert window.stored.pictures[0].edit.turns == 1
    scene = editor.view.sceneRect()
    assert scene.height() > scene.width(), "the turned picture is shown"
    press(Key.Key_Z, CTRL)
    window.settle()
    assert window.post.pictures[0].edit == Edit()


def test_more_light_looks_for_faces_again(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_again(_working: bytes, edit: Edit, _task: object = None) -> tuple[FoundFace, ...]:
        return tuple(FoundFace(box, 0.9) for box in (THREE if edit.light else THREE[:1]))

    monkeypatch.setattr(window.session.context.photos, "look_again", look_again)
    editor = open_pictures(window, window.picture(THREE[0], looked=True))
    editor.adjust.ask()
    editor.adjust.view.panel.lit.emit(0.5)
    editor.adjust.view.panel.done.click()
    window.until(lambda: len(faces(window)) == 3)
    assert editor.tools.said.text() == "2 more faces were found."
    assert not window.post.pictures[0].looked

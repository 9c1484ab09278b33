"""Saying who is in a picture, by keyboard alone and by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from smassistant.domain.pictures import Accounting, Box, Face
from tests.ui.writing_rig import FRIEND, NAME, THREE, Window, open_window
from tests.unit.services.conftest import LOGAN, TESS
from ui.widgets.face_box import FaceBox
from ui.widgets.photo_editor import PhotoEditor
from ui.widgets.photo_marks import Standing

Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path) as made:
        yield made


def open_editor(window: Window, *boxes: Box, **changes: object) -> PhotoEditor:
    """A post with one picture, its faces shown."""
    window.open_with(window.picture(*boxes, **changes), text="Sports day was fun.")
    window.compose.open_faces(window.post.pictures[0].id)
    editor = window.compose.photos
    window.until(lambda: not editor.view.sceneRect().isEmpty())
    window.settle()
    return editor


def faces(window: Window) -> tuple[Face, ...]:
    return window.post.pictures[0].faces


def focus() -> object:
    return QApplication.focusWidget()


def tab_to(qtbot: QtBot, wanted: object) -> None:
    """Press the Tab key until `wanted` has the keyboard."""
    for _press in range(60):
        if focus() is wanted:
            return
        qtbot.keyClick(focus(), Key.Key_Tab)
    raise AssertionError(f"the Tab key never reaches {wanted}")


def pick(window: Window, qtbot: QtBot, editor: PhotoEditor, words: str, who: str) -> None:
    """Search for a person by keyboard and take the first row."""
    search = editor.answers.search
    tab_to(qtbot, search.field)
    qtbot.keyClicks(search.field, words)
    window.until(lambda: search.list.count() == 1 and who in search.list.item(0).text())
    qtbot.keyClick(search.field, Key.Key_Return)


# Keyboard


def test_every_face_is_accounted_for_by_keyboard_alone(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    assert focus() is editor.list
    assert editor.state.text() == "Faces: 0 of 3 accounted for"
    pick(window, qtbot, editor, "tess", FRIEND)
    assert editor.list.currentRow() == 1
    tab_to(qtbot, editor.answers.adult)
    qtbot.keyClick(focus(), Key.Key_Space)
    qtbot.keyClicks(focus(), "Coach Hale, in writing")
    qtbot.keyClick(focus(), Key.Key_Return)
    assert editor.list.currentRow() == 2
    qtbot.keyClick(focus(), Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert focus() is editor.looked
    qtbot.keyClick(focus(), Key.Key_Space)
    qtbot.keyClick(focus(), Key.Key_Escape)
    window.settle()
    person, adult, blurred = faces(window)
    assert (person.accounting, person.person_id) == (Accounting.PERSON, TESS.id)
    assert (adult.accounting, adult.reason) == (Accounting.ADULT, "Coach Hale, in writing")
    assert blurred.accounting is Accounting.BLURRED
    assert window.stored.pictures[0].looked
    assert window.stored.pictures[0].faces == faces(window)
    assert window.findings == ()
    assert window.compose.stack.currentWidget() is window.compose.desk


def test_permission_is_said_at_once(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    search = editor.answers.search
    qtbot.keyClicks(search.field, "4B")
    window.until(lambda: search.list.count() == 2)
    rows = [search.list.item(row) for row in range(2)]
    spoken = [row.data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]
    assert any(NAME in row and "May not be shown: no answer" in row for row in spoken)
    assert any(FRIEND in row and "May be shown: permitted since" in row for row in spoken)


def test_a_name_nobody_has_is_said_in_words(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    qtbot.keyClicks(editor.answers.search.field, "Nobody Known")
    window.until(lambda: "Nobody of that name" in window.everything_shown())


def test_recent_people_come_first(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    pick(window, qtbot, editor, "tess", FRIEND)
    search = editor.answers.search
    assert FRIEND in search.list.item(0).text()
    qtbot.keyClicks(search.field, "4B")
    window.until(lambda: search.list.count() == 2)
    assert FRIEND in search.list.item(0).text()


def test_a_double_click_answers_for_one_face_only(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    search = editor.answers.search
    qtbot.keyClicks(search.field, "tess")
    window.until(lambda: search.list.count() == 1)
    area, left = search.list.viewport(), Qt.MouseButton.LeftButton
    spot = search.list.visualItemRect(search.list.item(0)).center()
    qtbot.mouseClick(area, left, pos=spot)
    qtbot.mouseDClick(area, left, pos=spot)
    qtbot.mouseRelease(area, left, pos=spot)
    assert [face.person_id for face in faces(window)] == [TESS.id, None, None]


def test_a_person_is_taken_with_enter_in_the_list(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    search = editor.answers.search
    qtbot.keyClicks(search.field, "tess")
    window.until(lambda: search.list.count() == 1)
    tab_to(qtbot, search.list)
    qtbot.keyClick(search.list, Key.Key_Return)
    assert faces(window)[0].person_id == TESS.id


def test_a_refused_person_is_shown_with_a_double_line(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    pick(window, qtbot, editor, "logan", NAME)
    window.settle()
    assert faces(window)[0].person_id == LOGAN.id
    window.until(lambda: "may not be shown" in editor.list.item(0).text())
    assert NAME in editor.list.item(0).text()
    assert standings(editor)[0] is Standing.REFUSED


def test_a_face_is_added_moved_and_stretched_by_keyboard(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(editor.list, Key.Key_F, both)
    (first,) = faces(window)
    assert focus() is editor.view
    assert editor.tools.said.text().startswith("Face 1 added.")
    qtbot.keyClick(editor.view, Key.Key_Left)
    qtbot.keyClick(editor.view, Key.Key_Down)
    qtbot.keyClick(editor.view, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    (moved,) = faces(window)
    assert moved.box.y == pytest.approx(first.box.y + 0.01)
    assert moved.box.w == pytest.approx(first.box.w + 0.01)
    assert "% from the left" in editor.tools.said.text()
    qtbot.keyClick(editor.view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert faces(window)[0].box == first.box
    qtbot.keyClick(editor.view, Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert faces(window)[0].box == moved.box


def test_not_a_face_and_its_undo(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    qtbot.keyClick(editor.list, Key.Key_Down)
    qtbot.keyClick(editor.list, Key.Key_Delete)
    assert [face.box for face in faces(window)] == [THREE[0], THREE[2]]
    assert editor.list.currentRow() == 1
    qtbot.keyClick(editor.list, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [face.box for face in faces(window)] == list(THREE)
    window.settle()
    assert window.stored.pictures[0].faces == faces(window)


def test_blurring_everyone_else_is_one_step(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    pick(window, qtbot, editor, "tess", FRIEND)
    editor.blur_rest.click()
    assert [face.accounting for face in faces(window)] == [
        Accounting.PERSON,
        Accounting.BLURRED,
        Accounting.BLURRED,
    ]
    assert not editor.blur_rest.isEnabled()
    assert editor.tools.said.text() == "2 faces blurred."
    editor.work.undo()
    assert faces(window)[1].accounting is None


def test_an_answer_is_taken_back(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    pick(window, qtbot, editor, "tess", FRIEND)
    editor.list.setCurrentRow(0)
    editor.answers.forget.click()
    assert faces(window)[0].accounting is None
    assert faces(window)[0].person_id is None


def test_what_is_typed_stays_while_checks_come_in(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    pick(window, qtbot, editor, "logan", NAME)
    qtbot.keyClicks(editor.answers.search.field, "tes")
    window.until(lambda: "may not be shown" in editor.list.item(0).text())
    assert editor.answers.search.field.text() == "tes"


# What the boxes say


def standings(editor: PhotoEditor) -> list[Standing]:
    items = [item for item in editor.view.scene().items() if isinstance(item, FaceBox)]
    return [item.how for item in sorted(items, key=lambda item: int(item.mark.sign))]


def test_a_doubtful_face_is_only_perhaps_one(window: Window) -> None:
    sure, unsure = Face("a", THREE[0], 0.9), Face("b", THREE[1], 0.5)
    editor = open_editor(window, faces=(sure, unsure))
    assert standings(editor) == [Standing.UNKNOWN, Standing.MAYBE]
    assert editor.list.item(1).text() == "Face 2: perhaps a face"
    editor.list.setCurrentRow(1)
    editor.answers.not_a_face.click()
    assert [face.id for face in faces(window)] == ["a"]


def test_a_blurred_face_is_shown_in_blocks(window: Window) -> None:
    editor = open_editor(window, THREE[0])
    before = pixels_at(editor, THREE[0])
    editor.answers.blur.click()
    after = pixels_at(editor, THREE[0])
    assert standings(editor) == [Standing.BLURRED]
    assert len(after) < len(before) / 4


def pixels_at(editor: PhotoEditor, box: Box) -> set[int]:
    """The colours in the middle of a box on the screen."""
    view, face = editor.view, editor.list.current()
    image = QPixmap(view.viewport().grab()).toImage()
    area = view.box_on_screen(face).toRect().adjusted(12, 12, -12, -12)
    return {
        image.pixel(x, y)
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    }


# Mouse


def screen(editor: PhotoEditor, x: float, y: float) -> QPoint:
    """A place in the viewport, given in fractions of the picture."""
    scene = editor.view.sceneRect()
    return editor.view.mapFromScene(QPointF(x * scene.width(), y * scene.height()))


def drag(qtbot: QtBot, editor: PhotoEditor, start: QPoint, end: QPoint) -> None:
    area, left = editor.view.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(area, left, pos=start)
    qtbot.mouseMove(area, (start + end) / 2)
    qtbot.mouseMove(area, end)
    qtbot.mouseRelease(area, left, pos=end)


def test_a_missed_face_is_drawn_by_mouse(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, THREE[0])
    drag(qtbot, editor, screen(editor, 0.5, 0.5), screen(editor, 0.7, 0.8))
    _old, new = faces(window)
    assert new.box.x == pytest.approx(0.5, abs=0.02)
    assert new.box.w == pytest.approx(0.2, abs=0.02)
    assert new.box.h == pytest.approx(0.3, abs=0.02)
    assert (new.score, new.accounting) == (1.0, None)
    assert editor.list.currentRow() == 1
    window.settle()
    unaccounted = [found for found in window.findings if found.code == "photo.face_unaccounted"]
    assert len(unaccounted) == 2


def test_a_click_on_empty_ground_draws_nothing(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, THREE[0])
    spot = screen(editor, 0.5, 0.8)
    drag(qtbot, editor, spot, spot)
    assert len(faces(window)) == 1


def test_a_box_is_chosen_and_moved_by_mouse(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, *THREE)
    drag(qtbot, editor, screen(editor, 0.45, 0.3), screen(editor, 0.55, 0.5))
    assert editor.list.currentRow() == 1
    moved = faces(window)[1].box
    assert moved.x == pytest.approx(0.5, abs=0.02)
    assert moved.y == pytest.approx(0.4, abs=0.02)
    assert moved.w == pytest.approx(0.1)


def test_a_corner_is_pulled_by_mouse(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, THREE[0])
    drag(qtbot, editor, screen(editor, 0.2, 0.4), screen(editor, 0.3, 0.6))
    (face,) = faces(window)
    assert face.box.x == pytest.approx(0.1)
    assert face.box.w == pytest.approx(0.2, abs=0.02)
    assert face.box.h == pytest.approx(0.4, abs=0.02)


def test_the_picture_is_zoomed_and_shown_whole_again(window: Window, qtbot: QtBot) -> None:
    editor = open_editor(window, THREE[0])
    whole = editor.view.transform().m11()
    qtbot.keyClick(editor.view, Key.Key_Plus)
    assert editor.view.transform().m11() > whole
    qtbot.keyClick(editor.view, Key.Key_Minus)
    assert editor.view.transform().m11() == pytest.approx(whole)

"""Ticking a class through, and putting those who are in the picture on faces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from smassistant.domain.pictures import Accounting, Box, Face
from tests.ui.photo_rig import (
    ALT,
    CTRL,
    NAMES,
    REFUSED,
    SHIFT,
    Key,
    add_class,
    faces,
    focus,
    open_pictures,
    press,
    tab_to,
)
from tests.ui.writing_rig import THREE, Window, open_window
from ui.models.face_rows import in_rows
from ui.widgets.photo_editor import PhotoEditor

TEXT = "Class 6C at the museum."


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path) as made:
        yield made


def open_class(window: Window) -> PhotoEditor:
    """The class of the post is shown to be ticked."""
    editor = open_pictures(window, window.picture(*THREE), text=TEXT)
    press(Key.Key_C, CTRL | SHIFT)
    panel = editor.side.classes
    window.until(lambda: panel.list.count() > 1)
    window.settle()
    return editor


def test_a_class_is_ticked_through_by_keyboard_alone(window: Window) -> None:
    add_class(window)
    editor = open_class(window)
    panel = editor.side.classes
    assert focus() is panel.group
    assert panel.group.currentText() == "6C"
    assert panel.take.text() == f"Take these {len(NAMES) - 1}"
    tab_to(panel.list)
    press(Key.Key_Space)
    assert panel.take.text() == f"Take these {len(NAMES) - 2}"
    tab_to(panel.take)
    press(Key.Key_Space)
    assert focus() is editor.list
    chips = editor.side.waiting.chips
    assert chips.label.text().startswith("6C: 10 have no face yet.")
    assert [button.text()[0] for button in chips.row.buttons] == list("123456789")
    first, second = (button.text()[3:] for button in chips.row.buttons[:2])
    press(Key.Key_1)
    assert editor.list.currentRow() == 1
    press(Key.Key_1)
    press(Key.Key_1, ALT)
    told = [face.person_id for face in faces(window)]
    assert None not in told
    assert len(set(told)) == 3
    names = [editor.list.item(row).text() for row in range(3)]
    assert first.split()[0] in names[0]
    assert second.split()[0] in names[1]
    assert chips.label.text().startswith("6C: 7 have no face yet.")


def test_who_may_not_be_shown_is_to_be_looked_for(window: Window) -> None:
    add_class(window)
    editor = open_class(window)
    panel = editor.side.classes
    rows = [panel.list.item(row) for row in range(panel.list.count())]
    heading = next(n for n, row in enumerate(rows) if "Must not be recognisable" in row.text())
    assert not rows[heading].flags() & Qt.ItemFlag.ItemIsEnabled
    (last,) = rows[heading + 1 :]
    assert REFUSED in last.text()
    assert "refused on" in last.text()
    assert last.checkState() is Qt.CheckState.Unchecked
    panel.nobody.click()
    assert not panel.take.isEnabled()
    panel.everyone.click()
    assert last.checkState() is Qt.CheckState.Unchecked, "they are ticked by hand only"
    panel.take.click()
    assert REFUSED in editor.side.waiting.lookout.text()
    assert "look for them" in editor.side.waiting.lookout.text()


def test_a_refused_child_who_is_in_it_is_blurred_at_once_to_see(window: Window) -> None:
    add_class(window)
    editor = open_class(window)
    panel = editor.side.classes
    panel.nobody.click()
    panel.list.item(panel.list.count() - 1).setCheckState(Qt.CheckState.Checked)
    panel.take.click()
    (chip,) = editor.side.waiting.chips.row.buttons
    assert "May not be shown" in chip.accessibleName()
    chip.click()
    editor.list.setCurrentRow(0)
    window.until(lambda: "may not be shown" in editor.list.item(0).text())
    press(Key.Key_B, CTRL)
    assert faces(window)[0].accounting is Accounting.BLURRED


def test_an_undone_answer_waits_again(window: Window) -> None:
    add_class(window)
    editor = open_class(window)
    editor.side.classes.take.click()
    chips = editor.side.waiting.chips
    before = [button.text() for button in chips.row.buttons]
    chips.row.buttons[0].click()
    assert [button.text() for button in chips.row.buttons] != before
    press(Key.Key_Z, CTRL)
    assert [button.text() for button in chips.row.buttons] == before
    assert faces(window)[0].person_id is None


def test_esc_leaves_the_class_and_not_the_picture(window: Window) -> None:
    add_class(window)
    editor = open_class(window)
    press(Key.Key_Escape)
    assert editor.side.currentWidget() is editor.side.faces
    assert window.compose.stack.currentWidget() is editor
    assert focus() is editor.list
    assert not editor.side.waiting.isVisible()
    assert editor.side.classes.list.count() == 0, "no name stays behind"


def test_another_class_is_chosen_by_keyboard(window: Window) -> None:
    add_class(window)
    editor = open_class(window)
    panel = editor.side.classes
    press(Key.Key_Up)
    window.until(lambda: panel.group.currentText() == "4B" and panel.list.count() == 3)
    assert panel.take.text() == "Take this one"


def test_nobody_is_guessed_where_the_post_names_no_class(window: Window) -> None:
    add_class(window)
    editor = open_pictures(window, window.picture(*THREE))
    editor.work.ask_class()
    panel = editor.side.classes
    window.until(lambda: panel.group.count() == 2)
    assert panel.group.currentIndex() == -1
    assert panel.note.text() == "Choose a class above."
    assert not panel.take.isEnabled()


def test_locking_drops_the_class(window: Window) -> None:
    add_class(window)
    editor = open_class(window)
    editor.side.classes.take.click()
    window.shell.close_down()
    assert editor.side.waiting.chips.row.buttons == []
    assert editor.side.waiting.lookout.text() == ""
    assert editor.answers.search.list.count() == 0


def test_faces_are_numbered_row_by_row() -> None:
    back = [Face(f"b{n}", Box(0.1 * n + 0.05, 0.20 + 0.01 * (n % 3), 0.05, 0.08)) for n in range(8)]
    front = [Face(f"f{n}", Box(0.1 * n, 0.36 + 0.01 * (n % 2), 0.05, 0.08)) for n in range(9)]
    mixed = [*front[::2], *reversed(back), *front[1::2]]
    assert [face.id for face in in_rows(mixed)] == [face.id for face in (*back, *front)]
    assert in_rows(()) == ()

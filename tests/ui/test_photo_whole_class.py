"""A class photo of thirty-four, found by the real finder and walked through by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from smassistant.domain.pictures import Accounting, Origin, Picture, Reading, TakenBy
from smassistant.imaging.reader import LocalPhotoReader
from smassistant.services.drafting import add_picture
from tests.ui.class_photo import COUNT, ROWS, class_photo
from tests.ui.photo_rig import (
    CTRL,
    NAMES,
    SHIFT,
    Key,
    add_class,
    faces,
    focus,
    open_pictures,
    press,
    tab_to,
)
from tests.ui.writing_rig import Window, open_window
from ui.models.face_rows import in_rows
from ui.widgets.photo_editor import PhotoEditor
from ui.widgets.photo_view import PhotoView


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path, LocalPhotoReader()) as made:
        yield made


def the_class(window: Window) -> Picture:
    """The photo as it comes in: its faces found, none accounted for."""
    school = window.school
    found = add_picture(school.context, school.author, class_photo(), "class.jpg").picture
    return replace(
        found,
        faces=in_rows(found.faces),
        alt_text="Our class on the stairs.",
        origin=Origin(TakenBy.OWN),
        reading=Reading.THOROUGH,
    )


def tags(view: PhotoView) -> list[QRectF]:
    """Where the numbers lie on the screen."""
    found = []
    for item in view._items.values():
        scale = 1 / view.transform().m11()
        _font, _words, tag = item._tag(scale)
        corner = view.mapFromScene(item.rect().topLeft())
        found.append(tag.translated(corner.x(), corner.y()))
    return found


def test_a_class_is_accounted_for_by_keyboard_alone(window: Window) -> None:
    add_class(window)
    editor = open_pictures(window, the_class(window), text="Class 6C.")
    assert editor.title.text() == f"Picture 1 of 1: {COUNT} open"
    in_front = [face.box.y for face in faces(window)[-ROWS[-1] :]]
    assert min(in_front) > max(face.box.y for face in faces(window)[: ROWS[0]])
    _take_the_class(window, editor)
    for _child in range(len(NAMES) - 1):
        press(Key.Key_1)
    assert editor.list.currentRow() == len(NAMES) - 1
    for _other in range(COUNT - len(NAMES) + 1):
        press(Key.Key_B, CTRL)
    assert focus() is editor.looked
    press(Key.Key_Space)
    assert editor.title.text() == "Picture 1 of 1: all accounted for"
    press(Key.Key_Escape)
    window.settle()
    assert window.findings == ()
    stored = window.stored.pictures[0]
    assert stored.looked
    told = [face for face in stored.faces if face.accounting is Accounting.PERSON]
    assert len({face.person_id for face in told}) == len(NAMES) - 1
    blurred = [face for face in stored.faces if face.accounting is Accounting.BLURRED]
    assert len(blurred) == COUNT - len(NAMES) + 1


def _take_the_class(window: Window, editor: PhotoEditor) -> None:
    press(Key.Key_C, CTRL | SHIFT)
    panel = editor.side.classes
    window.until(lambda: panel.list.count() == len(NAMES) + 1)
    tab_to(panel.take)
    press(Key.Key_Space)


def test_no_number_covers_another(window: Window) -> None:
    editor = open_pictures(window, the_class(window))
    assert len(tags(editor.view)) == COUNT
    editor.list.setCurrentRow(-1)
    for one, other in combinations(tags(editor.view), 2):
        assert not one.intersects(other)
    assert min(tag.height() for tag in tags(editor.view)) >= 16

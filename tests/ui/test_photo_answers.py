"""Every way a face can be accounted for, and how fast one gets to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from smassistant.domain.pictures import Accounting, Face, Metadata
from tests.ui.photo_rig import Key, faces, focus, open_pictures, press, tab_to
from tests.ui.writing_rig import FRIEND, THREE, Window, open_window
from tests.unit.services.conftest import LOGAN, TESS
from ui.widgets.face_list import FaceList
from ui.widgets.photo_marks import Standing, standing


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path) as made:
        yield made


def test_why_nobody_can_tell_is_one_key_more(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE))
    tab_to(editor.answers.unknown)
    press(Key.Key_Space)
    choices = editor.answers.reason.choices.buttons
    assert focus() is choices[0]
    assert [button.text() for button in choices] == [
        "seen from behind",
        "too small",
        "out of focus",
        "face covered",
    ]
    press(Key.Key_Right)
    press(Key.Key_Space)
    face = faces(window)[0]
    assert (face.accounting, face.reason) == (Accounting.NOT_IDENTIFIABLE, "too small")
    assert editor.list.currentRow() == 1


def test_own_words_are_offered_again(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE))
    editor.answers.adult.click()
    QTest.keyClicks(focus(), "Coach Hale, in writing")
    press(Key.Key_Return)
    editor.answers.adult.click()
    (again,) = editor.answers.reason.choices.buttons
    assert again.text() == "Coach Hale, in writing"
    again.click()
    assert faces(window)[1].reason == "Coach Hale, in writing"
    editor.close_down()
    editor.answers.reason.ask(Accounting.ADULT)
    assert editor.answers.reason.choices.buttons == []


def test_a_public_figure_is_named(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE))
    tab_to(editor.answers.figure)
    press(Key.Key_Space)
    assert not editor.answers.reason.keep.isEnabled()
    press(Key.Key_Return)
    assert faces(window)[0].accounting is None, "no words, no answer"
    QTest.keyClicks(focus(), "The mayor")
    press(Key.Key_Return)
    face = faces(window)[0]
    assert (face.accounting, face.reason) == (Accounting.PUBLIC_FIGURE, "The mayor")
    assert "a public figure (The mayor)" in editor.list.item(0).text()


def test_a_public_event_is_no_answer_where_the_division_says_so(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE))
    assert not editor.answers.event_.isVisible()
    assert editor.answers.no_event.isVisible()


def test_a_public_event_is_an_answer_where_the_division_takes_it(window: Window) -> None:
    window.session.settings = replace(window.session.settings, public_events=True)
    editor = open_pictures(window, window.picture(*THREE))
    assert not editor.answers.no_event.isVisible()
    editor.answers.event_.click()
    QTest.keyClicks(focus(), "Canada Day parade")
    press(Key.Key_Return)
    face = faces(window)[0]
    assert (face.accounting, face.reason) == (Accounting.PUBLIC_EVENT, "Canada Day parade")


def test_n_and_p_go_to_what_is_open(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE))
    press(Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    editor.list.setFocus()
    editor.list.setCurrentRow(0)
    press(Key.Key_N)
    assert editor.list.currentRow() == 1
    press(Key.Key_N)
    assert editor.list.currentRow() == 2
    press(Key.Key_N)
    assert editor.list.currentRow() == 1, "the blurred face is left out"
    press(Key.Key_P)
    assert editor.list.currentRow() == 2
    editor.view.setFocus()
    press(Key.Key_P)
    assert editor.list.currentRow() == 1


def test_when_none_is_open_it_is_said(window: Window) -> None:
    editor = open_pictures(window, window.picture(THREE[0]))
    press(Key.Key_N)
    assert editor.tools.said.text() == "No other face is open."


def test_perhaps_a_face_is_dismissed_with_one_click_on_its_cross(
    window: Window, qtbot: QtBot
) -> None:
    sure, unsure = Face("a", THREE[0], 0.9), Face("b", THREE[1], 0.6)
    editor = open_pictures(window, window.picture(faces=(sure, unsure)))
    assert standing(unsure, False) is Standing.MAYBE
    item = editor.view._items["b"]
    scale = 1 / editor.view.transform().m11()
    _font, _words, tag = item._tag(scale)
    spot = item.rect().topLeft() + (tag.center() + (tag.topRight() - tag.topLeft()) * 0.4) * scale
    place = editor.view.mapFromScene(spot)
    qtbot.mouseClick(editor.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [face.id for face in faces(window)] == ["a"]
    editor.work.undo()
    assert [face.id for face in faces(window)] == ["a", "b"]


def test_a_name_in_the_file_is_offered_and_never_taken_by_itself(window: Window) -> None:
    metadata = Metadata(people=("Tessaly Brightwater",))
    editor = open_pictures(window, window.picture(*THREE, metadata=metadata))
    chips = editor.answers.filed
    window.until(lambda: chips.row.buttons)
    assert chips.label.text() == "The file says:"
    assert faces(window)[0].person_id is None
    (chip,) = chips.row.buttons
    assert FRIEND in chip.text()
    editor.list.setCurrentRow(2)
    chip.click()
    assert [face.person_id for face in faces(window)] == [None, None, TESS.id]
    assert not chips.isVisible(), "she has a face now"


def test_the_class_of_the_post_is_offered_before_anything_is_typed(window: Window) -> None:
    editor = open_pictures(window, window.picture(*THREE), text="Class 4B at the museum.")
    search = editor.answers.search
    window.until(lambda: search.list.count() == 2)
    rows = [search.list.item(row).text() for row in range(2)]
    assert FRIEND in rows[0]
    assert LOGAN.last_name in rows[1]


def test_a_refused_person_is_told_beside_the_face(window: Window) -> None:
    named = Face("a", THREE[0], 0.9, Accounting.PERSON, LOGAN.id)
    editor = open_pictures(window, window.picture(faces=(named,)))
    window.until(lambda: "may not be shown" in editor.answers.said.text())
    assert "Blur the face or cut it away." in editor.answers.said.text()
    assert editor.answers.said.property("role") == "danger"


def test_every_row_says_what_is_seen(window: Window) -> None:
    answered = (
        Face("a", THREE[0], 0.9, Accounting.PERSON, TESS.id),
        Face("b", THREE[1], 0.5),
        Face("c", THREE[2], 0.9, Accounting.BLURRED),
    )
    editor = open_pictures(window, window.picture(faces=answered))
    window.until(lambda: FRIEND in editor.list.item(0).text())
    spoken = [
        editor.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(editor.list.count())
    ]
    assert spoken[0].startswith(f"Face 1: {FRIEND}")
    assert spoken[1:] == ["Face 2: perhaps a face", "Face 3: blurred"]
    assert isinstance(focus(), FaceList)
    tips = [editor.view._items[key].toolTip() for key in "abc"]
    assert tips == spoken, "the mouse is told the same"

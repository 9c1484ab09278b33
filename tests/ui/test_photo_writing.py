"""Writing in a picture: seen, blurred, taken away, and told apart from faces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from smassistant.domain.findings import Anchor, Finding, Mend, MendKind, ResolutionKind, Severity
from smassistant.domain.pictures import Box, Picture, Reading, Writing
from tests.ui.photo_rig import CTRL, Key, focus, open_pictures, press
from tests.ui.writing_rig import THREE, Window, open_window
from ui.models.picture_standing import PictureStanding
from ui.widgets.photo_marks import Standing, letters, marks_of

TAG = Writing("tag", Box(0.1, 0.7, 0.3, 0.08), "LOGAN VANTONGEREN", 0.9)
SIGN = Writing("sign", Box(0.6, 0.05, 0.2, 0.08), "Welcome", 0.9)
NAMED = Finding(
    "photo.name_in_picture", "4.1", Severity.BLOCK, "photo:1", "Logan may not be named.",
    mends=(
        Mend(MendKind.BLUR, "Blur this writing"),
        Mend(MendKind.SOMEONE_ELSE, "This is someone else", person_id="p-logan"),
    ),
    anchor=Anchor("photo:1/tag", "LOGAN VANTONGEREN"),
)  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path) as made:
        yield made


def written(window: Window) -> dict[str, bool]:
    return {one.id: one.blurred for one in window.post.pictures[0].writing}


def test_writing_has_a_section_of_its_own(window: Window) -> None:
    editor = open_pictures(window, window.picture(THREE[0], writing=(SIGN, TAG)))
    rows = [editor.list.item(row).text() for row in range(editor.list.count())]
    assert rows[1:3] == ["Writing", "Writing A: “Welcome”"]
    assert rows[3].startswith("Writing B: “LOGAN VANTONGEREN”")
    press(Key.Key_Down)
    assert editor.list.current() == "sign", "the heading is stepped over"
    assert not editor.answers.isVisible()
    assert "Welcome" in editor.side.writing.title.text()
    press(Key.Key_Up)
    assert editor.answers.isVisible()
    assert not editor.side.writing.isVisible()


def test_writing_is_blurred_and_shown_again_by_keyboard(window: Window) -> None:
    editor = open_pictures(window, window.picture(writing=(SIGN, TAG), looked=True))
    editor.list.select("tag")
    press(Key.Key_B, CTRL)
    assert written(window) == {"sign": False, "tag": True}
    assert editor.list.item(2).text().endswith("blurred")
    assert editor.view._items["tag"].how is Standing.BLURRED
    editor.list.select("tag")
    assert editor.side.writing.blur.text() == "Show it again"
    editor.side.writing.blur.click()
    assert written(window)["tag"] is False
    press(Key.Key_Z, CTRL)
    assert written(window)["tag"] is True
    window.settle()
    assert window.stored.pictures[0].writing[1].blurred


def test_what_stands_nowhere_is_taken_away(window: Window) -> None:
    editor = open_pictures(window, window.picture(THREE[0], writing=(SIGN, TAG)))
    editor.list.select("sign")
    press(Key.Key_Delete)
    assert list(written(window)) == ["tag"]
    press(Key.Key_Z, CTRL)
    assert list(written(window)) == ["sign", "tag"]
    assert len(window.post.pictures[0].faces) == 1


def test_a_name_that_may_not_stand_there_is_said_with_its_ways_out(window: Window) -> None:
    editor = open_pictures(window, window.picture(THREE[0], writing=(SIGN, TAG)))
    editor.show_standing(PictureStanding(written={"tag": NAMED}))
    assert editor.list.item(3).text().endswith("look at this")
    editor.list.select("tag")
    panel = editor.side.writing
    assert panel.said.text() == "Logan may not be named."
    assert panel.said.property("role") == "danger"
    settled = []
    editor.settled.connect(lambda finding, mend: settled.append((finding, mend)))
    panel.someone_else.click()
    assert settled == [(NAMED, NAMED.mends[1])]
    editor.list.select("sign")
    assert not panel.someone_else.isVisible()
    assert panel.said.text() == "No name was found in it."


def test_a_name_of_the_registry_is_found_and_goes_with_the_blur(window: Window) -> None:
    editor = open_pictures(window, window.picture(writing=(SIGN, TAG), looked=True))
    window.until(lambda: editor.list.item(2).text().endswith("look at this"))
    editor.list.select("tag")
    assert "Logan" in editor.side.writing.said.text()
    assert [found.anchor.where for found in window.findings] == ["photo:1/tag"]
    editor.side.writing.blur.click()
    window.settle()
    assert window.findings == ()
    editor.list.select("tag")
    assert editor.side.writing.said.text() == "Nobody will be able to read it."


def test_someone_else_settles_what_was_found(window: Window) -> None:
    editor = open_pictures(window, window.picture(writing=(TAG,), looked=True))
    window.until(lambda: window.findings)
    editor.list.select("tag")
    panel = editor.side.writing
    window.until(lambda: panel.someone_else.isVisible())
    panel.someone_else.click()
    window.settle()
    assert window.findings == ()
    (given,) = window.stored.resolutions
    assert given.anchor.where == "photo:1/tag"


def test_who_is_meant_of_several_is_one_click(window: Window) -> None:
    editor = open_pictures(window, window.picture(writing=(SIGN,), looked=True))
    choose = Mend(MendKind.CHOOSE_PERSON, "Logan Vantongeren, 4B", person_id="p-logan")
    several = replace(NAMED, anchor=Anchor("photo:1/sign", "Logan"), mends=(choose,))
    editor.show_standing(PictureStanding(written={"sign": several}))
    editor.list.select("sign")
    (button,) = editor.side.writing.people.buttons
    button.click()
    (given,) = window.post.resolutions
    assert (given.kind, given.person_id) == (ResolutionKind.PERSON, "p-logan")


def test_someone_else_is_kept_as_the_authors_answer(window: Window) -> None:
    editor = open_pictures(window, window.picture(writing=(TAG,), looked=True))
    editor.settled.emit(NAMED, NAMED.mends[1])
    (given,) = window.post.resolutions
    assert given.kind is ResolutionKind.SOMEONE_ELSE
    assert given.anchor == NAMED.anchor


def test_after_the_faces_comes_the_name_that_stands_there(window: Window) -> None:
    editor = open_pictures(window, window.picture(THREE[0], writing=(SIGN, TAG)))
    editor.show_standing(PictureStanding(written={"tag": NAMED}))
    editor.answers.blur.click()
    assert editor.list.current() == "tag"
    assert focus() is editor.side.writing.blur
    press(Key.Key_Space)
    assert written(window)["tag"]
    assert focus() is editor.looked


def test_a_finding_blurs_the_writing_it_is_about(window: Window) -> None:
    open_pictures(window, window.picture(THREE[0], writing=(SIGN, TAG)))
    writing = window.compose.writing
    assert writing is not None
    assert writing.blur(NAMED)
    assert written(window) == {"sign": False, "tag": True}
    assert window.post.pictures[0].faces[0].accounting is None


def test_writing_read_meanwhile_appears_and_undo_keeps_it(window: Window) -> None:
    editor = open_pictures(window, window.picture(THREE[0], writing=(SIGN,)))
    editor.list.select("sign")
    press(Key.Key_B, CTRL)
    writing = window.compose.writing
    assert writing is not None
    known = writing.post.pictures[0]
    writing.draft.change_picture(replace(known, writing=(*known.writing, TAG)))
    assert "LOGAN" in editor.list.item(editor.list.count() - 1).text()
    editor.work.undo()
    assert written(window) == {"sign": False, "tag": False}


def test_that_writing_is_still_being_read_is_said(window: Window) -> None:
    editor = open_pictures(window, window.picture(THREE[0]))
    writing = window.compose.writing
    assert writing is not None
    known = writing.post.pictures[0]
    writing.draft.change_picture(replace(known, reading=Reading.QUICK))
    assert editor.state.text() == "Faces: 0 of 1 accounted for · the writing is still being read"
    window.until(lambda: window.post.pictures[0].reading is Reading.THOROUGH)
    assert editor.state.text() == "Faces: 0 of 1 accounted for"


def test_writing_cannot_be_dragged(window: Window, qtbot: QtBot) -> None:
    editor = open_pictures(window, window.picture(writing=(SIGN,)))
    area, left = editor.view.viewport(), Qt.MouseButton.LeftButton
    start = editor.view.box_on_screen("sign").center().toPoint()
    qtbot.mousePress(area, left, pos=start)
    qtbot.mouseMove(area, start * 1.2)
    qtbot.mouseRelease(area, left, pos=start * 1.2)
    assert editor.list.current() == "sign"
    assert window.post.pictures[0].writing == (SIGN,)


def test_marks_tell_writing_from_faces() -> None:
    picture = Picture("p", "x", "a.jpg", 100, 100, "", writing=(SIGN, TAG))
    plain, named = marks_of(picture, PictureStanding(written={"tag": NAMED}))
    assert (plain.how, plain.sign, plain.writing) == (Standing.WRITTEN, "A", True)
    assert (named.how, named.sign) == (Standing.NAMED, "B")
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip

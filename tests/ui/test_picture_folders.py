"""Pictures come in by the folder and by the dozen, in order; what is left out is said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from smassistant.errors import UserError
from tests.ui.writing_rig import Window, drop, jpeg, mime, open_window
from ui.widgets import incoming
from ui.widgets.incoming import open_folder


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    home = tmp_path / "home"
    home.mkdir()
    with open_window(qtbot, home) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as phones leave it: pictures, a note, a folder inside, hidden litter."""
    made = tmp_path / "Sports day"
    (made / "more").mkdir(parents=True)
    for name in ("IMG_10.jpg", "IMG_9.JPG", "img_1.jpeg", "more/IMG_2.jpg", ".hidden.jpg"):
        (made / name).write_bytes(jpeg())
    (made / "notes.txt").write_text("Buy juice.")
    (made / "Thumbs.db").write_bytes(b"x")
    return made


def names(window: Window) -> list[str]:
    return [picture.file_name for picture in window.post.pictures]


def test_the_pictures_of_a_folder_come_in_as_people_sort_them(
    window: Window, folder: Path, tmp_path: Path
) -> None:
    window.start()
    before, after = tmp_path / "before.jpg", tmp_path / "after.jpg"
    for path in (before, after):
        path.write_bytes(jpeg())
    drop(window.compose.desk.strip, mime(files=(before, folder, after)))
    window.until(lambda: len(window.post.pictures) == 5)
    window.settle()
    assert names(window) == ["before.jpg", "img_1.jpeg", "IMG_9.JPG", "IMG_10.jpg", "after.jpg"]
    notice = window.compose.desk.strip.notice
    assert notice.text == "3 pictures of “Sports day”. 1 file is no picture and was left out. " + (
        "1 folder inside was not opened."
    )
    notice.button.click()
    assert not notice.isVisible()


def test_a_folder_is_chosen_in_a_dialog(
    window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.start()
    monkeypatch.setattr("ui.widgets.picture_strip.choose_folder", lambda *_args: folder)
    window.compose.desk.strip.head.folder_button.click()
    window.until(lambda: len(window.post.pictures) == 3)


def test_a_folder_without_pictures_is_said(window: Window, tmp_path: Path) -> None:
    window.start()
    empty = tmp_path / "Empty"
    empty.mkdir()
    drop(window.compose.desk.strip, mime(files=(empty,)))
    window.until(window.compose.desk.strip.notice.isVisible)
    assert "There is no picture in the folder “Empty”" in window.compose.desk.strip.notice.text
    window.settle()
    assert not window.compose.writing.intake.busy  # type: ignore[union-attr]


def test_a_folder_that_vanished_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="can't be opened"):
        open_folder(tmp_path / "gone")


def test_nobody_means_a_whole_archive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MOST_OF_FOLDER", 2)
    found = open_folder(folder)
    assert [picture.name for picture in found.pictures] == ["img_1.jpeg", "IMG_9.JPG"]
    assert "1 more are left out" in found.words


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_folder_with_something_strange_in_it_is_no_trouble(folder: Path) -> None:
    os.mkfifo(folder / "pipe.jpg")
    assert len(open_folder(folder).pictures) == 3


def test_thirty_come_in_order_while_one_goes_on_writing(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window.start()
    files = []
    for n in range(30):
        path = tmp_path / f"{n:02}.jpg"
        path.write_bytes(b"no picture" if n == 7 else jpeg(64, 48))
        files.append(path)
    drop(window.compose.desk.strip, mime(files=tuple(files)))
    window.type("Sports day")
    window.until(lambda: len(window.post.pictures) == 29)
    window.settle()
    assert names(window) == [f"{n:02}.jpg" for n in range(30) if n != 7]
    assert window.stored.text == "Sports day"
    assert "1 picture was not added" in window.compose.desk.strip.notice.text
    assert window.compose.desk.strip.head.overview.text() == "29 of 29 to do"

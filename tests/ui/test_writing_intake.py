"""Pictures of the open draft are read for writing while their author goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from smassistant.domain.pictures import Box, FoundWriting, Reading
from smassistant.errors import UserError
from smassistant.jobs import Task
from tests.fakes.photos import ScriptedPhotoReader
from tests.ui.writing_rig import Window, jpeg, open_window
from ui.widgets.incoming import IncomingPicture
from ui.widgets.thumbnails import Thumbnails

TAG = FoundWriting(Box(0.1, 0.1, 0.3, 0.06), "Logan Vantongeren", 0.9)


class HeldReader(ScriptedPhotoReader):
    """Reads no writing before the test lets it; counts how often it is asked."""

    def __init__(self, *, fails: bool = False) -> None:
        super().__init__(writing=(TAG,))
        self.free = Event()
        self.fails = fails
        self.looks: list[bool] = []
        self.cancelled = False

    def read_writing(
        self, working: bytes, thorough: bool = False, task: Task | None = None
    ) -> tuple[FoundWriting, ...]:
        self.looks.append(thorough)
        while not self.free.wait(0.005):
            if task is not None and task.cancelled:
                self.cancelled = True
                task.check()
        if self.fails:
            raise UserError("The writing in pictures can't be read on this computer.")
        return self.writing


@contextmanager
def opened(qtbot: QtBot, folder: Path, reader: HeldReader) -> Iterator[Window]:
    """A draft with a picture nobody has read yet, its page open."""
    with open_window(qtbot, folder, reader) as window:
        picture = window.picture(reading=Reading.NONE, looked=True)
        post = window.school.write("A tag.", window.school.bluesky, pictures=(picture,))
        window.shell.go_to("compose", post_id=post.id)
        window.until(lambda: window.compose.writing is not None)
        window.until(lambda: reader.looks)
        yield window
        reader.free.set()


def reading(window: Window) -> Reading:
    return window.post.pictures[0].reading


def codes(window: Window) -> set[str]:
    return {finding.code for finding in window.findings}


def test_a_picture_is_read_quickly_and_then_thoroughly(qtbot: QtBot, tmp_path: Path) -> None:
    reader = HeldReader()
    with opened(qtbot, tmp_path, reader) as window:
        reader.free.set()
        window.until(lambda: reading(window) is Reading.THOROUGH)
        window.settle()
        assert reader.looks == [False, True]
        (found,) = window.stored.pictures[0].writing
        assert found.text == TAG.text
        assert "photo.name_in_picture" in codes(window)


def test_pictures_are_shown_while_writing_is_read(qtbot: QtBot, tmp_path: Path) -> None:
    reader = HeldReader()
    with opened(qtbot, tmp_path, reader) as window:
        shown: list[QPixmap] = []
        page = window.compose
        Thumbnails(page.session, 64, page).show(
            window.post.pictures[0].photo_id, page, shown.append
        )
        window.until(lambda: shown)
        assert reading(window) is Reading.NONE


def test_reading_gives_way_to_new_pictures(qtbot: QtBot, tmp_path: Path) -> None:
    reader = HeldReader()
    file = tmp_path / "new.jpg"
    file.write_bytes(jpeg(200, 160))
    with opened(qtbot, tmp_path, reader) as window:
        assert window.compose.writing is not None
        window.compose.writing.intake.take([IncomingPicture(file.name, file)])
        window.until(lambda: len(window.post.pictures) == 2)
        assert reader.cancelled
        assert reading(window) is Reading.NONE
        reader.free.set()
        window.until(lambda: all(one.reading is Reading.THOROUGH for one in window.post.pictures))


def test_the_card_says_that_it_is_being_read(qtbot: QtBot, tmp_path: Path) -> None:
    reader = HeldReader()
    with opened(qtbot, tmp_path, reader) as window:
        card = window.compose.desk.strip.card(1)
        assert card is not None
        window.until(lambda: "photo.writing_unread" in codes(window))
        assert "Reading the writing" in window.everything_shown()
        reader.free.set()
        window.until(lambda: reading(window) is Reading.THOROUGH)
        window.settle()
        assert "Reading the writing" not in window.everything_shown()
        assert "photo.writing_unread" not in codes(window)


def test_typing_goes_on_meanwhile(qtbot: QtBot, tmp_path: Path) -> None:
    reader = HeldReader()
    with opened(qtbot, tmp_path, reader) as window:
        editor = window.compose.desk.editor
        editor.setFocus()
        window.type("More. ")
        reader.free.set()
        window.until(lambda: reading(window) is Reading.THOROUGH)
        assert editor.hasFocus()
        assert "More." in window.post.text
        window.type("And more. ")
        window.settle()
        assert "And more." in window.stored.text
        assert window.stored.pictures[0].reading is Reading.THOROUGH


def test_where_writing_can_not_be_read_the_author_is_asked_once(
    qtbot: QtBot, tmp_path: Path
) -> None:
    reader = HeldReader(fails=True)
    with opened(qtbot, tmp_path, reader) as window:
        reader.free.set()
        window.settle()
        assert reading(window) is Reading.FAILED
        assert reader.looks == [False, True]
        assert "photo.writing_unread.failed" in codes(window)


def test_leaving_the_page_ends_the_reading(qtbot: QtBot, tmp_path: Path) -> None:
    reader = HeldReader()
    with opened(qtbot, tmp_path, reader) as window:
        window.compose.close_down()
        window.until(lambda: reader.cancelled)


def test_a_post_that_waits_for_approval_is_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    reader = HeldReader()
    reader.free.set()
    with open_window(qtbot, tmp_path, reader) as window:
        picture = window.picture(looked=True)
        post = window.school.submit(
            window.school.write("A tag.", window.school.bluesky, pictures=(picture,))
        )
        old = replace(post, pictures=(replace(picture, reading=Reading.NONE),))
        with window.school.context.store.write() as work:
            work.posts.save(old)
        window.shell.go_to("compose", post_id=post.id)
        window.until(lambda: window.compose.writing is not None)
        window.settle()
        assert reader.looks == []

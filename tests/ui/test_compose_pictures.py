"""Pictures come in by drop, paste and file, are described, ordered, removed and previewed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from smassistant.domain.pictures import Accounting, Box, Edit, Face, ReadPhoto
from smassistant.imaging.reader import LocalPhotoReader
from smassistant.jobs import Task
from tests.fakes.photos import ScriptedPhotoReader
from tests.ui.writing_rig import NAME, THREE, Window, drop, jpeg, mime, open_window
from ui.widgets.picture_card import PictureCard

Alt = Qt.KeyboardModifier.AltModifier


class HeldReader(ScriptedPhotoReader):
    """Reads no picture before `go` is set, unless the task is cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self.begun = threading.Event()

    def read(self, data: bytes, name: str = "", task: Task | None = None) -> ReadPhoto:
        self.begun.set()
        while not self.go.wait(0.01):
            if task is not None:
                task.check()
        return super().read(data, name, task)


class NotingReader(ScriptedPhotoReader):
    """Notes which boxes are to be blurred at export."""

    def __init__(self) -> None:
        super().__init__()
        self.blurred: list[Box] = []

    def export(
        self,
        working: bytes,
        blurred: Sequence[Box],
        max_edge: int,
        max_bytes: int,
        edit: Edit = Edit(),  # noqa: B008 (frozen)
    ) -> bytes:
        self.blurred = list(blurred)
        return super().export(working, blurred, max_edge, max_bytes, edit)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """With the real reader."""
    with open_window(qtbot, tmp_path, LocalPhotoReader()) as made:
        yield made


def file(folder: Path, name: str, data: bytes | None = None) -> Path:
    path = folder / name
    path.write_bytes(jpeg() if data is None else data)
    return path


def cards(window: Window) -> list[PictureCard]:
    strip = window.compose.desk.strip
    return [card for n in range(1, 20) if (card := strip.card(n)) is not None]


def wait_for_pictures(window: Window, count: int) -> None:
    window.until(lambda: len(window.post.pictures) == count)
    window.settle()


# Coming in


def test_dropped_files_become_pictures_and_a_bad_one_a_clear_line(
    window: Window, tmp_path: Path
) -> None:
    window.start()
    good, better = file(tmp_path, "good.jpg"), file(tmp_path, "better.jpg")
    bad = file(tmp_path, "letter.jpg", b"Dear parents, this is no picture.")
    drop(window.compose.desk.strip, mime(files=(good, bad, better)))
    wait_for_pictures(window, 2)
    assert [picture.file_name for picture in window.stored.pictures] == ["good.jpg", "better.jpg"]
    assert len(cards(window)) == 2
    said = window.compose.desk.strip.notice.text
    assert "1 picture was not added" in said
    assert "letter.jpg: " in said
    assert all(not card.thumbnail.icon().isNull() for card in cards(window))


def test_a_picture_is_pasted_into_the_text(window: Window) -> None:
    window.start()
    QApplication.clipboard().setMimeData(mime(pixels=True))
    window.compose.desk.editor.paste()
    wait_for_pictures(window, 1)
    assert window.stored.pictures[0].width == 320
    assert window.post.text == ""


def test_files_are_chosen_in_a_dialog(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.start()
    paths = [str(file(tmp_path, f"{n}.jpg")) for n in range(2)]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (paths, ""))
    window.compose.desk.strip.add_button.click()
    wait_for_pictures(window, 2)


def test_a_missing_file_is_said(window: Window, tmp_path: Path) -> None:
    window.start()
    drop(window.compose.desk.strip, mime(files=(tmp_path / "gone.jpg",)))
    window.until(window.compose.desk.strip.notice.isVisible)
    assert "gone.jpg" in window.compose.desk.strip.notice.text


def test_reading_shows_progress_and_can_be_cancelled(qtbot: QtBot, tmp_path: Path) -> None:
    reader = HeldReader()
    with open_window(qtbot, tmp_path, reader) as window:
        window.start()
        files = tuple(file(tmp_path, f"{n}.jpg") for n in range(3))
        drop(window.compose.desk.strip, mime(files=files))
        window.until(reader.begun.is_set)
        assert "Reading picture 1 of 3" in window.everything_shown()
        assert window.compose.desk.why_not.text() == "Pictures are still being read."
        window.compose.desk.strip.cancelled.emit()
        window.settle()
        assert window.post.pictures == ()
        assert not window.compose.writing.intake.busy  # type: ignore[union-attr]
        reader.go.set()


# Described, ordered, removed


def test_a_description_is_needed_before_submitting(window: Window, qtbot: QtBot) -> None:
    bare = replace(window.picture(THREE[0]), alt_text="")
    window.open_with(
        replace(bare, looked=True, faces=(Face("f", THREE[0], 1.0, Accounting.BLURRED),)),
        text="Sports day.",
    )
    assert [found.code for found in window.findings] == ["access.alt_text"]
    window.compose.submit()
    assert "1 finding stands in the way." in window.shell.banner.text
    (card,) = cards(window)
    mend = window.findings[0].mends[0]
    window.compose.work.mend(window.findings[0], mend)
    assert card.alt_text.hasFocus()
    qtbot.keyClicks(card.alt_text, "Two children run.")
    window.settle()
    assert "17 of 2,000 characters" in window.everything_shown()
    assert window.stored.pictures[0].alt_text == "Two children run."
    assert window.findings == ()
    window.compose.submit()
    window.until(lambda: window.compose.writing is None)


def test_a_name_in_a_description_is_underlined_there(window: Window, qtbot: QtBot) -> None:
    window.open_with(window.picture(alt_text="", looked=True), text="Sports day.")
    (card,) = cards(window)
    qtbot.keyClicks(card.alt_text, f"{NAME} runs")
    window.settle()
    (found,) = [f for f in window.findings if f.where == "alt:1"]
    assert [words for _finding, words in card.alt_text.underlined()] == [NAME]
    window.compose.work.mend(found, found.mends[0])
    window.settle()
    assert NAME not in window.post.pictures[0].alt_text
    assert NAME not in window.stored.pictures[0].alt_text


def test_pictures_are_reordered_by_keyboard(window: Window, qtbot: QtBot) -> None:
    first, second = window.picture(alt_text="First"), window.picture(alt_text="Second")
    window.open_with(first, second)
    card = cards(window)[1]
    card.faces_button.setFocus()
    qtbot.keyClick(card.faces_button, Qt.Key.Key_Up, Alt)
    window.settle()
    assert [picture.id for picture in window.stored.pictures] == [second.id, first.id]
    assert cards(window)[0] is card
    assert card.faces_button.hasFocus()
    assert not card.earlier.isEnabled()
    assert card.alt_text.text() == "Second"


def test_a_removed_picture_can_be_had_back_in_its_place(window: Window) -> None:
    pictures = tuple(window.picture(alt_text=f"Number {n}") for n in range(3))
    window.open_with(*pictures)
    cards(window)[1].remove.click()
    window.settle()
    assert [p.id for p in window.stored.pictures] == [pictures[0].id, pictures[2].id]
    assert window.shell.banner.button.text() == "Undo"
    window.shell.banner.button.click()
    window.settle()
    assert window.stored.pictures == pictures


def test_a_face_is_blurred_from_its_finding(window: Window) -> None:
    from smassistant.domain.findings import MendKind

    window.open_with(window.picture(THREE[0], looked=True), text="Sports day.")
    found = next(f for f in window.findings if f.code == "photo.face_unaccounted")
    blur = next(mend for mend in found.mends if mend.kind is MendKind.BLUR)
    window.compose.work.mend(found, blur)
    window.settle()
    assert window.stored.pictures[0].faces[0].accounting is Accounting.BLURRED
    assert window.findings == ()


def test_the_way_to_the_faces_chooses_the_face(window: Window) -> None:
    from smassistant.domain.findings import MendKind

    window.open_with(window.picture(*THREE), text="Sports day.")
    found = [f for f in window.findings if f.code == "photo.face_unaccounted"][2]
    go = next(mend for mend in found.mends if mend.kind is MendKind.GO_TO_FACES)
    window.compose.work.mend(found, go)
    window.settle()
    assert window.compose.stack.currentWidget() is window.compose.photos
    assert window.compose.photos.list.current() == "face-3"


# Preview


def test_the_preview_shows_what_will_be_published(qtbot: QtBot, tmp_path: Path) -> None:
    reader = NotingReader()
    with open_window(qtbot, tmp_path, reader) as window:
        hidden = Face("f", THREE[1], 1.0, Accounting.BLURRED)
        shown = Face("g", THREE[0], 1.0, Accounting.NOT_IDENTIFIABLE, reason="from behind")
        picture = window.picture(faces=(shown, hidden), alt_text="Children run.")
        window.open_with(picture, text="See https://school.example.ca/run & cheer!")
        window.compose.show_preview()
        labels = window.compose.preview.findChildren(QLabel)
        frame = next(label for label in labels if label.accessibleName() == "Children run.")
        window.until(lambda: not frame.pixmap().isNull())
        assert reader.blurred == [THREE[1]]
        text = next(label for label in labels if "https" in label.text())
        assert "&amp; cheer!" in text.text()
        assert "Bluesky · Quarry Hill" in window.everything_shown()
        window.compose.preview.done.emit()
        assert window.compose.stack.currentWidget() is window.compose.desk
        window.settle()

"""A video on the photo page: moments, cut, blur, photos of moments, by mouse and keyboard."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from smassistant.domain.clips import ReadClip, SeenFace, Shown, Still
from smassistant.domain.pictures import Accounting, Box, Origin, Picture, TakenBy
from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.services.drafting import add_picture
from smassistant.services.looking_over import look_over
from smassistant.services.watching import FOLDER
from tests.fakes.photos import ScriptedPhotoReader
from tests.ui.writing_rig import Window, drop, mime, open_window
from tests.unit.imaging.films import film, flat
from ui.widgets.clip_review import ClipReview
from ui.widgets.overview import OverviewPanel
from ui.widgets.photo_editor import PhotoEditor
from ui.widgets.photo_marks import marks_of

FIRST, SECOND = Box(0.1, 0.2, 0.2, 0.3), Box(0.6, 0.2, 0.2, 0.3)


class FilmReader(ScriptedPhotoReader):
    """Sees one face at the start of every film and another after five seconds."""

    refuse = False

    def read_clip(self, data: bytes, name: str = "", task: Task | None = None) -> ReadClip:
        plain = super().read_clip(data, name, task)
        faces = tuple(
            SeenFace(box, 0.9, at, (Shown(at, box),)) for at, box in ((0, FIRST), (5, SECOND))
        )
        stills = (Still(0, _jpeg("teal")), Still(5, _jpeg("olive")))
        return replace(plain, stills=stills, faces=faces)

    def blur_clip(
        self,
        video: bytes,
        blurred: Sequence[Shown],
        kept: Sequence[Shown],
        task: Task | None = None,
    ) -> ReadClip:
        if self.refuse:
            raise UserError("The video can't be blurred.", "One is lost.", "Cut the video.")
        return super().blur_clip(video, blurred, kept, task)


def _jpeg(colour: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (640, 360), colour).save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture
def reader() -> FilmReader:
    return FilmReader()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, reader: FilmReader) -> Iterator[Window]:
    with open_window(qtbot, tmp_path, reader) as made:
        yield made


@pytest.fixture
def page(window: Window) -> PhotoEditor:
    """A post with a video, whose faces are shown."""
    window.open_with(video(window), text="A calm day.")
    window.compose.open_faces(window.post.pictures[0].id)
    page = window.compose.photos
    window.until(lambda: not page.view.sceneRect().isEmpty())
    window.settle()
    return page


def video(window: Window) -> Picture:
    data = b"\0\0\0\x10ftypisom"
    added = add_picture(window.session.context, window.school.author, data, "walk.mp4").picture
    return replace(added, alt_text="A walk.", origin=Origin(TakenBy.OWN))


def now(window: Window) -> Picture:
    return window.post.pictures[0]


def shown_marks(page: PhotoEditor) -> set[str]:
    picture = page.picture
    assert picture is not None
    return {mark.sign for mark in page.clip.marks(picture, marks_of(picture, page.said))}


def test_a_video_is_dropped_like_a_picture(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "walk.MP4"
    path.write_bytes(film(flat, 5))
    window.start()
    drop(window.compose.desk.strip, mime(files=(path,)))
    window.until(lambda: window.post.pictures)
    clip = now(window).clip
    assert clip is not None
    assert [moment.at for moment in clip.moments] == [0, 5]
    window.settle()
    codes = {finding.code for finding in window.findings}
    assert "photo.face_unaccounted" in codes
    assert any("listen" in finding.message for finding in window.findings)


def test_the_still_follows_the_chosen_face(window: Window, page: PhotoEditor) -> None:
    assert page.clip.strip.isVisible()
    assert page.clip.bar.isVisible()
    assert not page.bar.adjust.isVisible()
    assert shown_marks(page) == {"1"}
    before = page.view.sceneRect()
    page.list.select(now(window).faces[1].id)
    window.until(lambda: page.clip.at == 5)
    window.settle()
    assert shown_marks(page) == {"2"}
    assert page.view.sceneRect() == before
    assert page.clip.strip.current() == now(window).clip.moments[1]  # type: ignore[union-attr]
    assert "listened to the end" in page.looked.text()


def test_moments_are_walked_by_keyboard(window: Window, page: PhotoEditor) -> None:
    page.clip.strip.setFocus()
    QTest.keyClick(page.clip.strip, Qt.Key.Key_Right)
    assert page.clip.at == 5
    assert page.list.current() == now(window).faces[1].id
    QTest.keyClick(page.clip.strip, Qt.Key.Key_Left)
    assert page.clip.at == 0
    said = page.clip.strip.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "At 0:05: 1 face, 1 open"


def test_a_face_is_added_at_the_moment_that_is_shown(window: Window, page: PhotoEditor) -> None:
    page.list.select(now(window).faces[1].id)
    window.settle()
    page.work.add_face()
    assert now(window).faces[-1].at == 5
    page.work.undo()
    assert len(now(window).faces) == 2


def test_blurring_is_asked_for_and_done_through_the_video(
    window: Window, page: PhotoEditor
) -> None:
    assert not page.clip.bar.blur.isVisible()
    page.blur_rest.click()
    window.settle()
    assert "video.not_blurred" in {finding.code for finding in window.findings}
    assert page.clip.bar.blur.isVisible()
    assert "2 people" in page.clip.bar.blur.text()
    page.clip.bar.blur.click()
    window.until(lambda: now(window).clip.blurred)  # type: ignore[union-attr]
    window.settle()
    assert "video.not_blurred" not in {finding.code for finding in window.findings}
    assert not page.clip.bar.blur.isVisible()
    clip = now(window).clip
    assert clip is not None
    assert clip.source_id
    assert not clip.sound
    assert all(face.accounting is Accounting.BLURRED for face in now(window).faces)
    window.shell.banner.button.click()  # Undo
    assert now(window).clip.blurred == ()  # type: ignore[union-attr]


def test_where_blurring_fails_it_is_said_and_nothing_changes(
    window: Window, page: PhotoEditor, reader: FilmReader
) -> None:
    reader.refuse = True
    before = now(window).clip
    page.blur_rest.click()
    window.settle()
    page.clip.bar.blur.click()
    window.until(lambda: window.shell.banner.isVisible())
    assert "Cut the video." in window.everything_shown()
    assert now(window).clip == before
    assert page.clip.bar.blur.isVisible()


def test_a_cut_asks_again_only_for_what_changed(window: Window, page: PhotoEditor) -> None:
    page.work._account(Accounting.NOT_IDENTIFIABLE, "", "from behind")
    bar = page.clip.bar
    assert not bar.do_cut.isEnabled()
    bar.end.setValue(7)
    assert bar.do_cut.isEnabled()
    bar.do_cut.click()
    window.until(lambda: now(window).clip.seconds == 7)  # type: ignore[union-attr]
    window.settle()
    assert now(window).faces[0].reason == "from behind"
    assert bar.end.maximum() == 7
    bar.start.setValue(6.8)
    assert not bar.do_cut.isEnabled()  # nothing would be left


def test_a_photo_is_taken_of_a_moment(window: Window, page: PhotoEditor) -> None:
    page.list.select(now(window).faces[1].id)
    window.settle()
    page.clip.bar.still.click()
    window.until(lambda: len(window.post.pictures) == 2)
    photo = window.post.pictures[1]
    assert photo.clip is None
    assert photo.file_name == "walk 0.05.jpg"
    window.settle()
    assert "limit.video_and_pictures" in {finding.code for finding in window.findings}


def test_what_was_laid_out_for_watching_goes_with_the_page(
    window: Window, page: PhotoEditor
) -> None:
    folder = window.session.context.outbox / FOLDER
    page.clip.bar.watch.click()
    window.until(lambda: folder.is_dir() and any(folder.iterdir()))
    window.until(lambda: "no player" in page.tools.said.text())  # no desktop in tests
    page.back.click()
    assert not folder.exists()


def test_leaders_see_every_moment(window: Window, qtbot: QtBot) -> None:
    picture = replace(video(window), looked=True)
    answered = tuple(
        replace(face, accounting=Accounting.NOT_IDENTIFIABLE, reason="far away")
        for face in picture.faces
    )
    post = window.school.write("A day.", pictures=(replace(picture, faces=answered),))
    leader = window.school.leader
    overview = look_over(window.school.context, leader, window.school.reviewer, post.id)
    panel = OverviewPanel(overview, "America/Edmonton", {}, "Office")
    qtbot.addWidget(panel)
    panel.show()
    panel.load_pictures(window.session, lambda error: pytest.fail(str(error)))
    (review,) = panel.findChildren(ClipReview)
    window.settle()
    assert "0:10" in review.note.text()
    assert review.strip.count() == 2
    review.strip.setCurrentRow(1)
    window.settle()
    assert panel.cards[0]._moment.at == 5  # type: ignore[union-attr]
    assert QApplication.focusWidget() is not panel

"""The signed-in window on a small school with a real database, opened at the writing page."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from smassistant.domain.findings import Finding
from smassistant.domain.pictures import Box, Face, Origin, Picture, Reading, TakenBy
from smassistant.domain.posts import Post
from smassistant.domain.users import User
from smassistant.ports import PhotoReader
from smassistant.services.drafting import add_picture, list_posts, save_draft
from smassistant.services.keeping_settings import get_settings
from tests.fakes.photos import ScriptedPhotoReader
from tests.unit.services.conftest import School, open_school
from ui.changes import Changes
from ui.jobs import JobRunner
from ui.memory import Memory
from ui.pages.compose import ComposePage
from ui.pages.posts import PostsPage
from ui.session import Session
from ui.shell.workspace import Workspace

NAME = "Logan Vantongeren"  # may neither be named nor shown
FRIEND = "Tessaly Brightwater"  # may be both
THREE = (Box(0.1, 0.2, 0.1, 0.2), Box(0.4, 0.2, 0.1, 0.2), Box(0.7, 0.2, 0.1, 0.2))


@dataclass
class Window:
    """What a test of the writing pages reaches for."""

    qtbot: QtBot
    school: School
    session: Session
    shell: Workspace

    @property
    def compose(self) -> ComposePage:
        page = self.shell.page("compose")
        assert isinstance(page, ComposePage)
        return page

    @property
    def posts(self) -> PostsPage:
        page = self.shell.page("posts")
        assert isinstance(page, PostsPage)
        return page

    @property
    def post(self) -> Post:
        """The post as on the screen."""
        assert self.compose.writing is not None
        return self.compose.writing.post

    @property
    def stored(self) -> Post:
        """The same post as in the database."""
        return self.school.stored(self.post)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.compose.desk.panel.findings

    def settle(self) -> None:
        """Wait until everything typed is checked and stored."""
        self.qtbot.waitUntil(self._settled, timeout=10_000)

    def _settled(self) -> bool:
        writing = self.compose.writing
        panel = self.compose.desk.panel
        return self.session.jobs.idle() and (
            writing is None or (writing.live.current and not writing.draft.dirty and panel.complete)
        )

    def until(self, true: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=10_000)

    def start(self, *accounts: str) -> None:
        """Begin an empty post for these accounts."""
        self.shell.go_to("compose", new=True)
        self.until(lambda: self.compose.writing is not None)
        self.settle()
        for account in accounts or (self.school.bluesky.id,):
            self.choose(account)
        self.compose.desk.editor.setFocus()

    def choose(self, account_id: str) -> None:
        self.compose.desk.places.button(account_id).click()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.compose.desk.editor, text)

    def open_with(self, *pictures: Picture, text: str = "") -> Post:
        """A stored draft with pictures, opened."""
        post = self.school.write(text, self.school.bluesky, pictures=pictures)
        self.shell.go_to("compose", post_id=post.id)
        self.until(lambda: self.compose.writing is not None)
        self.settle()
        return post

    def picture(self, *boxes: Box, **changes: object) -> Picture:
        """A stored picture of the author's own with faces there, described."""
        data = jpeg()
        found = add_picture(self.session.context, self.school.author, data, "a.jpg").picture
        faces = tuple(Face(f"face-{n}", box, 0.9) for n, box in enumerate(boxes, 1))
        own = Origin(TakenBy.OWN)
        described = replace(
            found, faces=faces, alt_text="A picture.", reading=Reading.THOROUGH, origin=own
        )
        return replace(described, **changes)  # type: ignore[arg-type]

    def drafts(self) -> tuple[Post, ...]:
        return list_posts(self.session.context, self.school.author)

    def change_elsewhere(self, text: str) -> Post:
        """The stored post gets another text behind the window's back."""
        return save_draft(self.session.context, self.school.author, replace(self.stored, text=text))

    def everything_shown(self) -> str:
        """All words in all widgets."""
        return "\n".join(word for widget in _all(self.shell) for word in _words(widget))


@contextmanager
def open_window(
    qtbot: QtBot, folder: Path, photos: PhotoReader | None = None, user: User | None = None
) -> Iterator[Window]:
    """The window of the school's author, closed down afterwards as the program does."""
    school = open_school(folder)
    school.context = replace(school.context, photos=photos or ScriptedPhotoReader())
    school.__post_init__()
    jobs, shell = JobRunner(), Workspace()
    changes = Changes(school.context.store)
    session = Session(
        school.context, user or school.author, jobs, changes, school.reviewer,
        get_settings(school.context), shell, Memory(folder),
    )  # fmt: skip
    shell.settle(session, "light")
    shell.resize(1366, 768)
    shell.show()
    qtbot.addWidget(shell)
    window = Window(qtbot, school, session, shell)
    try:
        yield window
    finally:
        assert shell.close_down() == []
        jobs.shutdown()
        changes.close()
        school.context.store.close()


def jpeg(width: int = 320, height: int = 240) -> bytes:
    """A small made-up picture."""
    stream = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


def mime(
    text: str = "", html: str = "", files: tuple[Path, ...] = (), pixels: bool = False
) -> QMimeData:
    """What the clipboard or a drag brings."""
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    if files:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    if pixels:
        data.setImageData(QImage.fromData(QByteArray(jpeg())))
    return data


def drop(target: QWidget, data: QMimeData) -> None:
    """Drag `data` onto a widget and let go."""
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    spot, action = QPoint(20, 20), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(spot, action, data, left, none)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(spot, action, data, left, none))


def _all(root: QWidget) -> list[QWidget]:
    return [root, *root.findChildren(QWidget)]


def _words(widget: QWidget) -> list[str]:
    found = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    if isinstance(widget, QLabel | QLineEdit):
        found.append(widget.text())
    elif isinstance(widget, QPlainTextEdit):
        found.append(widget.toPlainText())
    elif isinstance(widget, QListWidget):
        found += [widget.item(row).text() for row in range(widget.count())]
    return found

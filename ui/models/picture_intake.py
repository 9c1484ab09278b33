"""Bringing pictures into a post, one after the other, each failure by itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.services.drafting import AddedPicture, add_picture
from ui.jobs import Lane
from ui.session import Session
from ui.widgets.incoming import FolderContents, IncomingPicture, open_folder


class PictureIntake(QObject):
    """Reads pictures off the window's thread in the order they came."""

    added = Signal(object)  # AddedPicture
    refused = Signal(str, object)  # file name, UserError
    progressed = Signal(int, int, str)  # done, total, file name being read
    told = Signal(str)  # what came of a folder
    finished = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: deque[IncomingPicture] = deque()
        self._task: Task | None = None
        self._done = 0
        self._total = 0

    @property
    def busy(self) -> bool:
        """Whether pictures are still being read."""
        return self._task is not None

    def take(self, pictures: Iterable[IncomingPicture]) -> None:
        """Read `pictures` after those that wait already."""
        arrived = tuple(pictures)
        self._waiting.extend(arrived)
        self._total += len(arrived)
        if self._task is None:
            self._next()

    def cancel(self) -> None:
        """Stop; what was read stays."""
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()
            self._end()

    def _next(self) -> None:
        if not self._waiting:
            self._end()
            return
        picture = self._waiting.popleft()
        if picture.folder and picture.path is not None:
            self._open(picture.name, picture.path)
        else:
            self._read(picture)
        self.progressed.emit(self._done, self._total, picture.name)

    def _open(self, name: str, folder: Path) -> None:
        """Put the pictures of a folder in its place in the line."""

        def opened(found: FolderContents) -> None:
            self._waiting.extendleft(reversed(found.pictures))
            self._total += len(found.pictures) - 1
            self.told.emit(found.words)
            self._next()

        def refused(error: UserError) -> None:
            self.refused.emit(name, error)
            self._step()

        self._task = self._session.jobs.start(
            self, lambda _task: open_folder(folder), opened, refused, lane=Lane.PHOTOS
        )

    def _read(self, picture: IncomingPicture) -> None:
        session = self._session

        def read(task: Task) -> AddedPicture:
            data = picture.read()
            task.check()
            return add_picture(session.context, session.user, data, picture.name, task)

        def refused(error: UserError) -> None:
            self.refused.emit(picture.name, error)
            self._step()

        self._task = session.jobs.start(self, read, self._arrived, refused, lane=Lane.PHOTOS)

    def _arrived(self, result: AddedPicture) -> None:
        self.added.emit(result)
        self._step()

    def _step(self) -> None:
        self._done += 1
        self._next()

    def _end(self) -> None:
        self._task = None
        self._done = self._total = 0
        self.finished.emit()

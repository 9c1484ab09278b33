"""The pictures of the library and their small copies, loaded as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPixmap

from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.services.listing_pictures import LibraryPicture
from ui import words
from ui.jobs import Lane
from ui.session import Session
from ui.widgets.library_words import standing_word
from ui.widgets.thumbnails import fitted, read_image
from ui.widgets.words import first_words

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
THUMBNAIL = QSize(192, 144)
KEPT = 400  # small copies; those seen longest ago are let go
WAITING = 48  # more than fit the window: what was scrolled past is not loaded
AT_ONCE = 2


class SmallCopies(QObject):
    """Hands out small copies of photos; the last one asked for is loaded first."""

    arrived = Signal(str)  # photo id

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._asked: OrderedDict[str, float] = OrderedDict()  # photo id to the screen's ratio
        self._loading: set[str] = set()

    def get(self, photo_id: str, ratio: float) -> QPixmap | None:
        """The small copy if it is there; else it is loaded, and `arrived` tells."""
        if photo_id in self._kept:
            self._kept.move_to_end(photo_id)
            return self._kept[photo_id]
        if photo_id not in self._loading:
            self._asked[photo_id] = ratio
            self._asked.move_to_end(photo_id)
            while len(self._asked) > WAITING:
                self._asked.popitem(last=False)
            self._load()
        return None

    def forget(self) -> None:
        """Drop every picture."""
        self._kept.clear()
        self._asked.clear()

    def _load(self) -> None:
        while self._asked and len(self._loading) < AT_ONCE:
            self._read(*self._asked.popitem())

    def _read(self, photo_id: str, ratio: float) -> None:
        self._loading.add(photo_id)
        session, size = self._session, round(THUMBNAIL.width() * 1.5 * ratio)
        session.jobs.start(
            self,
            lambda _task: read_image(session, photo_id, size),
            partial(self._keep, photo_id, ratio),
            partial(self._miss, photo_id),
            lane=Lane.SCREEN,
        )

    def _keep(self, photo_id: str, ratio: float, image: QImage) -> None:
        self._put(photo_id, fitted(QPixmap.fromImage(image), THUMBNAIL, ratio))

    def _miss(self, photo_id: str, _error: UserError) -> None:
        self._put(photo_id, None)

    def _put(self, photo_id: str, pixmap: QPixmap | None) -> None:
        self._loading.discard(photo_id)
        self._kept[photo_id] = pixmap
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit(photo_id)
        self._load()


class LibraryModel(QAbstractListModel):
    """The pictures that fit what is looked for."""

    def __init__(self, copies: SmallCopies, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.copies = copies
        self.pictures: tuple[LibraryPicture, ...] = ()
        self._rows: dict[str, int] = {}
        copies.arrived.connect(self._redraw)

    def show_pictures(self, pictures: tuple[LibraryPicture, ...]) -> None:
        """Replace every row."""
        self.beginResetModel()
        self.pictures = pictures
        self._rows = {one.picture.photo_id: row for row, one in enumerate(pictures)}
        self.endResetModel()

    def row_of(self, photo_id: str) -> int:
        """The row of a photo, else -1."""
        return self._rows.get(photo_id, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.pictures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.pictures):
            return None
        line = self.pictures[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return title(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.picture.alt_text or line.picture.file_name
        return None

    def _redraw(self, photo_id: str) -> None:
        row = self.row_of(photo_id)
        if row >= 0:
            index = self.index(row)
            self.dataChanged.emit(index, index)


def title(line: LibraryPicture) -> str:
    """By what a picture is told from others in the grid."""
    return line.picture.alt_text or first_words(line.post)


def spoken(line: LibraryPicture) -> str:
    """A picture's row as a whole sentence."""
    n = len(line.picture.faces)
    people = ngettext("{n} person", "{n} people", n).format(n=n)
    return _("{what}. {standing}, {day}, {people}.").format(
        what=title(line), standing=standing_word(line.standing), day=words.short_day(line.day),
        people=people,
    )  # fmt: skip

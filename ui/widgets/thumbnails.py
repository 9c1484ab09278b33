"""Pictures from the store for the screen, decoded off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QImage, QPixmap

from smassistant.domain.clips import cover_of
from smassistant.domain.pictures import Picture
from smassistant.domain.places import Place
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.drafting import read_photo
from smassistant.services.packing import export_picture
from ui.jobs import Lane
from ui.session import Session

Shown = Callable[[QPixmap], None]


class Thumbnails(QObject):
    """Hands out small pictures, keeping those it has read until `forget`."""

    def __init__(self, session: Session, size: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._size = size
        self._kept: dict[str, QPixmap] = {}

    def show(self, photo_id: str, owner: QObject, done: Shown) -> None:
        """Call `done` with the picture, at once where it is known, while `owner` lives."""
        if photo_id in self._kept:
            done(self._kept[photo_id])
            return

        def arrived(image: QImage) -> None:
            self._kept[photo_id] = QPixmap.fromImage(image)
            done(self._kept[photo_id])

        self._session.jobs.start(
            owner,
            lambda _task: read_image(self._session, photo_id, self._size),
            arrived,
            lane=Lane.SCREEN,
        )

    def forget(self) -> None:
        """Drop every picture."""
        self._kept.clear()


def show_photo(
    session: Session,
    photo_id: str,
    owner: QObject,
    done: Shown,
    failed: Callable[[UserError], None],
) -> Task:
    """Call `done` with a picture's whole working copy."""
    return session.jobs.start(
        owner,
        lambda _task: read_image(session, photo_id, 0),
        lambda image: done(QPixmap.fromImage(image)),
        failed,
        lane=Lane.SCREEN,
    )


def show_export(
    session: Session,
    picture: Picture,
    place: Place,
    size: int,
    owner: QObject,
    done: Shown,
    failed: Callable[[UserError], None],
) -> Task:
    """Call `done` with a small copy of what would be published: blurred where it is asked for.

    Of a video it is the still that stands for it.
    """
    small = replace(place, max_picture_edge=size, max_picture_bytes=1_000_000)
    still = cover_of(picture)
    return session.jobs.start(
        owner,
        lambda _task: decode(export_picture(session.context, still, small).data, size),
        lambda image: done(QPixmap.fromImage(image)),
        failed,
        lane=Lane.PHOTOS,
    )


def read_image(session: Session, photo_id: str, size: int) -> QImage:
    """A stored picture, its longer side `size` pixels, whole for 0. On a worker."""
    return decode(read_photo(session.context, session.user, photo_id), size)


def decode(data: bytes, size: int) -> QImage:
    """The image in `data`, its longer side at most `size` pixels, whole for 0."""
    # Not by a QBuffer made here: Qt holds a lock of its own while it asks one, and Python's lock
    # is needed to ask; two lanes that read at once would wait for each other for good.
    image = QImage.fromData(QByteArray(data))
    if image.isNull():
        raise UserError(_("A picture of this post can't be shown."))
    if size and max(image.width(), image.height()) > size:
        fit, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(QSize(size, size), fit, smooth)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def fitted(pixmap: QPixmap, size: QSize, ratio: float) -> QPixmap:
    """The middle of `pixmap`, filling `size` logical pixels on a screen of `ratio`."""
    pixels = size * ratio
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    scaled = pixmap.scaled(pixels, mode, Qt.TransformationMode.SmoothTransformation)
    left, top = (scaled.width() - pixels.width()) // 2, (scaled.height() - pixels.height()) // 2
    result = scaled.copy(left, top, pixels.width(), pixels.height())
    result.setDevicePixelRatio(ratio)
    return result

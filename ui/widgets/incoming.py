"""Pictures that arrive by drop or paste, before they are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from smassistant.i18n import _
from smassistant.services.drafting import read_file


@dataclass(frozen=True, slots=True)
class IncomingPicture:
    """A picture somebody wants in the post: a file, or pixels from the clipboard."""

    name: str
    path: Path | None = None
    image: QImage | None = None

    def read(self) -> bytes:
        """The bytes of the picture's file; call it off the window's thread. Raises UserError."""
        if self.path is not None:
            return read_file(self.path)
        buffer = QByteArray()
        device = QBuffer(buffer)
        device.open(QIODevice.OpenModeFlag.WriteOnly)
        (self.image or QImage()).save(device, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data())


def pictures_in(mime: QMimeData) -> tuple[IncomingPicture, ...]:
    """The pictures that `mime` brings: files first, else copied pixels.

    Office programs put a picture of copied words beside the words; there the words are meant.
    """
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return tuple(IncomingPicture(path.name, path) for path in paths)
    if mime.hasImage() and not mime.text().strip():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return (IncomingPicture(_("Pasted picture"), image=image),)
    return ()

"""Pictures that arrive by drop, paste, file or folder, before they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.services.drafting import read_file

ENDINGS = (
    "jpg", "jpeg", "png", "webp", "gif", "heic", "heif", "avif", "bmp", "tif", "tiff",
    "mp4", "mov", "m4v",
)  # fmt: skip
MOST_OF_FOLDER = 100  # pictures: nobody means a whole archive

_NUMBERS = re.compile(r"(\d+)")
# What systems leave in folders; nobody wants to hear of it.
_LITTER = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class IncomingPicture:
    """A picture somebody wants in the post: a file, or pixels from the clipboard.

    With `folder` it stands for all pictures of the folder at `path`.
    """

    name: str
    path: Path | None = None
    image: QImage | None = None
    folder: bool = False

    def read(self) -> bytes:
        """The bytes of the picture's file; call it off the window's thread. Raises UserError."""
        if self.path is not None:
            return read_file(self.path)
        buffer = QByteArray()
        device = QBuffer(buffer)
        device.open(QIODevice.OpenModeFlag.WriteOnly)
        (self.image or QImage()).save(device, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data())


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The pictures of one folder in the order of their names, and what else lies in it."""

    name: str
    pictures: tuple[IncomingPicture, ...]
    left_out: int  # pictures beyond `MOST_OF_FOLDER`
    others: int
    folders: int

    @property
    def words(self) -> str:
        """What comes in and what was left out, in a sentence or two."""
        n = len(self.pictures)
        taken = ngettext("{n} picture of “{folder}”.", "{n} pictures of “{folder}”.", n)
        said = [taken.format(n=n, folder=self.name)]
        if self.left_out:
            said.append(
                _("{n} more are left out: {most} of a folder come in at once.").format(
                    n=self.left_out, most=MOST_OF_FOLDER
                )
            )
        if self.others:
            others = ngettext(
                "{n} file is no picture and was left out.",
                "{n} files are no pictures and were left out.",
                self.others,
            )
            said.append(others.format(n=self.others))
        if self.folders:
            folders = ngettext(
                "{n} folder inside was not opened.",
                "{n} folders inside were not opened.",
                self.folders,
            )
            said.append(folders.format(n=self.folders))
        return " ".join(said)


def incoming(paths: Iterable[Path]) -> tuple[IncomingPicture, ...]:
    """What files and folders at `paths` bring."""
    return tuple(
        IncomingPicture(path.name or str(path), path, folder=_is_folder(path)) for path in paths
    )


def pictures_in(mime: QMimeData) -> tuple[IncomingPicture, ...]:
    """The pictures that `mime` brings: files first, else copied pixels.

    Office programs put a picture of copied words beside the words; there the words are meant.
    """
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return incoming(paths)
    if mime.hasImage() and not mime.text().strip():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return (IncomingPicture(_("Pasted picture"), image=image),)
    return ()


def open_folder(folder: Path) -> FolderContents:
    """The pictures of a folder, not of those inside it. Raises UserError; off the window's thread.

    Pictures are known by their endings.
    """
    try:
        inside = [path for path in folder.iterdir() if not _is_litter(path)]
        folders = [path for path in inside if path.is_dir()]
    except OSError as error:
        raise UserError(
            _("The folder “{folder}” can't be opened.").format(folder=folder.name),
            error.strerror or "",
            _("Check that it is still there and that you may read it, then try again."),
        ) from error
    files = sorted((path for path in inside if path not in folders), key=_by_name)
    pictures = [path for path in files if _is_picture(path) and path.is_file()]
    if not pictures:
        raise UserError(
            _("There is no picture in the folder “{folder}”.").format(folder=folder.name),
            _("Folders inside it are not opened.") if folders else "",
            _("Choose the folder that holds the pictures themselves."),
        )
    taken = tuple(IncomingPicture(path.name, path) for path in pictures[:MOST_OF_FOLDER])
    left_out = len(pictures) - len(taken)
    return FolderContents(folder.name, taken, left_out, len(files) - len(pictures), len(folders))


def _is_folder(path: Path) -> bool:
    """Whether to look inside; nothing with a picture's ending is asked, which may be slow."""
    return not _is_picture(path) and path.is_dir()


def _is_picture(path: Path) -> bool:
    return path.suffix.lower().lstrip(".") in ENDINGS


def _is_litter(path: Path) -> bool:
    return path.name.startswith(".") or path.name.lower() in _LITTER


def _by_name(path: Path) -> tuple[list[object], str]:
    """As people sort: IMG_9 before IMG_10."""
    parts = _NUMBERS.split(path.name.casefold())
    return [int(part) if part.isdecimal() else part for part in parts], path.name

"""`export`: publishable copies of pictures, without a database."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from smassistant.domain.places import PLACES
from smassistant.errors import UserError
from smassistant.i18n import N_, _

if TYPE_CHECKING:
    from smassistant.imaging.apart import PhotoReaderApart

HELP = N_("write publishable copies of photos: upright, blurred, without metadata")

# Without a place: what every place takes that has no limits of its own.
MAX_EDGE, MAX_BYTES = 2560, 5_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=_("a picture"))
    parser.add_argument(
        "--to", metavar="DIR", type=Path, required=True, help=_("the folder for the copies")
    )
    parser.add_argument("--blur", choices=["all"], help=_("make every face unrecognisable"))
    parser.add_argument("--place", metavar="KEY", help=_("keep within the limits of a place"))


def run(args: argparse.Namespace) -> int:
    """Write a copy of each file and say its path; 0, or 2 when one could not be made."""
    from smassistant.imaging.apart import PhotoReaderApart

    max_edge, max_bytes = _limits(args.place)
    _make(args.to)
    with closing(PhotoReaderApart()) as reader:
        return _copies(args, reader, max_edge, max_bytes)


def _copies(
    args: argparse.Namespace, reader: PhotoReaderApart, max_edge: int, max_bytes: int
) -> int:
    """A copy of each file within the limits of size; 0, or 2 when one could not be made."""
    from smassistant.imaging.files import read_picture

    status = 0
    for file in args.files:
        try:
            data = read_picture(file)
            copy = reader.publishable(data, file.name, args.blur == "all", max_edge, max_bytes)
            path = _write(copy, args.to, file.stem)
        except UserError as error:
            sys.stderr.write(f"{file}: {error}\n")
            status = 2
        else:
            sys.stdout.write(f"{path}\n")
            sys.stdout.flush()
    return status


def _limits(key: str | None) -> tuple[int, int]:
    """Longest side in pixels and size in bytes that the place named `key` takes."""
    if key is None:
        return MAX_EDGE, MAX_BYTES
    if key not in PLACES:
        raise UserError(
            _("There is no place “{key}”.").format(key=key),
            "",
            _("Use one of: {keys}.").format(keys=", ".join(PLACES)),
        )
    return PLACES[key].max_picture_edge, PLACES[key].max_picture_bytes


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UserError(
            _("The copies can't be written."),
            _("{folder} is a file, not a folder.").format(folder=folder),
            _("Name a folder."),
        ) from error
    except OSError as error:
        raise _cannot_write(error) from error


def _write(data: bytes, folder: Path, stem: str) -> Path:
    """Write the copy under a free name in one step: whole or not at all, nothing overwritten."""
    try:
        path = _take_name(folder, stem)
        try:
            _fill(path, data)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _cannot_write(error) from error
    return path


def _fill(path: Path, data: bytes) -> None:
    """Put `data` in the place of an empty file, through a file of its own beside it."""
    whole = path.parent / f".export-{os.getpid()}.part"
    try:
        with whole.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        whole.replace(path)
    finally:
        whole.unlink(missing_ok=True)


def _take_name(folder: Path, stem: str) -> Path:
    """A new empty file `stem`.jpg, or `stem`-2.jpg and so on where that exists."""
    number = 1
    while True:
        path = folder / (f"{stem}.jpg" if number == 1 else f"{stem}-{number}.jpg")
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            number += 1
        else:
            return path


def _cannot_write(error: OSError) -> UserError:
    """The error in words; the system's own sentence says why."""
    return UserError(
        _("The copies can't be written."),
        (error.strerror or str(error)).rstrip(".") + ".",
        _("Choose another folder, or make room on the disk."),
    )

"""Reading a picture's file into memory: one clear sentence where that can't be done."""

from __future__ import annotations

import stat
from pathlib import Path

from smassistant.errors import UserError
from smassistant.i18n import _

MAX_BYTES = 100_000_000


def read_picture(path: Path) -> bytes:
    """The bytes of a picture file, 100 MB at most; UserError when it can't be read."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise _unreadable(_("It is a folder."), _("Choose a picture inside it."))
        if not stat.S_ISREG(about.st_mode):
            raise _unreadable(_("It is no file with content."), _("Choose a picture file."))
        if about.st_size > MAX_BYTES:
            raise too_large(about.st_size)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        next_step = _("Check the name, or whether the drive it lies on is connected.")
        raise _unreadable(_("There is no such file."), next_step) from error
    except PermissionError as error:
        next_step = _("Close other programs that use it, or ask who owns it for permission.")
        raise _unreadable(_("It is locked, or you may not read it."), next_step) from error
    except (OSError, ValueError) as error:
        next_step = _("Copy it to this computer and try again.")
        raise _unreadable(_("The drive or network did not give it."), next_step) from error


def too_large(size: int) -> UserError:
    """A file of `size` bytes is more than the program reads."""
    return UserError(
        _("The picture file is too large."),
        _("It has {size} MB; the program reads {limit} MB at most.").format(
            size=round(size / 1e6), limit=MAX_BYTES // 1_000_000
        ),
        _("Save a smaller copy and use that."),
    )


def too_much_memory() -> UserError:
    """The picture takes more memory than it may."""
    return UserError(
        _("The picture needs too much memory."),
        _("The program does not let one picture take more than the computer can spare."),
        _("Save a smaller copy and use that."),
    )


def _unreadable(explanation: str, next_step: str) -> UserError:
    return UserError(_("The picture can't be read."), explanation, next_step)

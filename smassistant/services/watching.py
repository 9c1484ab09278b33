"""Laying a video out for the computer's own player, and taking it away again."""

from __future__ import annotations

import shutil
from pathlib import Path

from smassistant.context import Context
from smassistant.domain.pictures import Picture
from smassistant.domain.users import User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.keeping_clips import read_video

FOLDER = "watching"


def lay_out(context: Context, actor: User, picture: Picture) -> Path:
    """The video as a file, exactly as it would be published; it stays until `take_away`."""
    data = read_video(context, actor, picture)
    folder = context.outbox / FOLDER
    path = folder / f"{picture.id}.mp4"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(data)
    except OSError as error:
        raise UserError(
            _("The video could not be written out for watching."),
            error.strerror or "",
            _("Close it in other programs, check that there is room on the disk, and try again."),
        ) from error
    return path


def take_away(context: Context) -> None:
    """Nothing that was laid out stays behind; a file another program still plays goes later."""
    shutil.rmtree(context.outbox / FOLDER, ignore_errors=True)

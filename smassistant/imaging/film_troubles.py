"""What is the matter with a video file, in words a person can do something with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from smassistant.domain.clips import MOST_BYTES
from smassistant.errors import UserError
from smassistant.i18n import N_, _
from smassistant.imaging.atoms import Broken, CutOff
from smassistant.imaging.film import Unsuited
from smassistant.imaging.film_cutting import NothingLeft

_STARTS = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_KINDS = {
    "pieces": N_("It is made of pieces, for watching while it loads."),
    "encrypted": N_("It is protected against copying."),
    "elsewhere": N_("Its pictures lie in other files."),
    "parts": N_("It is put together from several cuts."),
    "too_many": N_("It has too many pictures."),
    "too_many_pixels": N_("Its pictures are larger than 4K."),
    "codec": N_("Its pictures are coded in a way that not every place can show."),
}


def must_be_film(data: bytes) -> None:
    """UserError for what is no MP4 or QuickTime file at all, or too large a one."""
    if not data:
        raise UserError(
            _("The video file is empty."),
            _("There is nothing in it, as after an interrupted copy."),
            _("Copy it again from the camera, phone or e-mail it came from."),
        )
    if len(data) > MOST_BYTES:
        raise UserError(
            _("The video file is too large."),
            _("It has {size} MB; the program reads {limit} MB at most.").format(
                size=round(len(data) / 1e6), limit=MOST_BYTES // 1_000_000
            ),
            _("Cut it on the phone or computer it comes from and add the shorter one."),
        )
    if data[4:8] not in _STARTS:
        raise UserError(
            _("This is not a video."),
            _("Its content is no MP4 or QuickTime film, whatever its name says."),
            _("Choose an MP4 or MOV video."),
        )


@contextmanager
def troubles_told() -> Iterator[None]:
    """Turn what is wrong with a film into a UserError."""
    try:
        yield
    except CutOff as error:
        raise UserError(
            _("The video file is cut off."),
            _("Its end is missing, as after an interrupted copy or download."),
            _("Copy it again from the camera, phone or e-mail it came from."),
        ) from error
    except (Broken, IndexError, OverflowError, ValueError) as error:
        raise UserError(
            _("The video file is damaged."),
            _("Part of its content makes no sense."),
            _("Open it in another program and save a new copy, or choose another video."),
        ) from error
    except NothingLeft as error:
        raise UserError(
            _("Nothing of the video is left."),
            _("Between the start and the end there is no picture."),
            _("Choose an earlier start or a later end."),
        ) from error
    except Unsuited as error:
        raise _unsuited(error.kind) from error


def _unsuited(kind: str) -> UserError:
    if kind == "no_picture":
        return UserError(
            _("There is no picture in this video."),
            _("It has sound at most."),
            _("Choose another video."),
        )
    return UserError(
        _("This kind of video can't be used."),
        _(_KINDS[kind]),
        _("Save it as an MP4 video (H.264) in another program and add that."),
    )

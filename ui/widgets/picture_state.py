"""What is still open about one picture, in a few words."""

from __future__ import annotations

from collections.abc import Iterable

from smassistant.domain.edits import is_shown
from smassistant.domain.findings import Finding
from smassistant.domain.pictures import Picture
from smassistant.i18n import _, ngettext
from ui.widgets.words import origin_need

SEEN_BEFORE, USED_BEFORE = "photo.seen_before", "photo.used_before"
# What is said from the picture itself, sooner than the checks can.
_SAID = frozenset({"access.alt_text", "copyright.photo_licence"})
UNREAD = "photo.writing_unread"
_SAID_FAMILIES = (
    "photo.face_unaccounted", "copyright.photo_source", SEEN_BEFORE, UNREAD,
)  # fmt: skip


def open_faces(picture: Picture) -> int:
    """How many of the faces that readers will see nobody has accounted for."""
    size = (picture.width, picture.height)
    return sum(
        face.accounting is None and is_shown(face.box, picture.edit, *size)
        for face in picture.faces
    )


def open_points(
    picture: Picture, standing: Iterable[Finding] = (), reading: bool = False
) -> tuple[str, ...]:
    """What has to be done about a picture, the most pressing first; empty when all is.

    `standing` are the findings that keep it from going out.
    """
    points = []
    codes = [each.code for each in standing]
    if any(code.startswith(SEEN_BEFORE) for code in codes):
        points.append(_("seen before"))
    faces = open_faces(picture)
    if faces:
        points.append(ngettext("{n} face open", "{n} faces open", faces).format(n=faces))
    elif not picture.looked:
        points.append(_("not looked through"))
    if not picture.alt_text.strip():
        points.append(_("description missing"))
    if origin_need(picture.origin):
        points.append(_("source missing"))
    if reading or UNREAD in codes:
        points.append(_("writing being read"))
    elif any(code.startswith(UNREAD) for code in codes):
        points.append(_("writing not read"))
    others = sum(code not in _SAID and not code.startswith(_SAID_FAMILIES) for code in codes)
    if others:
        points.append(ngettext("{n} finding", "{n} findings", others).format(n=others))
    return tuple(points)

"""What is still open about one picture, in a few words."""

from __future__ import annotations

from collections.abc import Iterable

from smassistant.domain.edits import is_shown
from smassistant.domain.findings import Finding, Severity
from smassistant.domain.pictures import Picture
from smassistant.i18n import _, ngettext
from ui.widgets.words import origin_need, picture_number

SEEN_BEFORE = "photo.seen_before"
# What is said from the picture itself, sooner than the checks can.
_SAID = frozenset({"access.alt_text", "copyright.photo_licence"})
_SAID_FAMILIES = ("photo.face_unaccounted", "copyright.photo_source", SEEN_BEFORE)


def open_faces(picture: Picture) -> int:
    """How many of the faces that readers will see nobody has accounted for."""
    size = (picture.width, picture.height)
    return sum(
        face.accounting is None and is_shown(face.box, picture.edit, *size)
        for face in picture.faces
    )


def open_points(
    picture: Picture, number: int, findings: Iterable[Finding] = (), reading: bool = False
) -> tuple[str, ...]:
    """What has to be done about picture `number`, the most pressing first; empty when all is."""
    points = []
    mine = [
        each
        for each in findings
        if picture_number(each.where) == number and each.severity is not Severity.ADVICE
    ]
    if any(each.code.startswith(SEEN_BEFORE) for each in mine):
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
    if reading:
        points.append(_("writing being read"))
    others = sum(
        each.code not in _SAID and not each.code.startswith(_SAID_FAMILIES) for each in mine
    )
    if others:
        points.append(ngettext("{n} finding", "{n} findings", others).format(n=others))
    return tuple(points)

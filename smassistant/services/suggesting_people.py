"""People whom a picture's file names, offered to confirm; nothing is taken over by itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from smassistant.domain.pictures import Box, Face, Picture
from smassistant.services.reviewing import Reviewer

MOST_MEANT = 3  # people offered for one name


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`person_id`, called `name`, is perhaps in the picture; `face_id` where the file says so."""

    person_id: str
    name: str
    face_id: str | None = None


def suggestions_for(picture: Picture, reviewer: Reviewer) -> tuple[Suggestion, ...]:
    """Whom of the registry the file names, in its order, without those who have a face already.

    A face is suggested only where the file drew a region around it and nobody has said who it is.
    """
    placed = {face.person_id for face in picture.faces}
    faces = _faces_of_names(picture)
    found: dict[str, Suggestion] = {}
    for name in picture.metadata.people:
        meant = [key for key in reviewer.whom(name) if key not in placed]
        for key, person in reviewer.people(meant[:MOST_MEANT]).items():
            found.setdefault(key, Suggestion(key, person.described, faces.get(name)))
    return tuple(found.values())


def _faces_of_names(picture: Picture) -> dict[str, str]:
    """The open face for each name with a region, every face once, the best fit first."""
    regions = picture.metadata.regions
    open_faces = [face for face in picture.faces if face.accounting is None]
    pairs = sorted(
        product(regions, open_faces),
        key=lambda pair: overlap(pair[0].box, pair[1].box),
        reverse=True,
    )
    taken: dict[str, str] = {}
    for region, face in pairs:
        if region.name not in taken and face.id not in taken.values() and _fits(region.box, face):
            taken[region.name] = face.id
    return taken


def _fits(box: Box, face: Face) -> bool:
    """Whether the middle of the face is in the region; regions are drawn wider than faces."""
    x, y = face.box.x + face.box.w / 2, face.box.y + face.box.h / 2
    return box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h


def overlap(one: Box, two: Box) -> float:
    """The part of two boxes' joint area that both cover, 0 to 1."""
    w = min(one.x + one.w, two.x + two.w) - max(one.x, two.x)
    h = min(one.y + one.h, two.y + two.h) - max(one.y, two.y)
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / (one.w * one.h + two.w * two.h - w * h)

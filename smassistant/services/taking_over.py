"""A picture that was accounted for before brings its people along (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from smassistant.context import Context
from smassistant.domain.pictures import Accounting, Box, Face, Picture
from smassistant.domain.posts import Post, PostState
from smassistant.domain.sightings import Match, carried
from smassistant.domain.users import Right, User
from smassistant.ports import Work, today_in
from smassistant.services.acting import new_id, require
from smassistant.services.recognising_pictures import NOT_USED, first_words

SAME_FACE = 0.3  # how much of two boxes must be shared for one answer to hold for both
# What a leader decided about one event says nothing about the next use.
NOT_TAKEN = frozenset({None, Accounting.PUBLIC_EVENT})
_LOST = frozenset({PostState.REFUSED, PostState.REMOVED})


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A picture with `count` answers from an earlier use: the post's first words and its day."""

    picture: Picture
    count: int
    words: str
    day: date


def take_over_answers(context: Context, actor: User, picture: Picture) -> TakenOver | None:
    """The picture with the answers that were given about a copy of it; None where none were.

    Only copies in posts of the actor's school count, no drafts of others, the last changed first.
    Each answer is checked by today's permissions like any other.
    """
    require(actor, Right.WRITE_POSTS)
    with context.store.read() as work:
        best = max(_known(work, actor, picture), key=lambda one: _answered(one[1]), default=None)
        zone = work.settings.get().zone
    if best is None:
        return None
    post, known, match = best
    faces, count = _with_answers(picture, known, match)
    if not count:
        return None
    day = today_in(zone, post.updated_at or context.clock.now())
    return TakenOver(replace(picture, faces=faces), count, first_words(post), day)


def _known(work: Work, actor: User, picture: Picture) -> Iterator[tuple[Post, Picture, Match]]:
    """Copies of the picture in other posts, with answers."""
    matches = {
        match.beside(picture.photo_id): match
        for match in work.sightings.matches_of([picture.photo_id])
        if match.sure
    }
    for post in work.posts.showing(matches) if matches else ():
        drafted = post.state in NOT_USED and post.author != actor.id
        if post.school != actor.school or drafted or post.state in _LOST:
            continue
        for other in post.pictures:
            if other.photo_id in matches and _answered(other):
                yield post, other, matches[other.photo_id]


def _answered(picture: Picture) -> int:
    return sum(face.accounting not in NOT_TAKEN for face in picture.faces)


def _with_answers(picture: Picture, known: Picture, match: Match) -> tuple[tuple[Face, ...], int]:
    """The picture's faces with the answers of the known one, and how many there are.

    A face that was accounted for there and is not found here is put in: it may be too small now
    for the finder, or was drawn by hand.
    """
    faces, taken, count = list(picture.faces), set[int](), 0
    way = match.way_to(picture.photo_id)
    for old in known.faces:
        box = carried(old.box, way)
        if old.accounting in NOT_TAKEN or box is None:
            continue
        at = _nearest(faces, taken, box)
        if at is None:
            faces.append(replace(old, id=new_id(), box=box))
            taken.add(len(faces) - 1)
            count += 1
            continue
        taken.add(at)
        if faces[at].accounting is None:
            faces[at] = replace(
                faces[at], accounting=old.accounting, person_id=old.person_id, reason=old.reason
            )
            count += 1
    return tuple(faces), count


def _nearest(faces: list[Face], taken: set[int], box: Box) -> int | None:
    """The face that lies most where the box does."""
    shares = {
        number: _share(face.box, box) for number, face in enumerate(faces) if number not in taken
    }
    best = max(shares, key=lambda number: shares[number], default=None)
    return best if best is not None and shares[best] >= SAME_FACE else None


def _share(one: Box, other: Box) -> float:
    """Intersection over union."""
    wide = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    high = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    both = max(0.0, wide) * max(0.0, high)
    return both / (one.w * one.h + other.w * other.h - both) if both else 0.0

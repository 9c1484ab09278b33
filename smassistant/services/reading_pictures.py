"""Reading the writing in a post's pictures: quickly when they come in, then thoroughly (4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from smassistant.context import Context
from smassistant.domain.edits import same_place
from smassistant.domain.folding import squash
from smassistant.domain.pictures import FoundWriting, Picture, Reading, Writing
from smassistant.domain.posts import EDITABLE, Post
from smassistant.domain.users import User
from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.services.acting import new_id
from smassistant.services.drafting import read_photo

# Closer and closer; one that failed is tried again when its post is opened.
_ORDER = (Reading.NONE, Reading.FAILED, Reading.QUICK, Reading.THOROUGH)


def needs_reading(picture: Picture) -> bool:
    """Whether the writing in a picture was not read thoroughly yet."""
    return picture.reading is not Reading.THOROUGH


def unread_pictures(post: Post) -> tuple[Picture, ...]:
    """The pictures of a post its author can still change whose writing is to be read."""
    if post.state not in EDITABLE:
        return ()
    return tuple(picture for picture in post.pictures if needs_reading(picture))


def read_quickly(
    context: Context, actor: User, picture: Picture, task: Task | None = None
) -> Picture:
    """The picture with the writing that one look shows. About two seconds; a video comes back
    as it is, its stills are read thoroughly at once."""
    if picture.clip is not None or _ORDER.index(picture.reading) >= _ORDER.index(Reading.QUICK):
        return picture
    return _read(context, actor, picture, False, task)


def read_thoroughly(
    context: Context, actor: User, picture: Picture, task: Task | None = None
) -> Picture:
    """The picture with all its writing, small and turned too. Takes some seconds.

    Where this computer can't read it the picture says so, and its author has to read it.
    """
    return _read(context, actor, picture, True, task)


def with_writing(picture: Picture, before: Picture, read: Picture) -> Picture:
    """`picture` as it is by now, with what was read of it when it was as `before`.

    What the author did about writing meanwhile stands: blurred stays blurred, removed removed.
    """
    if picture.digest != read.digest or _clip_id(picture) != _clip_id(read):
        return picture
    now = {one.id: one for one in picture.writing}
    known = {one.id for one in before.writing}
    kept = (one for one in read.writing if one.id in now or one.id not in known)
    writing = tuple(
        replace(one, blurred=now[one.id].blurred) if one.id in now else one for one in kept
    )
    return replace(picture, writing=writing, reading=read.reading)


def _read(
    context: Context, actor: User, picture: Picture, thorough: bool, task: Task | None
) -> Picture:
    stills = _stills(context, actor, picture)
    try:
        found = _found(context, stills, thorough, task or Task())
    except UserError:
        return replace(picture, reading=Reading.FAILED)
    return replace(
        picture,
        writing=_kept(picture.writing, found),
        reading=Reading.THOROUGH if thorough else Reading.QUICK,
    )


def _stills(context: Context, actor: User, picture: Picture) -> list[tuple[float, bytes]]:
    """(moment, JPEG) of a photo, or of each still of a video."""
    if picture.clip is None:
        return [(0.0, read_photo(context, actor, picture.photo_id))]
    moments = picture.clip.moments
    return [(one.at, read_photo(context, actor, one.photo_id)) for one in moments]


def _found(
    context: Context, stills: Iterable[tuple[float, bytes]], thorough: bool, task: Task
) -> list[tuple[float, FoundWriting]]:
    """(moment, writing) of each still; what stood in an earlier one already comes once."""
    found: list[tuple[float, FoundWriting]] = []
    for at, working in stills:
        seen = {squash(one.text) for _at, one in found}
        read = context.photos.read_writing(working, thorough, task)
        found += [(at, one) for one in read if squash(one.text) not in seen]
    return found


def _kept(
    old: Iterable[Writing], found: Iterable[tuple[float, FoundWriting]]
) -> tuple[Writing, ...]:
    """The writing found, each with the id and the blur of what was known at its place."""
    left = list(old)
    kept = []
    for at, one in found:
        here = (other for other in left if other.at == at and same_place(other.box, one.box))
        known = next(here, None)
        if known is not None:
            left.remove(known)
        kept.append(
            Writing(
                known.id if known else new_id(), one.box, one.text, one.score,
                bool(known and known.blurred), at,
            )
        )  # fmt: skip
    return (*kept, *(one for one in left if one.blurred))


def _clip_id(picture: Picture) -> str:
    return picture.clip.video_id if picture.clip else ""

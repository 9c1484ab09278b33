"""Saying where the pictures of a draft come from (clause 4.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from smassistant.domain.pictures import Origin, Picture, TakenBy
from ui.models.open_draft import OpenDraft

OWN = Origin(TakenBy.OWN)


def say_origin(draft: OpenDraft, picture_id: str, origin: Origin) -> None:
    """Say it of one picture; the first name comes from the file, where it says who made it."""
    known = next((p for p in draft.post.pictures if p.id == picture_id), None)
    if known is None:
        return
    bought = origin.taken_by in (TakenBy.LICENSED, TakenBy.WEB)
    if bought and known.origin.taken_by != origin.taken_by and not origin.credit:
        origin = replace(origin, credit=known.metadata.creator)
    draft.change_picture(replace(known, origin=origin))


def say_same_of_all(draft: OpenDraft, picture_id: str) -> Callable[[], None]:
    """Say of all pictures what was said of one; the returned function takes it back."""
    said = next(p.origin for p in draft.post.pictures if p.id == picture_id)
    return _change(draft, lambda picture: replace(picture, origin=said))


def take_all(draft: OpenDraft) -> Callable[[], None]:
    """Say that the author took every picture of which nobody has said who did; can be undone."""

    def taken(picture: Picture) -> Picture:
        return picture if picture.origin.taken_by else replace(picture, origin=OWN)

    return _change(draft, taken)


def _change(draft: OpenDraft, change: Callable[[Picture], Picture]) -> Callable[[], None]:
    """Change the pictures; the way back gives each its origin again, whatever else was done."""
    before = {picture.id: picture.origin for picture in draft.post.pictures}
    _put(draft, change)

    def put_back() -> None:
        _put(draft, lambda now: replace(now, origin=before.get(now.id, now.origin)))

    return put_back


def _put(draft: OpenDraft, change: Callable[[Picture], Picture]) -> None:
    draft.change(replace(draft.post, pictures=tuple(map(change, draft.post.pictures))))

"""A post's content and the settings as plain data and back: the stored format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from smassistant.domain.findings import Anchor, Resolution, ResolutionKind, Severity
from smassistant.domain.imports import RosterChoices
from smassistant.domain.people import Kind, Person
from smassistant.domain.pictures import (
    Accounting,
    Box,
    Clip,
    Edit,
    Face,
    Metadata,
    Moment,
    Origin,
    Picture,
    Reading,
    Region,
    TakenBy,
    Writing,
)
from smassistant.domain.posts import Comment, Due, Post
from smassistant.domain.referrals import AskedDraft, AskedFinding
from smassistant.domain.settings import Settings
from smassistant.storage.troubles import unreadable_row

Shape = TypeVar("Shape")

# What of a post has a column of its own; the rest is its content.
POST_COLUMNS = (
    "id", "author", "school", "state", "created_at", "updated_at", "submitted_at", "version",
)  # fmt: skip


def encode_post(post: Post) -> dict[str, Any]:
    """The content of a post: everything that has no column of its own."""
    return {
        "text": post.text,
        "pictures": [asdict(picture) for picture in post.pictures],
        "accounts": list(post.accounts),
        "resolutions": [asdict(resolution) for resolution in post.resolutions],
        "comments": [
            {"by": comment.by, "at": comment.at.isoformat(), "text": comment.text}
            for comment in post.comments
        ],
        "due": post.due and {"wall": post.due.wall.isoformat(), "zone": post.due.zone},
        "approved_hash": post.approved_hash,
        "approved_by": post.approved_by,
    }


def decode_post(content: Mapping[str, Any], columns: Mapping[str, Any]) -> Post:
    """The post from its content and its columns."""
    try:
        return Post(
            text=content["text"],
            pictures=_pictures(content["pictures"]),
            accounts=tuple(content["accounts"]),
            resolutions=tuple(_resolution(data) for data in content["resolutions"]),
            comments=tuple(_comment(data) for data in content["comments"]),
            due=_due(content["due"]) if content["due"] else None,
            approved_hash=content["approved_hash"],
            approved_by=content["approved_by"],
            **columns,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise unreadable_row() from None


def encode_asked(draft: AskedDraft) -> dict[str, Any]:
    """A draft as it was asked about, as plain data."""
    return asdict(draft)


def decode_asked(data: Mapping[str, Any]) -> AskedDraft:
    """The draft as it was asked about."""
    try:
        return _made(AskedDraft, data, pictures=_pictures, accounts=tuple, findings=_asked)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise unreadable_row() from None


def encode_settings(settings: Settings) -> dict[str, Any]:
    """The settings as plain data."""
    return asdict(settings)


def decode_settings(data: Mapping[str, Any]) -> Settings:
    """The settings; one that was not known when they were stored has its default."""
    return _made(Settings, data, own_contacts=tuple, first_name_grades=tuple, own_words=tuple)


def encode_person(person: Person) -> dict[str, Any]:
    """A person as plain data."""
    return asdict(person)


def decode_person(data: Mapping[str, Any]) -> Person:
    """The person as they were."""
    try:
        return _made(Person, data, other_names=tuple, avoid_names=tuple, kind=Kind)
    except (TypeError, ValueError, AttributeError):
        raise unreadable_row() from None


def encode_choices(choices: RosterChoices) -> dict[str, Any]:
    """How files of one source are read, as plain data."""
    return {
        "mapping": dict(choices.mapping),
        "values": dict(choices.values),
        "blank_permitted": choices.blank_permitted,
        "day_first": choices.day_first,
    }


def decode_choices(data: Mapping[str, Any]) -> RosterChoices:
    """The choices back from plain data."""
    return _made(RosterChoices, data)


def _made(shape: type[Shape], data: Mapping[str, Any], **readers: Callable[[Any], Any]) -> Shape:
    """A dataclass from the fields that `data` has, each passed through its reader if it has one."""
    names = _names(shape)  # type: ignore[arg-type]
    known = (
        dict(data) if data.keys() <= names else {name: data[name] for name in names & data.keys()}
    )
    for name, read in readers.items():
        if name in known:
            known[name] = read(known[name])
    return shape(**known)


@cache
def _names(shape: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(shape))


def _pictures(data: list[Mapping[str, Any]]) -> tuple[Picture, ...]:
    return tuple(_picture(picture) for picture in data)


def _asked(data: list[Mapping[str, Any]]) -> tuple[AskedFinding, ...]:
    return tuple(_made(AskedFinding, each, severity=Severity, anchor=_anchor) for each in data)


def _picture(data: Mapping[str, Any]) -> Picture:
    return _made(
        Picture, data, faces=_faces, metadata=_metadata, writing=_writings, reading=Reading,
        edit=_edit, origin=_origin, clip=_clip,
    )  # fmt: skip


def _faces(data: list[Mapping[str, Any]]) -> tuple[Face, ...]:
    return tuple(_made(Face, face, box=_box, accounting=_accounting) for face in data)


def _writings(data: list[Mapping[str, Any]]) -> tuple[Writing, ...]:
    return tuple(_made(Writing, each, box=_box) for each in data)


def _edit(data: Mapping[str, Any]) -> Edit:
    return _made(Edit, data, crop=lambda crop: crop and _box(crop))


def _origin(data: Mapping[str, Any]) -> Origin:
    return _made(Origin, data, taken_by=lambda who: who and TakenBy(who))


def _clip(data: Mapping[str, Any] | None) -> Clip | None:
    return None if data is None else _made(Clip, data, moments=_moments, blurred=tuple)


def _moments(data: list[Mapping[str, Any]]) -> tuple[Moment, ...]:
    return tuple(_made(Moment, each) for each in data)


def _box(data: Mapping[str, Any]) -> Box:
    return _made(Box, data)


def _accounting(data: str | None) -> Accounting | None:
    return None if data is None else Accounting(data)


def _metadata(data: Mapping[str, Any]) -> Metadata:
    return _made(Metadata, data, people=tuple, regions=_regions)


def _regions(data: list[Mapping[str, Any]]) -> tuple[Region, ...]:
    return tuple(_made(Region, each, box=_box) for each in data)


def _resolution(data: Mapping[str, Any]) -> Resolution:
    return _made(Resolution, data, anchor=_anchor, kind=ResolutionKind)


def _anchor(data: Mapping[str, Any]) -> Anchor:
    return _made(Anchor, data)


def _comment(data: Mapping[str, Any]) -> Comment:
    return _made(Comment, data, at=datetime.fromisoformat)


def _due(data: Mapping[str, Any]) -> Due:
    return _made(Due, data, wall=datetime.fromisoformat)

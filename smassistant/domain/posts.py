"""A post, its content, and the table of its life."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from smassistant.domain.findings import Resolution
from smassistant.domain.pictures import Edit, Origin, Picture
from smassistant.errors import IllegalStep


class PostState(StrEnum):
    """Where a post stands on its way."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    REFUSED = "refused"
    REFERRED = "referred"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    REMOVED = "removed"


_S = PostState

# Every step a post may take. Going back to DRAFT is what an edit does (an edit voids approval).
STEPS: dict[PostState, frozenset[PostState]] = {
    _S.DRAFT: frozenset({_S.IN_REVIEW, _S.REFERRED}),
    _S.IN_REVIEW: frozenset({_S.DRAFT, _S.RETURNED, _S.REFUSED, _S.REFERRED, _S.APPROVED}),
    _S.RETURNED: frozenset({_S.DRAFT, _S.IN_REVIEW}),
    _S.REFUSED: frozenset(),
    _S.REFERRED: frozenset({_S.DRAFT, _S.IN_REVIEW, _S.RETURNED, _S.REFUSED}),
    _S.APPROVED: frozenset({_S.DRAFT, _S.RETURNED, _S.SCHEDULED}),
    _S.SCHEDULED: frozenset({_S.DRAFT, _S.RETURNED, _S.PUBLISHED}),
    _S.PUBLISHED: frozenset({_S.REMOVED}),
    _S.REMOVED: frozenset(),
}

EDITABLE = frozenset({_S.DRAFT, _S.RETURNED, _S.IN_REVIEW, _S.APPROVED, _S.SCHEDULED})


@dataclass(frozen=True, slots=True)
class Due:
    """When a post goes out: a wall time and the name of its zone, as the person said it."""

    wall: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A word from a reviewer, kept with the post."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post with everything that will be published and what was said about it.

    `accounts` are the ids of the accounts it goes to; `author` a user id. `approved_hash` is the
    content hash a second person approved, empty before. `version` is the optimistic lock: it
    grows with each save.
    """

    id: str
    author: str
    school: str
    state: PostState = PostState.DRAFT
    text: str = ""
    pictures: tuple[Picture, ...] = ()
    accounts: tuple[str, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    comments: tuple[Comment, ...] = ()
    due: Due | None = None
    approved_hash: str = ""
    approved_by: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    submitted_at: datetime | None = None
    version: int = 0

    @property
    def content_hash(self) -> str:
        """SHA-256 over all that is published: text, photos, people, places, alt texts."""
        content = {
            "text": self.text,
            "pictures": [_published(picture) for picture in self.pictures],
            "accounts": sorted(self.accounts),
            "people": [asdict(resolution) for resolution in self.resolutions],
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @property
    def approval_holds(self) -> bool:
        """Whether what was approved is still what would be sent."""
        return bool(self.approved_hash) and self.approved_hash == self.content_hash


# What a picture came to have later counts only where it is used: older approvals still hold.
_LATER = {"writing": (), "edit": asdict(Edit()), "origin": asdict(Origin()), "clip": None}
_LATER_OF_METADATA = {"camera": "", "terms": "", "stock": "", "regions": ()}


def _published(picture: Picture) -> dict[str, Any]:
    """What of a picture is published or answered for; how closely it was read is neither."""
    content = asdict(picture)
    del content["reading"]
    _drop(content, _LATER)
    _drop(content["metadata"], _LATER_OF_METADATA)
    if picture.clip is None:
        for face in content["faces"]:
            del face["at"]
    return content


def _drop(content: dict[str, Any], unused: Mapping[str, object]) -> None:
    """Take out what has no more to say than it had before there was a field for it."""
    for name, value in unused.items():
        if content[name] == value:
            del content[name]


def move(post: Post, to: PostState) -> Post:
    """The post after the step to state `to`; raises `IllegalStep` where the table has none."""
    if to not in STEPS[post.state]:
        raise IllegalStep(f"a post can't go from {post.state} to {to}")
    return replace(post, state=to)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the checks see of a post: content only, whoever wrote it and whatever its state.

    `places` are place keys; while the author has not chosen any, `chosen` is False and they are
    all that could be chosen. The same shape serves a stored post and one given to `check`.
    """

    text: str
    pictures: tuple[Picture, ...] = ()
    places: tuple[str, ...] = ()
    resolutions: tuple[Resolution, ...] = field(default=())
    chosen: bool = True

"""Posts with their content, and the working copies of their pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import String, delete, false, insert, or_, select, type_coerce

from smassistant.domain.posts import Post, PostState
from smassistant.i18n import N_
from smassistant.storage.codec import POST_COLUMNS, decode_post, encode_post
from smassistant.storage.repositories.base import Unit, VersionedMirror
from smassistant.storage.rows import PhotoRow, PostRow

_AT_ONCE = 500  # identifiers in one statement


class PostsTable(VersionedMirror[Post]):
    """Implements `ports.Posts`."""

    kind = "posts"
    row = PostRow
    shape = Post
    clash = N_("Somebody else changed this post in the meantime.")

    def get(self, post_id: str) -> Post | None:
        """The post of this id."""
        return self._one(PostRow.id == post_id)

    def add(self, post: Post) -> Post:
        """Store a new post; gives it back with the times it has none of."""
        now = self._unit.now
        dated = replace(post, created_at=post.created_at or now, updated_at=post.updated_at or now)
        self._insert([dated])
        return dated

    def save(self, post: Post) -> Post:
        """Store a changed post with a new `updated_at`; Clash when it is not the newest."""
        return self._update(replace(post, updated_at=self._unit.now))

    def delete(self, post_id: str) -> None:
        """Remove a post that has no deliveries; nothing happens where there is none."""
        self._unit.change(self.kind, post_id)
        self._unit.run(delete(PostRow).where(PostRow.id == post_id))

    def list(
        self, states: Iterable[PostState], author: str = "", limit: int = 200
    ) -> tuple[Post, ...]:
        """Posts in any of `states`, of one author when given, the last changed first."""
        found = self._select(PostRow.state.in_(list(states)))
        if author:
            found = found.where(PostRow.author == author)
        return self._many(found.order_by(PostRow.updated_at.desc(), PostRow.id).limit(limit))

    def showing(self, photo_ids: Collection[str]) -> tuple[Post, ...]:
        """Posts in which any of these photos is, the last changed first."""
        wanted = or_(
            false(),
            *(type_coerce(PostRow.content, String).contains(f'"{key}"') for key in photo_ids),
        )
        found = self._many(self._select(wanted).order_by(PostRow.updated_at.desc(), PostRow.id))
        wanted_ids = set(photo_ids)
        return tuple(p for p in found if any(pic.photo_id in wanted_ids for pic in p.pictures))

    def _select(self, *where: Any) -> Any:
        columns = [getattr(PostRow, name) for name in POST_COLUMNS]
        return select(PostRow.content, *columns).where(*where)

    def _shaped(self, row: Any) -> Post:
        return decode_post(row[0], dict(zip(POST_COLUMNS, row[1:], strict=True)))

    def _values(self, thing: Post) -> dict[str, Any]:
        columns = {name: getattr(thing, name) for name in POST_COLUMNS}
        return columns | {"content": encode_post(thing)}


class PhotosTable:
    """Implements `ports.Photos`."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, photo_id: str, data: bytes) -> None:
        """Keep a working copy."""
        self._unit.change("photos", photo_id)
        values = {"id": photo_id, "data": data, "added_at": self._unit.now}
        self._unit.run(insert(PhotoRow).values(values))

    def get(self, photo_id: str) -> bytes | None:
        """The working copy's bytes."""
        found = self._unit.rows(select(PhotoRow.data).where(PhotoRow.id == photo_id))
        return found[0].data if found else None

    def delete(self, photo_id: str) -> None:
        """Remove a working copy; nothing happens where there is none."""
        self._unit.change("photos", photo_id)
        self._unit.run(delete(PhotoRow).where(PhotoRow.id == photo_id))

    def sweep(self, keep: frozenset[str], before: datetime) -> int:
        """Delete photos added before that instant whose id is not in `keep`; how many."""
        found = self._unit.rows(select(PhotoRow.id).where(PhotoRow.added_at < before))
        forgotten = [row.id for row in found if row.id not in keep]
        self._unit.change("photos", *forgotten)
        for start in range(0, len(forgotten), _AT_ONCE):
            some = forgotten[start : start + _AT_ONCE]
            self._unit.run(delete(PhotoRow).where(PhotoRow.id.in_(some)))
        return len(forgotten)

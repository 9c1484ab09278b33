"""Posts and photos, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from smassistant.domain.posts import Post, PostState
from smassistant.errors import Clash
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import ACCOUNT, NOON, POST, HandClock, delivery


def add(store: SqlStore, *posts: Post) -> None:
    with store.write() as work:
        for post in posts:
            work.posts.add(post)


def test_a_post_comes_back_with_all_its_content(store: SqlStore) -> None:
    with store.write() as work:
        added = work.posts.add(POST)
    assert added == replace(POST, created_at=NOON, updated_at=NOON)
    with store.read() as work:
        stored = work.posts.get("post-1")
    assert stored == added
    assert stored.content_hash == POST.content_hash


def test_a_post_keeps_the_times_it_is_added_with(store: SqlStore) -> None:
    old = NOON - timedelta(days=9)
    add(store, replace(POST, created_at=old, updated_at=old))
    with store.read() as work:
        stored = work.posts.get("post-1")
    assert stored is not None
    assert (stored.created_at, stored.updated_at) == (old, old)


def test_a_bare_post_comes_back(store: SqlStore) -> None:
    add(store, Post("p", "u", "s"))
    with store.read() as work:
        assert work.posts.get("p") == Post("p", "u", "s", created_at=NOON, updated_at=NOON)
        assert work.posts.get("q") is None


def test_saving_gives_the_next_version_and_the_time_of_the_change(
    store: SqlStore, clock: HandClock
) -> None:
    add(store, POST)
    clock.pass_seconds(60)
    with store.write() as work:
        post = work.posts.get("post-1")
        saved = work.posts.save(replace(post, text="Other", due=None))
    assert (saved.version, saved.text, saved.due) == (1, "Other", None)
    assert saved.updated_at == NOON + timedelta(seconds=60)
    with store.read() as work:
        assert work.posts.get("post-1") == saved


def test_a_save_over_a_newer_version_is_a_clash(store: SqlStore) -> None:
    with store.write() as work:
        read = work.posts.add(POST)
        newest = work.posts.save(replace(read, text="First"))
    with pytest.raises(Clash, match="changed this post in the meantime"), store.write() as work:
        work.posts.save(replace(read, text="Second"))
    with store.read() as work:
        assert work.posts.get("post-1") == newest


def test_saving_a_post_that_is_gone_is_a_clash(store: SqlStore) -> None:
    with pytest.raises(Clash), store.write() as work:
        work.posts.save(POST)


def test_posts_are_listed_by_state_and_author_the_last_changed_first(
    store: SqlStore, clock: HandClock
) -> None:
    add(
        store,
        Post("1", "ann", "s", updated_at=NOON),
        Post("2", "ann", "s", updated_at=NOON + timedelta(seconds=2)),
        Post("3", "lee", "s", updated_at=NOON + timedelta(seconds=1)),
        Post("4", "ann", "s", PostState.IN_REVIEW, updated_at=NOON + timedelta(seconds=9)),
    )

    def ids(states: object, **wanted: object) -> list[str]:
        with store.read() as work:
            return [post.id for post in work.posts.list(states, **wanted)]  # type: ignore[arg-type]

    assert ids([PostState.DRAFT]) == ["2", "3", "1"]
    assert ids([PostState.DRAFT], author="ann") == ["2", "1"]
    assert ids(PostState) == ["4", "2", "3", "1"]
    assert ids(PostState, limit=2) == ["4", "2"]
    assert ids([]) == []


def test_a_deleted_post_is_gone_and_deleting_it_again_is_fine(store: SqlStore) -> None:
    add(store, POST)
    for _ in range(2):
        with store.write() as work:
            work.posts.delete("post-1")
    with store.read() as work:
        assert work.posts.get("post-1") is None


def test_a_post_with_deliveries_can_not_be_deleted(store: SqlStore) -> None:
    with store.write() as work:
        work.posts.add(POST)
        work.accounts.add(ACCOUNT)
        work.deliveries.add(delivery())
    with pytest.raises(Clash), store.write() as work:
        work.posts.delete("post-1")
    with store.read() as work:
        assert work.posts.get("post-1") is not None


def test_photos_are_kept_byte_by_byte(store: SqlStore) -> None:
    data = bytes(range(256)) * 500
    with store.write() as work:
        work.photos.add("ph-1", data)
    with store.read() as work:
        assert work.photos.get("ph-1") == data
        assert work.photos.get("ph-2") is None
    with store.write() as work:
        work.photos.delete("ph-1")
        work.photos.delete("ph-1")
    with store.read() as work:
        assert work.photos.get("ph-1") is None


def test_sweeping_deletes_old_photos_that_nobody_keeps(store: SqlStore, clock: HandClock) -> None:
    names = [f"old-{n}" for n in range(1200)]
    with store.write() as work:
        for name in names:
            work.photos.add(name, b"x")
    clock.pass_seconds(100)
    with store.write() as work:
        work.photos.add("new", b"y")
        assert work.photos.sweep(frozenset({"old-7"}), NOON + timedelta(seconds=50)) == 1199
    with store.read() as work:
        left = [name for name in (*names, "new") if work.photos.get(name) is not None]
    assert left == ["old-7", "new"]

"""Units of work: all or nothing, told after the commit, safe beside one another."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.exc import StatementError

from smassistant.domain.posts import Post
from smassistant.errors import UserError
from smassistant.ports import Change
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import ABEL, NOON, POST, ZOE


def test_a_block_that_ends_badly_leaves_no_trace_and_tells_nobody(store: SqlStore) -> None:
    told: list[object] = []
    store.subscribe(told.append)

    class Oops(Exception):
        pass

    def fail() -> None:
        with store.write() as work:
            work.people.add([ZOE])
            work.trail.append(NOON, "u", "a", "s", {})
            raise Oops

    with pytest.raises(Oops):
        fail()
    with store.read() as work:
        assert work.people.all() == ()
        assert work.trail.list() == ()
        assert work.people.revision() == 0
    assert told == []


def test_listeners_hear_of_a_commit_once_after_it_and_can_read(store: SqlStore) -> None:
    told: list[tuple[Change, ...]] = []
    seen: list[int] = []

    def listen(changes: tuple[Change, ...]) -> None:
        told.append(changes)
        with store.read() as work:
            seen.append(work.people.count())
        if len(told) == 1:
            with store.write() as work:
                work.photos.add("ph", b"x")

    stop = store.subscribe(listen)
    with store.write() as work:
        work.people.add([ZOE, ABEL])
        work.people.save(replace(ZOE, grade="5"))
    assert told == [
        (Change("people", "p-zoe"), Change("people", "p-abel")),
        (Change("photos", "ph"),),
    ]
    assert seen == [2, 2]
    stop()
    stop()
    with store.write() as work:
        work.photos.delete("ph")
    assert len(told) == 2


def test_a_failing_listener_stops_neither_the_commit_nor_the_others(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[object] = []

    def fail(changes: object) -> None:
        raise RuntimeError("a defect")

    store.subscribe(fail)
    store.subscribe(told.append)
    with store.write() as work:
        work.photos.add("ph", b"x")
    assert told == [(Change("photos", "ph"),)]
    assert "a listener failed" in caplog.text


def test_a_block_without_changes_tells_nobody(store: SqlStore) -> None:
    told: list[object] = []
    store.subscribe(told.append)
    with store.write() as work:
        work.people.all()
    assert told == []


def test_writing_in_a_read_is_an_error(store: SqlStore) -> None:
    with pytest.raises(RuntimeError, match="only reads"), store.read() as work:
        work.posts.add(POST)
    with pytest.raises(RuntimeError, match="only reads"), store.read() as work:
        work.trail.append(NOON, "u", "a", "s", {})
    with store.read() as work:
        assert work.posts.get("post-1") is None


def test_a_write_inside_a_write_is_an_error_instead_of_a_deadlock(store: SqlStore) -> None:
    with store.write(), pytest.raises(RuntimeError, match="inside"), store.write():
        pass
    with store.write() as work:
        work.photos.add("ph", b"x")


def test_a_read_sees_one_moment_though_others_write(store: SqlStore) -> None:
    with store.write() as work:
        work.people.add([ZOE])
    with store.read() as work:
        assert work.people.count() == 1
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_add_person, store).result()
        assert work.people.count() == 1
        assert work.people.all() == (ZOE,)
    with store.read() as work:
        assert work.people.count() == 2


def _add_person(store: SqlStore) -> None:
    with store.write() as work:
        work.people.add([ABEL])


def test_two_writers_at_once_lose_no_update(store: SqlStore) -> None:
    with store.write() as work:
        work.posts.add(Post("p", "u", "s", text="0"))
    together = threading.Barrier(4)

    def count_up(_: int) -> None:
        together.wait()
        for _turn in range(15):
            with store.write() as work:
                post = work.posts.get("p")
                assert post is not None
                work.posts.save(replace(post, text=str(int(post.text) + 1)))
                work.trail.append(NOON, "u", "counted", "p", {})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, range(4)))
    with store.read() as work:
        post = work.posts.get("p")
        assert post is not None
        assert (post.text, post.version) == ("60", 60)
        assert work.trail.list(limit=1)[0].seq == 60
    assert store.faults() == ()


def test_a_time_without_a_zone_is_a_defect(store: SqlStore) -> None:
    naive = datetime.fromisoformat("2026-01-01T10:00")
    with pytest.raises(StatementError, match="without a zone"), store.write() as work:
        work.posts.add(replace(POST, created_at=naive))


def test_a_text_that_can_not_be_stored_is_told_without_its_content(store: SqlStore) -> None:
    with pytest.raises(UserError, match="can't be saved") as caught, store.write() as work:
        work.people.add([replace(ZOE, first_name="Zo\ud83d")])
    assert "Zo" not in repr(caught.value.__dict__)
    assert caught.value.__cause__ is None


def test_nothing_secret_shows_in_repr(store: SqlStore) -> None:
    assert repr(store) in ("SqlStore(sqlite)", "SqlStore(postgresql)")

"""Saves, queues and searches of the store beside raw SQL on the same encrypted file."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.rows import Row
from smassistant.domain.consents import Answer, Channel, Decision, Source, Use
from smassistant.domain.deliveries import Delivery, DeliveryState
from smassistant.domain.people import Person
from smassistant.domain.pictures import Box, Face, Picture
from smassistant.domain.places import Account
from smassistant.domain.posts import Post, PostState
from smassistant.security.clock import SystemClock
from smassistant.storage.engine import open_sqlite
from smassistant.storage.migrating import migrate
from smassistant.storage.store import SqlStore

PEER = "raw SQL"
PEOPLE = 100_000
WITH_CONSENTS = 2_000  # people of one school, 15 answers each
POSTS = 2_000
CLAIMS = 20
SYLLABLES = "an be ka lo mi ri ta so el ma de jo é ch".split()


def run() -> list[Row]:
    """Every case, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_sqlite(Path(folder) / "school.db", bytes(32))
        migrate(engine)
        store = SqlStore(engine, SystemClock(), bytes(32))
        raw = engine.raw_connection()
        try:
            bench = _Bench(store, raw)
            return [*bench.registry(), *bench.posts(), *bench.claims()]
        finally:
            raw.close()
            store.close()


def _milliseconds(call: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        begin = perf_counter()
        call()
        times.append(perf_counter() - begin)
    return median(times) * 1000


class _Bench:
    """The store and a raw connection to its file."""

    def __init__(self, store: SqlStore, raw: Any) -> None:
        self.store = store
        self.raw = raw.cursor()

    def compare(
        self,
        case: str,
        ours: Callable[[], object],
        peer: Callable[[], object],
        repeats: int = 9,
        limit: float | None = None,
    ) -> Row:
        """Both, measured one after the other after a first try that does not count."""
        if repeats > 1:
            ours()
            peer()
        return Row(
            case, _milliseconds(ours, repeats), _milliseconds(peer, repeats), "ms", PEER, limit
        )

    def rows(self, sql: str, *values: object) -> list[Any]:
        """What a raw select finds."""
        return list(self.raw.execute(sql, values).fetchall())

    def commit(self, sql: str, values: list[tuple[object, ...]]) -> None:
        """A raw change in a transaction of its own."""
        self.raw.execute("BEGIN IMMEDIATE")
        self.raw.executemany(sql, values)
        self.raw.execute("COMMIT")

    # The registry

    def registry(self) -> list[Row]:
        """Bringing people in, searching them, reading everybody's consents."""
        people, decisions = _people(), _decisions()
        rows = [self._bring_in(people)]
        with self.store.write() as work:
            work.consents.add(decisions)
        for words in ("lomi", "kalo mi", "nobody"):
            rows.append(self._search(words))
        rows.append(
            self.compare(
                f"all consents, {len(decisions):,} lines",
                self._all_consents,
                lambda: self.rows("SELECT * FROM consents ORDER BY recorded_at, id"),
                repeats=3,
            )
        )
        return rows

    def _bring_in(self, people: list[Person]) -> Row:
        columns = 19
        plain: list[tuple[object, ...]] = [
            (f"x{p.id}", p.number, p.first_name, p.last_name, "", "[]", "student", p.grade,
             p.homeroom, p.school, "", False, 0, p.last_name, p.first_name, False, "[]", 0, 0)
            for p in people
        ]  # fmt: skip
        sql = f"INSERT INTO people VALUES ({','.join('?' * columns)})"  # noqa: S608

        def ours() -> None:
            with self.store.write() as work:
                work.people.add(people)

        row = self.compare(
            f"bring in {PEOPLE:,} people", ours, lambda: self.commit(sql, plain), repeats=1
        )
        self.commit("DELETE FROM people WHERE id = ?", [(values[0],) for values in plain])
        return row

    def _search(self, words: str) -> Row:
        parts = words.split()
        where = " AND ".join(["folded LIKE ?"] * len(parts))
        sql = f"SELECT * FROM people WHERE {where} ORDER BY sort_key LIMIT 100"  # noqa: S608
        values = [f"%{part}%" for part in parts]

        def ours() -> None:
            with self.store.read() as work:
                work.people.find(words, 100)

        case = f"first 100 of {PEOPLE:,} people for “{words}”"
        return self.compare(case, ours, lambda: self.rows(sql, *values), limit=30)

    def _all_consents(self) -> None:
        with self.store.read() as work:
            work.consents.all()

    # Posts and the outbox

    def posts(self) -> list[Row]:
        """Saving a draft, showing the approval queue."""
        with self.store.write() as work:
            stored = [work.posts.add(_post(n)) for n in range(POSTS)]
        content = self.rows("SELECT content FROM posts LIMIT 1")[0][0]
        newest = {"post": stored[0]}

        def save() -> None:
            with self.store.write() as work:
                newest["post"] = work.posts.save(replace(newest["post"], text="Another text"))

        def raw_save() -> None:
            sql = "UPDATE posts SET content = ?, version = version + 1 WHERE id = ?"
            self.commit(sql, [(content, "post-1")])

        def queue() -> None:
            with self.store.read() as work:
                work.posts.list([PostState.IN_REVIEW])

        def raw_queue() -> None:
            sql = "SELECT * FROM posts WHERE state = ? ORDER BY updated_at DESC LIMIT 200"
            for row in self.rows(sql, "in_review"):
                json.loads(row[4])

        return [
            self.compare("save a post with three pictures", save, raw_save, repeats=40),
            self.compare(f"the queue, 200 of {POSTS:,} posts", queue, raw_queue),
        ]

    def claims(self) -> list[Row]:
        """Taking deliveries from the outbox."""
        now = SystemClock().now()
        with self.store.write() as work:
            work.accounts.add(Account("a", "website", "by_hand", "Site", "Oak"))
            for n in range(2 * CLAIMS):
                planned = Delivery(f"d-{n}", f"post-{n}", "a", DeliveryState.PLANNED, now, "")
                work.deliveries.add(planned)
        mine = iter(range(CLAIMS))
        theirs = iter(range(CLAIMS, 2 * CLAIMS))

        def ours() -> None:
            with self.store.write() as work:
                due = now + timedelta(seconds=1)
                taken = work.deliveries.claim(f"d-{next(mine)}", "pc", due, due)
                assert taken is not None

        def peer() -> None:
            sql = (
                "UPDATE deliveries SET state = 'sending', fence = fence + 1"
                " WHERE id = ? AND state IN ('planned', 'retry')"
            )
            self.commit(sql, [(f"d-{next(theirs)}",)])

        return [self.compare("claim a delivery", ours, peer, repeats=CLAIMS - 1)]


def _people() -> list[Person]:
    pick = random.Random(1)

    def name() -> str:
        return "".join(pick.choice(SYLLABLES) for _ in range(3)).title()

    return [
        Person(f"p-{n}", str(1_000_000 + n), name(), name(), grade="4", homeroom="4B", school="Oak")
        for n in range(PEOPLE)
    ]


def _decisions() -> list[Decision]:
    now, start = SystemClock().now(), date(2025, 9, 1)
    return [
        Decision(
            f"d-{n}-{use}-{channel}", f"p-{n}", use, channel, Answer.GRANTED, start, None,
            Source.ROSTER, "parent", "u-1", now,
        )
        for n in range(WITH_CONSENTS)
        for use in Use
        for channel in Channel
    ]  # fmt: skip


def _post(n: int) -> Post:
    faces = tuple(Face(f"f-{k}", Box(k / 10, 0.1, 0.05, 0.08), 0.9) for k in range(8))
    pictures = tuple(
        Picture(f"i-{k}", f"ph-{n}-{k}", "class.jpg", 2560, 1920, "ab" * 32, "A tree", faces)
        for k in range(3)
    )
    state = PostState.IN_REVIEW if n % 4 == 0 else PostState.DRAFT
    return Post(f"post-{n}", "u-1", "Oak", state, "We planted a tree today. " * 8, pictures)

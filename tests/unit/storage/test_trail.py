"""The audit trail: append-only, and every tampering found, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from smassistant.domain.settings import Entry
from smassistant.storage.engine import READING
from smassistant.storage.repositories.base import Unit
from smassistant.storage.repositories.trail import TrailTable
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import AUDIT_KEY, NOON


@pytest.fixture
def told(store: SqlStore) -> SqlStore:
    """A trail of thirty lines."""
    with store.write() as work:
        for n in range(1, 31):
            work.trail.append(NOON, "u-ann", "post.saved", f"post-{n % 2}", {"n": str(n)})
    return store


def tamper(engine: Engine, *statements: str) -> None:
    """Change the database behind the program's back, its triggers dropped first."""
    off = ["DROP TRIGGER trail_unchanged ON trail", "DROP TRIGGER trail_kept ON trail"]
    if engine.dialect.name == "sqlite":
        off = [statement.removesuffix(" ON trail") for statement in off]
    with engine.begin() as connection:
        for statement in (*off, *statements):
            connection.execute(text(statement))


def test_lines_come_back_newest_first(told: SqlStore) -> None:
    with told.read() as work:
        newest, before = work.trail.list(limit=2)
        assert newest == Entry(30, NOON, "u-ann", "post.saved", "post-0", {"n": "30"})
        assert before.seq == 29
        assert [line.seq for line in work.trail.list("post-1", limit=3, offset=1)] == [27, 25, 23]


def test_append_gives_the_line_back(store: SqlStore) -> None:
    with store.write() as work:
        line = work.trail.append(NOON, "é", "a", "", {})
    assert line == Entry(1, NOON, "é", "a", "", {})


def test_an_untouched_trail_is_whole(told: SqlStore) -> None:
    assert told.faults() == ()


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (["UPDATE trail SET actor = 'u-lee' WHERE seq = 7"], "Line 7 of the audit trail was"),
        (["UPDATE trail SET subject = 'x' WHERE seq = 30"], "Line 30 of the audit trail was"),
        (
            ["UPDATE trail SET payload = replace(payload, '9', '8') WHERE seq = 9"],
            "Line 9 of the audit trail was",
        ),
        (["DELETE FROM trail WHERE seq = 5"], "Line 5 of the audit trail is missing"),
        (["DELETE FROM trail WHERE seq < 4"], "Lines 1 to 3 of the audit trail are missing"),
        (
            [
                "UPDATE trail SET seq = 99 WHERE seq = 11",
                "UPDATE trail SET seq = 11 WHERE seq = 12",
                "UPDATE trail SET seq = 12 WHERE seq = 99",
            ],
            "Line 11 of the audit trail was",
        ),
    ],
)
def test_a_line_edited_removed_or_moved_is_found(
    told: SqlStore, engine: Engine, statements: list[str], fault: str
) -> None:
    tamper(engine, *statements)
    faults = told.faults()
    assert faults[0].startswith(fault)


def test_one_removed_line_is_one_fault(told: SqlStore, engine: Engine) -> None:
    tamper(engine, "DELETE FROM trail WHERE seq IN (5, 20)")
    assert [fault.split()[1] for fault in told.faults()] == ["5", "20"]


def test_many_faults_are_summed_up(told: SqlStore, engine: Engine) -> None:
    tamper(engine, "UPDATE trail SET action = 'x'")
    faults = told.faults()
    assert len(faults) == 21
    assert faults[-1].startswith("10 more lines")


def test_a_payload_may_be_erased_and_nothing_else(told: SqlStore, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE trail SET payload = NULL WHERE seq = 30"))
    assert told.faults() == ()
    with told.read() as work:
        assert work.trail.list(limit=1)[0].details == {}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail SET actor = 'x' WHERE seq = 3",
        "UPDATE trail SET payload = 'x' WHERE seq = 3",
        "UPDATE trail SET payload = NULL, actor = 'x' WHERE seq = 3",
        "DELETE FROM trail WHERE seq = 30",
    ],
)
def test_the_database_itself_refuses_changes(
    told: SqlStore, engine: Engine, statement: str
) -> None:
    with pytest.raises(DBAPIError, match="only added to"), engine.begin() as connection:
        connection.execute(text(statement))
    assert told.faults() == ()


def test_another_key_does_not_vouch_for_the_trail(told: SqlStore, engine: Engine) -> None:
    with engine.execution_options(**{READING: True}).begin() as connection:
        trail = TrailTable(Unit(connection, NOON, writing=False), b"other" * 7)
        assert trail.faults()[0] == "Line 1 of the audit trail was changed."


def test_an_earlier_head_shows_that_the_end_was_cut_off_or_replaced(
    told: SqlStore, engine: Engine
) -> None:
    with told.read() as work:
        head = work.trail.head()
        assert head[0] == 30
        assert work.trail.faults(known=head) == ()
    tamper(engine, "DELETE FROM trail WHERE seq > 28")
    with told.read() as work:
        assert work.trail.faults() == ()
        assert work.trail.faults(known=head) == ("Lines 29 to 30 of the audit trail are missing.",)
    with told.write() as work:
        for _ in range(2):
            work.trail.append(NOON, "u-lee", "other", "", {})
        assert work.trail.faults(known=head) == ("Line 30 of the audit trail was changed.",)


def test_the_same_details_have_different_digests(store: SqlStore, engine: Engine) -> None:
    with store.write() as work:
        for _ in range(2):
            work.trail.append(NOON, "u", "a", "s", {"person": "p-1"})
    with engine.begin() as connection:
        digests = connection.execute(text("SELECT DISTINCT digest FROM trail")).all()
    assert len(digests) == 2
    assert AUDIT_KEY.hex() not in str(digests)

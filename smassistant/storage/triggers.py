"""The database's own guard over the trail: lines are added, never changed or removed.

A guard rail, not proof: whoever owns the file can drop it. The proof is the chain (`trail`).
Only a payload may be erased, and nothing else with it.
"""

from __future__ import annotations

from sqlalchemy import Connection

_KEPT = ("seq", "at", "actor", "action", "subject", "digest", "previous", "mac")

_SQLITE = (
    "DROP TRIGGER IF EXISTS trail_unchanged",
    "CREATE TRIGGER trail_unchanged BEFORE UPDATE ON trail WHEN new.payload IS NOT NULL OR "
    + " OR ".join(f"new.{name} IS NOT old.{name}" for name in _KEPT)
    + " BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END",
    "DROP TRIGGER IF EXISTS trail_kept",
    "CREATE TRIGGER trail_kept BEFORE DELETE ON trail"
    " BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END",
)

_POSTGRES = (
    "CREATE OR REPLACE FUNCTION trail_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF TG_OP = 'UPDATE' AND new.payload IS NULL AND "
    + " AND ".join(f"new.{name} IS NOT DISTINCT FROM old.{name}" for name in _KEPT)
    + " THEN RETURN new; END IF;"
    " RAISE EXCEPTION 'the trail is only added to' USING ERRCODE = 'insufficient_privilege';"
    " END $$",
    "DROP TRIGGER IF EXISTS trail_unchanged ON trail",
    "CREATE TRIGGER trail_unchanged BEFORE UPDATE OR DELETE ON trail"
    " FOR EACH ROW EXECUTE FUNCTION trail_guard()",
    "DROP TRIGGER IF EXISTS trail_kept ON trail",
    "CREATE TRIGGER trail_kept BEFORE TRUNCATE ON trail"
    " FOR EACH STATEMENT EXECUTE FUNCTION trail_guard()",
)


def guard_trail(connection: Connection) -> None:
    """Make the triggers anew; a migration that rebuilds the table would lose them."""
    steps = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES
    for step in steps:
        connection.exec_driver_sql(step)

"""Bringing a database to the present shape; nothing of Alembic is loaded when it already has it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from smassistant.storage import troubles
from smassistant.storage.engine import sqlite_path
from smassistant.storage.triggers import guard_trail

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0005"  # the newest step in migrations/versions
_LOCK = 6073  # PostgreSQL's advisory lock: one program migrates at a time


def migrate(engine: Engine) -> None:
    """Make the tables of a new database, or bring an older one up to date.

    The file of an existing SQLite database is copied first. UserError for a database that a
    newer program has changed. All of it happens in one transaction or not at all.
    """
    with troubles.told_plainly():
        with engine.connect() as connection:
            stored = stored_version(connection)
        if stored == HEAD:
            return
        if stored:
            _refuse_newer(stored)
            _copy_first(engine, stored)
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            if stored_version(connection) != HEAD:  # another program may have been quicker
                _upgrade(connection)
                guard_trail(connection)


def stored_version(connection: Connection) -> str:
    """The step the database stands at; empty for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    rows = connection.execute(text("SELECT version_num FROM alembic_version")).all()
    return str(rows[0][0]) if rows else ""


def copy_file(path: Path, stored: str) -> Path:
    """Where the copy of the file lies that stood at step `stored`."""
    return path.with_name(f"{path.name}.before-{HEAD}-was-{stored}")


def _copy_first(engine: Engine, stored: str) -> None:
    """Keep the file as it is before the steps run: encrypted with the same key, complete."""
    path = sqlite_path(engine)
    if path is None:
        return
    target = copy_file(path, stored)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(part),))  # not allowed inside a transaction
    finally:
        raw.close()
    part.replace(target)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "smassistant.storage:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _refuse_newer(stored: str) -> None:
    """Raise when no step of this program is called `stored`."""
    from alembic.script import ScriptDirectory

    steps = {step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()}
    if stored not in steps:
        raise troubles.newer_version()


def _upgrade(connection: Connection) -> None:
    """Run the missing steps."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

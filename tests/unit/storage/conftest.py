"""A store on each engine, with a clock the test owns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from smassistant.storage.engine import open_postgres, open_sqlite
from smassistant.storage.migrating import migrate
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import AUDIT_KEY, KEY, HandClock


@pytest.fixture
def clock() -> HandClock:
    """A clock that moves only by hand."""
    return HandClock()


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    """Where the embedded database lies."""
    return tmp_path / "school.db"


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A migrated database on each engine in turn."""
    if request.param == "sqlite":
        opened = open_sqlite(request.getfixturevalue("database_file"), KEY)
    else:
        opened = open_postgres(request.getfixturevalue("postgres_database"))
    try:
        migrate(opened)
        yield opened
    finally:
        opened.dispose()


@pytest.fixture
def store(engine: Engine, clock: HandClock) -> SqlStore:
    """The store on that database."""
    return SqlStore(engine, clock, AUDIT_KEY)


@pytest.fixture
def file_store(database_file: Path, clock: HandClock) -> Iterator[SqlStore]:
    """A store on an encrypted file."""
    opened = open_sqlite(database_file, KEY)
    migrate(opened)
    store = SqlStore(opened, clock, AUDIT_KEY)
    yield store
    store.close()

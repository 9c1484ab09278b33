"""Migrations: the steps make the tables that the program uses, on both engines."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Date, Engine, bindparam, inspect, text

from smassistant.errors import UserError
from smassistant.storage import migrating
from smassistant.storage.columns import UtcTime
from smassistant.storage.engine import open_postgres, open_sqlite
from smassistant.storage.migrating import HEAD, copy_file, migrate, stored_version
from smassistant.storage.rows import Base
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import AUDIT_KEY, GRANT, KEY, WITHDRAWAL, ZOE, HandClock


def set_version(engine: Engine, version: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_head_is_the_newest_step() -> None:
    script = ScriptDirectory.from_config(migrating._config())
    assert script.get_heads() == [HEAD]


def test_the_migrated_tables_are_the_tables_of_the_program(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert stored_version(connection) == HEAD


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    before = inspect(engine).get_table_names()
    migrate(engine)
    assert inspect(engine).get_table_names() == before


def test_a_database_of_a_newer_program_is_left_alone(engine: Engine, database_file: Path) -> None:
    set_version(engine, "9999")
    with pytest.raises(UserError, match="newer version"):
        migrate(engine)
    with engine.connect() as connection:
        assert stored_version(connection) == "9999"
    assert not list(database_file.parent.glob("*.before-*"))


@pytest.fixture
def older_file(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database at the step before the newest: a step is added for the test."""
    engine = open_sqlite(database_file, KEY)
    migrate(engine)
    with SqlStore(engine, HandClock(), AUDIT_KEY).write() as work:
        work.people.add([ZOE])
    engine.dispose()
    monkeypatch.setattr(migrating, "HEAD", "9999")
    monkeypatch.setattr(migrating, "_upgrade", _add_a_column)
    return database_file


def _add_a_column(connection: object) -> None:
    connection.execute(text("ALTER TABLE people ADD COLUMN extra VARCHAR"))  # type: ignore[attr-defined]
    connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))  # type: ignore[attr-defined]


def test_an_older_file_is_copied_before_it_is_changed(older_file: Path) -> None:
    engine = open_sqlite(older_file, KEY)
    migrate(engine)
    assert "extra" in {column["name"] for column in inspect(engine).get_columns("people")}
    engine.dispose()
    copy = open_sqlite(copy_file(older_file, HEAD), KEY)
    with copy.connect() as connection:
        assert stored_version(connection) == HEAD
        assert connection.execute(text("SELECT number FROM people")).scalar() == ZOE.number
    copy.dispose()
    assert ZOE.last_name.encode() not in copy_file(older_file, HEAD).read_bytes()
    assert not list(older_file.parent.glob("*.part"))


def test_a_step_that_fails_leaves_the_database_as_it_was(
    older_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: object) -> None:
        _add_a_column(connection)
        raise OSError("power cut")

    monkeypatch.setattr(migrating, "_upgrade", fail)
    engine = open_sqlite(older_file, KEY)
    with pytest.raises(OSError, match="power cut"):
        migrate(engine)
    assert "extra" not in {column["name"] for column in inspect(engine).get_columns("people")}
    with engine.connect() as connection:
        assert stored_version(connection) == HEAD
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_two_programs_that_start_at_once_make_the_tables_once(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    together = threading.Barrier(2)
    url = request.getfixturevalue("postgres_database") if kind == "postgres" else ""

    def start(_: int) -> None:
        engine = open_postgres(url) if url else open_sqlite(tmp_path / "s.db", KEY)
        together.wait(timeout=30)  # else the one is never told that the other failed
        migrate(engine)
        engine.dispose()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(start, range(2)))


def test_alembic_is_not_loaded_for_an_up_to_date_database(database_file: Path) -> None:
    open_and_migrate = (
        "import sys; from pathlib import Path;"
        "from smassistant.storage.engine import open_sqlite;"
        "from smassistant.storage.migrating import migrate;"
        "migrate(open_sqlite(Path(sys.argv[1]), bytes(range(32))));"
        "print('alembic' in sys.modules)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", open_and_migrate, str(database_file)],
            capture_output=True, text=True, check=True,
        ).stdout.strip()
        for _ in range(2)
    ]  # fmt: skip
    assert said == ["True", "False"]


def upgrade_to_first(engine: Engine) -> None:
    """The database as the first version of the program made it, with a little history."""
    from alembic import command

    config = migrating._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO people VALUES (:id, '0012345', 'Zoë', 'O’Brien', '', '[\"Z\"]', "
                "'student', '4', '4B', 'Oak', 'active', :no, 3, 'obrien', 'zoe obrien')"
            ),
            {"id": ZOE.id, "no": False},
        )
        for line in (GRANT, WITHDRAWAL):
            values = {
                name: getattr(line, name)
                for name in ("id", "person_id", "valid_from", "valid_until", "recorded_at", "note",
                             "corrects")
            }  # fmt: skip
            connection.execute(
                text(
                    "INSERT INTO consents VALUES (:id, :person_id, :use, :channel, :answer, "
                    ":valid_from, :valid_until, :source, :signer, :recorded_by, :recorded_at, "
                    ":note, :corrects)"
                ).bindparams(bindparam("recorded_at", type_=UtcTime),
                             bindparam("valid_from", type_=Date),
                             bindparam("valid_until", type_=Date)),
                values | {"use": line.use.value, "channel": line.channel.value,
                          "answer": line.answer.value, "source": line.source.value,
                          "signer": line.signer, "recorded_by": line.recorded_by},
            )  # fmt: skip


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_the_history_of_the_first_version_is_kept_line_by_line(
    kind: str, request: pytest.FixtureRequest, database_file: Path
) -> None:
    if kind == "sqlite":
        engine = open_sqlite(database_file, KEY)
    else:
        engine = open_postgres(request.getfixturevalue("postgres_database"))
    upgrade_to_first(engine)
    migrate(engine)
    store = SqlStore(engine, HandClock(), AUDIT_KEY)
    with store.read() as work:
        assert work.consents.of(ZOE.id) == (GRANT, WITHDRAWAL)
        person = work.people.get(ZOE.id)
    assert person is not None
    assert (person.number, person.other_names, person.avoid_names) == ("0012345", ("Z",), ())
    assert not person.signs_for_self
    with store.write() as work:
        work.people.save(person)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()

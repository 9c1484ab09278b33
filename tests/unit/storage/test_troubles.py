"""The database's errors in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from smassistant.errors import Clash, UserError
from smassistant.storage import engine as engines
from smassistant.storage.engine import open_postgres, open_sqlite
from smassistant.storage.migrating import migrate
from smassistant.storage.store import SqlStore
from smassistant.storage.troubles import plain
from tests.unit.storage.samples import AUDIT_KEY, KEY, NOON, HandClock


class RawError(Exception):
    """An error as a driver raises it, with its code and with words that hold a name."""

    def __init__(self, **code: object) -> None:
        super().__init__("Key (name)=(Zoë) already exists")
        self.__dict__.update(code)


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ({"sqlite_errorcode": 13}, "disk is full"),
        ({"sqlite_errorcode": 8 | 1 << 8}, "can't be written"),
        ({"sqlite_errorcode": 5}, "is busy"),
        ({"sqlite_errorcode": 10 | 3 << 8}, "could not be read or written"),
        ({"sqlite_errorcode": 11}, "is damaged"),
        ({"sqlite_errorcode": 19}, "Somebody else"),
        ({"sqlite_errorcode": 1}, "reported an error"),
        ({"sqlstate": "53100"}, "disk is full"),
        ({"sqlstate": "25006"}, "can't be written"),
        ({"sqlstate": "55P03"}, "is busy"),
        ({"sqlstate": "40001"}, "Somebody else"),
        ({"sqlstate": "40P01"}, "Somebody else"),
        ({"sqlstate": "23505"}, "Somebody else"),
        ({"sqlstate": "23502"}, "reported an error"),
        ({"sqlstate": "28P01"}, "refused the sign-in"),
        ({"sqlstate": "42501"}, "does not allow"),
        ({"sqlstate": "57P01"}, "can't be reached"),
        ({"sqlstate": "08006"}, "can't be reached"),
        ({"sqlstate": "XX001"}, "is damaged"),
        ({"sqlstate": "42P01"}, "reported an error"),
        ({}, "reported an error"),
    ],
)
def test_each_code_has_its_words_and_no_value_of_a_row(code: dict[str, object], title: str) -> None:
    told = plain(DBAPIError("INSERT", {"name": "Zoë"}, RawError(**code)))
    assert title in told.title
    assert told.explanation
    assert told.next_step
    assert "Zoë" not in str(told)
    assert isinstance(told, Clash) == (title == "Somebody else")


def test_a_file_that_another_program_writes_too_long_is_busy(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "WAIT_SECONDS", 0.05)
    engine = open_sqlite(database_file, KEY)
    migrate(engine)
    store, other = SqlStore(engine, HandClock(), AUDIT_KEY), open_sqlite(database_file, KEY)
    with (
        other.begin(),
        pytest.raises(UserError, match="is busy"),
        store.write(),
    ):
        pass
    with store.write() as work:
        work.photos.add("ph", b"x")
    other.dispose()
    store.close()


def test_a_server_row_that_another_program_holds_too_long_is_busy(
    postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "WAIT_SECONDS", 1)
    engine, other = open_postgres(postgres_database), open_postgres(postgres_database)
    migrate(engine)
    store = SqlStore(engine, HandClock(), AUDIT_KEY)
    with other.begin() as connection:
        connection.execute(text("LOCK TABLE trail"))
        with pytest.raises(UserError, match="is busy"), store.write() as work:
            work.trail.append(NOON, "u", "a", "s", {})
    with store.write() as work:
        assert work.trail.append(NOON, "u", "a", "s", {}).seq == 1
    other.dispose()
    store.close()


def test_the_log_holds_codes_and_no_values(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        try:
            with store.write() as work:
                work.secrets.set("planted-name", b"planted-value")
                work.photos.add("planted-photo", b"planted-value")
        except Clash:
            break
    else:
        pytest.fail("the same photo was added twice")
    assert "planted" not in caplog.text
    assert "database error" in caplog.text

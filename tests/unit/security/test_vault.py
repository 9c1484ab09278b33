"""Accounts' secrets sealed in the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smassistant.errors import UserError
from smassistant.security.clock import SystemClock
from smassistant.security.credentials import VaultCredentials
from smassistant.security.keys import derive
from smassistant.storage.engine import open_sqlite
from smassistant.storage.migrating import migrate
from smassistant.storage.store import SqlStore

MASTER = bytes(range(32))
VAULT_KEY = derive(MASTER, "vault")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    engine = open_sqlite(tmp_path / "school.db", derive(MASTER, "database"))
    migrate(engine)
    store = SqlStore(engine, SystemClock(), derive(MASTER, "audit"))
    yield store
    store.close()


def sealed(store: SqlStore, account_id: str) -> bytes:
    with store.read() as work:
        return work.secrets.get(f"account:{account_id}") or b""


def test_an_account_has_one_secret(store: SqlStore) -> None:
    vault = VaultCredentials(store, VAULT_KEY)
    assert vault.get("a-1") is None
    for secret in ("hunter2", "pässwörd 🙂" * 500):
        vault.set("a-1", secret)
        assert vault.get("a-1") == secret
        assert VaultCredentials(store, VAULT_KEY).get("a-1") == secret
    for _ in range(2):
        vault.delete("a-1")
    assert vault.get("a-1") is None


def test_what_is_stored_is_sealed_anew_each_time(store: SqlStore) -> None:
    vault = VaultCredentials(store, VAULT_KEY)
    vault.set("a-1", "hunter2")
    first = sealed(store, "a-1")
    vault.set("a-1", "hunter2")
    assert b"hunter2" not in first
    assert sealed(store, "a-1") != first


def test_a_value_moved_changed_or_of_another_key_does_not_open(store: SqlStore) -> None:
    vault = VaultCredentials(store, VAULT_KEY)
    vault.set("a-1", "hunter2")
    value = sealed(store, "a-1")
    with store.write() as work:
        work.secrets.set("account:a-2", value)
        work.secrets.set("account:a-3", value[:-1] + bytes([value[-1] ^ 1]))
    for account_id in ("a-2", "a-3"):
        with pytest.raises(UserError, match="can't be opened"):
            vault.get(account_id)
    with pytest.raises(UserError, match="can't be opened"):
        VaultCredentials(store, derive(bytes(32), "vault")).get("a-1")


def test_nothing_secret_shows_in_repr(store: SqlStore) -> None:
    assert repr(VaultCredentials(store, VAULT_KEY)) == "VaultCredentials()"


def test_the_system_clock_is_aware_and_runs() -> None:
    clock = SystemClock()
    before = clock.monotonic()
    assert abs(datetime.now(UTC) - clock.now()).total_seconds() < 5
    assert clock.now().tzinfo is UTC
    assert clock.monotonic() >= before

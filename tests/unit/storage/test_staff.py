"""Users, accounts, settings and sealed values, on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.settings import Settings
from smassistant.domain.users import Role
from smassistant.errors import Clash
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import ACCOUNT, ANN, OTHER_ACCOUNT

LEE = replace(ANN, id="u-lee", sign_in="lee", name="émile Lee")


def test_a_user_is_found_by_sign_in_whatever_its_case(store: SqlStore) -> None:
    with store.write() as work:
        work.users.add(ANN, "hash-1")
    with store.read() as work:
        assert work.users.get("u-ann") == ANN
        for typed in ("A.Nnée", "a.nnée", " A.NNEE "):
            assert work.users.by_sign_in(typed) == ANN
        assert work.users.by_sign_in("b") is None
        assert work.users.get("b") is None


def test_a_sign_in_name_is_taken_only_once(store: SqlStore) -> None:
    with store.write() as work:
        work.users.add(ANN, "hash-1")
    with pytest.raises(Clash), store.write() as work:
        work.users.add(replace(ANN, id="u-2", sign_in="a.nnee"), "hash-2")
    with store.read() as work:
        assert work.users.list() == (ANN,)


def test_users_are_listed_by_name(store: SqlStore) -> None:
    zed = replace(LEE, id="u-zed", sign_in="zed", name="Zed")
    with store.write() as work:
        for user in (zed, LEE, ANN):
            work.users.add(user, "h")
    with store.read() as work:
        assert work.users.list() == (ANN, LEE, zed)


def test_saving_a_user_keeps_the_password(store: SqlStore) -> None:
    with store.write() as work:
        work.users.add(ANN, "hash-1")
        saved = work.users.save(replace(ANN, roles=frozenset({Role.LEADER}), active=False))
    assert saved.version == 1
    with store.read() as work:
        assert work.users.get("u-ann") == saved
        assert work.users.password_hash("u-ann") == "hash-1"
    with pytest.raises(Clash, match="sign-in"), store.write() as work:
        work.users.save(ANN)


def test_a_password_is_replaced(store: SqlStore) -> None:
    with store.write() as work:
        work.users.add(ANN, "hash-1")
        work.users.set_password_hash("u-ann", "hash-2")
    with store.read() as work:
        assert work.users.password_hash("u-ann") == "hash-2"
        with pytest.raises(KeyError):
            work.users.password_hash("nobody")
    with pytest.raises(KeyError), store.write() as work:
        work.users.set_password_hash("nobody", "h")


def test_accounts(store: SqlStore) -> None:
    with store.write() as work:
        work.accounts.add(OTHER_ACCOUNT)
        work.accounts.add(ACCOUNT)
    with store.read() as work:
        assert work.accounts.list() == (ACCOUNT, OTHER_ACCOUNT)
        assert work.accounts.get("a-2") == OTHER_ACCOUNT
        assert work.accounts.get("a-3") is None
    with store.write() as work:
        saved = work.accounts.save(replace(OTHER_ACCOUNT, approved=True, service="https://x"))
    assert saved == replace(OTHER_ACCOUNT, approved=True, service="https://x", version=1)
    with pytest.raises(Clash, match="account"), store.write() as work:
        work.accounts.save(OTHER_ACCOUNT)


def test_settings_have_defaults_until_they_are_saved(store: SqlStore) -> None:
    with store.read() as work:
        assert work.settings.get() == Settings()
    for school in ("Oak", "Elm"):
        wanted = Settings(
            school=school, idle_minutes=3, own_contacts=("office@oak.test", "555 0100"), paused=True
        )
        with store.write() as work:
            work.settings.save(wanted)
        with store.read() as work:
            assert work.settings.get() == wanted


def test_sealed_values(store: SqlStore) -> None:
    with store.write() as work:
        work.secrets.set("a", b"\x00\xff1")
        work.secrets.set("b", b"2")
        work.secrets.set("a", b"\x003")
    with store.read() as work:
        assert work.secrets.get("a") == b"\x003"
    with store.write() as work:
        work.secrets.delete("a")
        work.secrets.delete("a")
    with store.read() as work:
        assert (work.secrets.get("a"), work.secrets.get("b")) == (None, b"2")

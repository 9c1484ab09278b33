"""The keyring: only one that encrypts and keeps is used, and what is wrong is told apart."""

from __future__ import annotations

import base64
import gc
import subprocess
import sys
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError

from smassistant.errors import UserError
from smassistant.security.credentials import MOST_UNITS, KeyringCredentials
from smassistant.security.keyring_key import (
    REAL,
    SERVICE,
    find_keyring,
    keyring_state,
    load_master,
    store_master,
)
from smassistant.security.keys import new_master
from tests.servers.keyring import run_keyring


class MemoryKeyring:
    """A keyring for the tests; a subclass of keyring's own would offer itself to everybody."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not found")


class WinVaultKeyring(MemoryKeyring):
    """Stands for the Windows one."""

    persist = "enterprise"


class FailingKeyring(MemoryKeyring):
    """Raises `error` whatever it is asked."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error


class ForgetfulKeyring(MemoryKeyring):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class PlaintextKeyring(MemoryKeyring):
    """Named like the one of keyrings.alt that writes a plain file."""


OURS = frozenset(
    f"{kind.__module__}.{kind.__qualname__}"
    for kind in (MemoryKeyring, WinVaultKeyring, FailingKeyring, ForgetfulKeyring)
)


def test_a_real_keyring_is_proven_and_left_clean() -> None:
    backend = MemoryKeyring()
    assert keyring_state(backend, OURS).usable
    assert find_keyring(backend, OURS) is backend
    assert backend.kept == {}


def test_on_windows_the_key_stays_on_this_computer() -> None:
    backend = WinVaultKeyring()
    assert find_keyring(backend, OURS) is backend
    assert backend.persist == "local machine"


class ChainerBackend:
    """Stands for keyring's chain, which is chosen where a system has several keyrings."""

    def __init__(self, *backends: Any) -> None:
        self.backends = backends


def test_a_chain_is_unwrapped() -> None:
    assert keyring.backends.chainer.ChainerBackend.__qualname__ == ChainerBackend.__qualname__
    inner = MemoryKeyring()
    assert find_keyring(ChainerBackend(PlaintextKeyring(), inner), OURS) is inner
    plain_only = keyring_state(ChainerBackend(PlaintextKeyring()), OURS)
    assert "anybody can read" in plain_only.explanation
    assert "no keyring" in keyring_state(ChainerBackend(), OURS).title


@pytest.mark.parametrize(
    ("backend", "title", "explanation"),
    [
        (keyring.backends.fail.Keyring(), "no keyring", "can't be kept"),
        (keyring.backends.null.Keyring(), "not safe", "forget"),
        (PlaintextKeyring(), "not safe", "anybody can read"),
        (FailingKeyring(KeyringLocked("x")), "is locked", "opens with your computer password"),
        (FailingKeyring(NoKeyringError("x")), "no keyring", "can't be kept"),
        (FailingKeyring(RuntimeError("bus")), "does not work", "reported an error"),
        (FailingKeyring(OSError("bus")), "does not work", "reported an error"),
        (ForgetfulKeyring(), "does not keep", "read back"),
    ],
)
def test_what_is_wrong_with_a_keyring_is_told_apart(
    backend: Any, title: str, explanation: str
) -> None:
    state = keyring_state(backend, OURS)
    assert not state.usable
    assert title in state.title
    assert explanation in state.explanation
    assert state.next_step


def test_a_keyring_that_nobody_knows_is_not_used() -> None:
    state = keyring_state(MemoryKeyring(), REAL)
    assert not state.usable
    assert "MemoryKeyring" in state.explanation


def test_without_a_keyring_the_system_is_told_to_have_none() -> None:
    assert "no keyring" in keyring_state().title
    with pytest.raises(UserError, match="no keyring"):
        load_master("install-1")


def test_the_master_key_is_kept_by_installation() -> None:
    backend, key = MemoryKeyring(), new_master()
    assert load_master("one", backend) is None
    store_master("one", key, backend)
    assert load_master("one", backend) == key
    assert load_master("two", backend) is None
    assert list(backend.kept) == [(SERVICE, "one")]


@pytest.mark.parametrize("stored", ["", "é", "AAAA", base64.b64encode(bytes(33)).decode()])
def test_a_damaged_entry_is_told(stored: str) -> None:
    backend = MemoryKeyring()
    backend.set_password(SERVICE, "one", stored)
    with pytest.raises(UserError, match="is damaged"):
        load_master("one", backend)


def test_a_key_that_is_not_kept_is_told() -> None:
    with pytest.raises(UserError, match="does not keep"):
        store_master("one", new_master(), ForgetfulKeyring())
    with pytest.raises(ValueError, match="32 bytes"):
        store_master("one", b"short", MemoryKeyring())


# Accounts' secrets


def test_an_account_has_one_secret() -> None:
    backend = MemoryKeyring()
    credentials = KeyringCredentials("school", backend)
    assert credentials.get("a-1") is None
    credentials.set("a-1", "pässword")
    credentials.set("a-1", "other")
    credentials.set("a-2", "🙂" * (MOST_UNITS // 2))
    assert credentials.get("a-1") == "other"
    assert credentials.get("a-2") == "🙂" * (MOST_UNITS // 2)
    for _ in range(2):
        credentials.delete("a-1")
    assert credentials.get("a-1") is None
    assert list(backend.kept) == [("school", "a-2")]


def test_a_secret_too_long_for_windows_is_refused_without_naming_it() -> None:
    credentials = KeyringCredentials("school", MemoryKeyring())
    for secret in ("s" * (MOST_UNITS + 1), "🙂" * (MOST_UNITS // 2 + 1)):
        with pytest.raises(UserError, match="too long") as caught:
            credentials.set("a-1", secret)
        assert "ss" * 9 not in str(caught.value)
    assert credentials.get("a-1") is None


def test_a_locked_keyring_is_told_for_each_access() -> None:
    credentials = KeyringCredentials("school", FailingKeyring(KeyringLocked("x")))
    for access in (
        lambda: credentials.get("a"),
        lambda: credentials.set("a", "hunter2"),
        lambda: credentials.delete("a"),
    ):
        with pytest.raises(UserError, match="is locked") as caught:
            access()
        assert "hunter2" not in str(caught.value.__dict__)
    assert "hunter2" not in repr(credentials)


# The real Secret Service


@pytest.mark.keyring
def test_the_secret_service_keeps_the_master_key() -> None:
    assert keyring_state().usable
    key = new_master()
    store_master("install-1", key)
    assert load_master("install-1") == key
    assert load_master("install-2") is None


@pytest.mark.keyring
def test_the_secret_service_keeps_secrets_for_another_process() -> None:
    credentials = KeyringCredentials("SM Assistant test")
    credentials.set("a-1", "pässwörd 🙂")
    read = (
        "from smassistant.security.credentials import KeyringCredentials as K;"
        "import sys; sys.stdout.buffer.write(K('SM Assistant test').get('a-1').encode())"
    )
    done = subprocess.run([sys.executable, "-c", read], capture_output=True, check=True)
    assert done.stdout.decode() == "pässwörd 🙂"
    credentials.delete("a-1")
    credentials.delete("a-1")
    assert credentials.get("a-1") is None


@pytest.mark.keyring
def test_a_locked_secret_service_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import secretstorage

    # One of its own: nobody is there to answer the prompt that would unlock it again.
    with run_keyring(tmp_path) as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        with closing(secretstorage.dbus_init()) as bus:
            secretstorage.get_default_collection(bus).lock()
        state = keyring_state()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()  # the keyring package leaves its connection open when it finds a lock
    assert not state.usable
    assert "is locked" in state.title

"""Builds the real context; the only file that knows every adapter.

The data folder holds `home.json` (which installation this is and where its key lies), the
encrypted `school.db`, with a passphrase `key.json`, and the outbox for posting by hand.
Adapters are imported when they are needed, so that the sign-in page is painted first.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from smassistant.context import Context
from smassistant.errors import UserError
from smassistant.homes import (
    DATABASE_URL,
    HomeState,
    data_folder,
    home_state,
    make_folder,
    read_home,
    write_whole,
)
from smassistant.i18n import _
from smassistant.ports import Credentials, Store

if TYPE_CHECKING:
    from smassistant.demo import DemoSignIn


__all__ = ["HomeState", "data_folder", "home_state"]


@dataclass(frozen=True, slots=True)
class KeyringReport:
    """Whether this computer has a real place for keys; if not, why and what to do."""

    usable: bool
    title: str = ""
    explanation: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class Opened:
    """An open school. `recovery` opens the same data elsewhere: it is shown once and printed."""

    context: Context
    recovery: str = field(default="", repr=False)


def keyring_state() -> KeyringReport:
    """Whether the computer's keyring may hold the school's key (never a plaintext one)."""
    from smassistant.security.keyring_key import keyring_state as probe

    state = probe()
    return KeyringReport(state.usable, state.title, state.explanation, state.next_step)


def create_home(folder: Path, passphrase: str = "") -> Opened:
    """A new school in `folder`, its key in the keyring or sealed under the passphrase."""
    if read_home(folder) is not None:
        raise UserError(
            _("This folder already holds a school."), "", _("Start the program again to open it.")
        )
    master = secrets.token_bytes(32)
    return _settle_in(folder, master, passphrase)


def open_home(folder: Path, passphrase: str = "") -> Opened:
    """The school in `folder`, with the key from the keyring or from the passphrase."""
    home = read_home(folder)
    if home is None:
        raise UserError(_("There is no school here yet."), "", _("Set one up first."))
    if home["key"] == "passphrase":
        from smassistant.security.passphrase import open_master

        master = open_master(folder, passphrase)
    else:
        master = _from_keyring(home["install"])
    return Opened(_context(folder, master, home))


def open_here(ask_passphrase: Callable[[], str]) -> Context:
    """The school of this computer for a headless command; asks only when it has to."""
    folder = data_folder()
    state = home_state(folder)
    if state.new:
        raise UserError(
            _("There is no school here yet."), "", _("Start the program once and set one up.")
        )
    return open_home(folder, ask_passphrase() if state.passphrase else "").context


def open_with_recovery(folder: Path, recovery: str, passphrase: str = "") -> Opened:
    """The school in `folder` (or on the server) with the printed recovery key.

    Afterwards the key lies in this computer's keyring, or under the passphrase if one is given.
    """
    from smassistant.security.keys import read_recovery

    return _settle_in(folder, read_recovery(recovery), passphrase)


def recovery_of(folder: Path, passphrase: str = "") -> str:
    """The recovery key in words to print, for somebody who can open the school here."""
    from smassistant.security.keys import recovery_text
    from smassistant.security.passphrase import open_master

    home = read_home(folder)
    if home is None:
        raise UserError(_("There is no school here yet."), "", _("Set one up first."))
    sealed = home["key"] == "passphrase"
    return recovery_text(
        open_master(folder, passphrase) if sealed else _from_keyring(home["install"])
    )


def _settle_in(folder: Path, master: bytes, passphrase: str) -> Opened:
    """Open with the key first, so that a wrong one leaves no trace; then keep it for next time."""
    from smassistant.security.keys import recovery_text

    make_folder(folder)
    home = {"install": uuid4().hex, "key": "passphrase" if passphrase else "keyring"}
    context = _context(folder, master, home)
    try:
        if passphrase:
            from smassistant.security.passphrase import seal_master

            seal_master(folder, master, passphrase)
        else:
            from smassistant.security.keyring_key import store_master

            store_master(home["install"], master)
        write_whole(folder / "home.json", json.dumps(home))
    except BaseException:
        context.close()
        raise
    return Opened(context, recovery_text(master))


def _context(folder: Path, master: bytes, home: dict[str, str]) -> Context:
    """Every adapter, on the school's own database."""
    from smassistant.security.credentials import KeyringCredentials, VaultCredentials
    from smassistant.security.keys import derive

    store = _open_store(folder, master)
    credentials: Credentials = (
        VaultCredentials(store, derive(master, "vault"))
        if home["key"] == "passphrase"
        else KeyringCredentials(home["install"])
    )
    return _assemble(store, credentials, folder / "outbox")


def _assemble(
    store: Store, credentials: Credentials, outbox: Path, cheap_passwords: bool = False
) -> Context:
    from smassistant.connectors import make_connectors
    from smassistant.imaging.apart import PhotoReaderApart
    from smassistant.security.clock import SystemClock
    from smassistant.security.passwords import ArgonPasswords

    return Context(
        store=store,
        credentials=credentials,
        clock=SystemClock(),
        passwords=ArgonPasswords(cheap_passwords),
        photos=PhotoReaderApart(),
        connectors=make_connectors(),
        owner=uuid4().hex,
        outbox=outbox,
    )


def _open_store(folder: Path, master: bytes) -> Store:
    """The embedded database, or the shared one named by SMASSISTANT_DATABASE_URL."""
    from smassistant.security.clock import SystemClock
    from smassistant.security.keys import derive
    from smassistant.storage.engine import open_postgres, open_sqlite
    from smassistant.storage.migrating import migrate
    from smassistant.storage.store import SqlStore

    if url := os.environ.get(DATABASE_URL):
        engine = open_postgres(url)
    else:
        engine = open_sqlite(folder / "school.db", derive(master, "database"))
    try:
        migrate(engine)
        store = SqlStore(engine, SystemClock(), derive(master, "audit"))
        _check_key(store, derive(master, "check").hex().encode())
    except BaseException:
        engine.dispose()
        raise
    return store


def _check_key(store: Store, mine: bytes) -> None:
    """A shared database belongs to one key: refuse another before it writes anything."""
    with store.read() as work:
        theirs = work.secrets.get("key.check")
    if theirs is None:
        with store.write() as work:
            work.secrets.set("key.check", mine)
    elif not secrets.compare_digest(theirs, mine):
        raise UserError(
            _("This key does not belong to this school's data."),
            _("The database was set up with another key."),
            _("Open it with the recovery key that was printed when the school was set up."),
        )


def _from_keyring(install: str) -> bytes:
    from smassistant.security.keyring_key import load_master

    master = load_master(install)
    if master is None:
        raise UserError(
            _("The school's key is not in this computer's keyring."),
            _("It may have been removed, or you are signed in to the computer as somebody else."),
            _("Open the school with the printed recovery key."),
        )
    return master


@dataclass(frozen=True)
class Demo:
    """A made-up school in a temporary folder; `close` takes everything away again."""

    context: Context
    sign_ins: tuple[DemoSignIn, ...]
    close: Callable[[], None]


def open_demo() -> Demo:
    """The made-up school, with the practice network running on this computer."""
    from smassistant.demo import HANDLE, fill
    from smassistant.practice.network import PracticeNetwork
    from smassistant.security.credentials import VaultCredentials
    from smassistant.security.keys import derive

    folder = Path(tempfile.mkdtemp(prefix="smassistant-demo-"))
    master = secrets.token_bytes(32)
    store = _open_store(folder, master)
    context = _assemble(
        store, VaultCredentials(store, derive(master, "vault")), folder / "outbox", True
    )
    app_password = secrets.token_urlsafe(12)
    network = PracticeNetwork(HANDLE, app_password)
    network.start()

    def close() -> None:
        network.stop()
        context.close()
        shutil.rmtree(folder, ignore_errors=True)

    try:
        sign_ins = fill(context, network.url, app_password)
    except BaseException:
        close()
        raise
    return Demo(context, sign_ins, close)

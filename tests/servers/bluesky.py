"""A real Bluesky server (PDS), installed by install-bluesky.sh."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.processes import HERE, free_port, missing_programs, running


@dataclass(frozen=True)
class BlueskyAccount:
    """One account on the test server."""

    handle: str
    did: str
    password: str
    app_password: str


@dataclass(frozen=True)
class Bluesky:
    """A running server: `url` is its origin, the accounts are empty at first."""

    url: str
    accounts: tuple[BlueskyAccount, ...]


def install_folder() -> Path:
    """Where install-bluesky.sh puts the server."""
    return Path(os.environ.get("TEST_SERVERS_DIR", "/var/tmp/test-servers")) / "bluesky"


def why_not_bluesky() -> str:
    """What is missing to run it, "" if nothing."""
    if missing := missing_programs("node"):
        return f"no {missing[0]} on this machine"
    if not (install_folder() / "plc" / "node_modules").is_dir():
        return "Bluesky test server not installed: run tests/servers/install-bluesky.sh"
    return ""


@contextmanager
def run_bluesky(folder: Path, names: str = "oakprimary,parent") -> Iterator[Bluesky]:
    """A server with one account per comma-separated name; its data lies in `folder`."""
    data = folder / "data"
    data.mkdir()
    ports = str(free_port()), str(free_port())
    command = ["node", str(HERE / "bluesky.cjs"), str(install_folder()), *ports, str(data), names]
    with running(command, folder / "bluesky.log") as ready:
        accounts = tuple(BlueskyAccount(**account) for account in ready["accounts"])
        yield Bluesky(ready["url"], accounts)

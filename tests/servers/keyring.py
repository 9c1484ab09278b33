"""A keyring of the tests' own: a private message bus and GNOME Keyring, nobody's real secrets."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import ServerFailed, missing_programs, stop

PASSWORD = b"only for tests"


def why_not_keyring() -> str:
    """What is missing to run it, "" if nothing."""
    missing = missing_programs("dbus-daemon", "gnome-keyring-daemon")
    return f"no {' and no '.join(missing)} on this machine" if missing else ""


@contextmanager
def run_keyring(folder: Path) -> Iterator[dict[str, str]]:
    """An unlocked, empty keyring; yields the environment variables that lead to it."""
    home = {"HOME": folder, "XDG_DATA_HOME": folder / "data", "XDG_RUNTIME_DIR": folder / "run"}
    for place in home.values():
        place.mkdir(mode=0o700, exist_ok=True)
    env = {**os.environ, **{name: str(place) for name, place in home.items()}}
    env.pop("DISPLAY", None)  # with one, a locked keyring would ask and wait for ever
    with (folder / "keyring.log").open("wb") as log:
        bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE, stderr=log, env=env, start_new_session=True,
        )  # fmt: skip
        try:
            assert bus.stdout is not None
            address = bus.stdout.readline().decode().strip()
            if not address:
                raise ServerFailed(f"dbus-daemon ended with {bus.wait()}")
            env["DBUS_SESSION_BUS_ADDRESS"] = address
            # Without --foreground it comes back once it owns its name; it ends with the bus.
            subprocess.run(
                ["gnome-keyring-daemon", "--unlock", "--components=secrets"],
                input=PASSWORD, stdout=log, stderr=log, env=env, check=True, timeout=20,
            )  # fmt: skip
            yield {"DBUS_SESSION_BUS_ADDRESS": address}
        finally:
            stop(bus)

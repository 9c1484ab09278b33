"""A PostgreSQL server of the tests' own: a new cluster in a temporary folder, TCP on loopback."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import ServerFailed, free_port

ADMIN = "admin"


def programs_folder() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps them off the PATH."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "pg_ctl").exists()), None)


def why_not_postgres() -> str:
    """What is missing to run it, "" if nothing."""
    if programs_folder() is None:
        return "no PostgreSQL server programs (initdb) on this machine"
    if is_root():
        import pwd

        try:
            pwd.getpwnam("postgres")
        except KeyError:
            return "PostgreSQL refuses root and there is no user postgres"
    return ""


def is_root() -> bool:
    """Whether we run as root, which PostgreSQL refuses."""
    return sys.platform != "win32" and os.geteuid() == 0


def _run(programs: Path, command: Sequence[str], folder: Path) -> None:
    """Run one of PostgreSQL's programs, as the user postgres where we are root."""
    rights = {"user": "postgres", "group": "postgres", "extra_groups": []} if is_root() else {}
    full = [str(programs / command[0]), *command[1:]]
    # pg_ctl's server keeps the output open: a pipe would never end, a file does.
    with (folder / "output.log").open("ab") as output:
        done = subprocess.run(
            full, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **rights
        )
    if done.returncode:
        text = (folder / "output.log").read_text(errors="replace")
        raise ServerFailed(f"{command[0]} ended with {done.returncode}: {text[-2000:]}")


@contextmanager
def run_postgres() -> Iterator[str]:
    """A running server's URL, `postgresql://admin:…@127.0.0.1:PORT/postgres`, for its superuser."""
    programs = programs_folder()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="smassistant-postgres-"))
    password, port = secrets.token_hex(8), free_port()
    (folder / "password").write_text(password)
    if is_root():
        for path in (folder, folder / "password"):
            shutil.chown(path, "postgres")
    cluster = str(folder / "cluster")
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    try:
        _run(
            programs,
            ["initdb", "-D", cluster, "-A", "scram-sha-256", "-U", ADMIN, "-E", "UTF8", "--no-sync",
             "--locale=C.UTF-8", f"--pwfile={folder / 'password'}"],
            folder,
        )  # fmt: skip
        _run(programs, ["pg_ctl", "-D", cluster, "-w", "-o", settings, "start"], folder)
        try:
            yield f"postgresql://{ADMIN}:{password}@127.0.0.1:{port}/postgres"
        finally:
            _run(programs, ["pg_ctl", "-D", cluster, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_database(server_url: str) -> Iterator[str]:
    """The URL of a fresh, empty database on the server; dropped when the block ends."""
    import psycopg
    from psycopg import sql

    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield server_url.rsplit("/", 1)[0] + "/" + name
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )

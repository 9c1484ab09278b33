"""What can happen to a school's data folder while nobody looks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text

from smassistant.security.keys import derive
from smassistant.security.passphrase import open_master
from smassistant.storage.engine import open_sqlite
from tests.journeys.homes import PASSPHRASE


def cut_off(folder: Path) -> None:
    """The disk lost the end of the database."""
    path = folder / "school.db"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def take_away(folder: Path) -> None:
    """Somebody moved the database elsewhere."""
    (folder / "school.db").rename(folder.parent / "school.db")


def make_newer(folder: Path) -> None:
    """A newer program has changed the database."""
    _change(folder, "UPDATE alembic_version SET version_num = '9999'")


def forge_trail(folder: Path) -> None:
    """Somebody with the key changed a line of the audit trail."""
    _change(folder, "DROP TRIGGER trail_unchanged", "UPDATE trail SET action = 'x' WHERE seq = 2")


def break_home(folder: Path) -> None:
    """The small file that says where the key lies was cut off."""
    (folder / "home.json").write_text('{"install": "4f', encoding="utf-8")


def lose_key(folder: Path) -> None:
    """The sealed key is gone."""
    (folder / "key.json").unlink()


def fill_pages(path: Path) -> None:
    """Take up what room there is on a small disk."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def can_mount(folder: Path) -> bool:
    """Whether a small disk can be mounted, seen by a child process alone."""
    if shutil.which("unshare") is None:
        return False
    folder.mkdir()
    tried = ["unshare", "--mount", "--", "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    return subprocess.run(tried, capture_output=True).returncode == 0


def as_a_person(command: Sequence[str]) -> list[str]:
    """The command as somebody whom the rights on a file stop, which root is not."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return list(command)
    program = shutil.which("setpriv")
    assert program, "root needs setpriv (util-linux) for this test"
    powers = "-dac_override,-dac_read_search"
    return [program, "--bounding-set", powers, "--inh-caps", powers, *command]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes, to see that nothing was changed."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in (".log", ".ini")
    }


def _change(folder: Path, *statements: str) -> None:
    key = derive(open_master(folder, PASSPHRASE), "database")
    engine = open_sqlite(folder / "school.db", key)
    try:
        with engine.begin() as connection:
            for statement in statements:
                changed = connection.execute(text(statement))
            assert changed.rowcount == 1
    finally:
        engine.dispose()


Harm = Callable[[Path], None]

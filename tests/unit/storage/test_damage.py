"""What a full disk, a crash or a failing disk does to the file, and what can be read in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event

from smassistant.errors import UserError
from smassistant.storage.engine import open_sqlite
from smassistant.storage.migrating import migrate
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import AUDIT_KEY, GRANT, KEY, NOON, POST, ZOE, HandClock


def opened(path: Path) -> SqlStore:
    return SqlStore(open_sqlite(path, KEY), HandClock(), AUDIT_KEY)


@pytest.fixture
def whole(file_store: SqlStore, database_file: Path) -> Path:
    """A closed file of about a megabyte."""
    with file_store.write() as work:
        work.people.add([ZOE])
        work.consents.add([GRANT])
        work.posts.add(POST)
        for n in range(10):
            work.photos.add(f"ph-{n}", bytes(100_000))
            work.trail.append(NOON, "u", "a", "s", {"n": str(n)})
    assert file_store.faults() == ()
    file_store.close()
    return database_file


def flip(path: Path, at: int) -> None:
    """Turn one bit of the file."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_flipped_bit_is_found(whole: Path, part: float) -> None:
    flip(whole, int(whole.stat().st_size * part))
    store = opened(whole)
    assert any("damaged" in fault for fault in store.faults())
    store.close()


def test_reading_a_damaged_page_is_a_user_error(whole: Path) -> None:
    for part in range(2, 10):
        flip(whole, int(whole.stat().st_size * part / 10))
    store = opened(whole)

    def read_all() -> None:
        with store.read() as work:
            for n in range(10):
                work.photos.get(f"ph-{n}")

    with pytest.raises(UserError, match="is damaged"):
        read_all()
    store.close()


@pytest.mark.parametrize("keep", [0.02, 0.3, 0.9])
def test_a_file_cut_off_is_not_opened(whole: Path, keep: float) -> None:
    data = whole.read_bytes()
    whole.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(UserError, match="is damaged"):
        opened(whole)
    assert len(whole.read_bytes()) == int(len(data) * keep)


def test_a_file_that_lost_its_last_bytes_is_found(whole: Path) -> None:
    whole.write_bytes(whole.read_bytes()[:-700])
    store = opened(whole)
    assert any("damaged" in fault for fault in store.faults())
    store.close()


def test_no_name_text_or_secret_can_be_read_in_the_files(
    file_store: SqlStore, database_file: Path
) -> None:
    with file_store.write() as work:
        work.people.add([ZOE])
        work.consents.add([GRANT])
        work.posts.add(POST)
        work.photos.add("ph", b"JFIF" * 5000)
        work.trail.append(NOON, "u-ann", "registry.saved", "p-zoe", {"person": "p-zoe"})
    raw = b"".join(path.read_bytes() for path in database_file.parent.glob("school.db*"))
    assert database_file.with_name("school.db-wal").stat().st_size > 20_000
    for planted in ("0012345", "obrien", "Brien", "Bravo", "JFIFJFIF", "u-ann", "p-zoe", "CREATE"):
        assert planted.encode() not in raw
    assert not raw.startswith(b"SQLite format 3")


# A full disk: SQLite reports the same for a database that may not grow beyond some pages.


def limit_growth(store: SqlStore) -> Callable[[], None]:
    """Let the database grow by a few pages only, on every connection; returns the way back."""
    engine = store._engine
    engine.dispose()

    def limit(connection: object, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")  # type: ignore[attr-defined]

    event.listen(engine, "connect", limit)

    def back() -> None:
        event.remove(engine, "connect", limit)
        engine.dispose()

    return back


def test_a_full_disk_loses_nothing_that_was_saved(file_store: SqlStore) -> None:
    with file_store.write() as work:
        work.people.add([ZOE])
    give_room = limit_growth(file_store)

    def save_much() -> None:
        with file_store.write() as work:
            work.trail.append(NOON, "u", "a", "s", {})
            work.photos.add("ph", bytes(200_000))

    with pytest.raises(UserError, match="disk is full"):
        save_much()
    with file_store.read() as work:
        assert work.people.all() == (ZOE,)
        assert work.trail.list() == ()
    give_room()
    save_much()
    assert file_store.faults() == ()


# A child fills a real small disk where one can be mounted for it alone, else a small file.
FILLER = """
import resource, signal, subprocess, sys
from pathlib import Path
folder = Path(sys.argv[1])
if sys.argv[2] == "disk":
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=True)
else:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
from tests.unit.storage.test_damage import fill_up
fill_up(folder / "school.db")
"""


def fill_up(path: Path) -> None:
    """Save until no more goes, make room, and see whether everything saved is there."""
    spare = path.with_name("spare")
    spare.write_bytes(bytes(200_000))
    engine = open_sqlite(path, KEY)
    migrate(engine)
    store = SqlStore(engine, HandClock(), AUDIT_KEY)
    kept = 0
    try:
        while kept < 1000:
            with store.write() as work:
                work.photos.add(f"ph-{kept}", bytes(50_000))
            kept += 1
    except UserError as error:
        sys.stdout.write(f"{error.title}\n")
    store.close()
    spare.unlink()
    reopened = opened(path)
    with reopened.read() as work:
        whole = all(work.photos.get(f"ph-{n}") for n in range(kept))
    sys.stdout.write(f"many: {kept > 3}, whole: {whole}, faults: {reopened.faults()}\n")
    reopened.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no way to make a small disk there")
def test_a_disk_that_fills_up_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    alone = ["unshare", "--mount", "--"]
    tried = [*alone, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    can_mount = (
        shutil.which("unshare") and not subprocess.run(tried, capture_output=True).returncode
    )
    command = [sys.executable, "-c", FILLER, str(tmp_path), "disk" if can_mount else "file"]
    done = subprocess.run(
        [*alone, *command] if can_mount else command, capture_output=True, text=True, check=True
    )
    failure, state = done.stdout.splitlines()
    assert failure == (
        "The disk is full." if can_mount else "The disk could not be read or written."
    )
    assert state == "many: True, whole: True, faults: ()"
    assert list(tmp_path.iterdir()) == [] or not can_mount


# Killed in the middle

WRITER = """
import sys
from pathlib import Path
from tests.unit.storage.test_damage import NOON, opened
store = opened(Path(sys.argv[1]))
n = 0
while True:
    with store.write() as work:
        work.photos.add(f"ph-{n}", bytes(3000))
        work.trail.append(NOON, "u", "a", f"ph-{n}", {})
    print(n, flush=True)
    n += 1
"""


@pytest.mark.parametrize("rows", [1, 7, 40])
def test_a_killed_program_loses_nothing_it_said_was_saved(
    file_store: SqlStore, database_file: Path, rows: int
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(database_file)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    with writer.stdout:
        said = [int(writer.stdout.readline()) for _ in range(rows)]
        writer.kill()
        said += [int(line) for line in writer.stdout.read().splitlines()]
    writer.wait()
    with file_store.read() as work:
        kept = work.trail.head()[0]
        photos = sum(work.photos.get(f"ph-{n}") is not None for n in range(kept + 1))
    assert kept in (len(said), len(said) + 1)  # one may be saved and not yet said
    assert photos == kept
    assert file_store.faults() == ()

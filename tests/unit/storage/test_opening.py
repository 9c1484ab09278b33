"""Opening the database: each thing that can be wrong is told apart."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from smassistant.errors import UserError
from smassistant.storage.engine import check_file, open_postgres, open_sqlite
from smassistant.storage.folders import mounted_system
from smassistant.storage.migrating import migrate
from smassistant.storage.store import SqlStore
from tests.servers.processes import free_port
from tests.unit.storage.samples import AUDIT_KEY, KEY, POST, ZOE, HandClock

OTHER_KEY = b"\x55" * 32


def make_school(path: Path) -> None:
    """A database with some pages in it, closed."""
    engine = open_sqlite(path, KEY)
    migrate(engine)
    store = SqlStore(engine, HandClock(), AUDIT_KEY)
    with store.write() as work:
        work.people.add([ZOE])
        work.posts.add(POST)
        work.photos.add("ph", bytes(200_000))
    store.close()


def refusal(path: Path, key: bytes = KEY) -> str:
    """The title of the error that opening gives."""
    with pytest.raises(UserError) as caught:
        open_sqlite(path, key)
    assert caught.value.explanation
    assert caught.value.next_step
    return caught.value.title


def test_a_wrong_key_is_told(database_file: Path) -> None:
    make_school(database_file)
    assert "key does not open" in refusal(database_file, OTHER_KEY)
    open_sqlite(database_file, KEY).dispose()


def test_a_damaged_first_page_is_told_from_a_wrong_key(database_file: Path) -> None:
    make_school(database_file)
    data = bytearray(database_file.read_bytes())
    data[100] ^= 1
    database_file.write_bytes(data)
    assert "is damaged" in refusal(database_file)
    assert "key does not open" in refusal(database_file, OTHER_KEY)


def test_without_the_key_check_both_are_named(database_file: Path) -> None:
    make_school(database_file)
    check_file(database_file).unlink()
    assert "could not be opened" in refusal(database_file, OTHER_KEY)
    open_sqlite(database_file, KEY).dispose()
    assert "key does not open" in refusal(database_file, OTHER_KEY)


def test_the_key_check_holds_nothing_of_the_key(database_file: Path) -> None:
    make_school(database_file)
    check = check_file(database_file).read_text().strip()
    assert len(bytes.fromhex(check)) == 16
    assert KEY.hex() not in check
    assert check not in KEY.hex()


def test_an_emptied_file_is_not_taken_for_a_new_database(database_file: Path) -> None:
    make_school(database_file)
    database_file.write_bytes(b"")
    assert "is damaged" in refusal(database_file)


def test_a_file_that_is_gone_is_not_silently_replaced(database_file: Path) -> None:
    make_school(database_file)
    database_file.unlink()
    assert "no longer where it was" in refusal(database_file)
    assert not database_file.exists()
    check_file(database_file).unlink()
    open_sqlite(database_file, OTHER_KEY).dispose()


def test_a_file_that_is_no_database(database_file: Path) -> None:
    database_file.write_bytes(b"PK\x03\x04" * 3000)
    assert "could not be opened" in refusal(database_file)


def test_a_plain_database_is_not_opened(database_file: Path) -> None:
    with sqlite3.connect(database_file) as plain:
        plain.execute("CREATE TABLE people (id)")
    plain.close()
    assert "could not be opened" in refusal(database_file)


def test_a_missing_folder(tmp_path: Path) -> None:
    assert "folder of the school's database is not there" in refusal(tmp_path / "no" / "school.db")


def test_a_key_of_another_length_is_a_defect(database_file: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_sqlite(database_file, b"short")


# Root may write anywhere: a child that has put its rights down shows what a person would see.
CHILD = """
import os, sys
from pathlib import Path
from smassistant.errors import UserError
from smassistant.storage.engine import open_sqlite
import sqlcipher3.dbapi2, sqlalchemy.dialects.sqlite.pysqlite
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    open_sqlite(Path(sys.argv[1]), bytes(range(32)))
except UserError as error:
    print(error.title)
"""


def opened_without_rights(path: Path) -> str:
    """What opening says in a process that is not root."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A folder that another user may reach and read."""
    folder = tmp_path / "data"
    folder.mkdir()
    everybodys = Path(tempfile.gettempdir())
    for part in (folder, *folder.parents):
        if (
            part.stat().st_uid == os.geteuid()
            and part.is_relative_to(everybodys)
            and part != everybodys
        ):
            part.chmod(part.stat().st_mode | 0o055)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
def test_a_read_only_folder(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    assert "can't be written" in opened_without_rights(open_folder / "school.db")
    open_folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
def test_a_read_only_file(open_folder: Path) -> None:
    make_school(open_folder / "school.db")
    open_folder.chmod(0o777)
    (open_folder / "school.db").chmod(0o444)
    assert "can't be written" in opened_without_rights(open_folder / "school.db")


def test_a_network_drive_is_recognised() -> None:
    mounts = [
        "/dev/sda1 / ext4 rw 0 0",
        "//server/school /srv/school\\040data cifs rw 0 0",
        "server:/x /srv/nfs nfs4 rw 0 0",
        "broken",
    ]
    assert mounted_system(Path("/srv/school data/a"), mounts) == "cifs"
    assert mounted_system(Path("/srv/nfs"), mounts) == "nfs4"
    assert mounted_system(Path("/srv/nfs2"), mounts) == "ext4"
    assert mounted_system(Path("relative"), mounts) == ""


def test_a_network_drive_is_refused(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smassistant.storage.folders.is_remote", lambda folder: True)
    assert "network drive" in refusal(database_file)


# The server


def server_refusal(url: str) -> UserError:
    with pytest.raises(UserError) as caught:
        open_postgres(url)
    error = caught.value
    assert "hunter2" not in f"{error} {error.__cause__} {error.__dict__}"
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    return error


def test_a_server_that_does_not_answer() -> None:
    url = f"postgresql://ann:hunter2@127.0.0.1:{free_port()}/school"
    assert "can't be reached" in server_refusal(url).title


def test_a_wrong_password(postgres_url: str) -> None:
    host = postgres_url.split("@")[1]
    assert "refused the sign-in" in server_refusal(f"postgresql://admin:hunter2@{host}").title
    assert "refused the sign-in" in server_refusal(f"postgresql://nobody:hunter2@{host}").title
    assert "refused the sign-in" in server_refusal(f"postgresql://admin@{host}").title


def test_a_database_that_is_not_there(postgres_url: str) -> None:
    url = postgres_url.replace("/postgres", "/hunter2school").replace("postgresql:", "postgres:")
    with pytest.raises(UserError, match="no database of this name"):
        open_postgres(url)


@pytest.mark.parametrize(
    "url", ["", "school", "mysql://a:hunter2@x/y", "postgresql:/hunter2", "sqlite:///hunter2.db"]
)
def test_an_address_that_is_none(url: str) -> None:
    assert "address can't be used" in server_refusal(url).title


def test_a_server_that_goes_away_is_told_plainly(postgres_database: str) -> None:
    engine = open_postgres(postgres_database)
    migrate(engine)
    store = SqlStore(engine, HandClock(), AUDIT_KEY)
    other = open_postgres(postgres_database)

    def cut_off() -> None:
        with store.write() as work:
            work.people.add([ZOE])
            with other.connect() as connection:
                connection.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                )
            work.people.count()

    with pytest.raises(UserError, match="can't be reached"):
        cut_off()
    with store.read() as work:  # the pool has noticed and connects anew
        assert work.people.count() == 0
    store.close()
    other.dispose()


def test_programs_that_make_the_file_at_the_same_moment_all_open_it(tmp_path: Path) -> None:
    for number in range(20):
        together = threading.Barrier(3)

        def start(path: Path, together: threading.Barrier) -> None:
            together.wait(timeout=30)
            open_sqlite(path, KEY).dispose()

        with ThreadPoolExecutor(3) as pool:
            path = tmp_path / f"{number}.db"
            opened = [pool.submit(start, path, together) for _ in range(3)]
        assert [each.exception() for each in opened] == [None] * 3

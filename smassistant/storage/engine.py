"""Opening the database: an encrypted SQLite file, or a PostgreSQL server."""

from __future__ import annotations

import hashlib
import hmac
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.storage import troubles
from smassistant.storage.folders import check_folder

KEY_BYTES = 32
WAIT_SECONDS = 10  # for a lock another program holds
_UNREADABLE = (11, 26)  # SQLITE_CORRUPT, SQLITE_NOTADB
READING = "smassistant_reading"  # execution option of units of work that only read


def open_sqlite(path: Path, key: bytes) -> Engine:
    """The encrypted database file at `path`, made when it is not there; `key` is 32 raw bytes.

    UserError for a wrong key, a damaged, emptied or lost file, a folder that is missing,
    read-only, full or on a network drive.
    """
    import sqlcipher3.dbapi2

    if len(key) != KEY_BYTES:
        # SQLCipher would silently take any other length for a passphrase.
        raise ValueError("the database key has 32 bytes")
    check_folder(path)
    _refuse_lost(path)
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=partial(_connect, path, key),
        module=sqlcipher3.dbapi2,
        poolclass=QueuePool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    try:
        with engine.connect():
            pass
    except DBAPIError as error:
        engine.dispose()
        raise _opening_trouble(error, path, key) from None
    _write_check(path, key)
    return engine


def _use_wal(connection: Any) -> None:
    """Switch to the write-ahead log.

    SQLite does not wait for this lock by itself: of two programs that make the file at the same
    moment one is told "locked" at once, and has to ask again.
    """
    import sqlcipher3.dbapi2

    deadline = monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlcipher3.dbapi2.OperationalError as error:
            if "locked" not in str(error) or monotonic() > deadline:
                raise
            sleep(0.02)


def _connect(path: Path, key: bytes) -> Any:
    """A raw connection that has shown its key to be right."""
    import sqlcipher3.dbapi2

    connection = sqlcipher3.dbapi2.connect(
        str(path), timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes to standard error
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master")
        _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")  # only FULL survives a power cut whole
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -16000")  # kilobytes: decrypted pages are dear
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    """Take the write lock at once, so that read-then-write is safe; readers never wait."""
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def sqlite_path(engine: Engine) -> Path | None:
    """The file behind an SQLite engine; None for a server."""
    if engine.dialect.name != "sqlite":
        return None
    with engine.connect() as connection:
        databases = connection.exec_driver_sql("PRAGMA database_list").all()
    return Path(next(file for _number, name, file in databases if name == "main"))


# The key check. SQLCipher says "not a database" for a wrong key and a damaged first page alike;
# a keyed hash of nothing, kept beside the file, tells which it is. It gives the key away to nobody.


def check_file(path: Path) -> Path:
    """Where the key check of the database file `path` lies."""
    return path.with_name(path.name + ".check")


def _key_check(key: bytes) -> str:
    return hashlib.blake2b(key=key, person=b"key check", digest_size=16).hexdigest()


def _stored_check(path: Path) -> str:
    try:
        return check_file(path).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _write_check(path: Path, key: bytes) -> None:
    """Remember which key opened the file."""
    check = _key_check(key)
    if _stored_check(path) == check:
        return
    part = check_file(path).with_suffix(".part")
    try:
        part.write_text(check + "\n", encoding="ascii")
        part.replace(check_file(path))
    except OSError:
        return  # only the wording of a later error depends on it


def _refuse_lost(path: Path) -> None:
    """A file that is gone or empty would be taken for a new database, which would hide the loss."""
    if not _stored_check(path):
        return
    if not path.exists():
        raise troubles.missing_file(check_file(path).name)
    if path.stat().st_size == 0:
        raise troubles.damaged()


def _opening_trouble(error: DBAPIError, path: Path, key: bytes) -> UserError:
    """Why the file did not open."""
    if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF not in _UNREADABLE:
        return troubles.plain(error)
    stored = _stored_check(path)
    if not stored:
        return troubles.wrong_key_or_damaged()
    same = hmac.compare_digest(stored, _key_check(key))
    return troubles.damaged() if same else troubles.wrong_key()


def open_postgres(url: str) -> Engine:
    """The PostgreSQL database at `url` (postgresql://user:password@host/name).

    UserError when the address is none, the server can't be reached or refuses the sign-in; no
    error holds the address, because it holds the password.
    """
    engine = create_engine(
        _postgres_url(url),
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 5,
            "application_name": "smassistant",
            "options": f"-c lock_timeout={WAIT_SECONDS}s",
        },
    )
    try:
        with engine.connect():
            pass
    except DBAPIError as error:
        engine.dispose()
        raise _sign_in_trouble(error) from None
    return engine


def _postgres_url(url: str) -> URL:
    """The address with our driver named."""
    try:
        parsed = make_url(url)
        driver = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        driver = ""
    if driver not in ("postgresql", "postgres"):
        raise UserError(
            _("The database address can't be used."),
            _("It has to look like postgresql://user:password@server/database."),
            _("Correct the setting SMASSISTANT_DATABASE_URL."),
        )
    return parsed.set(drivername="postgresql+psycopg")


# A server that refuses a connection gives no code to the client, only words in its own language.
_REFUSALS = {
    "authentication": troubles.refused_sign_in,
    "authentification": troubles.refused_sign_in,
    "pg_hba.conf": troubles.refused_sign_in,
    "no password": troubles.refused_sign_in,
    "role ": troubles.refused_sign_in,
    "rôle ": troubles.refused_sign_in,
    "database ": troubles.missing_database,
    "base de données ": troubles.missing_database,
    "too many": troubles.overloaded,
    "trop de": troubles.overloaded,
    "remaining connection slots": troubles.overloaded,
}


def _sign_in_trouble(error: DBAPIError) -> UserError:
    """Why the server did not let us in."""
    words = str(error.orig)
    if "FATAL" not in words and "no password" not in words:
        return troubles.unreachable()
    for sign, trouble in _REFUSALS.items():
        if sign in words:
            return trouble()
    return troubles.plain(error)

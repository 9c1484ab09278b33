"""One import into an encrypted database, ours or the bare one, and how much memory it took.

python -m benchmarks.roster_child ours|bare ROSTER DATABASE
"""

from __future__ import annotations

import csv
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine

from smassistant.context import Context
from smassistant.domain.users import Role, User
from smassistant.security.clock import SystemClock
from smassistant.services.importing import (
    import_roster,
    list_imports,
    preview_roster,
    undo_import,
)
from smassistant.storage.engine import open_sqlite
from smassistant.storage.migrating import migrate
from smassistant.storage.store import SqlStore

CLERK = User("u-clerk", "clerk", "A Clerk", "Oak", frozenset({Role.RECORDS}))


@dataclass
class Desk:
    """An encrypted database with the services' context on it."""

    engine: Engine
    context: Context
    clerk: User = CLERK

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """A plain cursor on the same file, in one transaction."""
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            yield cursor
            cursor.execute("COMMIT")
        finally:
            connection.close()

    def close(self) -> None:
        """Close the file."""
        self.context.store.close()


def open_desk(path: Path) -> Desk:
    """A new encrypted database."""
    engine, clock = open_sqlite(path, bytes(32)), SystemClock()
    migrate(engine)
    store = SqlStore(engine, clock, bytes(32))
    none = cast(Any, None)
    context = Context(store, none, clock, none, none, {}, "benchmark", path.parent)
    with store.write() as work:
        work.users.add(CLERK, "")
    return Desk(engine, context)


def our_import(desk: Desk, table: Path) -> None:
    """Read, compare, import, as the window does."""
    import_roster(desk.context, desk.clerk, preview_roster(desk.context, table))


def our_undo(desk: Desk) -> None:
    """Take the newest import that brought anybody in back."""
    imports = list_imports(desk.context, desk.clerk)
    made = next(item for item in imports if item.added and not item.undone)
    undo_import(desk.context, desk.clerk, made.id)


def bare_undo(desk: Desk) -> None:
    """What is the least: empty the tables that the import filled."""
    with desk.raw() as cursor:
        for name in ("consents", "people"):
            cursor.execute(f"DELETE FROM {name} WHERE true")  # noqa: S608


def plain_import(desk: Desk, table: Path) -> None:
    """What is the least: the file's own rows into a table of text columns."""
    with table.open(encoding="utf-8", newline="") as file, desk.raw() as cursor:
        rows = csv.reader(file)
        columns = [f"c{n} TEXT" for n in range(len(next(rows)))]
        cursor.execute(f"CREATE TABLE plain ({', '.join(columns)}, PRIMARY KEY (c0))")
        marks = ", ".join("?" * len(columns))
        cursor.executemany(f"INSERT INTO plain VALUES ({marks})", rows)  # noqa: S608


def copy_import(desk: Desk, table: Path, rows: dict[str, list[Any]]) -> None:
    """Read the file, then write the finished `rows` of each table as they are."""
    with table.open(encoding="utf-8", newline="") as file, desk.raw() as cursor:
        for _row in csv.reader(file):
            pass
        for name, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", values)  # noqa: S608


def written(desk: Desk) -> dict[str, list[Any]]:
    """The rows that an import left, by table."""
    with desk.raw() as cursor:
        return {
            name: cursor.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
            for name in ("people", "consents")
        }


def main(kind: str, table: Path, database: Path) -> None:
    """Import once and say how many megabytes the process ever held."""
    desk = open_desk(database)
    {"ours": our_import, "plain": plain_import}[kind](desk, table)
    desk.close()
    sys.stdout.write(json.dumps({"mb": _peak()}))


def _peak() -> float:
    """Megabytes; from Linux's own book where there is one, since the other counts the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1e3
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))

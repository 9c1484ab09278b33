"""Bringing rosters in and searching 100,000 people, beside the bare libraries in the same run."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from python_calamine import CalamineWorkbook

from benchmarks.roster_child import (
    Desk,
    bare_undo,
    copy_import,
    open_desk,
    our_import,
    our_undo,
    plain_import,
    written,
)
from benchmarks.roster_window import stand_stills
from benchmarks.rows import Row
from smassistant.registry.reading import read_roster
from smassistant.services.looking_up import find_lines

PEOPLE, SHEET_ROWS = 100_000, 20_000
FIRST_ROWS = 100  # what a search shows at once
SEARCHES = 12  # names typed letter by letter
HEADINGS = (
    "Student Number", "First Name", "Last Name", "Preferred Name", "Grade", "Homeroom", "School",
    "Status", "photo:social_media", "name:social_media",
)  # fmt: skip
SYLLABLES = "an be ka lo mi ri ta so el ma de jo é ch".split()


def run() -> list[Row]:
    """Every case; about three minutes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "roster.csv"
        _write_csv(table, PEOPLE)
        rows = [*_imports(folder, table), *_memory(folder, table), _sheet(folder)]
        return [*rows, *_window(folder, table)]


def _window(folder: Path, table: Path) -> Iterator[Row]:
    """How long the window stands still meanwhile."""
    desk = open_desk(folder / "window.db")
    try:
        yield from stand_stills(desk, table, folder)
    finally:
        desk.close()


def _imports(folder: Path, table: Path) -> Iterator[Row]:
    """Import, import again, search; the peers write into encrypted files of the same kind."""
    ours, copy, plain = (open_desk(folder / f"{name}.db") for name in ("ours", "copy", "plain"))
    try:
        first = _seconds(lambda: our_import(ours, table))
        rows = written(ours)
        case = f"import {PEOPLE:,} rows, {len(rows['consents']):,} lines of history"
        same = _seconds(lambda: copy_import(copy, table, rows))
        rows.clear()
        least = _seconds(lambda: plain_import(plain, table))
        yield Row(case, *first, *same, "s", "csv.reader + executemany", 6.0)
        yield Row(case, *first, *least, "s", "the same, one plain table")
        again, reading = _seconds(lambda: our_import(ours, table)), _seconds(lambda: _read(table))
        yield Row("the same file again", *again, *reading, "s", "csv.reader")
        yield from _searches(ours)
        undo, bare = _seconds(lambda: our_undo(ours)), _seconds(lambda: bare_undo(copy))
        yield Row("undo the import", *undo, *bare, "s", "DELETE of the same rows")
    finally:
        for desk in (ours, copy, plain):
            desk.close()


def _searches(desk: Desk) -> Iterator[Row]:
    """Each keystroke of a dozen names, with the rows it shows first."""
    typed = [word[:end] for word in _typed_names() for end in range(1, len(word) + 1)]
    sql = "SELECT * FROM people WHERE folded LIKE ? ORDER BY sort_key LIMIT ?"
    with desk.raw() as cursor:

        def peer(words: str) -> object:
            return cursor.execute(sql, (f"%{words}%", FIRST_ROWS)).fetchall()

        ours = _milliseconds(lambda words: find_lines(desk.context, desk.clerk, words), typed)
        theirs = _milliseconds(peer, typed)
    for name, of in (("p95", lambda times: quantiles(times, n=20)[-1]), ("median", median)):
        limit = 30.0 if name == "p95" else None
        yield Row(f"keystroke to first rows, {name}", of(ours), of(theirs), "ms", "raw SQL", limit)


def _memory(folder: Path, table: Path) -> Iterator[Row]:
    """The most memory the import ever held, in a process of its own."""
    peaks = [_peak(kind, table, folder / f"peak-{kind}.db") for kind in ("ours", "plain")]
    yield Row("most memory while importing", *peaks, "MB", "one plain table", 300.0)


def _peak(kind: str, table: Path, database: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.roster_child", kind, str(table), str(database)],
        capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    return float(json.loads(done.stdout)["mb"])


def _sheet(folder: Path) -> Row:
    """Reading a workbook beside the library that unpacks it; the promise is in seconds."""
    path = folder / "roster.xlsx"
    _write_xlsx(path, SHEET_ROWS)
    ours, peer = [], []
    for _turn in range(3):
        ours += _seconds(lambda: read_roster(path))
        peer += _seconds(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    case = f"read {SHEET_ROWS:,} rows of XLSX"
    return Row(case, median(ours), median(peer), "s", "calamine alone", 2.5)


def _seconds(call: Callable[[], object]) -> list[float]:
    begin = perf_counter()
    call()
    return [perf_counter() - begin]


def _milliseconds(call: Callable[[str], object], typed: list[str]) -> list[float]:
    call(typed[0])  # the first opens files and does not count
    return [1000 * _seconds(lambda words=words: call(words))[0] for words in typed]


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


# A made-up division


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    pick = random.Random(1)
    for n in range(count):
        first, last = _name(pick), _name(pick)
        said = (pick.choice(("yes", "yes", "no")), pick.choice(("yes", "no", "")))
        yield (
            str(1_000_000 + n), first, last, _name(pick) if n % 10 == 0 else "", str(n % 13),
            f"{n % 13}{'ABCD'[n % 4]}", f"School {n % 40}", "active", *said,
        )  # fmt: skip


def _name(pick: random.Random) -> str:
    return "".join(pick.choice(SYLLABLES) for _ in range(3)).title()


def _typed_names() -> list[str]:
    pick = random.Random(5)
    return [f"{_name(pick)} {_name(pick)}".casefold() for _ in range(SEARCHES)]


def _write_csv(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(_rows(count))


def _write_xlsx(path: Path, count: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Students")
    sheet.append(HEADINGS)
    for row in _rows(count):
        sheet.append(row)
    book.save(path)

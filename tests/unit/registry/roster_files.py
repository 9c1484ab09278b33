"""Write small roster files and read them back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from smassistant.registry.mapping import Mapping, load_mapping
from smassistant.registry.reading import read_roster
from smassistant.registry.rosters import Code, Key, Roster, RosterPerson, key_name

HEADINGS = ["student_number", "first_name", "last_name"]


def text_of(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """`rows` as CSV."""
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue()


def read_text(folder: Path, text: str, encoding: str = "utf-8", **options: Any) -> Roster:
    """The roster in `text`, by way of a file."""
    path = folder / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return read_roster(path, **options)


def read_rows(folder: Path, *rows: Sequence[str], **options: Any) -> Roster:
    """The roster in `rows`, headings first."""
    return read_text(folder, text_of(rows), **options)


def read_sheet(folder: Path, *rows: Sequence[Any], **options: Any) -> Roster:
    """The roster in a new workbook with one sheet of `rows`."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return read_book(folder, book, **options)


def read_book(folder: Path, book: openpyxl.Workbook, **options: Any) -> Roster:
    """The roster in a workbook."""
    path = folder / "roster.xlsx"
    book.save(path)
    return read_roster(path, **options)


def mapping(folder: Path, text: str) -> Mapping:
    """The mapping in a TOML `text`."""
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return load_mapping(path)


def codes(roster: Roster) -> list[Code]:
    """The codes of all problems, in order."""
    return [problem.code for problem in roster.problems]


def granted(person: RosterPerson) -> set[str]:
    """What is granted, by name."""
    return {key_name(key) for key, yes in person.answers.items() if yes}


def refused(person: RosterPerson) -> set[str]:
    """What is refused, by name."""
    return {key_name(key) for key, yes in person.answers.items() if not yes}


def by_number(roster: Roster) -> dict[str, RosterPerson]:
    """People by number."""
    return {item.person.number: item for item in roster.people}


__all__ = [
    "HEADINGS", "Code", "Key", "by_number", "codes", "granted", "mapping", "read_book",
    "read_rows", "read_sheet", "read_text", "refused", "text_of",
]  # fmt: skip

"""`roster`: read a roster file and say what an import would find, without importing it."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smassistant.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from smassistant.registry.rosters import Roster, RosterPerson

HELP = N_("read a roster file and print what an import would find: rows, problems, permissions")

_SHOWN_PROBLEMS = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file and how to read and print it."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("a CSV, TSV or XLSX file"))
    parser.add_argument(
        "--mapping", metavar="FILE", type=Path, help=_("headings and answers of your own (TOML)")
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object on one line"))
    parser.add_argument("--people", action="store_true", help=_("then one line for each person"))


def run(args: argparse.Namespace) -> int:
    """Print the summary; 0 also with problems in rows. A refused file raises UserError."""
    from smassistant.registry.mapping import load_mapping
    from smassistant.registry.reading import read_roster

    mapping = load_mapping(args.mapping) if args.mapping else None
    roster = read_roster(args.file, mapping)
    if args.json:
        _write_json(summary_of(roster))
    else:
        sys.stdout.write("\n".join(_summary_lines(roster)) + "\n")
    if args.people:
        for person in roster.people:
            if args.json:
                _write_json(described(person))
            else:
                sys.stdout.write(_person_line(person) + "\n")
    return 0


def _write_json(value: dict[str, Any]) -> None:
    """One line of JSON with every letter as it is."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def summary_of(roster: Roster) -> dict[str, Any]:
    """The whole file as one JSON object; `permitted` counts people before expiry."""
    from smassistant.registry.rosters import ALL_KEYS, key_name

    granted = Counter(key for item in roster.people for key, yes in item.answers.items() if yes)
    return {
        "rows": roster.rows,
        "people": len(roster.people),
        "people_by_kind": dict(Counter(item.person.kind.value for item in roster.people)),
        "encoding": roster.encoding,
        "delimiter": roster.delimiter,
        "problems": [
            {
                "row": problem.row,
                "line": problem.line,
                "column": problem.column,
                "code": problem.code.value,
                "message": problem.message,
            }
            for problem in roster.problems
        ],
        "ignored_columns": list(roster.ignored_columns),
        "mapping": dict(roster.mapping),
        "permitted": {key_name(key): granted[key] for key in ALL_KEYS},
    }


def described(item: RosterPerson) -> dict[str, Any]:
    """One person as JSON; permissions as the file grants them."""
    from smassistant.registry.rosters import ALL_KEYS, key_name

    person = item.person
    return {
        "student_number": person.number,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "preferred_name": person.preferred_name,
        "other_names": list(person.other_names),
        "kind": person.kind.value,
        "grade": person.grade,
        "homeroom": person.homeroom,
        "school": person.school,
        "status": person.status,
        "restricted": person.restricted,
        "expires": item.expires.isoformat() if item.expires else None,
        "permissions": {key_name(key): item.answers.get(key, False) for key in ALL_KEYS},
    }


def _summary_lines(roster: Roster) -> list[str]:
    """The summary for people."""
    from smassistant.registry.rosters import ALL_KEYS, key_name

    summary = summary_of(roster)
    people = len(roster.people)
    lines = [
        ngettext("{n} row, ", "{n} rows, ", roster.rows).format(n=roster.rows)
        + ngettext("{n} person", "{n} people", people).format(n=people)
        + f" ({roster.encoding})"
    ]
    if roster.has_permissions:
        lines.append(_("Permitted by the file, before expiry and restriction:"))
        permitted = summary["permitted"]
        lines += [f"  {permitted[key_name(key)]:>7}  {key_name(key)}" for key in ALL_KEYS]
    else:
        lines.append(_("No column holds permissions, so everyone is treated as not permitted."))
    lines.append(_("Columns read:"))
    lines += [f"  {heading} → {field}" for heading, field in roster.mapping.items()]
    if roster.ignored_columns:
        lines.append(
            _("Columns that are not needed and were not read: {columns}").format(
                columns=", ".join(roster.ignored_columns)
            )
        )
    return lines + _problem_lines(roster)


def _problem_lines(roster: Roster) -> list[str]:
    """The first problems, each with its place."""
    count = len(roster.problems)
    if not count:
        return [_("No problems were found.")]
    lines = [ngettext("{n} problem:", "{n} problems:", count).format(n=count)]
    for problem in roster.problems[:_SHOWN_PROBLEMS]:
        place = _("row {row}").format(row=problem.row)
        where = f"{place}, {problem.column}" if problem.column else place
        lines.append(f"  {where}: {problem.message} ({problem.code.value})")
    if count > _SHOWN_PROBLEMS:
        lines.append(_("  … and {n} more; --json lists all.").format(n=count - _SHOWN_PROBLEMS))
    return lines


def _person_line(item: RosterPerson) -> str:
    """One person on one line."""
    from smassistant.registry.rosters import key_name

    permitted = ", ".join(key_name(key) for key, yes in item.answers.items() if yes)
    notes = [permitted or _("nothing permitted")]
    if item.person.restricted:
        notes.append(_("restricted"))
    if item.expires:
        notes.append(_("until {day}").format(day=item.expires.isoformat()))
    return f"{item.person.number}  {item.person.described}: {'; '.join(notes)}"

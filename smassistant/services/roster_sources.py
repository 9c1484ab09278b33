"""Knowing a source again by the headings of its files, so that its choices need not be repeated."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from smassistant.context import Context
from smassistant.domain.imports import RosterChoices
from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.registry.cells import read_cell
from smassistant.registry.files import open_tables
from smassistant.registry.mapping import chosen_mapping
from smassistant.registry.reading import read_roster
from smassistant.registry.rosters import Roster
from smassistant.registry.sheet_notes import column_letters
from smassistant.registry.words import squash

_HEADINGS_WITHIN = 25


def read_chosen(path: Path, choices: RosterChoices, task: Task | None) -> Roster:
    """Read the file as the choices say."""
    mapping = chosen_mapping(choices.mapping, choices.values)
    return read_roster(
        path, mapping, choices.blank_permitted, task, choices.day_first, choices.ends
    )


def read_known(
    context: Context, path: Path, usual: RosterChoices, task: Task | None
) -> tuple[Roster, RosterChoices]:
    """Read the file as its source was read before; in the usual way where it is a new one."""
    try:
        roster = read_chosen(path, usual, task)
    except UserError:
        choices = _remembered(context, _fingerprints_near_the_top(path))
        if choices is None:
            raise
        return read_chosen(path, choices, task), choices
    choices = _remembered(context, (fingerprint(roster),))
    if choices is None or choices == usual:
        return roster, usual
    return read_chosen(path, choices, task), choices


def fingerprint(roster: Roster) -> str:
    """What files of one source have in common: their headings, whatever their order."""
    return _digest(column.heading for column in roster.columns)


def _remembered(context: Context, prints: Iterable[str]) -> RosterChoices | None:
    with context.store.read() as work:
        found = (work.imports.remembered(one) for one in prints)
        return next((choices for choices in found if choices is not None), None)


def _fingerprints_near_the_top(path: Path) -> Iterator[str]:
    """Those of every row that may be the headings."""
    for table in open_tables(path):
        for cells in table.head()[:_HEADINGS_WITHIN]:
            labels = [read_cell(cell).text for cell in cells]
            if any(labels):
                yield _digest(label or column_letters(at) for at, label in enumerate(labels))


def _digest(headings: Iterable[str]) -> str:
    plain = sorted({squash(heading) for heading in headings})
    return hashlib.sha256("\n".join(plain).encode("utf-8", "replace")).hexdigest()

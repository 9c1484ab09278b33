"""The headings of a file that is not understood yet, so that a person can say what they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smassistant.context import Context
from smassistant.domain.imports import RosterChoices
from smassistant.registry.mapping import chosen_mapping
from smassistant.registry.reading import columns_in
from smassistant.registry.rosters import Column

__all__ = ["Column", "Headings", "headings_of"]


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns that a file has, by their headings alone, and the choices that hold so far."""

    columns: tuple[Column, ...]
    choices: RosterChoices


def headings_of(context: Context, path: Path, choices: RosterChoices | None) -> Headings:
    """The headings of a file that has no known column of numbers or of names.

    No columns where that is not what is wrong with the file. Raises UserError like a reading.
    """
    if choices is None:
        with context.store.read() as work:
            usual = work.settings.get().blank_means_permitted
        choices = RosterChoices(blank_permitted=usual)
    return Headings(columns_in(path, chosen_mapping(choices.mapping, choices.values)), choices)

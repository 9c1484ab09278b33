"""A file of rows, whatever kind it is, and the refusals of files that are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from smassistant.errors import UserError
from smassistant.i18n import _

HEAD = 60
"""How many rows at the top are looked at to find the headings and tell what columns hold."""

LARGEST = 200_000_000
"""Bytes of text or of unpacked workbook beyond which a file is refused."""


Record = tuple[int, int, list[str]]
"""One row: its number as a spreadsheet counts, the line where it begins, its cells."""


class Table(Protocol):
    """Rows that can be read from the top as often as needed."""

    @property
    def encoding(self) -> str:
        """How its text is written down."""

    @property
    def delimiter(self) -> str:
        """What stands between two cells; empty for a workbook."""

    @property
    def hidden(self) -> frozenset[int]:
        """Columns (from 0) that are hidden in a workbook."""

    @property
    def size(self) -> int:
        """About how many rows there are."""

    def head(self) -> list[list[str]]:
        """The first `HEAD` rows; nothing rather than an error where they can't be told apart."""

    def records(self) -> Iterator[Record]:
        """Every row from the first; a formula is a cell beginning with `cells.STORED`."""


def refused(title: str, explanation: str = "", next_step: str = "") -> UserError:
    """A file that can't be read as a roster at all."""
    return UserError(title, explanation, next_step or _("Export the list again as CSV or XLSX."))

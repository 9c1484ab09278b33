"""The first rows of a table as a person may see them before anything is brought in."""

from __future__ import annotations

from smassistant.registry.answers import Reply, reply_of
from smassistant.registry.cells import read_cell
from smassistant.registry.layouts import Layout
from smassistant.registry.tables import Table

ROWS = 8

_WITHHELD = "…"


def first_rows(table: Table, layout: Layout) -> tuple[tuple[str, ...], ...]:
    """The first `ROWS` rows below the headings, only of columns that are read.

    What stands in a column of restrictions is withheld unless it is a plain yes or no: it may be
    the reason, which nobody needs (clause 4.1).
    """
    wanted = [(index, name) for index, name in enumerate(layout.fields) if name]
    rows: list[tuple[str, ...]] = []
    for cells in table.head()[layout.last_row + 1 :]:
        if "".join(cells).strip() and cells not in layout.heading_rows and len(rows) < ROWS:
            padded = cells + [""] * (layout.width - len(cells))
            rows.append(tuple(_shown(padded[index], name) for index, name in wanted))
    return tuple(rows)


def _shown(raw: str, field: str) -> str:
    """One cell."""
    cell = read_cell(raw)
    text = cell.text or cell.stored or cell.written
    if field == "restricted" and text and reply_of(cell.text) in {Reply.UNCLEAR, Reply.BLANK}:
        return _WITHHELD
    return text

"""Everything the registry holds, for comparing before and after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from smassistant.context import Context

TABLES = ("people", "consents", "sources", "scans", "takedowns")


def dump(context: Context) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table, without the people's versions, which only grow."""
    engine = context.store._engine  # type: ignore[attr-defined]
    with engine.connect() as connection:
        found = {
            name: [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {name}"))]  # noqa: S608
            for name in TABLES
        }
    for row in found["people"]:
        del row["version"]
    return {name: sorted(rows, key=str) for name, rows in found.items()}

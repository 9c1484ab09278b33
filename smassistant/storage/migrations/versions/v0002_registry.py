"""The registry task: statements, names to avoid, imports, take-downs, scans, merges."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_USES = ("full_name", "first_name", "photo", "video", "work")
_CHANNELS = ("social_media", "website", "news_media")
_LETTERS = {"granted": "y", "refused": "n", "withdrawn": "w"}
_NOTHING = "-" * (len(_USES) * len(_CHANNELS))
_SHARED = (
    "id, person_id, valid_from, valid_until, source, signer, recorded_by, recorded_at, note, "
    "corrects"
)


def upgrade() -> None:
    """Change the registry's tables and add the new ones."""
    _widen_people()
    _make_statements()
    _make_imports()
    _make_takedowns()
    _make_scans()
    _make_merges()


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _plain_data(*names: str) -> list[sa.Column[Any]]:
    """Columns of JSON text and of enums' words."""
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _revisions(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _flags(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _time(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=f"pk_{table}")


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _widen_people() -> None:
    # Defaults only for the rows that are there: SQLite can't drop them without copying the table.
    op.add_column("people", _with_default("signs_for_self", sa.Boolean(), sa.false()))
    op.add_column("people", _with_default("avoid_names", sa.Text(), "[]"))
    op.add_column("people", _with_default("added_in", sa.BigInteger(), "0"))
    op.add_column("people", _with_default("saved_in", sa.BigInteger(), "0"))


def _with_default(name: str, kind: Any, default: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=default)


def _make_statements() -> None:
    """One row for all that was said at one time; a line of the first shape becomes one row."""
    op.drop_index("ix_consents_person_id", "consents")
    op.rename_table("consents", "consents_0001")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE consents_0001 RENAME CONSTRAINT pk_consents TO pk_consents_0001")
    op.create_table(
        "consents",
        *_texts("id", "person_id", "answers"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        *_plain_data("source"),
        *_texts("signer", "recorded_by"),
        _time("recorded_at"),
        *_texts("note"),
        sa.Column("corrects", sa.String(), nullable=True),
        *_revisions("said_in"),
        _key("consents"),
        _refers("consents", "person_id", "people"),
    )
    op.execute(
        f"INSERT INTO consents (answers, said_in, {_SHARED}) "  # noqa: S608 - constants only
        f"SELECT substr('{_NOTHING}', 1, {_place()}) || {_letter()} || "
        f"substr('{_NOTHING}', 1, {len(_NOTHING) - 1} - {_place()}), 0, {_SHARED} "
        "FROM consents_0001"
    )
    op.drop_table("consents_0001")
    _index("consents", "person_id")


def _place() -> str:
    uses = " ".join(f"WHEN '{use}' THEN {n * len(_CHANNELS)}" for n, use in enumerate(_USES))
    channels = " ".join(f"WHEN '{channel}' THEN {n}" for n, channel in enumerate(_CHANNELS))
    return f"((CASE use {uses} END) + (CASE channel {channels} END))"


def _letter() -> str:
    letters = " ".join(f"WHEN '{word}' THEN '{letter}'" for word, letter in _LETTERS.items())
    return f"(CASE answer {letters} END)"


def _make_imports() -> None:
    op.create_table(
        "imports",
        *_texts("id"),
        _time("at"),
        *_texts("actor", "file_name", "source"),
        *_numbers("added", "changed", "decisions"),
        *_flags("undone"),
        *_plain_data("act"),
        *_revisions("revision"),
        *_plain_data("former_source"),
        _key("imports"),
    )
    op.create_table(
        "formers",
        *_texts("import_id", "person_id"),
        *_plain_data("before"),
        *_revisions("saved_before", "saved_in"),
        _key("formers", "import_id", "person_id"),
        _refers("formers", "import_id", "imports"),
    )
    op.create_table(
        "sources",
        *_texts("fingerprint", "name"),
        *_plain_data("choices"),
        _time("used_at"),
        *_revisions("revision"),
        _key("sources", "fingerprint"),
    )


def _make_takedowns() -> None:
    op.create_table(
        "takedowns",
        *_texts("id", "person_id", "post_id", "delivery_id", "reason"),
        *_plain_data("state"),
        *_texts("opened_by"),
        _time("opened_at"),
        _time("closed_at", nullable=True),
        *_texts("note"),
        *_numbers("version"),
        _key("takedowns"),
        _refers("takedowns", "post_id", "posts"),
    )
    _index("takedowns", "person_id")


def _make_scans() -> None:
    op.create_table(
        "scans",
        *_texts("id", "person_id"),
        *_plain_data("decisions"),
        *_texts("name", "media"),
        *_numbers("size"),
        *_texts("added_by"),
        _time("added_at"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        *_revisions("said_in"),
        _key("scans"),
        _refers("scans", "person_id", "people"),
    )
    _index("scans", "person_id")


def _make_merges() -> None:
    op.create_table(
        "merges",
        *_texts("id"),
        _time("at"),
        *_texts("actor", "kept_id", "gone_id", "number"),
        *_revisions("added_in", "revision"),
        *_flags("undone"),
        *_plain_data("parts"),
        _key("merges"),
    )
    _index("merges", "kept_id")

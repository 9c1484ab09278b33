"""The first shape: registry, posts, outbox, staff, settings, trail."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SORTED = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make all tables."""
    _make_registry()
    _make_posts()
    _make_staff()
    _make_deliveries()
    _make_trail()
    _make_rest()


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _plain_data(*names: str) -> list[sa.Column[Any]]:
    """Columns of JSON text and of enums' words."""
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _time(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str, column: str = "id") -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(column, name=f"pk_{table}")


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _make_registry() -> None:
    op.create_table(
        "people",
        *_texts("id", "number", "first_name", "last_name", "preferred_name"),
        *_plain_data("other_names", "kind"),
        *_texts("grade", "homeroom", "school", "status"),
        _flag("restricted"),
        *_numbers("version"),
        sa.Column("sort_key", _SORTED, nullable=False),
        *_texts("folded"),
        _key("people"),
    )
    _index("people", "sort_key", "folded")
    op.create_table(
        "consents",
        *_texts("id", "person_id"),
        *_plain_data("use", "channel", "answer"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        *_plain_data("source"),
        *_texts("signer", "recorded_by"),
        _time("recorded_at"),
        *_texts("note"),
        sa.Column("corrects", sa.String(), nullable=True),
        _key("consents"),
        _refers("consents", "person_id", "people"),
    )
    _index("consents", "person_id")


def _make_posts() -> None:
    op.create_table(
        "posts",
        *_texts("id", "author", "school"),
        *_plain_data("state", "content"),
        _time("created_at"),
        _time("updated_at"),
        _time("submitted_at", nullable=True),
        *_numbers("version"),
        _key("posts"),
    )
    _index("posts", "author")
    _index("posts", "state", "updated_at")
    op.create_table(
        "photos",
        *_texts("id"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        _time("added_at"),
        _key("photos"),
    )


def _make_staff() -> None:
    op.create_table(
        "users",
        *_texts("id", "sign_in", "name", "school"),
        *_plain_data("roles"),
        _flag("active"),
        *_numbers("version"),
        *_texts("sign_in_key", "password_hash"),
        _key("users"),
        sa.UniqueConstraint("sign_in_key", name="uq_users_sign_in_key"),
    )
    op.create_table(
        "accounts",
        *_texts("id", "place", "connector", "name", "school", "handle", "address", "service"),
        _flag("approved"),
        *_numbers("version"),
        _key("accounts"),
    )


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        *_texts("id", "post_id", "account_id"),
        *_plain_data("state"),
        _time("due_at"),
        *_texts("content_hash"),
        *_plain_data("marker", "parts"),
        _time("armed_at", nullable=True),
        *_texts("lease_owner"),
        _time("lease_until", nullable=True),
        *_numbers("fence", "attempts"),
        _time("next_at", nullable=True),
        *_numbers("reads"),
        *_texts("remote_id", "remote_url"),
        _time("published_at", nullable=True),
        *_texts("problem"),
        _key("deliveries"),
        _refers("deliveries", "post_id", "posts"),
        _refers("deliveries", "account_id", "accounts"),
        sa.UniqueConstraint("post_id", "account_id", name="uq_deliveries_post_id_account_id"),
    )
    _index("deliveries", "state", "due_at")


def _make_trail() -> None:
    op.create_table(
        "trail",
        *_numbers("seq"),
        _time("at"),
        *_texts("actor", "action", "subject"),
        sa.Column("payload", sa.String(), nullable=True),
        *_texts("digest", "previous", "mac"),
        _key("trail", "seq"),
    )
    _index("trail", "subject")


def _make_rest() -> None:
    op.create_table("settings", *_numbers("id"), *_plain_data("content"), _key("settings"))
    op.create_table(
        "counters",
        *_texts("name"),
        sa.Column("value", sa.BigInteger(), nullable=False),
        _key("counters", "name"),
    )
    op.create_table(
        "secrets",
        *_texts("name"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _key("secrets", "name"),
    )

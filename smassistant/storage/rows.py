"""The tables, for both engines. Columns named like a dataclass's fields hold those fields.

Those of the registry are in `registry_rows`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.posts import PostState
from smassistant.domain.users import Role
from smassistant.storage.columns import Json, Pairs, Roles, UtcTime, Word

# PostgreSQL would sort by the server's language; both engines have to sort alike.
SORTED = String().with_variant(String(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """All tables; constraints have fixed names so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class PostRow(Base):
    """A post: what lists ask for in columns, all the rest in `content` (see `codec`)."""

    __tablename__ = "posts"

    id: Mapped[str] = mapped_column(primary_key=True)
    author: Mapped[str] = mapped_column(index=True)
    school: Mapped[str]
    state: Mapped[PostState] = mapped_column(Word(PostState))
    content: Mapped[Any] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    version: Mapped[int]

    __table_args__ = (Index(None, "state", "updated_at"),)


class PhotoRow(Base):
    """The working copy of a picture."""

    __tablename__ = "photos"

    id: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes]
    added_at: Mapped[datetime] = mapped_column(UtcTime)


class DeliveryRow(Base):
    """One post on its way to one account."""

    __tablename__ = "deliveries"

    id: Mapped[str] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(ForeignKey("posts.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[DeliveryState] = mapped_column(Word(DeliveryState))
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    content_hash: Mapped[str]
    marker: Mapped[Mapping[str, str]] = mapped_column(Pairs)
    parts: Mapped[Mapping[str, str]] = mapped_column(Pairs)
    armed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    lease_owner: Mapped[str]
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    fence: Mapped[int]
    attempts: Mapped[int]
    next_at: Mapped[datetime | None] = mapped_column(UtcTime)
    reads: Mapped[int]
    remote_id: Mapped[str]
    remote_url: Mapped[str]
    published_at: Mapped[datetime | None] = mapped_column(UtcTime)
    problem: Mapped[str]

    __table_args__ = (
        UniqueConstraint("post_id", "account_id"),
        Index(None, "state", "due_at"),
    )


class UserRow(Base):
    """A member of staff. `sign_in_key` is the sign-in name levelled, so that it is unique."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(primary_key=True)
    sign_in: Mapped[str]
    name: Mapped[str]
    school: Mapped[str]
    roles: Mapped[frozenset[Role]] = mapped_column(Roles)
    active: Mapped[bool]
    version: Mapped[int]
    sign_in_key: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]


class AccountRow(Base):
    """A school's account on a place."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str]
    connector: Mapped[str]
    name: Mapped[str]
    school: Mapped[str]
    handle: Mapped[str]
    address: Mapped[str]
    service: Mapped[str]
    approved: Mapped[bool]
    version: Mapped[int]


class SettingsRow(Base):
    """The division's settings: one row, id 1."""

    __tablename__ = "settings"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[Any] = mapped_column(Json)


class CounterRow(Base):
    """A number that only grows, such as the registry's revision."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class TrailRow(Base):
    """A line of the audit trail (see `trail` for the chain). `payload` NULL: lawfully erased."""

    __tablename__ = "trail"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    payload: Mapped[str | None]
    digest: Mapped[str]
    previous: Mapped[str]
    mac: Mapped[str]


class SecretRow(Base):
    """A small sealed value."""

    __tablename__ = "secrets"

    name: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]

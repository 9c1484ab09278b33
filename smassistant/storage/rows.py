"""The tables, for both engines. Columns named like a dataclass's fields hold those fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from smassistant.domain.consents import Source
from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.imports import Act
from smassistant.domain.people import Kind
from smassistant.domain.posts import PostState
from smassistant.domain.takedowns import TakedownState
from smassistant.domain.users import Role
from smassistant.storage.columns import Json, Pairs, Roles, UtcTime, Word, Words

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


class PersonRow(Base):
    """A person. `sort_key` orders by last, then first name; `folded` is what a search looks in.

    `added_in` and `saved_in` are the registry's revisions at which the row came and last changed.
    """

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str]
    first_name: Mapped[str]
    last_name: Mapped[str]
    preferred_name: Mapped[str]
    other_names: Mapped[tuple[str, ...]] = mapped_column(Words)
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    grade: Mapped[str]
    homeroom: Mapped[str]
    school: Mapped[str]
    status: Mapped[str]
    restricted: Mapped[bool]
    version: Mapped[int]
    sort_key: Mapped[str] = mapped_column(SORTED)
    folded: Mapped[str]
    signs_for_self: Mapped[bool]
    avoid_names: Mapped[tuple[str, ...]] = mapped_column(Words)
    added_in: Mapped[int] = mapped_column(BigInteger)
    saved_in: Mapped[int] = mapped_column(BigInteger)

    # Both columns: a search walks the index in order and reads only the rows it shows.
    __table_args__ = (Index(None, "sort_key", "folded"),)


class StatementRow(Base):
    """A line of consent history: what was said at one time about several uses and channels.

    `said_in` is the registry's revision at which it came.
    """

    __tablename__ = "consents"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    answers: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    source: Mapped[Source] = mapped_column(Word(Source))
    signer: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(UtcTime)
    note: Mapped[str]
    corrects: Mapped[str | None]
    said_in: Mapped[int] = mapped_column(BigInteger)


class ImportRow(Base):
    """A step that brought in or decided about many people and can be taken back as a whole."""

    __tablename__ = "imports"

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor: Mapped[str]
    file_name: Mapped[str]
    source: Mapped[str]
    added: Mapped[int]
    changed: Mapped[int]
    decisions: Mapped[int]
    undone: Mapped[bool]
    act: Mapped[Act] = mapped_column(Word(Act))
    revision: Mapped[int] = mapped_column(BigInteger)


class FormerRow(Base):
    """A person as they were before an import changed them, and the revision of that change."""

    __tablename__ = "formers"

    import_id: Mapped[str] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    before: Mapped[Any] = mapped_column(Json)
    saved_before: Mapped[int] = mapped_column(BigInteger)
    saved_in: Mapped[int] = mapped_column(BigInteger)


class SourceRow(Base):
    """How files with these headings are read."""

    __tablename__ = "sources"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    choices: Mapped[Any] = mapped_column(Json)
    used_at: Mapped[datetime] = mapped_column(UtcTime)


class TakedownRow(Base):
    """A published post that has to come down because of a person."""

    __tablename__ = "takedowns"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(index=True)
    post_id: Mapped[str] = mapped_column(ForeignKey("posts.id"))
    delivery_id: Mapped[str]
    reason: Mapped[str]
    state: Mapped[TakedownState] = mapped_column(Word(TakedownState))
    opened_by: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    note: Mapped[str]
    version: Mapped[int]


class ScanRow(Base):
    """A scan of a form, kept like everything else in the encrypted database."""

    __tablename__ = "scans"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    decisions: Mapped[tuple[str, ...]] = mapped_column(Words)
    name: Mapped[str]
    media: Mapped[str]
    size: Mapped[int]
    added_by: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    data: Mapped[bytes]
    said_in: Mapped[int] = mapped_column(BigInteger)


class MergeRow(Base):
    """Two records made one; `parts` holds what is needed for the way back (see `codec`)."""

    __tablename__ = "merges"

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor: Mapped[str]
    kept_id: Mapped[str] = mapped_column(index=True)
    gone_id: Mapped[str]
    number: Mapped[str]
    added_in: Mapped[int] = mapped_column(BigInteger)
    revision: Mapped[int] = mapped_column(BigInteger)
    undone: Mapped[bool]
    parts: Mapped[Any] = mapped_column(Json)


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

"""The registry's tables: people, what was said about them, and how it came in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from smassistant.domain.consents import Source
from smassistant.domain.imports import Act
from smassistant.domain.people import Kind
from smassistant.domain.takedowns import TakedownState
from smassistant.storage.columns import Json, UtcTime, Word, Words
from smassistant.storage.rows import SORTED, Base


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
    """A step that brought in or decided about many people and can be taken back as a whole.

    `former_source` is how files with its headings were read before it.
    """

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
    former_source: Mapped[Any] = mapped_column(Json)


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
    revision: Mapped[int] = mapped_column(BigInteger)


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

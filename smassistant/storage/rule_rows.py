"""The tables of a division's rule packs and of what authors called "not a problem"."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from smassistant.domain.feedback import FeedbackState
from smassistant.storage.columns import UtcTime, Word, Words
from smassistant.storage.rows import Base


class RulePackRow(Base):
    """One version of a division's pack. The newest is in force; older ones are the way back."""

    __tablename__ = "rule_packs"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    saved_by: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(UtcTime)


class FeedbackRow(Base):
    """A sentence without names in which a rule fired for nothing."""

    __tablename__ = "feedback"

    id: Mapped[str] = mapped_column(primary_key=True)
    rule: Mapped[str]
    code: Mapped[str]
    sentence: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcTime)
    school: Mapped[str]
    state: Mapped[FeedbackState] = mapped_column(Word(FeedbackState))
    training: Mapped[bool]
    categories: Mapped[Any] = mapped_column(Words)
    version: Mapped[int]

    __table_args__ = (Index(None, "state", "at"), Index(None, "training"))

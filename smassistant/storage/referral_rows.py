"""The tables of questions to the privacy office."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from smassistant.domain.referrals import ReferralState
from smassistant.storage.columns import Json, UtcTime, Word
from smassistant.storage.rows import Base


class ReferralRow(Base):
    """A question about a post, which may be discarded while the question and its answer stay."""

    __tablename__ = "referrals"

    id: Mapped[str] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(index=True)
    author: Mapped[str] = mapped_column(index=True)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    question: Mapped[str]
    draft: Mapped[Any] = mapped_column(Json)
    digest: Mapped[str]
    state: Mapped[ReferralState] = mapped_column(Word(ReferralState))
    from_review: Mapped[bool]
    answered_by: Mapped[str]
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime)
    answer: Mapped[str]
    seen: Mapped[bool]
    version: Mapped[int]

    __table_args__ = (Index(None, "state", "asked_at"),)


class AskedTextRow(Base):
    """A text that a question is about, by its gist, so that a copy of it is found again."""

    __tablename__ = "asked_texts"

    gist: Mapped[str] = mapped_column(primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"), primary_key=True)

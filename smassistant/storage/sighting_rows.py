"""The tables of pictures seen before: fingerprints, matches, bars."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Double
from sqlalchemy.orm import Mapped, mapped_column

from smassistant.domain.sightings import Cause
from smassistant.storage.columns import Numbers, UtcTime, Word
from smassistant.storage.rows import Base


class FingerprintRow(Base):
    """What a stored photo is told again by. `compared`: its matches are in `photo_matches`."""

    __tablename__ = "fingerprints"

    photo_id: Mapped[str] = mapped_column(primary_key=True)
    coarse: Mapped[int] = mapped_column(BigInteger)
    features: Mapped[bytes]
    mirrored: Mapped[bytes]
    compared: Mapped[bool] = mapped_column(index=True)


class MatchRow(Base):
    """Two photos that look alike, `photo_id` the one compared later."""

    __tablename__ = "photo_matches"

    photo_id: Mapped[str] = mapped_column(primary_key=True)
    other_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    inliers: Mapped[int]
    agreement: Mapped[float] = mapped_column(Double)
    mirrored: Mapped[bool]
    way: Mapped[Any] = mapped_column(Numbers)


class BarRow(Base):
    """Why a picture may not go out again. The picture itself may be gone."""

    __tablename__ = "bars"

    id: Mapped[str] = mapped_column(primary_key=True)
    photo_id: Mapped[str] = mapped_column(index=True)
    post_id: Mapped[str] = mapped_column(index=True)
    school: Mapped[str]
    cause: Mapped[Cause] = mapped_column(Word(Cause))
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcTime)
    lifted_by: Mapped[str]
    lifted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    lifted_reason: Mapped[str]
    version: Mapped[int]

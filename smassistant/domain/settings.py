"""What the division and school set once, and the trail's lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Settings:
    """The division's settings. `idle_minutes` is when an unused window locks (clause 3.4)."""

    school: str = ""
    division: str = ""
    zone: str = "America/Edmonton"
    language: str = "en"
    privacy_office: str = "FOIP Coordinator"
    idle_minutes: int = 10
    blank_means_permitted: bool = False
    own_contacts: tuple[str, ...] = ()
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit trail: who did what to which thing, when.

    `details` is plain data that may be erased later; the chain holds its digest only.
    """

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, str] = field(default_factory=dict)

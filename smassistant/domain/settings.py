"""What the division and school set once, and the trail's lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Settings:
    """The division's settings. `idle_minutes` is when an unused window locks (clause 3.4).

    `public_events`: a leader may let a photo of a public event go out where nobody was asked.
    `surname_beside_photo` False: never a surname beside a photo. In `first_name_grades` students
    are named by the first name only. `permission_ends` is the month and day (MM-DD) on which the
    school year's permissions end. `leader_may_decide`: a school leader may decide about a subject
    of clause 6 in place of the privacy office. `own_words` are right to the spelling check.
    """

    school: str = ""
    division: str = ""
    zone: str = "America/Edmonton"
    language: str = "en"
    privacy_office: str = "FOIP Coordinator"
    idle_minutes: int = 10
    blank_means_permitted: bool = False
    own_contacts: tuple[str, ...] = ()
    paused: bool = False
    surname_beside_photo: bool = True
    public_events: bool = False
    first_name_grades: tuple[str, ...] = ()
    permission_ends: str = "06-30"
    leader_may_decide: bool = False
    own_words: tuple[str, ...] = ()


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

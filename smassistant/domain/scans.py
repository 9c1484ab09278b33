"""Scans of signed forms, kept encrypted beside the decisions they prove."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MAX_BYTES = 10_000_000

# How the kinds of file that are kept begin.
_STARTS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"),
           (b"\x89PNG\r\n\x1a\n", "image/png"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan of a form: whose it is, which decisions it proves, what kind of file it is."""

    id: str
    person_id: str
    decisions: tuple[str, ...]
    name: str
    media: str
    size: int
    added_by: str
    added_at: datetime


def media_of(data: bytes) -> str:
    """The media type of a PDF, JPEG or PNG by its first bytes; "" for anything else."""
    return next((media for start, media in _STARTS if data.startswith(start)), "")

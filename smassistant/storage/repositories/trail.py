"""The audit trail: a chain of keyed hashes, so that no line can be changed or lost unseen."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, insert, select, text

from smassistant.domain.settings import Entry
from smassistant.i18n import _
from smassistant.storage.repositories.base import Unit
from smassistant.storage.rows import TrailRow
from smassistant.storage.troubles import unreadable_row

FORMAT = 1
MOST_FAULTS = 20  # told one by one
_LOCK = 6074  # PostgreSQL's advisory lock for the end of the chain


class TrailTable:
    """Implements `ports.Trail`.

    A line's `mac` is HMAC-SHA256 over the mac before it, its number, time, actor, action, subject
    and the SHA-256 of its payload. The payload (details and a random salt, so that its digest
    tells nothing) can be erased lawfully without breaking the chain. The chain alone does not
    show that its end was cut off: for that `head` is to be kept outside and given to `faults`.
    """

    def __init__(self, unit: Unit, key: bytes) -> None:
        self._unit = unit
        self._key = key

    def append(
        self, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, str]
    ) -> Entry:
        """Add a line in the same transaction as the act."""
        if self._unit.connection.dialect.name == "postgresql":
            self._unit.connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        last, previous = self.head()
        entry = Entry(last + 1, at.astimezone(UTC), actor, action, subject, dict(details))
        self._unit.change("trail", str(entry.seq))
        payload = json.dumps({"salt": secrets.token_hex(16), "details": dict(details)})
        values = {
            "seq": entry.seq,
            "at": entry.at,
            "actor": actor,
            "action": action,
            "subject": subject,
            "payload": payload,
            "digest": _digest(payload),
            "previous": previous,
        }
        self._unit.run(insert(TrailRow).values(values | {"mac": self._mac(values)}))
        return entry

    def list(self, subject: str = "", limit: int = 200, offset: int = 0) -> tuple[Entry, ...]:
        """Lines, newest first; of one subject when given."""
        found = select(TrailRow.__table__).order_by(TrailRow.seq.desc())
        if subject:
            found = found.where(TrailRow.subject == subject)
        return tuple(_entry(row) for row in self._unit.rows(found.limit(limit).offset(offset)))

    def head(self) -> tuple[int, str]:
        """Number and mac of the last line; (0, "") for an empty trail."""
        found = select(TrailRow.seq, TrailRow.mac).order_by(TrailRow.seq.desc()).limit(1)
        rows = self._unit.rows(found)
        return (rows[0].seq, rows[0].mac) if rows else (0, "")

    def faults(self, known: tuple[int, str] | None = None) -> tuple[str, ...]:
        """Where the chain is broken, in plain words; empty when it is whole.

        `known` is an earlier `head` from outside the database: a trail that no longer holds that
        line was cut off or replaced.
        """
        faults = list(self._broken(known))
        if len(faults) > MOST_FAULTS:
            more = _("{n} more lines of the audit trail are not as they were written.")
            return (*faults[:MOST_FAULTS], more.format(n=len(faults) - MOST_FAULTS))
        return tuple(faults)

    def _broken(self, known: tuple[int, str] | None) -> Iterator[str]:
        seq, mac = 0, ""
        found = select(TrailRow.__table__).order_by(TrailRow.seq)
        found = found.execution_options(yield_per=1000)
        for row in self._unit.connection.execute(found):
            gap = row.seq > seq + 1
            if gap:
                yield _missing(seq + 1, row.seq - 1)
            changed = not self._genuine(row) or (not gap and row.previous != mac)
            if known and row.seq == known[0] and row.mac != known[1]:
                changed = True
            if changed:
                yield _("Line {n} of the audit trail was changed.").format(n=row.seq)
            seq, mac = row.seq, row.mac
        if known and seq < known[0]:
            yield _missing(seq + 1, known[0])

    def _genuine(self, row: Row[Any]) -> bool:
        """Whether the line is as it was written."""
        if row.payload is not None and _digest(row.payload) != row.digest:
            return False
        return hmac.compare_digest(self._mac(row._asdict()), row.mac)

    def _mac(self, line: Mapping[str, Any]) -> str:
        fields = ("previous", "seq", "at", "actor", "action", "subject", "digest")
        plain = [line[name] for name in fields]
        plain[2] = line["at"].isoformat(timespec="microseconds")
        message = json.dumps([FORMAT, *plain], separators=(",", ":")).encode("ascii")
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()


def _digest(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()


def _missing(first: int, last: int) -> str:
    if first == last:
        return _("Line {n} of the audit trail is missing.").format(n=first)
    return _("Lines {first} to {last} of the audit trail are missing.").format(
        first=first, last=last
    )


def _entry(row: Row[Any]) -> Entry:
    try:
        details = json.loads(row.payload)["details"] if row.payload is not None else {}
    except (ValueError, KeyError, TypeError):
        raise unreadable_row() from None
    return Entry(row.seq, row.at, row.actor, row.action, row.subject, details)

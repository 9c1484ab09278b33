"""Posts that have to come down, and the scans of forms."""

from __future__ import annotations

from sqlalchemy import insert, select

from smassistant.domain.scans import Scan
from smassistant.domain.takedowns import CLOSED, Takedown
from smassistant.i18n import N_
from smassistant.storage.registry_rows import ScanRow, TakedownRow
from smassistant.storage.repositories.base import Mirror, VersionedMirror


class TakedownsTable(VersionedMirror[Takedown]):
    """Implements `repositories.Takedowns`."""

    kind = "takedowns"
    row = TakedownRow
    shape = Takedown
    clash = N_("Somebody else changed this take-down in the meantime.")

    def get(self, takedown_id: str) -> Takedown | None:
        """The take-down of this id."""
        return self._one(TakedownRow.id == takedown_id)

    def list(self, open_only: bool = True, limit: int = 1000) -> tuple[Takedown, ...]:
        """Take-downs, the open ones first, then by when they were opened, newest first."""
        found = self._select()
        if open_only:
            found = found.where(TakedownRow.state.not_in(list(CLOSED)))
        closed = TakedownRow.state.in_(list(CLOSED))
        order = (closed, TakedownRow.opened_at.desc(), TakedownRow.id)
        return self._many(found.order_by(*order).limit(limit))

    def of_person(self, person_id: str) -> tuple[Takedown, ...]:
        """The take-downs of one person, newest first."""
        found = self._held(self._select(TakedownRow.person_id == person_id))
        return self._many(found.order_by(TakedownRow.opened_at.desc(), TakedownRow.id))

    def add(self, takedown: Takedown) -> None:
        """Open a take-down."""
        self._insert([takedown])

    def save(self, takedown: Takedown) -> Takedown:
        """Store a changed take-down; Clash when somebody else did in between."""
        return self._update(takedown)


class ScansTable(Mirror[Scan]):
    """Implements `repositories.Scans`."""

    kind = "scans"
    row = ScanRow
    shape = Scan

    def get(self, scan_id: str) -> Scan | None:
        """The scan of this id, without its bytes."""
        return self._one(ScanRow.id == scan_id)

    def of_person(self, person_id: str) -> tuple[Scan, ...]:
        """The scans of one person, oldest first."""
        found = self._select(ScanRow.person_id == person_id)
        return self._many(found.order_by(ScanRow.added_at, ScanRow.id))

    def add(self, scan: Scan, data: bytes) -> None:
        """Keep a scan."""
        self._unit.change(self.kind, scan.id)
        values = self._values(scan) | {"data": data, "said_in": self._unit.revise()}
        self._unit.run(insert(ScanRow).values(values))

    def data(self, scan_id: str) -> bytes | None:
        """The bytes of a scan."""
        found = self._unit.rows(select(ScanRow.data).where(ScanRow.id == scan_id))
        return found[0].data if found else None

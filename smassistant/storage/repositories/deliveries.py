"""The outbox: who may send what, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, or_, update

from smassistant.domain.deliveries import Delivery, DeliveryState
from smassistant.i18n import N_
from smassistant.storage.repositories.base import Mirror, changed_meanwhile
from smassistant.storage.rows import DeliveryRow

_CLAIMABLE = (DeliveryState.PLANNED, DeliveryState.RETRY)


class DeliveriesTable(Mirror[Delivery]):
    """Implements `ports.Deliveries`."""

    kind = "deliveries"
    row = DeliveryRow
    shape = Delivery

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery of this id."""
        return self._one(DeliveryRow.id == delivery_id)

    def add(self, delivery: Delivery) -> None:
        """Plan a delivery; Clash when the post already has one to this account."""
        self._insert([delivery])

    def save(self, delivery: Delivery) -> None:
        """Store a delivery; Clash when another program has claimed it since it was read."""
        self._unit.change(self.kind, delivery.id)
        where = (DeliveryRow.id == delivery.id, DeliveryRow.fence == delivery.fence)
        changed = update(DeliveryRow).where(*where).values(self._values(delivery))
        if not self._unit.run(changed):
            raise changed_meanwhile(N_("Another program is working on this delivery."))

    def delete(self, delivery_id: str) -> None:
        """Take back a delivery that was never sent; nothing happens where there is none."""
        self._unit.change(self.kind, delivery_id)
        self._unit.run(delete(DeliveryRow).where(DeliveryRow.id == delivery_id))

    def of_post(self, post_id: str) -> tuple[Delivery, ...]:
        """The deliveries of a post, by account."""
        found = self._held(self._select(DeliveryRow.post_id == post_id))
        return self._many(found.order_by(DeliveryRow.account_id))

    def list(self, states: Iterable[DeliveryState], limit: int = 500) -> tuple[Delivery, ...]:
        """Deliveries in any of `states`, the first due first."""
        found = self._held(self._select(DeliveryRow.state.in_(list(states))))
        return self._many(found.order_by(DeliveryRow.due_at, DeliveryRow.id).limit(limit))

    def claim(
        self, delivery_id: str, owner: str, now: datetime, lease_until: datetime
    ) -> Delivery | None:
        """Take a due delivery for sending, alone; None when it is not due or somebody has it.

        One statement, so that of any number of programs exactly one gets it.
        """
        due = (
            DeliveryRow.id == delivery_id,
            DeliveryRow.state.in_(_CLAIMABLE),
            DeliveryRow.due_at <= now,
            or_(DeliveryRow.next_at.is_(None), DeliveryRow.next_at <= now),
            or_(DeliveryRow.lease_until.is_(None), DeliveryRow.lease_until < now),
        )
        taken = {
            "state": DeliveryState.SENDING,
            "fence": DeliveryRow.fence + 1,
            "attempts": DeliveryRow.attempts + 1,
            "lease_owner": owner,
            "lease_until": lease_until,
        }
        self._unit.change(self.kind, delivery_id)
        if not self._unit.run(update(DeliveryRow).where(*due).values(taken)):
            return None
        return self.get(delivery_id)

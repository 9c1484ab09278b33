"""The answers of a roster as lines of a person's consent history (clause 4.1)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from smassistant.domain.consents import Answer, Decision, Source
from smassistant.registry.rosters import RosterPerson


def decisions_of(
    roster_person: RosterPerson, on: date, recorded_by: str, recorded_at: datetime
) -> tuple[Decision, ...]:
    """One decision for each permission that was granted or refused; none for a blank answer.

    A grant holds from `on` through the roster's expiry, a refusal from `on` until a later grant.
    """
    return tuple(
        Decision(
            id=uuid4().hex,
            person_id=roster_person.person.id,
            use=use,
            channel=channel,
            answer=Answer.GRANTED if granted else Answer.REFUSED,
            valid_from=on,
            valid_until=roster_person.expires if granted else None,
            source=Source.ROSTER,
            signer=roster_person.signer,
            recorded_by=recorded_by,
            recorded_at=recorded_at,
        )
        for (use, channel), granted in roster_person.answers.items()
    )

"""Questions to the privacy office, and the texts they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, insert, select

from smassistant.domain.referrals import Referral, ReferralState, gists_asked
from smassistant.i18n import N_
from smassistant.storage.codec import decode_asked, encode_asked
from smassistant.storage.referral_rows import AskedTextRow, ReferralRow
from smassistant.storage.repositories.base import VersionedMirror

_NEWEST = (ReferralRow.asked_at.desc(), ReferralRow.id)


class ReferralsTable(VersionedMirror[Referral]):
    """Implements `repositories.Referrals`."""

    kind = "referrals"
    row = ReferralRow
    shape = Referral
    clash = N_("Somebody else answered or took back this question in the meantime.")

    def get(self, referral_id: str) -> Referral | None:
        """The referral of this id."""
        return self._one(ReferralRow.id == referral_id)

    def list(self, states: Iterable[ReferralState], limit: int = 1000) -> tuple[Referral, ...]:
        """Referrals in any of `states`, the newest question first."""
        found = self._select(ReferralRow.state.in_(list(states)))
        return self._many(found.order_by(*_NEWEST).limit(limit))

    def count(self, states: Iterable[ReferralState]) -> int:
        """How many referrals are in any of `states`."""
        wanted = select(func.count()).where(ReferralRow.state.in_(list(states)))
        return int(self._unit.rows(wanted)[0][0])

    def of_post(self, post_id: str) -> tuple[Referral, ...]:
        """The referrals of one post, the newest question first."""
        return self._many(self._select(ReferralRow.post_id == post_id).order_by(*_NEWEST))

    def of_author(self, author: str) -> tuple[Referral, ...]:
        """The referrals about one author's posts, the newest question first."""
        return self._many(self._select(ReferralRow.author == author).order_by(*_NEWEST))

    def answered_no(self, gists: Iterable[str]) -> dict[str, Referral]:
        """The newest question about each text (by its gist) that was answered with no."""
        asked = select(AskedTextRow.gist, ReferralRow.id).where(
            AskedTextRow.gist.in_(sorted(gists)),
            AskedTextRow.referral_id == ReferralRow.id,
            ReferralRow.state == ReferralState.ANSWERED_NO,
        )
        rows = self._unit.rows(asked.order_by(ReferralRow.answered_at, ReferralRow.id))
        newest = {row.gist: row.id for row in rows}
        if not newest:
            return {}
        found = self._many(self._select(ReferralRow.id.in_(sorted(set(newest.values())))))
        by_id = {referral.id: referral for referral in found}
        return {key: by_id[referral_id] for key, referral_id in newest.items()}

    def add(self, referral: Referral) -> None:
        """Keep a question and note the texts it is about."""
        self._insert([referral])
        for key in sorted(gists_asked(referral.draft)):
            self._unit.run(insert(AskedTextRow).values(gist=key, referral_id=referral.id))

    def save(self, referral: Referral) -> Referral:
        """Store a changed referral; Clash when somebody else did in between."""
        return self._update(referral)

    def _shaped(self, row: Any) -> Referral:
        values = dict(row._mapping)
        return Referral(**values | {"draft": decode_asked(values["draft"])})

    def _values(self, thing: Referral) -> dict[str, Any]:
        return super()._values(thing) | {"draft": encode_asked(thing.draft)}

"""Pictures seen before: their fingerprints, which look alike, and which may not go out again."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import delete, insert, or_, select, update

from smassistant.domain.sightings import Bar, Fingerprint, Match
from smassistant.i18n import N_
from smassistant.storage.repositories.base import Mirror, VersionedMirror
from smassistant.storage.rows import PhotoRow
from smassistant.storage.sighting_rows import BarRow, FingerprintRow, MatchRow

_AT_ONCE = 500  # identifiers in one statement


class SightingsTable(Mirror[Match]):
    """Implements `repositories.Sightings`."""

    kind = "sightings"
    row = MatchRow
    shape = Match

    def add_print(self, photo_id: str, print_: Fingerprint) -> None:
        """Keep what a photo is told again by; nothing happens where it is kept already."""
        self._unit.change(self.kind, photo_id)
        known = select(FingerprintRow.photo_id).where(FingerprintRow.photo_id == photo_id)
        if not self._unit.rows(known):
            values = {
                "photo_id": photo_id, "coarse": print_.coarse, "features": print_.features,
                "mirrored": print_.mirrored, "compared": False,
            }  # fmt: skip
            self._unit.run(insert(FingerprintRow).values(values))

    def print_of(self, photo_id: str) -> Fingerprint | None:
        """The fingerprint of a photo."""
        row = FingerprintRow
        found = select(row.coarse, row.features, row.mirrored).where(row.photo_id == photo_id)
        rows = self._unit.rows(found)
        return Fingerprint(*rows[0]) if rows else None

    def prints(self, after: str, limit: int) -> tuple[tuple[str, bytes], ...]:
        """Features by photo id, in the order of ids, those after `after`."""
        row = FingerprintRow
        found = select(row.photo_id, row.features).where(row.photo_id > after)
        rows = self._unit.rows(found.order_by(row.photo_id).limit(limit))
        return tuple((each.photo_id, each.features) for each in rows)

    def states(self, photo_ids: Collection[str]) -> dict[str, bool]:
        """Those of the photos that have a fingerprint; True where it was compared with all."""
        row, ids = FingerprintRow, list(photo_ids)
        states: dict[str, bool] = {}
        for start in range(0, len(ids), _AT_ONCE):
            some = row.photo_id.in_(ids[start : start + _AT_ONCE])
            rows = self._unit.rows(select(row.photo_id, row.compared).where(some))
            states |= {each.photo_id: each.compared for each in rows}
        return states

    def set_matches(self, photo_id: str, matches: Iterable[Match]) -> None:
        """Note what a photo looks like; from now on it counts as compared."""
        self._unit.change(self.kind, photo_id)
        self._unit.run(delete(MatchRow).where(MatchRow.photo_id == photo_id))
        values = [self._values(match) for match in matches]
        if values:
            self._unit.run(insert(MatchRow), values)
        done = update(FingerprintRow).where(FingerprintRow.photo_id == photo_id)
        self._unit.run(done.values(compared=True))

    def matches_of(self, photo_ids: Collection[str]) -> tuple[Match, ...]:
        """Every match of these photos, whichever of the two was compared later."""
        either = or_(MatchRow.photo_id.in_(photo_ids), MatchRow.other_id.in_(photo_ids))
        return self._many(self._select(either).order_by(MatchRow.photo_id, MatchRow.other_id))

    def sweep(self) -> int:
        """Forget fingerprints and matches of photos that are gone, unless a bar stands; how many.

        Bars that were lifted go with their photo.
        """
        kept = select(PhotoRow.id)
        standing = select(BarRow.photo_id).where(BarRow.lifted_at.is_(None))
        row = FingerprintRow
        lost = (row.photo_id.not_in(kept), row.photo_id.not_in(standing))
        ids = [each.photo_id for each in self._unit.rows(select(row.photo_id).where(*lost))]
        self._unit.change(self.kind, *ids)
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            either = or_(MatchRow.photo_id.in_(some), MatchRow.other_id.in_(some))
            self._unit.run(delete(MatchRow).where(either))
            self._unit.run(delete(row).where(row.photo_id.in_(some)))
        lifted = (BarRow.lifted_at.is_not(None), BarRow.photo_id.not_in(kept))
        self._unit.run(delete(BarRow).where(*lifted))
        return len(ids)


class BarsTable(VersionedMirror[Bar]):
    """Implements `repositories.Bars`."""

    kind = "bars"
    row = BarRow
    shape = Bar
    clash = N_("Somebody else changed this in the meantime.")

    def get(self, bar_id: str) -> Bar | None:
        """The bar of this id."""
        return self._one(BarRow.id == bar_id)

    def of_photos(self, photo_ids: Collection[str]) -> tuple[Bar, ...]:
        """The bars of these photos, lifted ones too, the newest first."""
        found = self._select(BarRow.photo_id.in_(photo_ids))
        return self._many(found.order_by(BarRow.at.desc(), BarRow.id))

    def list(self, standing_only: bool = True) -> tuple[Bar, ...]:
        """Every bar, the newest first."""
        found = self._select(*((BarRow.lifted_at.is_(None),) if standing_only else ()))
        return self._many(found.order_by(BarRow.at.desc(), BarRow.id))

    def add(self, bar: Bar) -> None:
        """Note that a picture may not go out again."""
        self._insert([bar])

    def save(self, bar: Bar) -> Bar:
        """Store a changed bar; Clash when somebody else did in between."""
        return self._update(bar)

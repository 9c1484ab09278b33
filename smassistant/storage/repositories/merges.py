"""Two records made one, and the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import insert, or_, select, update

from smassistant.domain.merges import Merge
from smassistant.domain.people import Person
from smassistant.storage.codec import decode_person, encode_person
from smassistant.storage.registry_rows import (
    MergeRow,
    PersonRow,
    ScanRow,
    StatementRow,
    TakedownRow,
)
from smassistant.storage.repositories.base import Unit
from smassistant.storage.repositories.registry import AT_ONCE, PeopleTable, chunks

# What goes over with a merged record: the part of a merge that lists its ids.
_MOVED: dict[str, Any] = {"moved": StatementRow, "scans": ScanRow, "takedowns": TakedownRow}


class MergesTable:
    """Implements `repositories.Merges`."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._people = PeopleTable(unit)

    def get(self, merge_id: str) -> Merge | None:
        """The merge of this id."""
        rows = self._unit.rows(select(MergeRow.__table__).where(MergeRow.id == merge_id))
        return _merge(rows[0]) if rows else None

    def list(self, standing_only: bool = True, limit: int = 1000) -> tuple[Merge, ...]:
        """Merges, newest first."""
        found = select(MergeRow.__table__).order_by(MergeRow.revision.desc())
        if standing_only:
            found = found.where(MergeRow.undone.is_(False))
        return tuple(_merge(row) for row in self._unit.rows(found.limit(limit)))

    def make(self, merge_id: str, actor: str, before: Person, gone: Person, after: Person) -> Merge:
        """Let `gone` become part of `before`, which is from now on as `after` says."""
        self._told()
        revisions = {
            row.id: row
            for row in self._unit.rows(
                select(PersonRow.id, PersonRow.added_in, PersonRow.saved_in).where(
                    PersonRow.id.in_((before.id, gone.id))
                )
            )
        }
        moved = self._move_all(gone.id, before.id)
        merge = Merge(
            merge_id, self._unit.now, actor, before.id, before, gone,
            moved["moved"], moved["scans"], moved["takedowns"],
            added_in=revisions[gone.id].added_in, saved_in=revisions[gone.id].saved_in,
            kept_saved_in=revisions[before.id].saved_in, revision=self._unit.revise(),
        )  # fmt: skip
        self._people.delete([gone.id])
        self._people.save(after)
        self._unit.run(insert(MergeRow).values(_values(merge)))
        return merge

    def stands_free(self, merge: Merge) -> bool:
        """Whether nothing was recorded since about the person."""
        since, kept = merge.revision, merge.kept_id
        saved = select(PersonRow.saved_in).where(PersonRow.id == kept)
        rows = self._unit.rows(saved)
        if not rows or rows[0].saved_in != since:
            return False
        later = (
            select(StatementRow.id).where(
                StatementRow.person_id == kept, StatementRow.said_in > since
            ),
            select(ScanRow.id).where(ScanRow.person_id == kept, ScanRow.said_in > since),
            select(MergeRow.id)
            .where(MergeRow.undone.is_(False), MergeRow.revision > since)
            .where(or_(MergeRow.kept_id == kept, MergeRow.gone_id == kept)),
        )
        return not any(self._unit.rows(found.limit(1)) for found in later)

    def take_back(self, merge: Merge) -> Merge:
        """Make the two records again what they were; only versions go on growing."""
        self._told()
        self._people.add([merge.gone])
        now = self._people.of_many([merge.kept_id])[merge.kept_id]
        self._people.save(replace(merge.before, version=now.version))
        values = [(merge.added_in, merge.saved_in, merge.gone.id)]
        self._unit.rewrite(PersonRow, ("added_in", "saved_in"), ("id",), values)
        self._unit.rewrite(PersonRow, ("saved_in",), ("id",), [(merge.kept_saved_in, now.id)])
        for part, row in _MOVED.items():
            self._move(row, getattr(merge, part), merge.gone.id)
        self._unit.run(update(MergeRow).where(MergeRow.id == merge.id).values(undone=True))
        return replace(merge, undone=True)

    def numbers(self) -> dict[str, str]:
        """The numbers of the merged records, each with the id of the person it belongs to."""
        became = self.aliases()
        found = select(MergeRow.number, MergeRow.gone_id).where(MergeRow.undone.is_(False))
        return {row.number: became[row.gone_id] for row in self._unit.rows(found)}

    def aliases(self) -> dict[str, str]:
        """The ids of the merged records, each with the id of the person it became."""
        found = select(MergeRow.gone_id, MergeRow.kept_id).where(MergeRow.undone.is_(False))
        became = {row.gone_id: row.kept_id for row in self._unit.rows(found)}
        return {gone: _end(became, gone) for gone in became}

    def _told(self) -> None:
        for kind in ("people", "consents", "merges"):
            self._unit.change(kind, "")

    def _move_all(self, gone_id: str, kept_id: str) -> dict[str, tuple[str, ...]]:
        """Give the kept person all that was of the gone one; the ids of what went over."""
        ids: dict[str, tuple[str, ...]] = {}
        for part, row in _MOVED.items():
            found = select(row.id).where(row.person_id == gone_id).order_by(row.id)
            ids[part] = tuple(line.id for line in self._unit.rows(found))
            self._move(row, ids[part], kept_id)
        return ids

    def _move(self, row: Any, ids: tuple[str, ...], person_id: str) -> None:
        for some in chunks(ids, AT_ONCE):
            self._unit.run(update(row).where(row.id.in_(some)).values(person_id=person_id))


def _end(became: dict[str, str], person_id: str) -> str:
    while person_id in became:
        person_id = became[person_id]
    return person_id


def _values(merge: Merge) -> dict[str, Any]:
    parts = {
        "before": encode_person(merge.before), "gone": encode_person(merge.gone),
        "moved": merge.moved, "scans": merge.scans, "takedowns": merge.takedowns,
        "saved_in": merge.saved_in, "kept_saved_in": merge.kept_saved_in,
    }  # fmt: skip
    return {
        "id": merge.id, "at": merge.at, "actor": merge.actor, "kept_id": merge.kept_id,
        "gone_id": merge.gone.id, "number": merge.gone.number, "added_in": merge.added_in,
        "revision": merge.revision, "undone": merge.undone, "parts": parts,
    }  # fmt: skip


def _merge(row: Any) -> Merge:
    parts = row.parts
    return Merge(
        row.id, row.at, row.actor, row.kept_id, decode_person(parts["before"]),
        decode_person(parts["gone"]), tuple(parts["moved"]), tuple(parts["scans"]),
        tuple(parts["takedowns"]), row.added_in, parts["saved_in"], parts["kept_saved_in"],
        row.revision, row.undone,
    )  # fmt: skip

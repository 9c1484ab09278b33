"""Steps that touched many people, each with the way back; how files of known sources are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, insert, or_, select, union, update

from smassistant.domain.imports import Act, Import, RosterChoices
from smassistant.domain.people import Person
from smassistant.jobs import Task
from smassistant.storage.codec import (
    decode_choices,
    decode_person,
    encode_choices,
    encode_person,
)
from smassistant.storage.registry_rows import (
    FormerRow,
    ImportRow,
    MergeRow,
    PersonRow,
    ScanRow,
    SourceRow,
    StatementRow,
    TakedownRow,
)
from smassistant.storage.repositories.base import Mirror
from smassistant.storage.repositories.registry import AT_ONCE, PeopleTable, chunks

Ids = list[str]


class ImportsTable(Mirror[Import]):
    """Implements `repositories.Imports`.

    Everything a step writes bears the registry's revision of its unit of work, so that the step
    itself only has to keep the people it changed as they were.
    """

    kind = "imports"
    row = ImportRow
    shape = Import

    def get(self, import_id: str) -> Import | None:
        """The step of this id."""
        return self._one(ImportRow.id == import_id)

    def list(self, act: Act = Act.ROSTER, limit: int = 100) -> tuple[Import, ...]:
        """The steps of one kind, newest first."""
        found = self._select(ImportRow.act == act).order_by(ImportRow.revision.desc())
        return self._many(found.limit(limit))

    def add(self, made: Import, before: Iterable[Person] = ()) -> Import:
        """Note a step of this unit of work, `before` it saves the people it changes."""
        noted = replace(made, revision=self._unit.revise())
        self._unit.change(self.kind, noted.id)
        self._unit.run(insert(ImportRow).values(self._values(noted) | {"former_source": {}}))
        self.also_changed(noted, before)
        return noted

    def save_counts(self, made: Import) -> None:
        """Store how many people and permissions the step touched in the end."""
        counts = {name: getattr(made, name) for name in ("added", "changed", "decisions")}
        self._unit.run(update(ImportRow).where(ImportRow.id == made.id).values(counts))

    def also_changed(self, made: Import, before: Iterable[Person]) -> None:
        """Note people that are about to change as part of an earlier step."""
        revision = self._unit.revise()
        for some in chunks(before, AT_ONCE):
            ids = [person.id for person in some]
            saved = select(PersonRow.id, PersonRow.saved_in).where(PersonRow.id.in_(ids))
            saved_in = {row.id: row.saved_in for row in self._unit.rows(saved)}
            rows = [
                {"import_id": made.id, "person_id": person.id, "before": encode_person(person),
                 "saved_before": saved_in[person.id], "saved_in": revision}
                for person in some
            ]  # fmt: skip
            self._unit.run(insert(FormerRow), rows)

    def stands_free(self, made: Import) -> bool:
        """Whether nothing was recorded since about anybody the step touched."""
        since = made.revision
        touched = _touched(made)
        added = PersonRow.added_in == since
        mine = select(PersonRow.id).where(added)
        later: list[Select[Any]] = [
            select(StatementRow.id)
            .where(StatementRow.said_in > since, StatementRow.person_id.in_(touched)),
            select(ScanRow.id).where(ScanRow.said_in > since, ScanRow.person_id.in_(touched)),
            select(PersonRow.id).where(added, PersonRow.saved_in != since),
            select(FormerRow.person_id)
            .outerjoin(PersonRow, PersonRow.id == FormerRow.person_id)
            .where(FormerRow.import_id == made.id)
            .where(or_(PersonRow.id.is_(None), PersonRow.saved_in != FormerRow.saved_in)),
            select(TakedownRow.id).where(TakedownRow.person_id.in_(mine)),
            select(MergeRow.id)
            .where(MergeRow.undone.is_(False), MergeRow.revision > since)
            .where(or_(MergeRow.added_in == since, MergeRow.kept_id.in_(touched))),
        ]  # fmt: skip
        return not any(self._unit.rows(found.limit(1)) for found in later)

    def take_back(self, made: Import, task: Task) -> Import:
        """Put the registry back as it was before the step; only versions go on growing."""
        said, added = StatementRow.said_in == made.revision, PersonRow.added_in == made.revision
        former = FormerRow.import_id == made.id
        parts: tuple[tuple[Any, Any, Callable[[Ids], object]], ...] = (
            (StatementRow.id, said, lambda ids: self._remove("consents", StatementRow, said, ids)),
            (PersonRow.id, added, lambda ids: self._remove("people", PersonRow, added, ids)),
            (FormerRow.person_id, former, lambda ids: self._restore(made, ids)),
        )
        found = [(self._ids(column, where), step) for column, where, step in parts]
        done, total = 0, sum(len(ids) for ids, _step in found)
        for ids, step in found:
            for some in chunks(ids, AT_ONCE):
                task.report(done, total)
                step(some)
                done += len(some)
        self._restore_source(made)
        self._unit.revise()
        undone = replace(made, undone=True)
        self._unit.change(self.kind, made.id)
        self._unit.run(update(ImportRow).where(ImportRow.id == made.id).values(undone=True))
        return undone

    def _ids(self, column: Any, where: ColumnElement[bool]) -> Ids:
        return [row[0] for row in self._unit.rows(select(column).where(where).order_by(column))]

    def _remove(self, kind: str, row: Any, where: ColumnElement[bool], ids: Ids) -> None:
        """Delete the rows that fulfil `where` from the first to the last of some sorted ids."""
        self._unit.change(kind, "")
        self._unit.run(delete(row).where(where, row.id.between(ids[0], ids[-1])))

    def _restore(self, made: Import, person_ids: Ids) -> None:
        """These people of the step as they were before it."""
        wanted = (FormerRow.import_id == made.id, FormerRow.person_id.in_(person_ids))
        found = select(FormerRow.person_id, FormerRow.before, FormerRow.saved_before)
        formers = self._unit.rows(found.where(*wanted))
        table = PeopleTable(self._unit)
        now = table.of_many(person_ids)
        table.save_many(
            replace(decode_person(row.before), version=now[row.person_id].version)
            for row in formers
        )
        values = [(row.saved_before, row.person_id) for row in formers]
        self._unit.rewrite(PersonRow, ("saved_in",), ("id",), values)

    def remembered(self, fingerprint: str) -> RosterChoices | None:
        """How files with these headings were read the last time."""
        wanted = select(SourceRow.choices).where(SourceRow.fingerprint == fingerprint)
        rows = self._unit.rows(wanted)
        return decode_choices(rows[0].choices) if rows else None

    def remember(self, made: Import, fingerprint: str, name: str, choices: RosterChoices) -> None:
        """Read files with these headings in the same way the next time, unless taken back."""
        found = select(SourceRow.__table__).where(SourceRow.fingerprint == fingerprint)
        before = [row._asdict() for row in self._unit.rows(found)]
        former = {"fingerprint": fingerprint, "before": [_plain_source(row) for row in before]}
        self._unit.run(
            update(ImportRow).where(ImportRow.id == made.id).values(former_source=former)
        )
        self._put_source(
            fingerprint, name=name, choices=encode_choices(choices), used_at=self._unit.now,
            revision=made.revision,
        )  # fmt: skip

    def _put_source(self, fingerprint: str, **values: Any) -> None:
        self._unit.change("sources", fingerprint)
        known = update(SourceRow).where(SourceRow.fingerprint == fingerprint)
        if not self._unit.run(known.values(values)):
            self._unit.run(insert(SourceRow).values(fingerprint=fingerprint, **values))

    def _restore_source(self, made: Import) -> None:
        """How its files were read before, unless a later import has said otherwise."""
        found = select(ImportRow.former_source).where(ImportRow.id == made.id)
        former = self._unit.rows(found)[0].former_source
        if not former:
            return
        mine = (
            SourceRow.fingerprint == former["fingerprint"], SourceRow.revision == made.revision,
        )  # fmt: skip
        if self._unit.run(delete(SourceRow).where(*mine)):
            for row in former["before"]:
                used_at = datetime.fromisoformat(row["used_at"])
                self._put_source(**row | {"used_at": used_at})


def _plain_source(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"used_at": row["used_at"].isoformat()}


def _touched(made: Import) -> ColumnElement[Any] | Any:
    """The ids of everybody the step added, changed, or said something about."""
    return union(
        select(PersonRow.id).where(PersonRow.added_in == made.revision),
        select(StatementRow.person_id).where(StatementRow.said_in == made.revision),
        select(FormerRow.person_id).where(FormerRow.import_id == made.id),
    )

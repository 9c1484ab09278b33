"""Bringing a roster in: read, show what it would do, then do it in one step (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from smassistant.context import Context
from smassistant.domain.consents import Answer, Channel, Decision, Source, Use
from smassistant.domain.people import Person
from smassistant.domain.users import Right, User
from smassistant.jobs import Task
from smassistant.ports import today_in
from smassistant.registry.differences import compare
from smassistant.registry.mapping import load_mapping
from smassistant.registry.reading import read_roster
from smassistant.registry.rosters import Roster, RosterPerson
from smassistant.services.acting import new_id, record, require

CHUNK = 2000  # people per progress report


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """Something in the file that could not be read as it stands."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What an import would do; nothing has been changed yet. `missing` stay as they are."""

    rows: int
    people: int
    encoding: str
    delimiter: str
    problems: tuple[ProblemLine, ...]
    ignored_columns: tuple[str, ...]
    mapping: Mapping[str, str]
    has_permissions: bool
    new: int
    changed: int
    missing: int
    roster: Roster = field(repr=False)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, in numbers."""

    added: int
    changed: int
    decisions: int


def preview_roster(
    context: Context, path: Path, mapping: Path | None = None, task: Task | None = None
) -> RosterPreview:
    """Read a roster file and compare it with the registry."""
    with context.store.read() as work:
        blank = work.settings.get().blank_means_permitted
        known = work.people.all()
    fields = load_mapping(mapping) if mapping is not None else None
    roster = read_roster(path, fields, blank, task)
    differences = compare(roster, known)
    return RosterPreview(
        rows=roster.rows,
        people=len(roster.people),
        encoding=roster.encoding,
        delimiter=roster.delimiter,
        problems=tuple(ProblemLine(p.row, p.column, p.message) for p in roster.problems),
        ignored_columns=roster.ignored_columns,
        mapping=roster.mapping,
        has_permissions=roster.has_permissions,
        new=len(differences.new),
        changed=len(differences.changed),
        missing=len(differences.missing),
        roster=roster,
    )


def import_roster(
    context: Context, actor: User, preview: RosterPreview, task: Task | None = None
) -> ImportResult:
    """Take the roster in as one step: all of it, or after a cancel or failure nothing."""
    require(actor, Right.KEEP_REGISTRY)
    task = task or Task()
    now = context.clock.now()
    added = changed = decided = 0
    with context.store.write() as work:
        known = {person.number: person for person in work.people.all()}
        history = work.consents.all()
        day = today_in(work.settings.get().zone, now)
        columns = _permission_columns(preview.mapping)
        people: list[Person] = []
        lines: list[Decision] = []
        for done, row in enumerate(preview.roster.people):
            if done % CHUNK == 0:
                task.report(done, preview.people)
            person = known.get(row.person.number)
            if person is None:
                person = replace(row.person, id=new_id())
                people.append(person)
            elif (merged := _merged(person, row.person)) != person:
                work.people.save(merged)
                changed += 1
            past = history.get(person.id, ())
            lines.extend(_new_decisions(person, row, past, columns, day, actor, now))
        work.people.add(people)
        work.consents.add(lines)
        added, decided = len(people), len(lines)
        task.report(preview.people, preview.people)
        record(
            context, work, actor, "roster.imported", "registry",
            {"added": str(added), "changed": str(changed), "decisions": str(decided)},
        )  # fmt: skip
    return ImportResult(added, changed, decided)


def _merged(known: Person, read: Person) -> Person:
    """The known person with what the roster says. A restriction set here is never lifted by it."""
    return replace(
        read, id=known.id, version=known.version, restricted=known.restricted or read.restricted
    )


def _permission_columns(mapping: Mapping[str, str]) -> frozenset[str]:
    """The permission fields ("photo:website" …) that the file has a column for."""
    return frozenset(field for field in mapping.values() if ":" in field)


def _new_decisions(
    person: Person,
    row: RosterPerson,
    past: tuple[Decision, ...],
    columns: frozenset[str],
    day: date,
    actor: User,
    now: datetime,
) -> Iterator[Decision]:
    """History lines for those answers that differ from what the last roster said.

    An unchanged answer adds nothing, so a roster brought in again never undoes a withdrawal that
    was recorded by hand in between. A blank where the last roster said yes is a refusal.
    """
    last = _last_from_roster(past)
    for use in Use:
        for channel in Channel:
            said = row.answers.get((use, channel))
            earlier = last.get((use, channel))
            if said is None and earlier is True and f"{use}:{channel}" in columns:
                said = False
            same_end = _last_end(past, use, channel) == row.expires
            if said is None or (said == earlier and (not said or same_end)):
                continue
            yield Decision(
                new_id(), person.id, use, channel,
                Answer.GRANTED if said else Answer.REFUSED,
                day, row.expires if said else None, Source.ROSTER, row.signer, actor.id, now,
            )  # fmt: skip


def _last_from_roster(past: tuple[Decision, ...]) -> dict[tuple[Use, Channel], bool]:
    """The newest roster answer per use and channel."""
    lines = sorted(
        (line for line in past if line.source is Source.ROSTER), key=lambda line: line.recorded_at
    )
    return {(line.use, line.channel): line.answer is Answer.GRANTED for line in lines}


def _last_end(past: tuple[Decision, ...], use: Use, channel: Channel) -> date | None:
    """Until when the newest roster grant holds."""
    ends = [
        (line.recorded_at, line.valid_until)
        for line in past
        if line.source is Source.ROSTER and (line.use, line.channel) == (use, channel)
    ]
    return max(ends, key=lambda end: end[0])[1] if ends else None

"""Bringing a roster in: read, show what it would do, then do it in one step (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from smassistant.context import Context
from smassistant.domain.consents import Answer, Decision, Source
from smassistant.domain.users import Right, User
from smassistant.jobs import Task
from smassistant.ports import today_in
from smassistant.registry.differences import compare
from smassistant.registry.headings import permission_keys
from smassistant.registry.mapping import load_mapping
from smassistant.registry.reading import read_roster
from smassistant.registry.rosters import ALL_KEYS, Key, Roster, RosterPerson
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
    with context.store.write() as work:
        everybody = work.people.all()
        differences = compare(preview.roster, everybody)
        for change in differences.changed:
            work.people.save(change.after)
        added = [replace(row.person, id=new_id()) for row in differences.new]
        work.people.add(added)
        ids = {person.number: person.id for person in (*everybody, *added)}
        day = today_in(work.settings.get().zone, now)
        lines = _decisions(preview, ids, work.consents.all(), day, actor, now, task)
        work.consents.add(lines)
        task.report(preview.people, preview.people)
        result = ImportResult(len(added), len(differences.changed), len(lines))
        details = {name: str(count) for name, count in asdict(result).items()}
        record(context, work, actor, "roster.imported", "registry", details)
    return result


def _decisions(
    preview: RosterPreview,
    ids: Mapping[str, str],
    history: Mapping[str, tuple[Decision, ...]],
    day: date,
    actor: User,
    now: datetime,
    task: Task,
) -> list[Decision]:
    """The history lines of everybody in the roster; `ids` are registry ids by number."""
    columns = _columns(preview.mapping)
    lines: list[Decision] = []
    for done, row in enumerate(preview.roster.people):
        if done % CHUNK == 0:
            task.report(done, preview.people)
        person_id = ids[row.person.number]
        past = history.get(person_id, ())
        lines.extend(_new_decisions(person_id, row, past, columns, day, actor, now))
    return lines


def _columns(mapping: Mapping[str, str]) -> frozenset[Key]:
    """The permissions that the file has a column for."""
    return frozenset(key for field in mapping.values() for key in permission_keys(field))


def _new_decisions(
    person_id: str,
    row: RosterPerson,
    past: tuple[Decision, ...],
    columns: frozenset[Key],
    day: date,
    actor: User,
    now: datetime,
) -> Iterator[Decision]:
    """History lines for those answers that differ from what the last roster said.

    An unchanged answer adds nothing, so a roster brought in again never undoes a withdrawal that
    was recorded by hand in between. A blank where the last roster said yes is a refusal. A yes on
    the day of the last roster's no corrects it.
    """
    last = _last_from_roster(past)
    for use, channel in ALL_KEYS:
        said = row.answers.get((use, channel))
        line = last.get((use, channel))
        granted = line is not None and line.answer is Answer.GRANTED
        if said is None and granted and (use, channel) in columns:
            said = False
        if said is None or (line is not None and _same(line, said, row.expires)):
            continue
        mistaken = line is not None and not granted and line.valid_from == day
        yield Decision(
            new_id(), person_id, use, channel,
            Answer.GRANTED if said else Answer.REFUSED,
            day, row.expires if said else None, Source.ROSTER, row.signer, actor.id, now,
            corrects=line.id if line is not None and said and mistaken else None,
        )  # fmt: skip


def _same(line: Decision, said: bool, expires: date | None) -> bool:
    """Whether the last roster said the same already."""
    if said:
        return line.answer is Answer.GRANTED and line.valid_until == expires
    return line.answer is not Answer.GRANTED


def _last_from_roster(past: tuple[Decision, ...]) -> dict[Key, Decision]:
    """The newest roster line per use and channel."""
    lines = sorted(
        (line for line in past if line.source is Source.ROSTER), key=lambda line: line.recorded_at
    )
    return {(line.use, line.channel): line for line in lines}

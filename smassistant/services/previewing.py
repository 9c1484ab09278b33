"""What bringing a roster in would do: people, permissions better and worse (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from smassistant.context import Context
from smassistant.domain.imports import RosterChoices
from smassistant.domain.people import LEFT, Person
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.ports import Work, today_in
from smassistant.registry.differences import Change, Differences, compare
from smassistant.registry.reading import collector_paused
from smassistant.registry.rosters import Roster, RosterPerson
from smassistant.services.roster_lines import RosterLines, columns_of
from smassistant.services.roster_sources import fingerprint, read_chosen, read_known
from smassistant.services.weighing import Fresh, Scales, Worsened, chunks

CHUNK = 2000  # people per progress report
_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """Something in the file that could not be read as it stands."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A person whom a roster adds, changes or no longer names; `fields` are those that change.

    `person_id` is empty for somebody new.
    """

    person_id: str
    described: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """A roster beside the registry at one revision, on one day.

    `known` are the rows about people of the registry that may say something new, with the ids; of
    those whose record was merged into another's only the answers count.
    """

    revision: int
    day: date
    differences: Differences
    known: tuple[tuple[str, RosterPerson], ...]


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What an import would do; nothing has been changed yet. `missing` stay as they are.

    Of new, changed and missing people the first 200 are described; `missing_ids` are all ids.
    `better` counts permissions that people of the registry gain, `worse` lists what they lose.
    """

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
    file_name: str
    choices: RosterChoices
    headings: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    answers: Mapping[str, bool | None]
    blank_answers: bool
    ambiguous_dates: int
    date_example: str
    new_people: tuple[PersonChange, ...]
    changed_people: tuple[PersonChange, ...]
    missing_people: tuple[PersonChange, ...]
    missing_ids: tuple[str, ...]
    better: int
    worse: tuple[Worsened, ...]
    fingerprint: str
    roster: Roster = field(repr=False)
    compared: Compared = field(repr=False)


def preview_roster(
    context: Context, path: Path, choices: RosterChoices | None = None, task: Task | None = None
) -> RosterPreview:
    """Read a roster file and compare it with the registry.

    Without `choices` those of the last file with the same headings are taken.
    """
    task = task or Task()
    with context.store.read() as work:
        settings = work.settings.get()
    if choices is None:
        usual = RosterChoices(blank_permitted=settings.blank_means_permitted)
        roster, choices = read_known(context, path, usual, task)
    else:
        roster = read_chosen(path, choices, task)
    day = today_in(settings.zone, context.clock.now())
    lines = RosterLines("", columns_of(roster.mapping), day, "", context.clock.now())
    with context.store.read() as work, collector_paused():
        compared = compared_with(work, roster, day)
        scales = Scales(work, day, compared.differences.changed)
        news: list[tuple[str, RosterPerson]] = []
        for some in chunks(compared.known, CHUNK):
            task.report(scales.weighed, len(compared.known), _("Comparing permissions…"))
            turned = scales.weigh(fresh_lines(work, lines, some))
            news += [(person_id, row) for person_id, row in some if person_id in turned]
    compared = replace(compared, known=tuple(news))
    return _preview(path, roster, choices, compared, scales)


def compared_with(work: Work, roster: Roster, day: date) -> Compared:
    """The roster beside the registry as it stands."""
    merged, everybody = work.merges.numbers(), work.people.all()
    rest = roster
    if merged:
        others = (row for row in roster.people if row.person.number not in merged)
        rest = replace(roster, people=tuple(others))
    found = compare(rest, everybody)
    there = {merged[row.person.number] for row in roster.people if row.person.number in merged}
    if there:
        missing = tuple(person for person in found.missing if person.id not in there)
        found = replace(found, missing=missing)
    ids = {person.number: person.id for person in everybody} | merged
    known = ((ids.get(row.person.number), row) for row in roster.people)
    rows = tuple((person_id, row) for person_id, row in known if person_id is not None)
    return Compared(work.people.revision(), day, found, rows)


def fresh_lines(
    work: Work, lines: RosterLines, rows: Sequence[tuple[str, RosterPerson]]
) -> dict[str, Fresh]:
    """What the rows say anew, by person id; somebody about whom they say nothing too."""
    past = work.consents.said_by([person_id for person_id, _row in rows])
    fresh: dict[str, Fresh] = {}
    for person_id, row in rows:
        before = past.get(person_id, ())
        said = fresh.get(person_id, Fresh(before)).said
        new = lines.of(row, person_id, (*before, *said))
        fresh[person_id] = Fresh(before, (*said, *new))
    return fresh


def _described(people: Iterable[Person]) -> tuple[PersonChange, ...]:
    return tuple(PersonChange(person.id, person.described) for person in people)


def _change(change: Change) -> PersonChange:
    return PersonChange(change.after.id, change.after.described, change.fields)


def _missing(found: Differences, roster: Roster) -> list[Person]:
    """Who should stand in the file and does not: of the kinds and schools that it has.

    Somebody who was added by hand without a number can stand in no file.
    """
    people = [row.person for row in roster.people]
    kinds, schools = {one.kind for one in people}, {one.school for one in people}
    return [
        person
        for person in found.missing
        if person.status != LEFT
        and person.number
        and person.kind in kinds
        and (schools == {""} or person.school in schools)
    ]


def _preview(
    path: Path,
    roster: Roster,
    choices: RosterChoices,
    compared: Compared,
    scales: Scales,
) -> RosterPreview:
    found = compared.differences
    missing = _missing(found, roster)
    return RosterPreview(
        rows=roster.rows,
        people=len(roster.people),
        encoding=roster.encoding,
        delimiter=roster.delimiter,
        problems=tuple(ProblemLine(p.row, p.column, p.message) for p in roster.problems),
        ignored_columns=roster.ignored_columns,
        mapping=roster.mapping,
        has_permissions=roster.has_permissions,
        new=len(found.new),
        changed=len(found.changed),
        missing=len(missing),
        file_name=path.name,
        choices=choices,
        headings=tuple(column.heading for column in roster.columns),
        sample=roster.sample,
        answers=roster.answers,
        blank_answers=roster.blank_answers,
        ambiguous_dates=roster.ambiguous_dates,
        date_example=roster.date_example,
        new_people=_described(replace(row.person, id="") for row in found.new[:_MOST_SHOWN]),
        changed_people=tuple(map(_change, found.changed[:_MOST_SHOWN])),
        missing_people=_described(missing[:_MOST_SHOWN]),
        missing_ids=tuple(person.id for person in missing),
        better=scales.better,
        worse=tuple(scales.worse),
        fingerprint=fingerprint(roster),
        roster=roster,
        compared=compared,
    )

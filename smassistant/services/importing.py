"""Bringing a roster in as one step, and taking the step back (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from smassistant.context import Context
from smassistant.domain.imports import Import, RosterChoices
from smassistant.domain.people import LEFT
from smassistant.domain.statements import Statement, id_in_step
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.ports import Work, today_in
from smassistant.registry.reading import collector_paused
from smassistant.services.acting import gone, new_step_id, record, require
from smassistant.services.previewing import (
    CHUNK,
    Compared,
    PersonChange,
    ProblemLine,
    RosterPreview,
    compared_with,
    fresh_lines,
    preview_roster,
)
from smassistant.services.roster_lines import RosterLines, columns_of
from smassistant.services.weighing import Scales, Worsened, chunks

__all__ = [
    "ImportResult", "PersonChange", "ProblemLine", "RosterChoices", "RosterPreview", "Worsened",
    "import_roster", "is_undone", "list_imports", "mark_missing", "preview_roster", "undo_import",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, in numbers; `worsened` are ids of people who may be published less."""

    import_id: str
    added: int
    changed: int
    decisions: int
    worsened: tuple[str, ...] = ()


def import_roster(
    context: Context,
    actor: User,
    preview: RosterPreview,
    task: Task | None = None,
    source: str = "",
) -> ImportResult:
    """Take the roster in as one step: all of it, or after a cancel or failure nothing.

    How it was read is remembered for the next file with the same headings.
    """
    require(actor, Right.KEEP_REGISTRY)
    task = task or Task()
    with context.store.write() as work:
        day = today_in(work.settings.get().zone, context.clock.now())
        compared = preview.compared
        if (compared.revision, compared.day) != (work.people.revision(), day):
            compared = compared_with(work, preview.roster, day)
        with collector_paused():
            result = _Step(context, work, actor, preview, compared, task).run(source)
        counts = ("added", "changed", "decisions")
        details = {name: str(getattr(result, name)) for name in counts}
        record(
            context, work, actor, "roster.imported", "registry",
            details | {"import": result.import_id},
        )  # fmt: skip
    return result


class _Step:
    """One import on its way into the database."""

    def __init__(
        self,
        context: Context,
        work: Work,
        actor: User,
        preview: RosterPreview,
        compared: Compared,
        task: Task,
    ) -> None:
        self._work, self._compared, self._task = work, compared, task
        self._roster, self._file_name = preview.roster, preview.file_name
        self._choices, self._fingerprint = preview.choices, preview.fingerprint
        columns, now = columns_of(preview.roster.mapping), context.clock.now()
        self._lines = RosterLines(new_step_id(), columns, compared.day, actor.id, now)
        self._scales = Scales(work, compared.day, compared.differences.changed)
        self._decisions = 0

    def run(self, source: str) -> ImportResult:
        """Write everything; the numbers of what was done."""
        found, lines = self._compared.differences, self._lines
        noted = self._work.imports.add(
            Import(lines.step_id, lines.now, lines.actor_id, self._file_name, source, 0, 0, 0),
            [change.before for change in found.changed],
        )
        self._say_about_known()
        self._work.people.save_many(change.after for change in found.changed)
        self._add_new()
        total = len(self._roster.people)
        self._task.report(total, total)
        made = replace(
            noted, added=len(found.new), changed=len(found.changed), decisions=self._decisions
        )
        self._work.imports.save_counts(made)
        self._work.imports.remember(
            made, self._fingerprint, source or self._file_name, replace(self._choices, ends=None)
        )
        worsened = dict.fromkeys(item.person.id for item in self._scales.worse)
        return ImportResult(made.id, made.added, made.changed, made.decisions, tuple(worsened))

    def _say_about_known(self) -> None:
        for some in chunks(self._compared.known, CHUNK):
            self._task.report(self._scales.weighed, len(self._roster.people))
            fresh = fresh_lines(self._work, self._lines, some)
            self._scales.weigh(fresh)
            self._say(line for item in fresh.values() for line in item.said)

    def _add_new(self) -> None:
        total = len(self._roster.people)
        done, added = total - len(self._compared.differences.new), 0
        # In about the order of the index they come into: three times as fast as in any order.
        new = sorted(self._compared.differences.new, key=lambda row: row.person.last_name.lower())
        for rows in chunks(new, CHUNK):
            self._task.report(done + added, total)
            ids = [id_in_step(self._lines.step_id, added + at) for at in range(len(rows))]
            added += len(rows)
            self._work.people.add((row.person for row in rows), ids)
            pairs = zip(ids, rows, strict=True)
            self._say(line for key, row in pairs for line in self._lines.of(row, key))

    def _say(self, statements: Iterable[Statement]) -> None:
        self._work.consents.say(self._counted(statements))

    def _counted(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        for line in statements:
            self._decisions += len(line.answers) - line.answers.count("-")
            yield line


def list_imports(context: Context, actor: User) -> tuple[Import, ...]:
    """The imports, newest first."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    with context.store.read() as work:
        return work.imports.list()


def undo_import(context: Context, actor: User, import_id: str, task: Task | None = None) -> Import:
    """Put the registry back exactly as it was before the import; after a cancel nothing changed.

    UserError when it was undone already, or something was recorded since on the same people.
    """
    require(actor, Right.KEEP_REGISTRY)
    with context.store.write() as work:
        undone = take_back(work, import_id, task)
        record(context, work, actor, "import.undone", "registry", {"import": import_id})
    return undone


def is_undone(context: Context, actor: User, step_id: str) -> bool:
    """Whether a step that touched many people is taken back."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    with context.store.read() as work:
        made = work.imports.get(step_id)
    return made is not None and made.undone


def take_back(work: Work, step_id: str, task: Task | None = None) -> Import:
    """Take back a step that touched many people; UserError where that can't be done exactly."""
    made = work.imports.get(step_id)
    if made is None:
        raise gone(_("This step"))
    if made.undone:
        raise UserError(_("This was undone already."), _("Nothing was changed."))
    if not work.imports.stands_free(made):
        raise UserError(
            _("This can't be undone any more."),
            _("Something was recorded since about people it touched, and that would be lost."),
            _("Undo the later steps first, or correct the people one by one."),
        )
    return work.imports.take_back(made, task or Task())


def mark_missing(
    context: Context,
    actor: User,
    preview: RosterPreview,
    person_ids: Iterable[str],
    import_id: str = "",
) -> int:
    """Set the status of those who are missing from the file to "left"; how many they were.

    Only people the preview lists as missing are touched. With `import_id` it becomes part of that
    import and is undone with it.
    """
    require(actor, Right.KEEP_REGISTRY)
    wanted = set(person_ids) & set(preview.missing_ids)
    with context.store.write() as work:
        found = work.people.of_many(sorted(wanted)).values()
        people = [person for person in found if person.status != LEFT]
        made = work.imports.get(import_id) if import_id else None
        if made is not None and not made.undone:
            work.imports.also_changed(made, people)
        work.people.save_many(replace(person, status=LEFT) for person in people)
        record(context, work, actor, "people.left", "registry", {"count": str(len(people))})
    return len(people)

"""Deciding for a class, a selection or a new school year as one step that can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from smassistant.context import Context
from smassistant.domain.consents import Answer, Channel, Decision, Source, Use
from smassistant.domain.imports import Act, Import
from smassistant.domain.lookups import Group, group_of
from smassistant.domain.people import LEFT
from smassistant.domain.statements import KEYS, decision_id, id_in_step
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.ports import Work, today_in
from smassistant.services.acting import gone, new_step_id, record, require
from smassistant.services.deciding import decided, denial_reason, lines_of, require_signer
from smassistant.services.importing import take_back
from smassistant.services.reviewing import Reviewer
from smassistant.services.taking_down import open_for_denial
from smassistant.services.touching import Touched, touched_by
from smassistant.services.weighing import chunks

CHUNK = 1000  # people per progress report


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What was recorded for many people at once; `batch_id` undoes it.

    `takedowns` is how many published posts have to come down because of it.
    """

    batch_id: str
    decisions: int
    takedowns: int = 0


def record_for_many(
    context: Context,
    actor: User,
    person_ids: Iterable[str],
    uses: Iterable[Use],
    channels: Iterable[Channel],
    answer: Answer,
    source: Source,
    signer: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    note: str = "",
    task: Task | None = None,
    reviewer: Reviewer | None = None,
) -> BulkResult:
    """Record one answer for everybody; all of it, or after a cancel or failure nothing."""
    require(actor, Right.KEEP_REGISTRY)
    require_signer(signer)
    task, ids = task or Task(), list(dict.fromkeys(person_ids))
    if not ids:
        raise UserError(_("Please choose the people first."))
    touched: tuple[Touched, ...] = ()
    if answer is not Answer.GRANTED:
        touched = touched_by(context, reviewer, ids, task)
    with context.store.write() as work:
        said = decided(
            context, work, actor, uses, channels, answer, source, signer, valid_from,
            valid_until, note,
        )  # fmt: skip
        step = _Step(context, work, actor)
        for some in chunks(ids, CHUNK):
            task.report(step.people, len(ids))
            if len(work.people.of_many(some)) < len(some):
                raise gone(_("One of these people"))
            past = work.consents.of_many(some)
            for person_id in some:
                statement = step.next_id()
                step.add(lines_of(said, person_id, past.get(person_id, ()), statement))
        details = {"answer": answer.value, "source": source.value}
        takedowns = open_for_denial(context, work, actor, touched, denial_reason(answer))
        return replace(step.end("decision.recorded_for_many", details), takedowns=takedowns)


def roll_over(
    context: Context,
    actor: User,
    classes: Iterable[Group | str],
    ends: date,
    task: Task | None = None,
) -> BulkResult:
    """Let every permission that stands today in these classes end on `ends`.

    A class is a group of one school, or in words a homeroom whatever the school.
    Each takes the place of the one it was and keeps its day, signer and source. Refusals,
    withdrawals and permissions that have ended stay as they are.
    """
    require(actor, Right.KEEP_REGISTRY)
    task, wanted = task or Task(), frozenset(classes) - {""}
    with context.store.write() as work:
        today = today_in(work.settings.get().zone, context.clock.now())
        if ends < today:
            raise UserError(_("This day has passed."), _("Permissions can only end later."))
        people = [
            person.id
            for person in work.people.all()
            if (person.homeroom in wanted or group_of(person) in wanted) and person.status != LEFT
        ]
        step = _Step(context, work, actor)
        for some in chunks(people, CHUNK):
            task.report(step.people, len(people))
            past = work.consents.of_many(some)
            for person_id in some:
                step.add(_renewed(past.get(person_id, ()), today, ends, step))
        details = {"ends": ends.isoformat(), "homerooms": _named(wanted)}
        return step.end("permissions.rolled_over", details)


def _named(classes: Iterable[Group | str]) -> str:
    """The classes for the trail."""
    return ", ".join(
        sorted(one if isinstance(one, str) else one.homeroom or one.grade for one in classes)
    )


def undo_bulk(context: Context, actor: User, batch_id: str, task: Task | None = None) -> None:
    """Take back what was recorded for many people; UserError and cancel as for an import."""
    require(actor, Right.KEEP_REGISTRY)
    with context.store.write() as work:
        take_back(work, batch_id, task)
        record(context, work, actor, "bulk.undone", "registry", {"batch": batch_id})


class _Step:
    """Lines for many people on their way into the database."""

    def __init__(self, context: Context, work: Work, actor: User) -> None:
        self._context, self._work, self._actor = context, work, actor
        self._numbers = count()
        self.now = context.clock.now()
        self.actor_id = actor.id
        self.people = self._decisions = 0
        made = Import(
            new_step_id(), self.now, actor.id, "", "", 0, 0, 0, act=Act.BULK,
        )  # fmt: skip
        self._made = work.imports.add(made)

    def next_id(self) -> str:
        """The id of the step's next statement."""
        return id_in_step(self._made.id, next(self._numbers))

    def add(self, lines: Iterable[Decision]) -> None:
        """The lines of one more person."""
        new = list(lines)
        self.people += 1
        self._decisions += len(new)
        self._work.consents.add(new)

    def end(self, action: str, details: dict[str, str]) -> BulkResult:
        """Note what was done."""
        made = replace(self._made, changed=self.people, decisions=self._decisions)
        self._work.imports.save_counts(made)
        counts = {"people": str(self.people), "decisions": str(self._decisions)}
        record(self._context, self._work, self._actor, action, "registry", details | counts)
        return BulkResult(made.id, self._decisions)


def _renewed(past: Iterable[Decision], today: date, ends: date, step: _Step) -> Iterator[Decision]:
    """The lines that let one person's standing grants end on `ends`."""
    ids: dict[str, str] = {}
    for line in _outdated(past, today, ends):
        statement = line.id.rpartition(".")[0] or line.id
        if statement not in ids:
            ids[statement] = step.next_id()
        yield replace(
            line, id=decision_id(ids[statement], line.use, line.channel), valid_until=ends,
            recorded_by=step.actor_id, recorded_at=step.now, corrects=line.id,
        )  # fmt: skip


def _outdated(past: Iterable[Decision], today: date, ends: date) -> Iterator[Decision]:
    """Of each use and channel the grants that outlive `ends`, or the newest if it ends before."""
    lines = list(past)
    corrected = {line.corrects for line in lines}
    for use, channel in KEYS:
        known = [
            line
            for line in lines
            if (line.use, line.channel) == (use, channel)
            and line.id not in corrected
            and line.valid_from <= today
        ]
        denied = max(
            (line.valid_from for line in known if line.answer is not Answer.GRANTED),
            default=date.min,
        )
        standing = [
            line
            for line in known
            if line.answer is Answer.GRANTED
            and line.valid_from > denied
            and (line.valid_until or date.max) >= today
        ]
        longer = [line for line in standing if (line.valid_until or date.max) > ends]
        last = max((line.valid_until or date.max for line in standing), default=ends)
        if not longer and last < ends:
            longer = [max(standing, key=lambda line: (line.valid_until or date.max, line.id))]
        yield from longer

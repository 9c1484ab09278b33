"""The consent registry: looking people up, recording what was decided (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from smassistant.context import Context
from smassistant.domain.consents import (
    Answer,
    Channel,
    Conflict,
    Decision,
    Ruling,
    Source,
    Use,
    conflicts,
    rule,
)
from smassistant.domain.people import Person
from smassistant.domain.users import Right, User
from smassistant.i18n import _
from smassistant.ports import Work, today_in
from smassistant.services.acting import gone, new_id, record, require
from smassistant.services.deciding import (
    correction,
    decided,
    denial_reason,
    lines_of,
    require_signer,
)
from smassistant.services.deciding_for_many import (
    BulkResult,
    record_for_many,
    roll_over,
    undo_bulk,
)
from smassistant.services.explaining import answer_in_words, explain
from smassistant.services.keeping_people import restrict, save_person
from smassistant.services.keeping_scans import attach_scan, read_scan
from smassistant.services.reviewing import Reviewer
from smassistant.services.taking_down import open_for_denial
from smassistant.services.touching import Touched, touched_by

__all__ = [
    "BulkResult", "PeoplePage", "PersonLine", "PersonRecord", "answer_in_words", "attach_scan",
    "correct_decision", "explain", "find_people", "open_person", "read_scan", "record_decision",
    "record_for_many", "restrict_person", "roll_over", "save_person", "undo_bulk",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person with the two answers asked most: name and picture on social media today."""

    person: Person
    name: Ruling
    photo: Ruling


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some of the people found, and how many there are in all."""

    lines: tuple[PersonLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Everything the registry knows about one person, with today's answers.

    `conflicts` are answers of one day that don't agree. After a refusal, withdrawal or restriction
    `touched` are the posts that name or show the person, and `takedowns` how many published ones
    have been put on the take-down list because of it.
    """

    person: Person
    rulings: Mapping[tuple[Use, Channel], Ruling]
    history: tuple[Decision, ...]
    conflicts: tuple[Conflict, ...] = ()
    touched: tuple[Touched, ...] = field(default=(), repr=False)
    takedowns: int = 0


def find_people(
    context: Context, actor: User, words: str = "", limit: int = 100, offset: int = 0
) -> PeoplePage:
    """People whose names, number or homeroom hold all the words; accents and case don't count."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY, Right.WRITE_POSTS)
    with context.store.read() as work:
        day = _today(context, work)
        people = work.people.find(words, limit, offset)
        said = work.consents.of_many([person.id for person in people])
        lines = tuple(_line(person, said.get(person.id, ()), day) for person in people)
        return PeoplePage(lines, work.people.count(words))


def open_person(context: Context, actor: User, person_id: str) -> PersonRecord:
    """One person with all fifteen answers of today and the whole history."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    with context.store.read() as work:
        return _record_of(context, work, person_id)


def record_decision(
    context: Context,
    actor: User,
    person_id: str,
    uses: Iterable[Use],
    channels: Iterable[Channel],
    answer: Answer,
    source: Source,
    signer: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    note: str = "",
    reviewer: Reviewer | None = None,
) -> PersonRecord:
    """Append what was decided; the history stays. Withdrawing the first name takes the full too.

    A grant on the day of an earlier refusal corrects that refusal, since otherwise the strictest
    answer of a day would stand against it. A denial puts every published post that needs what is
    denied on the take-down list; a `reviewer` tells best who is named in them.
    """
    require(actor, Right.KEEP_REGISTRY)
    require_signer(signer)
    denied = answer is not Answer.GRANTED
    touched = touched_by(context, reviewer, [person_id]) if denied else ()
    with context.store.write() as work:
        said = decided(
            context, work, actor, uses, channels, answer, source, signer, valid_from,
            valid_until, note,
        )  # fmt: skip
        if work.people.get(person_id) is None:
            raise gone(_("This person"))
        work.consents.add(lines_of(said, person_id, work.consents.of(person_id), new_id()))
        record(
            context, work, actor, "decision.recorded", person_id,
            {"answer": answer.value, "source": source.value, "uses": ", ".join(sorted(said.uses))},
        )  # fmt: skip
        takedowns = open_for_denial(context, work, actor, touched, denial_reason(answer))
        found = _record_of(context, work, person_id)
    return replace(found, touched=touched, takedowns=takedowns)


def correct_decision(
    context: Context,
    actor: User,
    decision_id: str,
    answer: Answer | None,
    note: str = "",
    reviewer: Reviewer | None = None,
) -> PersonRecord:
    """Set a mistaken line right by a new one that names it; None: it was never said at all."""
    require(actor, Right.KEEP_REGISTRY)
    with context.store.read() as work:
        found = work.consents.decision(decision_id)
    if found is None:
        raise gone(_("This decision"))
    touched = touched_by(context, reviewer, [found.person_id])
    with context.store.write() as work:
        wrong = work.consents.decision(decision_id)
        if wrong is None or decision_id in {
            line.corrects for line in work.consents.of(found.person_id)
        }:
            raise gone(_("This decision"))
        line = correction(wrong, answer, note.strip(), actor, context.clock.now(), new_id())
        work.consents.add([line])
        said = answer.value if answer is not None else "unsaid"
        details = {"answer": said, "corrects": decision_id}
        record(context, work, actor, "decision.corrected", wrong.person_id, details)
        reason = _("A permission was entered by mistake")
        takedowns = open_for_denial(context, work, actor, touched, reason)
        record_now = _record_of(context, work, wrong.person_id)
    return replace(record_now, touched=touched, takedowns=takedowns)


def restrict_person(
    context: Context,
    actor: User,
    person_id: str,
    restricted: bool,
    reviewer: Reviewer | None = None,
) -> PersonRecord:
    """Mark a person as never to be published, or take the mark off. No reason is stored."""
    require(actor, Right.KEEP_REGISTRY)
    touched = touched_by(context, reviewer, [person_id]) if restricted else ()
    with context.store.write() as work:
        person = work.people.get(person_id)
        if person is None:
            raise gone(_("This person"))
        restrict(context, work, actor, person, restricted)
        takedowns = open_for_denial(context, work, actor, touched, _("Never to be published"))
        found = _record_of(context, work, person_id)
    return replace(found, touched=touched, takedowns=takedowns)


def _today(context: Context, work: Work) -> date:
    return today_in(work.settings.get().zone, context.clock.now())


def _line(person: Person, history: tuple[Decision, ...], day: date) -> PersonLine:
    return PersonLine(
        person,
        rule(person, history, Use.FULL_NAME, Channel.SOCIAL_MEDIA, day),
        rule(person, history, Use.PHOTO, Channel.SOCIAL_MEDIA, day),
    )


def _record_of(context: Context, work: Work, person_id: str) -> PersonRecord:
    person = work.people.get(person_id)
    if person is None:
        raise gone(_("This person"))
    history = work.consents.of(person_id)
    day = _today(context, work)
    rulings = {
        (use, channel): rule(person, history, use, channel, day)
        for use in Use
        for channel in Channel
    }
    return PersonRecord(person, rulings, history, conflicts(history))

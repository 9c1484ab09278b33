"""The consent registry: looking people up, recording what was decided (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from smassistant.context import Context
from smassistant.domain.consents import (
    Answer,
    Channel,
    Decision,
    Reason,
    Ruling,
    Source,
    Use,
    rule,
)
from smassistant.domain.people import Person
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Work, today_in
from smassistant.services.acting import gone, new_id, record, require


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
    """Everything the registry knows about one person, with today's answers."""

    person: Person
    rulings: Mapping[tuple[Use, Channel], Ruling]
    history: tuple[Decision, ...]


def find_people(
    context: Context, actor: User, words: str = "", limit: int = 100, offset: int = 0
) -> PeoplePage:
    """People whose names, number or homeroom hold all the words; accents and case don't count."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY, Right.WRITE_POSTS)
    with context.store.read() as work:
        day = _today(context, work)
        people = work.people.find(words, limit, offset)
        lines = tuple(_line(person, work.consents.of(person.id), day) for person in people)
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
) -> PersonRecord:
    """Append what was decided; the history stays. Withdrawing the first name takes the full too.

    A grant on the day of an earlier refusal corrects that refusal, since otherwise the strictest
    answer of a day would stand against it.
    """
    require(actor, Right.KEEP_REGISTRY)
    wanted, where = _widened(frozenset(uses), answer), frozenset(channels)
    if not wanted or not where:
        raise UserError(_("Please choose what is decided, and for where."))
    if not signer.strip():
        raise UserError(_("Please say who decided: the parent, guardian or adult student."))
    with context.store.write() as work:
        if work.people.get(person_id) is None:
            raise gone(_("This person"))
        day = valid_from or _today(context, work)
        if valid_until is not None and valid_until < day:
            raise UserError(_("The permission would end before it begins."))
        until = valid_until if answer is Answer.GRANTED else None
        line = Decision(
            "", person_id, Use.WORK, Channel.WEBSITE, answer, day, until, source, signer.strip(),
            actor.id, context.clock.now(), note.strip(),
        )  # fmt: skip
        work.consents.add(_spread(line, wanted, where, work.consents.of(person_id)))
        record(
            context, work, actor, "decision.recorded", person_id,
            {"answer": answer.value, "source": source.value, "uses": ", ".join(sorted(wanted))},
        )  # fmt: skip
        return _record_of(context, work, person_id)


def _spread(
    line: Decision, uses: frozenset[Use], channels: frozenset[Channel], past: tuple[Decision, ...]
) -> tuple[Decision, ...]:
    """The line once for each use and channel, correcting a refusal of its own day."""
    return tuple(
        replace(
            line, id=new_id(), use=use, channel=channel,
            corrects=_refusal_of_the_day(line, use, channel, past),
        )
        for use in sorted(uses)
        for channel in sorted(channels)
    )  # fmt: skip


def _refusal_of_the_day(
    line: Decision, use: Use, channel: Channel, past: tuple[Decision, ...]
) -> str | None:
    """The standing refusal that a grant of the same day sets right, if there is one."""
    if line.answer is not Answer.GRANTED:
        return None
    corrected = {other.corrects for other in past}
    denials = [
        other
        for other in past
        if (other.use, other.channel, other.valid_from) == (use, channel, line.valid_from)
        and other.answer is not Answer.GRANTED
        and other.id not in corrected
    ]
    return max(denials, key=lambda other: other.recorded_at).id if denials else None


def restrict_person(
    context: Context, actor: User, person_id: str, restricted: bool
) -> PersonRecord:
    """Mark a person as never to be published, or take the mark off. No reason is stored."""
    require(actor, Right.KEEP_REGISTRY)
    with context.store.write() as work:
        person = work.people.get(person_id)
        if person is None:
            raise gone(_("This person"))
        work.people.save(replace(person, restricted=restricted))
        action = "person.restricted" if restricted else "person.unrestricted"
        record(context, work, actor, action, person_id)
        return _record_of(context, work, person_id)


def explain(ruling: Ruling) -> str:
    """A ruling in words, with the line of history that decides it."""
    line = ruling.decision
    if line is None:
        return _("never to be published") if ruling.reason is Reason.RESTRICTED else _("no answer")
    day = line.valid_from.isoformat()
    match ruling.reason:
        case Reason.GRANTED if line.valid_until is not None:
            return _("permitted since {day}, until {end}").format(
                day=day, end=line.valid_until.isoformat()
            )
        case Reason.GRANTED:
            return _("permitted since {day}").format(day=day)
        case Reason.EXPIRED:
            end = line.valid_until.isoformat() if line.valid_until else day
            return _("permission ended on {day}").format(day=end)
        case Reason.NOT_YET:
            return _("permitted only from {day}").format(day=day)
        case Reason.WITHDRAWN:
            return _("withdrawn on {day}").format(day=day)
        case _other:
            return _("refused on {day}").format(day=day)


def _widened(uses: frozenset[Use], answer: Answer) -> frozenset[Use]:
    """Who may not be named by the first name may not be named in full either."""
    if answer is not Answer.GRANTED and Use.FIRST_NAME in uses:
        return uses | {Use.FULL_NAME}
    return uses


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
    return PersonRecord(person, rulings, history)

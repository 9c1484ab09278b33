"""Lines of consent history from what somebody decided, for one person or many (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from smassistant.context import Context
from smassistant.domain.consents import Answer, Channel, Decision, Source, Use
from smassistant.domain.statements import decision_id
from smassistant.domain.users import User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Work, today_in


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, before it is known about whom."""

    uses: frozenset[Use]
    channels: frozenset[Channel]
    answer: Answer
    source: Source
    signer: str
    valid_from: date
    valid_until: date | None
    note: str
    recorded_by: str
    recorded_at: datetime


def decided(
    context: Context,
    work: Work,
    actor: User,
    uses: Iterable[Use],
    channels: Iterable[Channel],
    answer: Answer,
    source: Source,
    signer: str,
    valid_from: date | None,
    valid_until: date | None,
    note: str,
) -> Decided:
    """What was decided, checked; UserError where something is missing.

    Who may not be named by the first name may not be named in full either.
    """
    wanted, where = frozenset(uses), frozenset(channels)
    if answer is not Answer.GRANTED and Use.FIRST_NAME in wanted:
        wanted |= {Use.FULL_NAME}
    if not wanted or not where:
        raise UserError(_("Please choose what is decided, and for where."))
    day = valid_from or today_in(work.settings.get().zone, context.clock.now())
    if valid_until is not None and valid_until < day:
        raise UserError(_("The permission would end before it begins."))
    until = valid_until if answer is Answer.GRANTED else None
    return Decided(
        wanted, where, answer, source, signer.strip(), day, until, note.strip(), actor.id,
        context.clock.now(),
    )  # fmt: skip


def require_signer(signer: str) -> None:
    """Raise UserError unless somebody is named who decided."""
    if not signer.strip():
        raise UserError(_("Please say who decided: the parent, guardian or adult student."))


def lines_of(
    said: Decided, person_id: str, past: Iterable[Decision], statement_id: str
) -> Iterator[Decision]:
    """One line for each use and channel; a grant corrects a refusal of its own day.

    Otherwise the strictest answer of the day would stand against it.
    """
    refusals = _refusals_of(said.valid_from, past) if said.answer is Answer.GRANTED else {}
    for use in sorted(said.uses):
        for channel in sorted(said.channels):
            yield Decision(
                decision_id(statement_id, use, channel), person_id, use, channel, said.answer,
                said.valid_from, said.valid_until, said.source, said.signer, said.recorded_by,
                said.recorded_at, said.note, refusals.get((use, channel)),
            )  # fmt: skip


def _refusals_of(day: date, past: Iterable[Decision]) -> dict[tuple[Use, Channel], str]:
    """The newest standing refusal of that day, by use and channel."""
    lines = sorted(past, key=lambda line: (line.recorded_at, line.id))
    corrected = {line.corrects for line in lines}
    return {
        (line.use, line.channel): line.id
        for line in lines
        if line.valid_from == day and line.answer is not Answer.GRANTED and line.id not in corrected
    }


def correction(
    wrong: Decision, answer: Answer | None, note: str, actor: User, now: datetime, new_id: str
) -> Decision:
    """The line that sets `wrong` right: what was said in truth, or (None) that nothing was.

    It holds from the same day.
    """
    until = wrong.valid_until if answer is Answer.GRANTED else None
    if answer is None:
        until = date.fromordinal(wrong.valid_from.toordinal() - 1)
    return replace(
        wrong, id=new_id, answer=answer or Answer.GRANTED, valid_until=until, note=note,
        recorded_by=actor.id, recorded_at=now, corrects=wrong.id,
    )  # fmt: skip


def denial_reason(answer: Answer) -> str:
    """Why a post has to come down, for the take-down list."""
    return _("Permission withdrawn") if answer is Answer.WITHDRAWN else _("Permission refused")

"""Permissions: what may be done with a person, where, on a day (clause 4.1). Default: nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from smassistant.domain.people import Person


class Use(StrEnum):
    """What is published of a person."""

    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    PHOTO = "photo"
    VIDEO = "video"
    WORK = "work"


class Channel(StrEnum):
    """Where it is published."""

    SOCIAL_MEDIA = "social_media"
    WEBSITE = "website"
    NEWS_MEDIA = "news_media"


class Answer(StrEnum):
    """What the signer said."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Source(StrEnum):
    """How the answer reached the school."""

    FORM = "form"
    CALL = "call"
    LETTER = "letter"
    EMAIL = "email"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a person's consent history; lines are added, never changed or removed.

    A grant holds from `valid_from` through `valid_until` (None: until further notice). A refusal
    or withdrawal holds from `valid_from` until a later grant. `corrects` names an earlier line
    that was entered by mistake and counts no more; where nothing was said in truth, the correcting
    line is a grant that ends before it begins (`unsaid`).
    """

    id: str
    person_id: str
    use: Use
    channel: Channel
    answer: Answer
    valid_from: date
    valid_until: date | None
    source: Source
    signer: str
    recorded_by: str
    recorded_at: datetime
    note: str = ""
    corrects: str | None = None

    @property
    def unsaid(self) -> bool:
        """Whether the line only says that the one it corrects was never said."""
        until = self.valid_until
        return self.corrects is not None and until is not None and until < self.valid_from


class Reason(StrEnum):
    """Why a ruling came out as it did."""

    GRANTED = "granted"
    RESTRICTED = "restricted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer to "may this be published there, on that day?", with the line that decides it."""

    permitted: bool
    reason: Reason
    decision: Decision | None = None


def rule(
    person: Person, history: Iterable[Decision], use: Use, channel: Channel, day: date
) -> Ruling:
    """Whether `use` of `person` is permitted on `channel` on `day` (clause 4.1).

    Restricted beats all. A grant counts while it is valid and no refusal or withdrawal of the
    same day or later stands against it, so that the order of entry never matters and taking a
    grant away never permits anything. A full name permitted permits the first name.
    """
    if person.restricted:
        return Ruling(False, Reason.RESTRICTED)
    lines = [line for line in history if line.person_id == person.id and line.channel == channel]
    corrected = {line.corrects for line in lines if line.corrects}
    lines = [line for line in lines if line.id not in corrected and not line.unsaid]
    ruling = _rule_one(lines, use, day)
    if use is Use.FIRST_NAME and not ruling.permitted:
        full = _rule_one(lines, Use.FULL_NAME, day)
        return full if full.permitted else ruling
    return ruling


def _rule_one(lines: Iterable[Decision], use: Use, day: date) -> Ruling:
    """The ruling for one use from the lines of one person and channel, corrections taken out."""
    mine = [line for line in lines if line.use == use]
    known = [line for line in mine if line.valid_from <= day]
    denials = [line for line in known if line.answer is not Answer.GRANTED]
    last_denial = max(denials, key=_order, default=None)
    grants = [
        line
        for line in known
        if line.answer is Answer.GRANTED
        and (last_denial is None or line.valid_from > last_denial.valid_from)
    ]
    valid = [line for line in grants if line.valid_until is None or line.valid_until >= day]
    if valid:
        return Ruling(True, Reason.GRANTED, max(valid, key=_order))
    if grants:
        return Ruling(False, Reason.EXPIRED, max(grants, key=_order))
    if last_denial is not None:
        return Ruling(False, Reason(last_denial.answer.value), last_denial)
    coming = [line for line in mine if line.answer is Answer.GRANTED]
    if coming:
        return Ruling(False, Reason.NOT_YET, min(coming, key=_order))
    return Ruling(False, Reason.NO_ANSWER)


def _order(line: Decision) -> tuple[date, datetime, str]:
    """Newest last; the identifier breaks ties so that no answer depends on reading order."""
    return (line.valid_from, line.recorded_at, line.id)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers of one day to one permission that don't agree; the strictest of them counts."""

    use: Use
    channel: Channel
    day: date
    decisions: tuple[Decision, ...]


def conflicts(history: Iterable[Decision]) -> tuple[Conflict, ...]:
    """Same-day answers of one person that don't agree, newest first; corrected lines don't count.

    One that a later day's answer has settled is no conflict any more.
    """
    lines = list(history)
    corrected = {line.corrects for line in lines if line.corrects}
    latest: dict[tuple[Use, Channel], list[Decision]] = {}
    for line in lines:
        if line.id in corrected or line.unsaid:
            continue
        same = latest.setdefault((line.use, line.channel), [line])
        if line.valid_from > same[0].valid_from:
            latest[line.use, line.channel] = [line]
        elif line.valid_from == same[0].valid_from and line is not same[0]:
            same.append(line)
    found = [
        Conflict(use, channel, same[0].valid_from, tuple(sorted(same, key=_order)))
        for (use, channel), same in latest.items()
        if len({line.answer is Answer.GRANTED for line in same}) > 1
    ]
    return tuple(sorted(found, key=lambda item: (-item.day.toordinal(), item.use, item.channel)))

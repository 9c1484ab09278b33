"""Rulings in words: may it be published there today, since when, by what (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from smassistant.context import Context
from smassistant.domain.consents import Channel, Decision, Reason, Ruling, Source, Use, rule
from smassistant.domain.places import PLACES, Account, Place
from smassistant.domain.statements import KEYS
from smassistant.domain.users import Right, User
from smassistant.i18n import N_, _
from smassistant.ports import today_in
from smassistant.services.acting import gone, require

_USES = {
    Use.FULL_NAME: N_("full name"),
    Use.FIRST_NAME: N_("first name"),
    Use.PHOTO: N_("photo"),
    Use.VIDEO: N_("video"),
    Use.WORK: N_("school work"),
}
_CHANNELS = {
    Channel.SOCIAL_MEDIA: N_("social media"),
    Channel.WEBSITE: N_("website"),
    Channel.NEWS_MEDIA: N_("news media"),
}
_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


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


def answer_in_words(
    context: Context, actor: User, person_id: str, use: Use, account: Account
) -> str:
    """The whole answer in one sentence: what, on which account, yes or no, by what, until when."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY, Right.WRITE_POSTS)
    with context.store.read() as work:
        person = work.people.get(person_id)
        if person is None:
            raise gone(_("This person"))
        history = work.consents.of(person_id)
        today = today_in(work.settings.get().zone, context.clock.now())
    place = PLACES[account.place]
    ruling = rule(person, history, use, place.channel, today)
    return _sentence(use, place, account).format(
        account=account.name, place=_(place.title), answer=_answer(ruling, today)
    )


def _sentence(use: Use, place: Place, account: Account) -> str:
    """May it be done, on whose account of which place; the school's own website needs one name."""
    if place.title.casefold() in account.name.casefold() or not account.name:
        return {
            Use.FULL_NAME: _("May be named in full on {place} today: {answer}."),
            Use.FIRST_NAME: _("May be named by the first name on {place} today: {answer}."),
            Use.PHOTO: _("May be shown on {place} today: {answer}."),
            Use.VIDEO: _("May be shown in a video on {place} today: {answer}."),
            Use.WORK: _("Their work may be shown on {place} today: {answer}."),
        }[use]
    return {
        Use.FULL_NAME: _("May be named in full on {place} ({account}) today: {answer}."),
        Use.FIRST_NAME: _("May be named by the first name on {place} ({account}) today: {answer}."),
        Use.PHOTO: _("May be shown on {place} ({account}) today: {answer}."),
        Use.VIDEO: _("May be shown in a video on {place} ({account}) today: {answer}."),
        Use.WORK: _("Their work may be shown on {place} ({account}) today: {answer}."),
    }[use]


def _answer(ruling: Ruling, today: date) -> str:
    line = ruling.decision
    if line is None:
        if ruling.reason is Reason.RESTRICTED:
            return _("no, never to be published")
        return _("no, nobody has answered yet")
    source = _source(line, today)
    if ruling.permitted and line.valid_until is None:
        return _("yes, {source}, with no end").format(source=source)
    if ruling.permitted and line.valid_until is not None:
        end = day_in_words(line.valid_until, today)
        return _("yes, {source}, until {end}").format(source=source, end=end)
    if ruling.reason is Reason.EXPIRED and line.valid_until is not None:
        end = day_in_words(line.valid_until, today)
        return _("no, {source} ended on {end}").format(source=source, end=end)
    if ruling.reason is Reason.NOT_YET:
        start = day_in_words(line.valid_from, today)
        return _("no, permitted only from {start}").format(start=start)
    if ruling.reason is Reason.WITHDRAWN:
        return _("no, withdrawn by {source}").format(source=source)
    return _("no, refused by {source}").format(source=source)


def _source(line: Decision, today: date) -> str:
    """ "form of 4 September": how the answer came, and when."""
    words = {
        Source.FORM: _("form of {day}"),
        Source.CALL: _("call of {day}"),
        Source.LETTER: _("letter of {day}"),
        Source.EMAIL: _("e-mail of {day}"),
        Source.ROSTER: _("roster of {day}"),
    }
    return words[line.source].format(day=day_in_words(line.valid_from, today))


def day_in_words(day: date, today: date) -> str:
    """ "4 September", with the year where it is not plain which one is meant."""
    month = _(_MONTHS[day.month - 1])
    if abs((day - today).days) < 300:
        return _("{day} {month}").format(day=day.day, month=month)
    return _("{day} {month} {year}").format(day=day.day, month=month, year=day.year)


def permissions_in_words(keys: Iterable[tuple[Use, Channel]]) -> str:
    """ "Photo, video: social media, website": what is permitted where, as one short text."""
    where: dict[Use, list[Channel]] = {}
    for use, channel in sorted(set(keys), key=KEYS.index):
        where.setdefault(use, []).append(channel)
    uses: dict[tuple[Channel, ...], list[Use]] = {}
    for use, channels in where.items():
        uses.setdefault(tuple(channels), []).append(use)
    return "; ".join(
        _("{uses}: {channels}").format(
            uses=uses_in_words(some), channels=", ".join(_(_CHANNELS[one]) for one in channels)
        )
        for channels, some in uses.items()
    )


def uses_in_words(uses: Iterable[Use]) -> str:
    """ "Photo, video": the uses in their usual order."""
    wanted = set(uses)
    return ", ".join(_(_USES[use]) for use in Use if use in wanted)

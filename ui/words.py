"""The words for roles, uses, channels and answers, the same on every page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLocale

from smassistant.domain.consents import Answer, Channel, Reason, Ruling, Source, Use
from smassistant.domain.people import Kind
from smassistant.domain.users import Role
from smassistant.i18n import N_, _, language

_ROLES = {
    Role.AUTHOR: N_("Author"),
    Role.RECORDS: N_("Records"),
    Role.LEADER: N_("School leader"),
    Role.COMMUNICATIONS: N_("Communications Officer"),
    Role.FOIP: N_("FOIP Coordinator"),
}
_ROLE_TASKS = {
    Role.AUTHOR: N_("writes posts and submits them"),
    Role.RECORDS: N_("keeps the people and their permissions"),
    Role.LEADER: N_("approves posts, keeps accounts and staff"),
    Role.COMMUNICATIONS: N_("approves, publishes and keeps accounts"),
    Role.FOIP: N_("answers privacy questions, reads the trail"),
}
_USES = {
    Use.FULL_NAME: N_("Full name"),
    Use.FIRST_NAME: N_("First name"),
    Use.PHOTO: N_("Photo"),
    Use.VIDEO: N_("Video"),
    Use.WORK: N_("School work"),
}
_CHANNELS = {
    Channel.SOCIAL_MEDIA: N_("Social media"),
    Channel.WEBSITE: N_("Website"),
    Channel.NEWS_MEDIA: N_("News media"),
}
_ANSWERS = {
    Answer.GRANTED: N_("Permitted"),
    Answer.REFUSED: N_("Refused"),
    Answer.WITHDRAWN: N_("Withdrawn"),
}
_SOURCES = {
    Source.FORM: N_("Signed form"),
    Source.CALL: N_("Telephone call"),
    Source.LETTER: N_("Letter"),
    Source.EMAIL: N_("E-mail"),
    Source.ROSTER: N_("Roster file"),
}
_SHORT_SOURCES = {
    Source.FORM: N_("Form"),
    Source.CALL: N_("Call"),
    Source.LETTER: N_("Letter"),
    Source.EMAIL: N_("E-mail"),
    Source.ROSTER: N_("Roster"),
}
_KINDS_MANY = {
    Kind.STUDENT: N_("Students"),
    Kind.STAFF: N_("Staff"),
    Kind.VOLUNTEER: N_("Volunteers"),
    Kind.OTHER: N_("Others"),
}
_KINDS = {
    Kind.STUDENT: N_("Student"),
    Kind.STAFF: N_("Staff"),
    Kind.VOLUNTEER: N_("Volunteer"),
    Kind.OTHER: N_("Other"),
}


def role_word(role: Role) -> str:
    """A role's name."""
    return _(_ROLES[role])


def role_task(role: Role) -> str:
    """What a role does, to stand behind its name."""
    return _(_ROLE_TASKS[role])


def roles_words(roles: Iterable[Role]) -> str:
    """Roles in their usual order, with commas."""
    chosen = set(roles)
    return ", ".join(role_word(role) for role in Role if role in chosen)


def use_word(use: Use) -> str:
    """What is published of a person."""
    return _(_USES[use])


def channel_word(channel: Channel) -> str:
    """Where it is published."""
    return _(_CHANNELS[channel])


def answer_word(answer: Answer) -> str:
    """What was answered."""
    return _(_ANSWERS[answer])


def source_word(source: Source, short: bool = False) -> str:
    """How the answer reached the school."""
    return _(_SHORT_SOURCES[source] if short else _SOURCES[source])


def kind_word(kind: Kind) -> str:
    """What a person is to the school."""
    return _(_KINDS[kind])


def kind_plural(kind: Kind) -> str:
    """All people of a kind."""
    return _(_KINDS_MANY[kind])


def permitted_word(ruling: Ruling) -> str:
    """Yes or no, in the words of the registry."""
    return _("Permitted") if ruling.permitted else _("Not permitted")


def because(ruling: Ruling) -> str:
    """Why, in a few words for a cell; `explain` says it in full."""
    line = ruling.decision
    if line is None:
        return _("never publish") if ruling.reason is Reason.RESTRICTED else _("no answer")
    end = short_day(line.valid_until) if line.valid_until else ""
    start = short_day(line.valid_from)
    return {
        Reason.GRANTED: _("until {day}").format(day=end) if end else _("no end is set"),
        Reason.EXPIRED: _("ended {day}").format(day=end),
        Reason.NOT_YET: _("only from {day}").format(day=start),
        Reason.WITHDRAWN: _("withdrawn {day}").format(day=start),
    }.get(ruling.reason, _("refused {day}").format(day=start))


def locale() -> QLocale:
    """The locale of the language spoken now, as it is written in Canada."""
    spoken = QLocale.Language.French if language() == "fr" else QLocale.Language.English
    return QLocale(spoken, QLocale.Country.Canada)


def day_word(day: date) -> str:
    """A calendar day, such as "3 May 2026"."""
    return locale().toString(day, "d MMMM yyyy")  # type: ignore[call-overload, no-any-return]


def short_day(day: date) -> str:
    """A calendar day where there is little room, such as "3 May 2026" with the month cut short."""
    return locale().toString(day, "d MMM yyyy")  # type: ignore[call-overload, no-any-return]


def time_word(at: datetime, zone: str) -> str:
    """An instant as the clock on the school's wall shows it."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day_word(local.date())}, {local:%H:%M}"

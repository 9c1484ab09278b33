"""How a picture of the library stands, in words and shapes."""

from __future__ import annotations

from smassistant.domain.consents import Channel
from smassistant.domain.sightings import Bar, Cause
from smassistant.i18n import _, ngettext
from smassistant.services.listing_pictures import Shown, Standing
from ui import words

# Shape and colour; the word always stands beside them.
ICONS = {
    Standing.BARRED: ("no", "danger"),
    Standing.WITHDRAWN: ("warning", "warning"),
    Standing.PUBLISHED: ("publish", "ok"),
    Standing.IN_WORK: ("draft", "accent"),
    Standing.REFUSED: ("return", "muted"),
}


def standing_word(standing: Standing) -> str:
    """A picture's standing in a word or two."""
    return {
        Standing.BARRED: _("May not be used"),
        Standing.WITHDRAWN: _("Permission is missing"),
        Standing.PUBLISHED: _("Published"),
        Standing.IN_WORK: _("In work"),
        Standing.REFUSED: _("Refused"),
    }[standing]


def standing_sentence(standing: Standing, refused: int) -> str:
    """What the standing means for using the picture."""
    if standing is Standing.WITHDRAWN:
        return ngettext(
            "{n} person in it may no longer be shown where it is or goes.",
            "{n} people in it may no longer be shown where it is or goes.",
            refused,
        ).format(n=refused)
    return {
        Standing.BARRED: _("It was refused or taken down. A leader can allow it again."),
        Standing.PUBLISHED: _("Everybody named in it may be shown where it was published."),
        Standing.IN_WORK: _("A post that is not published yet uses it."),
        Standing.REFUSED: _("Its post was refused; the picture itself may be used."),
    }[standing]


def bar_words(bar: Bar, names: dict[str, str]) -> str:
    """Why a picture may not be used, by whom and when."""
    who = names.get(bar.by, _("Somebody"))
    day = words.day_word(bar.at.date())
    if bar.cause is Cause.REFUSED:
        return _("{who} refused its post on {day}: {reason}").format(
            who=who, day=day, reason=bar.reason
        )
    return _("It was taken down on {day}: {reason}").format(day=day, reason=bar.reason)


def lifted_words(bar: Bar, names: dict[str, str]) -> str:
    """Who allowed a picture again, and why; empty while nobody has."""
    if bar.lifted_at is None:
        return ""
    return _("{who} allowed it again on {day}: {reason}").format(
        who=names.get(bar.lifted_by, _("Somebody")),
        day=words.day_word(bar.lifted_at.date()),
        reason=bar.lifted_reason,
    )


def permitted_words(shown: Shown) -> str:
    """Where somebody may be shown today."""
    if not shown.permitted:
        return _("may not be shown anywhere today")
    if len(shown.permitted) == len(Channel):
        return _("may be shown everywhere today")
    channels = ", ".join(words.channel_word(channel) for channel in shown.permitted)
    return _("may be shown today: {channels}").format(channels=channels)

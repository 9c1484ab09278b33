"""What the lists to chase are called, and how their lines read."""

from __future__ import annotations

from smassistant.i18n import _
from smassistant.services.chasing import Chase, ChaseLine
from ui import words


def chase_word(kind: Chase) -> str:
    """The list's name on its button and on paper."""
    return {
        Chase.EXPIRING: _("Ends within 30 days"),
        Chase.NO_ANSWER: _("No answer yet"),
        Chase.CONFLICTING: _("Answers disagree"),
        Chase.NO_SIGNER: _("Nobody signed"),
    }[kind]


def chase_meaning(kind: Chase) -> str:
    """Who stands on the list, and what to do about it."""
    return {
        Chase.EXPIRING: _(
            "What is permitted now and ends within 30 days. Ask the family whether it goes on."
        ),
        Chase.NO_ANSWER: _(
            "Without an answer nothing may be published of these people. Ask the family."
        ),
        Chase.CONFLICTING: _(
            "Two answers of one day disagree; the stricter one counts. Ask which is right."
        ),
        Chase.NO_SIGNER: _(
            "Permitted, but nobody knows who said so. Look for the form, or ask again."
        ),
    }[kind]


def nobody_words(kind: Chase) -> tuple[str, str]:
    """What an empty list means, and what will bring somebody onto it."""
    return {
        Chase.EXPIRING: (
            _("Nothing ends within 30 days"), _("Permissions appear here before they end."),
        ),
        Chase.NO_ANSWER: (
            _("Everybody has answered"), _("Who joins without an answer appears here."),
        ),
        Chase.CONFLICTING: (
            _("No answers disagree"), _("Two different answers of one day appear here."),
        ),
        Chase.NO_SIGNER: (
            _("Every permission has a signer"), _("Permissions that nobody signed appear here."),
        ),
    }[kind]  # fmt: skip


def when_words(line: ChaseLine) -> str:
    """Since or until when, with the word that says which."""
    if line.until is not None:
        return _("until {day}").format(day=words.short_day(line.until))
    return _("since {day}").format(day=words.short_day(line.since)) if line.since else ""


def what_words(line: ChaseLine) -> str:
    """What is to be asked about, as the beginning of a sentence."""
    return line.what[:1].upper() + line.what[1:]

"""A server's refusal of a call, as an error that says what to do."""

from __future__ import annotations

import re
from datetime import datetime

from smassistant.connectors.http import Answer
from smassistant.connectors.waits import wait_until
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import SurelyRefused, TryLater

STALE_TOKEN = frozenset({"ExpiredToken", "InvalidToken"})

_LONGEST_WORDS = 160
# A server may quote what it was sent: a text with names, an id, even a token.
_QUOTED = re.compile(r"\([^()]*[\"“«`][^()]*\)|\"[^\"]*\"|“[^”]*”|«[^»]*»|`[^`]*`")
_OPAQUE = re.compile(r"[\w-]{16,}")


def refusal(answer: Answer, place: str, now: datetime) -> UserError:
    """The error for an answer that says that nothing was done: SurelyRefused or TryLater."""
    words = own_words(str(answer.content.get("message", "")))
    if answer.status == 401 or answer.content.get("error") in STALE_TOKEN:
        return SurelyRefused(
            _("{place} does not let the program in any more.").format(place=place),
            words,
            _("Connect the account again on the accounts page."),
        )
    if answer.status == 413:
        return SurelyRefused(
            _("{place} refused a picture because its file is too large.").format(place=place),
            next_step=_("Take the picture out or choose a smaller one."),
        )
    if answer.status == 429:
        return TryLater(
            _("{place} asks to slow down.").format(place=place),
            wait_until(answer.headers, now),
            _("The program tries again by itself later."),
        )
    if answer.status >= 500:
        return TryLater(
            _("{place} has a fault at the moment.").format(place=place),
            wait_until(answer.headers, now),
            _("The program tries again by itself later."),
        )
    return SurelyRefused(
        _("{place} refused.").format(place=place),
        words,
        _("Change the post and send it again."),
    )


def own_words(message: str) -> str:
    """A platform's own sentence, safe to show and to log: without quotations, ids and tokens."""
    plain = "".join(sign if sign.isprintable() else " " for sign in message)
    plain = _OPAQUE.sub("…", _QUOTED.sub("…", plain))
    return " ".join(plain.split())[:_LONGEST_WORDS]

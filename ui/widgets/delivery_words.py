"""What the states of a delivery are called, and the shape and colour that go with them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale, QTime

from smassistant.domain.deliveries import Delivery, DeliveryState
from smassistant.domain.posts import Post
from smassistant.i18n import _, language

_S = DeliveryState
FIRST_WORDS = 80

ICONS = {
    _S.PLANNED: ("clock", "muted"),
    _S.SENDING: ("send", "accent"),
    _S.PUBLISHED: ("ok", "ok"),
    _S.RETRY: ("reload", "muted"),
    _S.REFUSED: ("no", "danger"),
    _S.UNCERTAIN: ("question", "warning"),
    _S.HELD: ("block", "danger"),
    _S.MISSED: ("clock", "warning"),
    _S.REMOVING: ("remove", "warning"),
    _S.REMOVED: ("remove", "muted"),
}


def state_words(delivery: Delivery, by_hand: bool) -> str:
    """Where the delivery stands, as a person would say it."""
    if by_hand and delivery.state is _S.PLANNED:
        return _("To be posted by hand")
    if by_hand and delivery.state in (_S.SENDING, _S.UNCERTAIN):
        return _("Waiting for its address")
    return {
        _S.PLANNED: _("Waiting for its time"),
        _S.SENDING: _("Being sent"),
        _S.PUBLISHED: _("Published"),
        _S.RETRY: _("Trying again soon"),
        _S.REFUSED: _("Not accepted"),
        _S.UNCERTAIN: _("Not known whether it was published"),
        _S.HELD: _("Held back"),
        _S.MISSED: _("Missed its time"),
        _S.REMOVING: _("Being taken down"),
        _S.REMOVED: _("Taken down"),
    }[delivery.state]


def first_words(post: Post) -> str:
    """The beginning of a post, on one line."""
    words = " ".join(post.text.split())
    return words[:FIRST_WORDS] or _("(a picture without text)")


def moment(instant: datetime | None, zone: str) -> str:
    """An instant as the school's clocks show it, in the language spoken now."""
    if instant is None:
        return ""
    local = instant.astimezone(ZoneInfo(zone))
    locale = QLocale(f"{language()}_CA")
    return _("{day} at {time}").format(
        day=locale.toString(QDate(local.year, local.month, local.day), "d MMMM"),
        time=locale.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat),
    )

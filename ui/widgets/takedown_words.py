"""What the states of a take-down are called, and the shape and colour that go with them."""

from __future__ import annotations

from smassistant.domain.takedowns import TakedownState
from smassistant.i18n import _

_S = TakedownState

ICONS = {
    _S.OPEN: ("warning", "danger"),
    _S.REMOVING: ("clock", "warning"),
    _S.GONE: ("ok", "ok"),
    _S.KEPT: ("shield", "muted"),
}


def state_word(state: TakedownState) -> str:
    """Where the take-down stands."""
    return {
        _S.OPEN: _("Has to come down"),
        _S.REMOVING: _("Being taken down"),
        _S.GONE: _("Gone"),
        _S.KEPT: _("Stays, with a reason"),
    }[state]


def next_step(state: TakedownState) -> str:
    """What is to be done about it now."""
    return {
        _S.OPEN: _("Open the post on each account and remove it there. Then say so here."),
        _S.REMOVING: _("Look on the account whether the post is really gone."),
        _S.GONE: _("Nothing is left to do. If somebody sees the post again, open it again."),
        _S.KEPT: _("Somebody decided that the post stays, and said why."),
    }[state]


def verb(to: TakedownState) -> str:
    """The button that moves a take-down to `to`."""
    return {
        _S.OPEN: _("Open it again"),
        _S.REMOVING: _("I am removing it"),
        _S.GONE: _("It is gone"),
        _S.KEPT: _("It stays…"),
    }[to]


def done_words(state: TakedownState) -> str:
    """What is said once a take-down has come to `state`."""
    return {
        _S.OPEN: _("The take-down is open again."),
        _S.REMOVING: _("Noted: the post is being removed. Say here when it is gone."),
        _S.GONE: _("Noted: the post is gone."),
        _S.KEPT: _("Noted: the post stays, with your reason."),
    }[state]

"""How questions to the privacy office and their answers are said on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from smassistant.domain.findings import Finding
from smassistant.domain.posts import Post
from smassistant.domain.referrals import AskedFinding, Referral, ReferralState, digest_of
from smassistant.i18n import _
from ui.widgets.delivery_words import moment

_S = ReferralState
ICONS = {
    _S.OPEN: ("question", "warning"),
    _S.ANSWERED_YES: ("ok", "ok"),
    _S.ANSWERED_NO: ("no", "danger"),
    _S.TAKEN_BACK: ("return", "muted"),
}
NOTICES = {_S.OPEN: "info", _S.ANSWERED_YES: "done", _S.ANSWERED_NO: "error"}


def state_words(state: ReferralState) -> str:
    """Where a question stands."""
    return {
        _S.OPEN: _("Waits for an answer"),
        _S.ANSWERED_YES: _("May go out"),
        _S.ANSWERED_NO: _("Not like this"),
        _S.TAKEN_BACK: _("Taken back"),
    }[state]


def asked_words(referral: Referral, names: Mapping[str, str], zone: str) -> str:
    """Who asked, and when."""
    return _("Asked by {who}, {when}").format(
        who=names.get(referral.asked_by, _("Somebody")), when=moment(referral.asked_at, zone)
    )


def answered_words(referral: Referral, names: Mapping[str, str], zone: str) -> str:
    """Who answered, and when."""
    return _("Answered by {who}, {when}").format(
        who=names.get(referral.answered_by, _("Somebody")), when=moment(referral.answered_at, zone)
    )


def answer_title(referral: Referral, office: str) -> str:
    """The answer in one sentence."""
    return {
        _S.OPEN: _("{office}: the question waits for an answer."),
        _S.ANSWERED_YES: _("{office}: this may go out."),
        _S.ANSWERED_NO: _("{office}: not like this."),
        _S.TAKEN_BACK: _("{office}: the question was taken back."),
    }[referral.state].format(office=office)


def answer_line(referral: Referral, post: Post) -> str:
    """The office's words, and whether they still hold for the post's texts."""
    if referral.state is _S.ANSWERED_YES and referral.digest != digest_of(post):
        return (
            _("{answer} The text changed since the answer: ask again.")
            .format(answer=referral.answer)
            .strip()
        )
    return referral.answer


def as_finding(asked: AskedFinding, text: str) -> Finding:
    """A finding as it was asked about, to be shown in the text it was found in."""
    return Finding(
        asked.code, asked.clause, asked.severity, asked.where, asked.message, asked.start,
        asked.end, text[asked.start : asked.end], anchor=asked.anchor,
    )  # fmt: skip

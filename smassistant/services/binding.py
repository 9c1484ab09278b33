"""What the privacy office's answers, read from the store, do to the findings of a post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from smassistant.domain.findings import (
    Anchor,
    Finding,
    MendKind,
    Resolution,
    ResolutionKind,
    Severity,
)
from smassistant.domain.pictures import Accounting
from smassistant.domain.posts import Post
from smassistant.domain.referrals import (
    PUBLIC_EVENT,
    Referral,
    ReferralState,
    digest_of,
    gists_of,
    holds_post,
    needs_leader,
)
from smassistant.i18n import _
from smassistant.ports import Work

ANSWERED_NO = "referral.answered_no"
_YES = ReferralState.ANSWERED_YES
_WAYS_ON = frozenset({MendKind.REFER, MendKind.GIVE_REASON})


@dataclass(frozen=True, slots=True)
class Bindings:
    """The answers that bind a post.

    `own` are the post's referrals, the newest first; `no` the questions answered with no about
    a text of the post, by where that text stands.
    """

    own: tuple[Referral, ...]
    no: Mapping[str, Referral]


def read_bindings(work: Work, post: Post) -> Bindings:
    """The answers that bind the post, as they are stored now."""
    places = gists_of(post)
    refused = work.referrals.answered_no(places) if places else {}
    own = work.referrals.of_post(post.id) if post.id else ()
    return Bindings(own, {places[key]: referral for key, referral in refused.items()})


def bind(
    findings: Iterable[Finding], post: Post, bindings: Bindings, office: str
) -> tuple[Finding, ...]:
    """The findings as the answers leave them; a text that was answered with no is blocked."""
    told = tuple(_told(finding, post, bindings, office) for finding in findings)
    return (*_refusals(post, bindings, office), *told)


def is_settled(finding: Finding, post: Post, bindings: Bindings) -> bool:
    """Whether the office said that exactly this may go out, in exactly these texts.

    The resolution on the post only says which answer; whether it is one the store says.
    """
    return _settling(finding, post, bindings) is not None


def is_decided(finding: Finding, post: Post) -> bool:
    """Whether the leader who approved the post decided about the finding in words of their own."""
    given = _given(finding, post, ResolutionKind.DECISION)
    return given is not None and bool(given.reason) and given.by == post.approved_by != post.author


def has_reason(finding: Finding, post: Post) -> bool:
    """Whether the author said why it may be posted, here or of the face it is about."""
    given = _given(finding, post, ResolutionKind.REASON)
    return (given is not None and bool(given.reason)) or _has_event(finding, post)


def _has_event(finding: Finding, post: Post) -> bool:
    """Whether the finding is about a face of which the author said at which event it was."""
    if finding.code != PUBLIC_EVENT:
        return False
    return any(
        finding.anchor.where == f"photo:{number}/{face.id}"
        and face.accounting is Accounting.PUBLIC_EVENT
        and bool(face.reason.strip())
        for number, picture in enumerate(post.pictures, start=1)
        for face in picture.faces
    )


def _given(finding: Finding, post: Post, kind: ResolutionKind) -> Resolution | None:
    key = (finding.code, finding.anchor, kind)
    return next((r for r in post.resolutions if (r.code, r.anchor, r.kind) == key), None)


def _settling(finding: Finding, post: Post, bindings: Bindings) -> Referral | None:
    """The yes that settles the finding."""
    given = _given(finding, post, ResolutionKind.REFERRAL)
    if given is None:
        return None
    for referral in bindings.own:
        right = referral.id == given.referral_id and referral.state is _YES
        if right and _asked(referral, finding.code, finding.anchor):
            return referral if referral.digest == digest_of(post) else None
    return None


def _asked(referral: Referral, code: str, anchor: Anchor) -> bool:
    return any((code, anchor) == (asked.code, asked.anchor) for asked in referral.draft.findings)


def _told(finding: Finding, post: Post, bindings: Bindings, office: str) -> Finding:
    """The finding with what was answered about it; settled, it needs nothing any more."""
    settling = _settling(finding, post, bindings)
    if settling is not None:
        words = _("{office}: this may go out.").format(office=office)
        mends = tuple(mend for mend in finding.mends if mend.kind not in _WAYS_ON)
        message = f"{finding.message} {words} {settling.answer}".strip()
        return replace(finding, message=message, mends=mends, severity=Severity.ADVICE)
    if any(_is_stale(referral, finding, post) for referral in bindings.own):
        words = _("The text changed since the answer: ask again.")
        return replace(finding, message=f"{finding.message} {words}")
    return finding


def _is_stale(referral: Referral, finding: Finding, post: Post) -> bool:
    return (
        referral.state is _YES
        and any(asked.code == finding.code for asked in referral.draft.findings)
        and referral.digest != digest_of(post)
    )


def _refusals(post: Post, bindings: Bindings, office: str) -> Iterator[Finding]:
    """A block for each text that was answered with no and not answered otherwise since."""
    for where, referral in bindings.no.items():
        if _is_outdone(referral, post, bindings):
            continue
        yield Finding(
            code=ANSWERED_NO,
            clause="6",
            severity=Severity.BLOCK,
            where=where,
            message=_("{office} answered “Not like this” about these words: {answer}").format(
                office=office, answer=referral.answer
            ),
            anchor=Anchor(where),
        )


def _is_outdone(no: Referral, post: Post, bindings: Bindings) -> bool:
    """Whether a later yes about this very post lets its texts go after all."""
    return any(
        yes.state is _YES
        and yes.digest == digest_of(post)
        and yes.answered_at is not None
        and no.answered_at is not None
        and yes.answered_at > no.answered_at
        for yes in bindings.own
    )


def stands(finding: Finding, post: Post, bindings: Bindings, leader_may_decide: bool) -> bool:
    """Whether the finding keeps the post from being handed in.

    Every block does, a warning without a reason does, and one of clause 6 even with a reason,
    unless a leader may decide about it.
    """
    if finding.severity is Severity.ADVICE or is_settled(finding, post, bindings):
        return False
    if finding.severity is Severity.BLOCK:
        return True
    return not has_reason(finding, post) or (holds_post(finding) and not leader_may_decide)


def awaits_leader(finding: Finding, post: Post, bindings: Bindings) -> bool:
    """Whether the leader who approves has to decide about the finding in words of their own."""
    return (
        needs_leader(finding)
        and not is_settled(finding, post, bindings)
        and not is_decided(finding, post)
    )

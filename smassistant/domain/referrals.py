"""Questions to the privacy office about a draft, their answers, and what an answer binds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from smassistant.domain.findings import Anchor, Finding, Severity
from smassistant.domain.folding import squash
from smassistant.domain.pictures import Picture
from smassistant.domain.posts import Post
from smassistant.errors import IllegalStep

# Families of codes that the office answers for (clauses 4, 4.2, 5, 6, 7): never consent or photos.
REFERABLE = frozenset({"topic", "personal", "tone", "promotion", "copyright"})
# The family that holds a post: a reason alone does not let it go (clause 6).
HOLDING = "topic"
# Somebody shown without an answer on file, where the division lets a public event be a reason.
PUBLIC_EVENT = "photo.public_event"


class ReferralState(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    ANSWERED_YES = "answered_yes"
    ANSWERED_NO = "answered_no"
    TAKEN_BACK = "taken_back"


_S = ReferralState

STEPS: dict[ReferralState, frozenset[ReferralState]] = {
    _S.OPEN: frozenset({_S.ANSWERED_YES, _S.ANSWERED_NO, _S.TAKEN_BACK}),
    _S.ANSWERED_YES: frozenset(),
    _S.ANSWERED_NO: frozenset(),
    _S.TAKEN_BACK: frozenset(),
}

ANSWERED = frozenset({_S.ANSWERED_YES, _S.ANSWERED_NO})


@dataclass(frozen=True, slots=True)
class AskedFinding:
    """A finding as it stood when the question was asked; offsets are code points."""

    code: str
    clause: str
    severity: Severity
    message: str
    where: str
    start: int
    end: int
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class AskedDraft:
    """The draft as it stood when the question was asked; `accounts` are ids."""

    text: str
    pictures: tuple[Picture, ...] = ()
    accounts: tuple[str, ...] = ()
    findings: tuple[AskedFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Referral:
    """One question about one post, by its author or by the leader who read it.

    `digest` pins the texts it was asked about. `answer` are the office's words. `seen` says
    whether the author has read the answer. `from_review`: a leader asked while the post was
    waiting for approval.
    """

    id: str
    post_id: str
    author: str
    asked_by: str
    asked_at: datetime
    question: str
    draft: AskedDraft
    digest: str
    state: ReferralState = ReferralState.OPEN
    from_review: bool = False
    answered_by: str = ""
    answered_at: datetime | None = None
    answer: str = ""
    seen: bool = False
    version: int = 0


def move(
    referral: Referral, to: ReferralState, by: str = "", at: datetime | None = None, words: str = ""
) -> Referral:
    """The referral after the step to `to`; raises `IllegalStep` where the table has none."""
    if to not in STEPS[referral.state]:
        raise IllegalStep(f"a referral can't go from {referral.state} to {to}")
    moved = replace(referral, state=to)
    if to in ANSWERED:
        moved = replace(moved, answered_by=by, answered_at=at, answer=words)
    return moved


def is_referable(finding: Finding) -> bool:
    """Whether the office can be asked about the finding."""
    return finding.code.split(".")[0] in REFERABLE


def holds_post(finding: Finding) -> bool:
    """Whether a reason alone does not let the finding go (clause 6)."""
    return finding.severity is Severity.WARN and finding.code.split(".")[0] == HOLDING


def needs_leader(finding: Finding) -> bool:
    """Whether it goes out on the recorded words of the leader who approves, or not at all."""
    is_public_event = finding.code == PUBLIC_EVENT and finding.severity is Severity.WARN
    return holds_post(finding) or is_public_event


def as_asked(finding: Finding) -> AskedFinding:
    """What the question keeps of a finding."""
    return AskedFinding(
        finding.code, finding.clause, finding.severity, finding.message, finding.where,
        finding.start, finding.end, finding.anchor,
    )  # fmt: skip


def texts_of(post: Post | AskedDraft) -> Iterator[tuple[str, str]]:
    """Every text that an answer binds, with where it stands: "text", "alt:1" …"""
    yield "text", post.text
    for number, picture in enumerate(post.pictures, start=1):
        if picture.alt_text:
            yield f"alt:{number}", picture.alt_text


def digest_of(post: Post | AskedDraft) -> str:
    """SHA-256 over the post's text and alt texts, to the letter."""
    return hashlib.sha256(json.dumps(list(texts_of(post))).encode()).hexdigest()


def gist(text: str) -> str:
    """SHA-256 of a text's letters and digits alone (where it has any); empty for an empty text.

    So a copy is known again whatever its spaces, case, accents or invisible characters are.
    """
    plain = squash(text) or text.strip()
    return hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest() if plain else ""


def gists_asked(draft: AskedDraft) -> frozenset[str]:
    """The gists of those texts that the question is about: all, where no finding says which."""
    wanted = {finding.where for finding in draft.findings}
    found = {gist(text) for where, text in texts_of(draft) if where in wanted or not wanted}
    return frozenset(found - {""})


def gists_of(post: Post | AskedDraft) -> dict[str, str]:
    """The gist of each text of the post, with where that text stands."""
    return {key: where for where, text in texts_of(post) if (key := gist(text))}

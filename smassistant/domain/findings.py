"""Findings: what must not go out, which clause says so, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """BLOCK can't be waved through; WARN needs a reason; ADVICE needs nothing."""

    BLOCK = "block"
    WARN = "warn"
    ADVICE = "advice"


class Form(StrEnum):
    """How a mention names a person."""

    FULL = "full"
    FIRST_NAME = "first_name"
    SURNAME = "surname"
    NICKNAME = "nickname"
    INITIAL = "initial"
    HASHTAG = "hashtag"
    HANDLE = "handle"
    FILE_NAME = "file_name"
    MISSPELT = "misspelt"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names somebody; offsets are code points, `end` exclusive.

    `people` are ids of everyone who can be meant, likeliest first. `surname` says whether the
    mention gives the last name, whatever its form, so that the full-name permission is needed.
    """

    start: int
    end: int
    surface: str
    form: Form
    people: tuple[str, ...]
    confidence: float
    surname: bool


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a finding sits, so that an answer to it survives edits elsewhere.

    `where` is "text", "alt:N", "file:N" or "photo:N" (N from 1) or, for a face, "photo:N/face-id";
    `surface` the words, `occurrence` which of several equal ones (from 0).
    """

    where: str
    surface: str = ""
    occurrence: int = 0


class MendKind(StrEnum):
    """What a mend does when it is clicked."""

    REPLACE = "replace"
    SOMEONE_ELSE = "someone_else"
    CHOOSE_PERSON = "choose_person"
    BLUR = "blur"
    GO_TO_FACES = "go_to_faces"
    WRITE_ALT_TEXT = "write_alt_text"
    GIVE_REASON = "give_reason"
    REFER = "refer"
    NOT_A_PROBLEM = "not_a_problem"
    TOOK_IT = "took_it"
    TOOK_ALL = "took_all"
    GO_TO_ORIGIN = "go_to_origin"
    LOOKED = "looked"
    NOT_A_FACE = "not_a_face"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class Mend:
    """One click that settles a finding.

    REPLACE puts `text` over the code points `start`..`end` of where the finding is (by default
    the finding's own). CHOOSE_PERSON says that `person_id` is meant. TOOK_IT says that the author
    took the picture, TOOK_ALL that of all pictures of which nobody has said who did. LOOKED says
    that nobody else in the picture can be recognised, NOT_A_FACE takes the face away.
    """

    kind: MendKind
    label: str
    text: str = ""
    person_id: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to do before the post may go; codes are those of the contract.

    `start` and `end` are code points in the text named by `where` ("text", "alt:1", "photo:1");
    both 0 where the finding is about the whole. `people` are registry ids, `places` place keys.
    `rule` is the rule that found it ("hint:" and a category for a hint), empty where none did.
    """

    code: str
    clause: str
    severity: Severity
    where: str
    message: str
    start: int = 0
    end: int = 0
    surface: str = ""
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    mends: tuple[Mend, ...] = ()
    anchor: Anchor = Anchor("text")
    rule: str = ""


class ResolutionKind(StrEnum):
    """What the author answered to a finding."""

    SOMEONE_ELSE = "someone_else"
    PERSON = "person"
    REASON = "reason"
    REFERRAL = "referral"  # the privacy office's, pointing to the stored referral
    DECISION = "decision"  # the approving leader's
    NOT_A_PROBLEM = "not_a_problem"  # settles advice


@dataclass(frozen=True, slots=True)
class Resolution:
    """The author's answer to a finding or mention, remembered at its anchor through edits.

    `code` is the finding's code the answer settles ("name" for who is meant). `by` is a user id.
    A REFERRAL holds the referral's id in `reason`: it counts only as the store confirms it.
    """

    code: str
    anchor: Anchor
    kind: ResolutionKind
    person_id: str = ""
    reason: str = ""
    by: str = ""

    @property
    def referral_id(self) -> str:
        """The referral it points to; empty for any other kind."""
        return self.reason if self.kind is ResolutionKind.REFERRAL else ""


def verdict(findings: tuple[Finding, ...]) -> str:
    """One of blocked, attention, clear, by the worst finding (contract, `check`)."""
    severities = {finding.severity for finding in findings}
    if Severity.BLOCK in severities:
        return "blocked"
    return "attention" if findings else "clear"

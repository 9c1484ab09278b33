"""What states, severities and places of findings are called on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale, QTime

from smassistant.domain.edits import is_shown
from smassistant.domain.findings import Finding, Resolution, ResolutionKind, Severity
from smassistant.domain.people import Person
from smassistant.domain.pictures import (
    SURE_SCORE,
    Accounting,
    Face,
    Origin,
    Picture,
    TakenBy,
)
from smassistant.domain.posts import Post, PostState
from smassistant.i18n import _, language, ngettext, quoted

FIRST_WORDS = 80  # characters of a post in a list

_P = PostState
POST_ICONS = {
    _P.DRAFT: ("draft", "muted"),
    _P.IN_REVIEW: ("clock", "accent"),
    _P.RETURNED: ("return", "warning"),
    _P.REFUSED: ("no", "danger"),
    _P.REFERRED: ("question", "warning"),
    _P.APPROVED: ("approve", "ok"),
    _P.SCHEDULED: ("clock", "ok"),
    _P.PUBLISHED: ("ok", "ok"),
    _P.REMOVED: ("remove", "muted"),
}


def severity_word(severity: Severity) -> str:
    """What the person has to do about a finding of this severity."""
    return {
        Severity.BLOCK: _("Must be mended"),
        Severity.WARN: _("Needs your word"),
        Severity.ADVICE: _("Worth a look"),
    }[severity]


def clause_words(clause: str) -> str:
    """The rule a finding rests on."""
    return _("Clause {clause}").format(clause=clause) if clause else ""


def where_words(where: str) -> str:
    """The part of the post a finding is about: "text", "alt:1", "photo:2" or "file:1"."""
    part, _colon, number = where.partition("/")[0].partition(":")
    if part == "text" or not number.isdigit():
        return _("Text")
    if part == "alt":
        return _("Description of picture {n}").format(n=number)
    return _("Picture {n}").format(n=number)


def picture_number(where: str) -> int | None:
    """The number (from 1) of the picture a finding is about, None for the text."""
    number = where.partition("/")[0].partition(":")[2]
    return int(number) if number.isdigit() else None


def finding_sentence(finding: Finding) -> str:
    """A finding as one sentence for those who listen."""
    words = quoted(finding.surface) if finding.surface else ""
    parts = (
        severity_word(finding.severity),
        where_words(finding.where),
        words,
        finding.message,
        clause_words(finding.clause),
    )
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def answer_words(answer: Resolution, people: Mapping[str, Person]) -> str:
    """What the author said to a finding."""
    words = answer.anchor.surface or where_words(answer.anchor.where)
    if answer.kind is ResolutionKind.SOMEONE_ELSE:
        return _("“{words}”: you said this is someone else.").format(words=words)
    if answer.kind is ResolutionKind.PERSON:
        person = people.get(answer.person_id)
        who = person.described if person else _("a person no longer in the registry")
        return _("“{words}”: you said this is {who}.").format(words=words, who=who)
    if answer.kind is ResolutionKind.REFERRAL:
        return _("“{words}”: the privacy office was asked.").format(words=words)
    if answer.kind is ResolutionKind.DECISION:
        said = _("“{words}”: a school leader decided “{reason}”")
        return said.format(words=words, reason=answer.reason)
    if answer.kind is ResolutionKind.NOT_A_PROBLEM:
        return _("“{words}”: you said this is not a problem.").format(words=words)
    return _("“{words}”: your reason is “{reason}”").format(words=words, reason=answer.reason)


def authors_words(answer: Resolution, people: Mapping[str, Person]) -> str:
    """What the author said to a finding, for whoever reads the post after them."""
    words = answer.anchor.surface or where_words(answer.anchor.where)
    if answer.kind is ResolutionKind.SOMEONE_ELSE:
        return _("“{words}”: the author said this is someone else.").format(words=words)
    if answer.kind is ResolutionKind.PERSON:
        person = people.get(answer.person_id)
        who = person.described if person else _("a person no longer in the registry")
        return _("“{words}”: the author said this is {who}.").format(words=words, who=who)
    if answer.kind is ResolutionKind.REASON:
        said = _("“{words}”: the author’s reason is “{reason}”")
        return said.format(words=words, reason=answer.reason)
    if answer.kind is ResolutionKind.NOT_A_PROBLEM:
        return _("“{words}”: the author said this is not a problem.").format(words=words)
    return answer_words(answer, people)


def post_state_words(state: PostState) -> str:
    """Where a post stands, as its author would say it."""
    return {
        _P.DRAFT: _("Draft"),
        _P.IN_REVIEW: _("Waiting for approval"),
        _P.RETURNED: _("Returned to you"),
        _P.REFUSED: _("Refused"),
        _P.REFERRED: _("With the privacy office"),
        _P.APPROVED: _("Approved"),
        _P.SCHEDULED: _("Approved, waiting to go out"),
        _P.PUBLISHED: _("Published"),
        _P.REMOVED: _("Taken down"),
    }[state]


def first_words(post: Post) -> str:
    """The beginning of a post for a list."""
    text = " ".join(post.text.split())
    if not text:
        n = len(post.pictures)
        return (
            ngettext("{n} picture, no text", "{n} pictures, no text", n).format(n=n)
            if n
            else _("Empty post")
        )
    return text if len(text) <= FIRST_WORDS else text[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"


def is_maybe(face: Face) -> bool:
    """Whether nobody has said yet that this is a face at all."""
    return face.score < SURE_SCORE and face.accounting is None


def face_words(face: Face, name: str = "") -> str:
    """How a face is accounted for; `name` is the registry's for a person."""
    match face.accounting:
        case None if is_maybe(face):
            return _("perhaps a face")
        case None:
            return _("nobody has said who this is")
        case Accounting.PERSON:
            return name or _("a person of the registry")
        case Accounting.ADULT:
            return _("an adult with permission ({reason})").format(reason=face.reason)
        case Accounting.NOT_IDENTIFIABLE:
            return _("can't be recognised ({reason})").format(reason=face.reason)
        case Accounting.PUBLIC_FIGURE:
            return _("a public figure ({reason})").format(reason=face.reason)
        case Accounting.PUBLIC_EVENT:
            return _("at a public event ({reason})").format(reason=face.reason)
        case _blurred:
            return _("blurred")


def faces_words(picture: Picture) -> str:
    """How many faces of a picture are accounted for."""
    size = (picture.width, picture.height)
    faces = [face for face in picture.faces if is_shown(face.box, picture.edit, *size)]
    total = len(faces)
    if not total:
        return _("No face found") if picture.looked else _("No face found: please look")
    done = sum(face.accounting is not None for face in faces)
    return ngettext(
        "Faces: {done} of {total} accounted for", "Faces: {done} of {total} accounted for", total
    ).format(done=done, total=total)


def taken_by_words(taken_by: TakenBy) -> str:
    """Who took a picture, as the one who brings it in says it."""
    return {
        TakenBy.OWN: _("I took it"),
        TakenBy.COLLEAGUE: _("A colleague took it"),
        TakenBy.PARENT: _("A parent, with permission"),
        TakenBy.LICENSED: _("Licensed"),
        TakenBy.WEB: _("Found on the web"),
    }[taken_by]


def origin_words(origin: Origin) -> str:
    """Where a picture comes from, for whoever reads the post after its author."""
    if origin.taken_by is None:
        return _("Nobody has said who took it")
    words = {
        TakenBy.OWN: _("Taken by the author"),
        TakenBy.COLLEAGUE: _("Taken by a colleague"),
        TakenBy.PARENT: _("Taken by a parent, with permission"),
        TakenBy.LICENSED: _("Licensed"),
        TakenBy.WEB: _("Found on the web"),
    }[origin.taken_by]
    return " · ".join(part for part in (words, origin.credit, origin.licence) if part.strip())


def origin_need(origin: Origin) -> str:
    """What is still to be said about where a picture comes from; empty when nothing is."""
    match origin.taken_by:
        case None:
            return _("Say who took it")
        case TakenBy.PARENT if not origin.credit.strip():
            return _("Say which parent took it")
        case TakenBy.LICENSED | TakenBy.WEB if not origin.licence.strip():
            return _("Say under which licence it may be used")
    return ""


def characters_over(n: int) -> str:
    """By how much a text is too long."""
    words = ngettext("{n} character too many", "{n} characters too many", n)
    return words.format(n=number_words(n))


def number_words(n: int) -> str:
    """A number as the language spoken now writes it."""
    return QLocale(f"{language()}_CA").toString(n)


def clock_words() -> str:
    """The time of day in the language spoken now."""
    locale = QLocale(f"{language()}_CA")
    return locale.toString(QTime.currentTime(), QLocale.FormatType.ShortFormat)

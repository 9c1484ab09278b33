"""Every picture has a source that may be used, and no notice says otherwise (clause 4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smassistant.domain.agencies import agency_in
from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Mend, MendKind, Severity
from smassistant.domain.folding import squash
from smassistant.domain.people import Kind
from smassistant.domain.pictures import Picture, TakenBy
from smassistant.domain.posts import Draft
from smassistant.i18n import _

SOURCE, PARENT = "copyright.photo_source", "copyright.photo_source.parent"
LICENCE, CREDIT, NOTICE = (
    "copyright.photo_licence",
    "copyright.photo_credit",
    "copyright.photo_notice",
)

_SIGN = re.compile(r"©|\(c\)\s*\d{4}|\bcopyright\b|\ball rights reserved\b|\btous droits\b", re.I)
# What a notice holds beside whose it is.
_FORMULA = re.compile(
    r"©|\(c\)|\bcopyright\b|\ball rights reserved\b|\btous droits r[ée]serv[ée]s\b"
    r"|\bby\b|\bpar\b|\bphotos?\b|\d{4}(?:\s*[-–]\s*\d{2,4})?|[^\w\s'’&-]",
    re.I,
)
_NAMING_LICENCE = re.compile(r"\bcc[\s-]*by\b|creative commons|attribution", re.I)
_LEAST = 3  # letters of a word that counts in a name


def find_origins(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """Findings for pictures of unknown source, without a licence, or with another's notice."""
    for number, picture in enumerate(draft.pictures, start=1):
        notice = _foreign_notice(picture, facts)
        yield from _judge_source(number, picture, draft, bool(notice))
        if notice and not _is_explained(picture, notice):
            yield _noticed(number, picture, notice)


def _judge_source(number: int, picture: Picture, draft: Draft, noticed: bool) -> Iterator[Finding]:
    origin = picture.origin
    match origin.taken_by:
        case None:
            message = _("Nobody has said who took this picture.")
            mends = () if noticed else _i_took_it(draft)
            yield _finding(number, SOURCE, Severity.WARN, message, *mends)
        case TakenBy.PARENT if not origin.credit.strip():
            message = _("Say which parent took this picture and gave permission to use it.")
            yield _finding(number, PARENT, Severity.WARN, message)
        case TakenBy.WEB if not origin.licence.strip():
            message = _(
                "A picture found on the web belongs to somebody. It can only go out under a "
                "licence that allows it: say which, or take the picture out."
            )
            yield _finding(number, LICENCE, Severity.BLOCK, message)
        case TakenBy.LICENSED if not origin.licence.strip():
            message = _("Say under which licence this picture may be used.")
            yield _finding(number, LICENCE, Severity.BLOCK, message)
        case TakenBy.WEB | TakenBy.LICENSED:
            yield from _judge_credit(number, picture, draft)


def _judge_credit(number: int, picture: Picture, draft: Draft) -> Iterator[Finding]:
    """Many free licences ask only for a name."""
    credit = picture.origin.credit.strip()
    if not _NAMING_LICENCE.search(picture.origin.licence):
        return
    if not credit:
        message = _("This licence asks you to name who took the picture. Say who it was.")
        yield _finding(number, CREDIT, Severity.WARN, message)
    elif squash(credit) not in squash(draft.text):
        message = _("This licence asks you to name who took the picture: put “{name}” in the text.")
        yield _finding(number, CREDIT, Severity.ADVICE, message.format(name=credit))


def _i_took_it(draft: Draft) -> tuple[Mend, ...]:
    open_pictures = sum(picture.origin.taken_by is None for picture in draft.pictures)
    mine = Mend(MendKind.TOOK_IT, _("I took it"))
    return (mine, Mend(MendKind.TOOK_ALL, _("I took all"))) if open_pictures > 1 else (mine,)


def _foreign_notice(picture: Picture, facts: Facts) -> str:
    """What says that the picture belongs to somebody else; empty where nothing does."""
    metadata = picture.metadata
    for words in (metadata.copyright, *(w.text for w in picture.writing if _SIGN.search(w.text))):
        holder = " ".join(_FORMULA.sub(" ", words).split())
        if holder and not _is_ours(holder, words, facts):
            return words
    marks = (metadata.stock, picture.file_name, *(writing.text for writing in picture.writing))
    return next(filter(None, map(agency_in, marks)), "")


def _is_ours(holder: str, notice: str, facts: Facts) -> bool:
    """Whether a notice names the school, the division, or somebody who works there."""
    if any(contact.casefold() in notice.casefold() for contact in facts.own_contacts if contact):
        return True
    said = _words(holder)
    if any(_same(_words(own), said) for own in (*facts.own_names, *facts.schools)):
        return True
    named = (person for each in facts.matcher.mentions(holder) for person in each.people)
    return any(facts.people[key].kind is Kind.STAFF for key in named if key in facts.people)


def _same(own: frozenset[str], said: frozenset[str]) -> bool:
    """Whether two names are one: one of several words may have more beside it."""
    return bool(own and said) and (said <= own or (len(own) > 1 and own <= said))


def _words(text: str) -> frozenset[str]:
    words = (squash(word) for word in text.split())
    return frozenset(word for word in words if len(word) >= _LEAST)


def _is_explained(picture: Picture, notice: str) -> bool:
    """Whether what the author said about the source accounts for the notice."""
    origin = picture.origin
    if origin.taken_by in (TakenBy.LICENSED, TakenBy.WEB):
        return bool(origin.licence.strip())
    return origin.taken_by is TakenBy.PARENT and bool(_words(origin.credit) & _words(notice))


def _noticed(number: int, picture: Picture, notice: str) -> Finding:
    message = _(
        "The picture seems to belong to somebody else: “{notice}”. Say where it comes from and "
        "that it may be used."
    ).format(notice=notice)
    if picture.origin.taken_by in (TakenBy.OWN, TakenBy.COLLEAGUE):
        message = _(
            "You said the school took this picture, but it is marked “{notice}”. Say where it "
            "comes from, or why it may be used."
        ).format(notice=notice)
    reason = Mend(MendKind.GIVE_REASON, _("Say why it may be posted"))
    return _finding(number, NOTICE, Severity.WARN, message, reason, surface=notice)


def _finding(
    number: int, code: str, severity: Severity, message: str, *mends: Mend, surface: str = ""
) -> Finding:
    where = f"photo:{number}"
    return Finding(
        code=code,
        clause="4.2",
        severity=severity,
        where=where,
        message=message,
        mends=(*mends, Mend(MendKind.GO_TO_ORIGIN, _("Say where it comes from"))),
        anchor=Anchor(where, surface),
    )


CHECK = Check("photo_origin", "4.2", "Where pictures come from", find_origins)

"""Names of people whom no roster knows, in text that speaks about people (clause 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smassistant.checks.mentions import NAME, anchor_at, texts_of
from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Mend, MendKind, ResolutionKind, Severity
from smassistant.domain.folding import Folded, fold, squash
from smassistant.domain.posts import Draft
from smassistant.i18n import _
from smassistant.words import word_keys, words_of

# A capitalised first name and surname, with the words before and after them. Bounded, so that a
# long run of letters or signs is not searched through again from each of them.
_PAIR = re.compile(
    r"(?:(?P<before>[^\W\d_][\w']{0,40})(?P<gap>[ ,:.-]{1,8}))?"
    r"(?P<name>(?P<first>[A-Z][\w'-]{1,40}) "
    r"(?P<last>(?:(?:de|du|van|von|der|la|le|al|el|Mac|Mc) ?){0,4}"
    r"[A-Z][\w'-]{0,40}[a-z]))(?:'s?\b)?(?: (?P<after>[\w']{1,40}))?"
)


def find_unknown_names(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """Advice for each likely full name that is not in the registry."""
    for where, text in texts_of(draft):
        taken = [(found.start, found.end) for found in facts.matcher.mentions(text)]
        folded = fold(text)
        for start, end in _likely_names(folded):
            known = any(start < other_end and other < end for other, other_end in taken)
            anchor = anchor_at(where, text, start, end)
            if not known and not _settled(anchor, draft):
                yield _finding(where, text[start:end], start, end, anchor)


def _likely_names(folded: Folded) -> Iterator[tuple[int, int]]:
    """Where a given name and a word that is no common one speak of a person."""
    for match in _PAIR.finditer(folded.text):
        if _is_person(match):
            yield folded.span(*match.span("name"))


def _is_person(match: re.Match[str]) -> bool:
    first, last = squash(match["first"]), squash(match["last"])
    given = first in word_keys("given_names")
    if last in _no_surnames() or not (given or _may_be_given(first)):
        return False
    if first + last in word_keys("public_figures"):
        return False
    after = squash(match["after"] or "")
    if (match["after"] or "a")[0].isupper() or after in word_keys("place_words"):
        return False
    before, gap = squash(match["before"] or ""), match["gap"] or ""
    if before in word_keys("titles") and gap in (" ", ". "):
        return False
    if (match["before"] or "a")[0].isupper() and gap == " " and before not in _cues():
        return False
    if before in _cues():
        return given or before in word_keys("strong_cues")
    does = after in word_keys("person_verbs") and last not in word_keys("name_words")
    # Without a known first name only what a child does at school tells a person: "won", "scored".
    return does and (given or after in _DEEDS)


def _may_be_given(first: str) -> bool:
    """Whether a word that no list knows may be a first name: no title, town or common word."""
    return first not in _no_surnames() | word_keys("titles")


_DEEDS = words_of(
    "won scored wrote drew sang read ran swam danced painted built performed placed finished "
    "earned played graduated came"
)


def _no_surnames() -> frozenset[str]:
    return word_keys("common_en", "common_fr", "place_words", "cities", "months")


def _cues() -> frozenset[str]:
    return word_keys("strong_cues") | {"to", "with", "and", "a", "avec", "et"}


def _settled(anchor: Anchor, draft: Draft) -> bool:
    return any(
        given.code == NAME and given.anchor == anchor and given.kind is ResolutionKind.SOMEONE_ELSE
        for given in draft.resolutions
    )


def _finding(where: str, surface: str, start: int, end: int, anchor: Anchor) -> Finding:
    return Finding(
        code="name.no_record",
        clause="4.1",
        severity=Severity.ADVICE,
        where=where,
        message=_(
            "“{words}” is not in the registry. If this is one of our students, check the "
            "spelling; of anybody else, ask whether they agree."
        ).format(words=surface),
        start=start,
        end=end,
        surface=surface,
        mends=(Mend(MendKind.SOMEONE_ELSE, _("This person agrees")),),
        anchor=anchor,
    )


CHECK = Check("unknown_name", "4.1", "Names that no roster knows", find_unknown_names)

"""Names with one part cut to an initial: "Emma S.", "E. Smith", "Smith, E."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smassistant.domain.findings import Form
from smassistant.domain.folding import squash
from smassistant.matching.grammar import role
from smassistant.matching.index import Ids, NameIndex
from smassistant.matching.parts import NOBODY, Found, Part, Parts
from smassistant.matching.tokens import Hit

_TWO = re.compile(r"(?<![\w.])([A-Z])\. ?([A-Z])\.(?! ?[A-Z]\w)(?!\w)")
_AFTER = re.compile(r" ?(?:'s )?([a-z']+)")
_GRADE = re.compile(r"\b(?:grade|gr\.?|class|homeroom|annee)\s*\d|\b[1-9][A-D]\b|\bstudent", re.I)
_SHORT_FORMS = frozenset(
    "P.E. B.C. U.S. P.M. A.M. D.C. P.A. N.S. P.S. I.D. T.V. R.R. E.A. A.D. C.E. N.B. P.D. I.T. "
    "A.I. U.K. V.P. S.K. J.K. E.S. H.R. J.V. T.A. M.C. D.J. P.O. N.W. S.E. L.A. N.Y. Q.C.".split()
)


def last_initial(parts: Parts, at: int, last: Part) -> Iterator[Found]:
    """ "Smith, E."."""
    token = parts.stretch.tokens[last.end]
    dotted = parts.stretch.text[token.end : token.end + 1] == "."
    if len(token.raw) == 1 and token.cap and dotted and parts.stretch.tokens[at].cap:
        rows = {row for row in last.exact if token.key in parts.index.initials(row, last=False)}
        if rows:
            yield parts.found(3, at, last.end + 1, rows, NOBODY, Form.INITIAL, 0.8)


def first_initial(parts: Parts, at: int) -> Iterator[Found]:
    """ "Emma S." and "Emma S"."""
    stretch = parts.stretch
    for first in parts.firsts[at]:
        if first.end >= len(stretch.tokens) or not stretch.plain(first.end - 1):
            continue
        letter = stretch.tokens[first.end]
        if len(letter.raw) != 1 or not letter.cap or not stretch.tokens[at].cap:
            continue
        follows = stretch.text[letter.end : letter.end + 2]
        closed = not follows.strip() or follows[0] in ".,!?;:)&\n" or letter.possessive
        if letter.key in "aioy" and not closed:
            continue
        rows = _with_initial(parts, first.exact, letter.key)
        loose = _with_initial(parts, first.loose, letter.key) - rows
        if rows or loose:
            sure = 0.6 if parts.all_words(at, first.end) else 0.85
            yield parts.found(2, at, first.end + 1, rows, loose, Form.INITIAL, sure)


def initial_last(parts: Parts, at: int) -> Iterator[Found]:
    """ "E. Smith", "E.J. Smith", "EJ Smith"."""
    stretch = parts.stretch
    token = stretch.tokens[at]
    if at and stretch.plain(at - 1) and stretch.tokens[at - 1].cap and not stretch.caps:
        before = stretch.tokens[at - 1].key
        if before not in parts.words.plain and before not in parts.words.strong_cues:
            return  # "Junie B. Jones" is somebody else
    if token.key in ("mr", "ms", "dr", "st") or (token.key == "m" and stretch.french):
        return
    start, dotted = at + 1, stretch.gaps[at : at + 1] in ((".",), (". ",))
    while start < len(stretch.tokens) and stretch.joins[start - 1]:
        for last in parts.lasts[start]:
            wordy = parts.all_words(start, last.end)
            if (wordy and not dotted) or not stretch.tokens[start].cap:
                continue
            if not dotted and token.key in "aioy":
                continue
            initial = token.key[0]
            rows = {row for row in last.exact if initial in parts.index.initials(row, last=False)}
            if rows and (len(token.raw) == 1 or token.raw.isupper()):
                yield parts.found(
                    3, at, last.end, rows, NOBODY, Form.INITIAL, 0.65 if wordy else 0.8
                )
        if start > at + 1 or len(stretch.tokens[start].raw) > 1:
            return
        start += 1


def find_initials(text: str, index: NameIndex) -> Iterator[Hit]:
    """ "J.T. (gr. 4)": two initials of a child, told by the grade or by what the child does."""
    graded = _GRADE.search(text) is not None
    loud = text.isupper()
    for match in _TWO.finditer(text):
        if match.group().replace(" ", "") in _SHORT_FORMS:
            continue
        rest = _AFTER.match(text, match.end())
        does = rest is not None and role(squash(rest[1])) in ("past", "verb", "ed", "having")
        sure = 0.5 if does or graded else 0.35
        if loud and match.start() and match.end() < len(text):
            continue
        if rows := index.with_initials(match[1], match[2]):
            yield Hit(*match.span(), tuple(sorted(rows)), Form.INITIAL, sure, surname=False)


def _with_initial(parts: Parts, rows: Ids, letter: str) -> Ids:
    return {row for row in rows if letter in parts.index.initials(row, last=True)}

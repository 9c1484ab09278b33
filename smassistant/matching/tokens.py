"""A stretch of text cut into words, with what joins them."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from smassistant.domain.findings import Form
from smassistant.words import words_of

_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*'?")
_ELISIONS = words_of("d l qu j m n s c t jusqu lorsqu puisqu quoiqu")
_BARRIERS = frozenset(',.!?;:()"/•&+|→…[]{}#@=%$<>')
_ABBREVIATIONS = frozenset({"st", "ste", "mt"})
_FRENCH = words_of(
    "le la les des du et est une un au aux avec pour dans en nos notre "
    "bonne merci felicitations que qui sur ses cette elle il nous vous leur eleve eleves fete "
    "annee toute tous journee"
)
_WIDEST_GAP = 8
_WIDEST_SPACE = 40  # where marks of a web page were


class Token(NamedTuple):
    """A word: offsets in the folded text without elision and possessive, and its look-up key."""

    start: int
    end: int
    raw: str
    key: str
    cap: bool
    possessive: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that names somebody, in offsets of the folded text; `rows` likeliest first."""

    start: int
    end: int
    rows: tuple[int, ...]
    form: Form
    confidence: float
    surname: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of folded text that is matched on its own, and remembered.

    `gaps[i]` is what stands between token i and the next; `joins[i]` whether a name may go on
    over it. `lower` and `topics` are of the whole post; `caps` and `titled` of the stretch.
    """

    text: str
    tokens: tuple[Token, ...]
    gaps: tuple[str, ...]
    joins: tuple[bool, ...]
    lower: bool
    topics: frozenset[str]
    caps: bool
    titled: bool
    french: bool

    def plain(self, at: int) -> bool:
        """Whether only a space or hyphen stands between token `at` and the next."""
        return 0 <= at < len(self.gaps) and self.gaps[at] in (" ", "-", "  ")

    def starts_sentence(self, at: int) -> bool:
        """Whether token `at` begins a sentence, line, item or quotation."""
        return at == 0 or any(mark in self.gaps[at - 1] for mark in '.!?:\n•"(–*')


def cut(text: str, known: Callable[[str], bool], lower: bool, topics: frozenset[str]) -> Stretch:
    """`text` (folded) as a stretch; `known` says which keys with an apostrophe are whole names."""
    tokens = tuple(_token(match, known) for match in _WORD.finditer(text))
    gaps = tuple(text[a.end : b.start] for a, b in pairwise(tokens))
    joins = tuple(
        not token.possessive and _joins(token, gap)
        for token, gap in zip(tokens, gaps, strict=False)
    )
    letters = shouted = long = capitals = french = 0
    for token in tokens:
        french += token.key in _FRENCH
        if not token.raw[0].isalpha():
            continue
        letters += (size := len(token.raw))
        shouted += size if token.raw.isupper() else 0
        if size > 3 and not known(token.key):
            long += 1
            capitals += token.cap
    return Stretch(
        text=text,
        tokens=tokens,
        gaps=gaps,
        joins=joins,
        lower=lower,
        topics=topics,
        caps=shouted > 0.7 * letters and shouted > 7,
        titled=long > 3 and capitals > 0.7 * long and not text.rstrip().endswith("."),
        french=french > 1,
    )


def _token(match: re.Match[str], known: Callable[[str], bool]) -> Token:
    start, end, raw = match.start(), match.end(), match.group()
    if "'" not in raw:
        return Token(start, end, raw, raw.lower(), raw[0].isupper(), False)
    return _with_apostrophe(start, end, raw, known)


def _with_apostrophe(start: int, end: int, raw: str, known: Callable[[str], bool]) -> Token:
    """The word without the elision before it and the possessive behind it."""
    possessive = False
    if raw.endswith("'"):
        possessive, raw, end = raw[-2:-1] in "sS", raw[:-1], end - 1
    head, mark, tail = raw.partition("'")
    if mark and head.lower() in _ELISIONS and not known((head + tail).lower()):
        start, raw = start + len(head) + 1, tail
    if raw[-2:] in ("'s", "'S"):
        possessive, raw, end = True, raw[:-2], end - 2
    # "l'Écuyer" is a name with its capital inside.
    cap = raw[0].isupper() or raw.partition("'")[2][:1].isupper()
    return Token(start, end, raw, raw.replace("'", "").lower(), cap, possessive)


def _joins(token: Token, gap: str) -> bool:
    """Whether a name may run on over `gap`: a space, a hyphen, a line break, a small picture."""
    if gap == " ":
        return True
    marks = gap.strip()
    if (
        len(marks) > _WIDEST_GAP
        or len(gap) > _WIDEST_SPACE
        or ("\n" in gap and marks and not gap.startswith("-"))
    ):
        return False
    if marks == "." and (len(token.raw) == 1 or token.key in _ABBREVIATIONS):
        return True
    return not _BARRIERS.intersection(marks)


def apart(hits: list[Hit]) -> tuple[Hit, ...]:
    """`hits` in order without overlaps: the surer stays, then the longer."""
    kept: list[Hit] = []  # in order
    for hit in sorted(hits, key=lambda one: (-one.confidence, one.start - one.end, one.start)):
        at = bisect(kept, hit.start, key=lambda one: one.start)
        free = not at or kept[at - 1].end <= hit.start
        if free and (at == len(kept) or hit.end <= kept[at].start):
            kept.insert(at, hit)
    return tuple(kept)

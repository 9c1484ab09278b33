"""What one sentence tells the rest of the post: topics, who else is named, grades and teachers."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass

from smassistant.domain.folding import squash
from smassistant.matching.grammar import topics_of
from smassistant.matching.index import NameIndex
from smassistant.matching.narrowing import Clues, Narrowing
from smassistant.matching.tokens import Hit
from smassistant.matching.vocabulary import DAYS, Vocabulary, works
from smassistant.words import words_of

_WORD = re.compile(r"\w+")
_PAIR = re.compile(r"(?=\b([A-Z]\w+)(\.?) ([A-Z][\w']+))")

_POLITE = words_of("mr mrs ms mx miss mme mlle madame monsieur dr")


@dataclass(frozen=True, slots=True)
class Other:
    """Two words that name somebody who isn't ours: in full, or by a title and a name.

    `start` and `end` are of both words, `last` is where the second begins, in the sentence.
    """

    start: int
    last: int
    end: int
    keys: tuple[str, ...]
    titled: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """What a sentence tells."""

    topics: frozenset[str]
    others: tuple[Other, ...]
    clues: Clues
    cast: frozenset[str]


def glance_at(text: str, index: NameIndex, words: Vocabulary, narrowing: Narrowing) -> Glance:
    """What the sentence `text` (folded) tells the rest of the post."""
    others = []
    for match in _PAIR.finditer(text):
        first, last = squash(match[1]), squash(match[3].removesuffix("'s"))
        start, middle, end = match.start(1), match.start(3), match.end(3)
        if first in _POLITE:
            continue  # a child may have the same name: "Mrs. Rose and Rose"
        if last in words.place_words and first not in words.words and first not in index.first:
            others.append(Other(start, start, start + len(match[1]), (first,), False))
        elif first in words.titles:
            others.append(Other(start, middle, end, (last,), True))
        elif not match[2] and _is_stranger(first, last, index, words):
            others.append(Other(start, middle, end, (first, last), False))
    lower = text.lower()
    begun = works().keys() & set(_WORD.findall(lower))
    told = (work for word in begun for work in works()[word])
    cast = frozenset().union(*(names for sign, names in told if _as_words(sign, lower)))
    return Glance(topics_of(text), tuple(others), narrowing.clues(text), cast)


def _as_words(sign: str, lower: str) -> bool:
    """Whether the sign of a work stands in the text as whole words, not in a longer one."""
    return sign in lower and re.search(rf"\b{re.escape(sign)}\b", lower) is not None


def _is_stranger(first: str, last: str, index: NameIndex, words: Vocabulary) -> bool:
    """Whether two words with capitals name somebody in full who is in no registry."""
    if first + last in words.public_figures:
        return True
    given = first in index.first or first in words.given_names
    surname = last not in words.plain and last not in index.first
    return given and surname and last not in DAYS and last not in words.place_words


def named_otherwise(glance: Glance, hits: tuple[Hit, ...], lone: list[bool]) -> set[str]:
    """Keys of names that the sentence gives to others than the people it was found to name."""
    found = set(glance.cast)
    if not glance.others:
        return found
    whole = [hit for hit, alone in zip(hits, lone, strict=True) if not alone]
    starts = {hit.start for hit in hits}
    for other in glance.others:
        at = bisect(whole, other.start, key=lambda hit: hit.end)
        if at < len(whole) and whole[at].start < other.end:
            continue
        if other.titled and other.last in starts:
            continue  # staff of the registry
        found.update(other.keys)
    return found

"""What ordinary words do in a sentence: pronoun, article, verb … by closed lists and endings."""

from __future__ import annotations

import re
from functools import cache

from smassistant.domain.folding import squash
from smassistant.matching.vocabulary import DAYS, vocabulary
from smassistant.words import word_lines

# Where a word is of several kinds, the first of these tells most about its neighbour.
_ROLES = (
    "subject", "owner", "article", "number", "of", "to", "with", "from", "in", "and", "not",
    "being", "having", "modal", "past", "french", "who", "but", "adverb", "object", "relation",
)  # fmt: skip
_ROLE_ORDER = {kind: place for place, kind in enumerate(_ROLES)}
# What a sentence is about, where a name is a pet's, a hero's, a town's or a shop's.
SUBJECTS = ("pet", "book", "trip", "shop", "praise", "vocative", "person", "schooling")


_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """Word → its kinds, from the list `grammar`; entries go on behind commas."""
    found: dict[str, list[str]] = {}
    for line in word_lines("grammar"):
        kind, _, words = line.partition(":")
        for word in words.split():
            kinds = found.setdefault(squash(word), [])
            if kind not in kinds:
                kinds.append(kind)
    return {key: tuple(kinds) for key, kinds in found.items()}


@cache
def _name_kinds() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in word_lines("name_kinds"):
        kind, _, words = line.partition(":")
        for word in words.split():
            kinds = found.setdefault(squash(word), [])
            if kind not in kinds:
                kinds.append(kind)
    shipped = vocabulary()
    for kind, keys in (("month", shipped.months), ("city", shipped.cities)):
        for key in keys:
            found.setdefault(key, []).append(kind)
    return {key: tuple(kinds) for key, kinds in found.items()}


def kinds_of(key: str) -> tuple[str, ...]:
    """All kinds of an ordinary word; none for a word of no closed class."""
    return _kinds().get(key, ())


@cache
def name_kinds(key: str) -> tuple[str, ...]:
    """What a name is beside a name: `aux`, `verb`, `mass`, `adj`, `month`, `city`, else `plural`
    or `thing`; and how often it was met as that: `many`, `some`, `few` times or `never`.
    """
    kinds = tuple(_name_kinds().get(key, ()))
    words = vocabulary().words
    if not kinds and key not in words:
        return ()
    if not kinds:
        kinds = ("plural",) if key.endswith("s") and key[:-1] in words else ("thing",)
    return (*kinds, _met().get(key, "never"))


@cache
def _met() -> dict[str, str]:
    found = {}
    for line in word_lines("word_counts"):
        often, _, words = line.partition(":")
        found.update(dict.fromkeys(words.split(), often))
    return found


def role(key: str) -> str:
    """The one thing the word does: a kind of the list, or `verb`, `ed`, `ing`, `word` …"""
    known = _MEMORY.get(key)
    if known is None:
        known = _role(key)
        if len(_MEMORY) < 50_000:
            _MEMORY[key] = known
    return known


_MEMORY: dict[str, str] = {}


def _role(key: str) -> str:
    kinds = [kind for kind in kinds_of(key) if kind in _ROLE_ORDER]
    if kinds:
        return min(kinds, key=_ROLE_ORDER.__getitem__)
    words = vocabulary()
    if key[:1].isdigit():
        return "digit"
    if key in words.verbs:
        return "verb"
    if key in DAYS:
        return "day"
    if key.endswith("ed") and len(key) > 4:
        return "ed"
    if key.endswith("ing") and len(key) > 5:
        return "ing"
    if key.endswith("ly") and len(key) > 4:
        return "adverb"
    if key in words.words:
        stem = key[:-1] if key.endswith("s") and not key.endswith("ss") else ""
        return "s" if stem in words.words else "word"
    # "Evan repeats", "Pat pats": what only people of the text do need not be in a list.
    return "s" if len(key) > 3 and key[-1] == "s" and key[-2] not in "sui" else "odd"


def topics_of(text: str) -> frozenset[str]:
    """What `text` is about, as `about …` cues: a game, pets, books, journeys, praise."""
    words = {word.replace("-", "") for word in _WORD.findall(text.lower())}
    found = {f"about {kind}" for word in words for kind in kinds_of(word) if kind in SUBJECTS}
    if not vocabulary().sport.isdisjoint(words):
        found.add("about sport")
    return frozenset(found)

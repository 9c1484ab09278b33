"""Names of people: whole names taken apart, and whether two names may be one person's."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from smassistant.registry.words import fold

_PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le los el al ibn bin st".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_ALIKE = 0.75
_MOST_COMPARED = 12


class Names(NamedTuple):
    """The names in one row."""

    first: str
    last: str
    preferred: str = ""
    others: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}".strip()


@lru_cache(maxsize=4096)
def split_last_first(text: str) -> tuple[str, str] | None:
    """(first, last) of "Last, First M"; None if there is no comma."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 2 or not parts[0]:
        return None
    last, given = parts[0], parts[1:]
    if len(given) > 1 and fold(given[0]) in _SUFFIXES:
        last, given = f"{last} {given[0]}", given[1:]
    words = " ".join(part for part in given if part).split()
    if len(words) > 1 and len(words[-1].rstrip(".")) == 1:
        words.pop()
    return " ".join(words), last


@lru_cache(maxsize=4096)
def split_first_last(text: str) -> tuple[str, str]:
    """(first, last) of "First Middle de la Last" (or of "Last, First")."""
    if "," in text and (split := split_last_first(text)):
        return split
    words = text.split()
    if len(words) < 2:
        return text, ""
    at = len(words) - 1
    if fold(words[at]) in _SUFFIXES and at > 1:
        at -= 1
    while at > 1 and fold(words[at - 1]) in _PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def may_be_one(names: list[Names]) -> bool:
    """Whether all these names could be of one person; a blank part fits any."""
    distinct = sorted(set(names))
    if len(distinct) > _MOST_COMPARED:
        return False
    return all(
        _fit(one, other) for index, one in enumerate(distinct) for other in distinct[index + 1 :]
    )


def _fit(one: Names, other: Names) -> bool:
    """Whether two names are near: the same words in any order, or both parts alike."""
    if set(fold(one.full).split()) == set(fold(other.full).split()):
        return True
    firsts, others = (
        [fold(name) for name in (item.first, item.preferred) if name] for item in (one, other)
    )
    return (
        not firsts or not others or any(_alike(a, b) for a in firsts for b in others)
    ) and _alike(fold(one.last), fold(other.last))


def _alike(one: str, other: str) -> bool:
    """Whether two names share a word, begin alike or differ by a letter or so."""
    if not one or not other or not set(one.split()).isdisjoint(other.split()):
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter):
        return True
    return SequenceMatcher(None, shorter, longer, autojunk=False).ratio() >= _ALIKE

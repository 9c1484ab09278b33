"""The registry's names cut into parts, so that any way of writing them can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from smassistant.domain.folding import squash
from smassistant.domain.people import Person
from smassistant.matching.vocabulary import (
    PARTICLES,
    SCHOOL_KINDS,
    Vocabulary,
    short_forms,
)

Ids = set[int]
_PARTS = re.compile(r"[\s\-'’.]+")
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
_SHORTEST, _LONGEST = 4, 20


class NameIndex:
    """Look-up key → rows of the registry, one table for each kind of name part.

    `first`, `last`: whole names, legal, preferred or other. `short`: usual short forms of a first
    name. `first_part`, `last_part`: one part of a name that has several. Never changed once built.
    """

    def __init__(self, people: Iterable[Person], vocabulary: Vocabulary) -> None:
        self.people = tuple(people)
        self.first: dict[str, Ids] = {}
        self.last: dict[str, Ids] = {}
        self.short: dict[str, Ids] = {}
        self.first_part: dict[str, Ids] = {}
        self.last_part: dict[str, Ids] = {}
        # First part of a name in several parts → in how many tokens it may be written.
        self.widths: dict[str, int] = dict.fromkeys(PARTICLES, 4)
        self._words = vocabulary.words
        self._initials: dict[str, Ids] | None = None
        self.school_words = _school_words(self.people)
        self._given: dict[str, tuple[str, ...]] = {}
        for row, person in enumerate(self.people):
            self._add(row, person)
        # Every key of the tables above: most words are none.
        self.parts = self.first.keys() | self.last.keys() | self.short.keys()
        self.parts |= self.first_part.keys() | self.last_part.keys()
        self._deletions: dict[str, list[str]] = {}
        for key in self.first.keys() | self.last.keys():
            if _SHORTEST <= len(key) <= _LONGEST:
                for shorter in deletions(key):
                    self._deletions.setdefault(shorter, []).append(key)

    def knows(self, key: str) -> bool:
        """Whether the key is a whole first name or surname."""
        return key in self.first or key in self.last

    def near(self, key: str) -> frozenset[str]:
        """Names one slip of the keyboard away from `key`: a letter more, less, wrong or swapped."""
        if not _SHORTEST - 1 <= len(key) <= _LONGEST + 1:
            return frozenset()
        found = set(self._deletions.get(key, ()))
        for shorter in deletions(key):
            found.update(self._deletions.get(shorter, ()))
            if self.knows(shorter):
                found.add(shorter)
        return frozenset(name for name in found if name != key and one_slip(name, key))

    def initials(self, row: int, last: bool) -> set[str]:
        """First letters of the person's first names, or of the parts of the surname."""
        person = self.people[row]
        names = [person.last_name] if last else [person.first_name, person.preferred_name]
        parts = [part for name in names for part in _PARTS.split(name) if part]
        if not last:
            parts = [name for name in names if name]
        return {squash(part)[:1] for part in parts}

    def with_initials(self, first: str, last: str) -> Ids:
        """Who has these initials, in a legal or preferred name."""
        if self._initials is None:
            made: dict[str, Ids] = {}
            for row, person in enumerate(self.people):
                for name in (person.first_name, person.preferred_name):
                    key = squash(name)[:1] + squash(person.last_name)[:1]
                    made.setdefault(key, set()).add(row)
            self._initials = made
        return self._initials.get((first + last).lower(), set())

    def _add(self, row: int, person: Person) -> None:
        for name in (person.first_name, person.preferred_name):
            if name:
                self._add_first(row, name)
        self._add_last(row, person.last_name)
        for other in (*person.other_names, *person.avoid_names):
            self._add_other(row, other, squash(person.last_name))

    def _add_other(self, row: int, name: str, last: str) -> None:
        """Another name may be a first name, a surname, or both written out."""
        parts = name.split()
        if len(parts) > 1 and not squash(name).endswith(last):
            self._add_last(row, parts[-1])
            self._add_first(row, " ".join(parts[:-1]))
        elif len(parts) > 1:
            self._add_first(row, parts[0])
        else:
            self._add_first(row, name)
            self._add_last(row, name)

    def _add_first(self, row: int, name: str) -> None:
        for key in _spellings(name):
            self.first.setdefault(key, set()).add(row)
        parts = self._add_width(name)
        formal = squash(name)
        if len(parts) > 1:
            self.first_part.setdefault(parts[0], set()).add(row)
            formal = parts[0]
        for short in short_forms().get(formal, ()):
            self.short.setdefault(short, set()).add(row)

    def _add_last(self, row: int, name: str) -> None:
        for key in _spellings(name):
            self.last.setdefault(key, set()).add(row)
        parts = self._add_width(name)
        if len(parts) == 2 or "-" in name:
            for part in parts:
                if len(part) > 2 and part not in PARTICLES and part not in self._words:
                    self.last_part.setdefault(part, set()).add(row)
            for half in name.split("-") if "-" in name else ():
                if (key := squash(half)) and key not in self._words and len(key) > 2:
                    self.last_part.setdefault(key, set()).add(row)
                    self._add_width(half)

    def _add_width(self, name: str) -> list[str]:
        """The parts of a name as keys; remembers how many tokens it can span."""
        if name.isalpha():
            return [squash(name)]
        parts = [key for part in _PARTS.split(name) if (key := squash(part))]
        if len(parts) > 1:
            self.widths[parts[0]] = max(len(parts), self.widths.get(parts[0], 1))
        return parts


def _school_words(people: Iterable[Person]) -> frozenset[str]:
    """The words that schools of the registry are called by, without "school", "high" …"""
    names = {person.school for person in people}
    parts = (squash(part) for name in names for part in name.split())
    return frozenset(part for part in parts if len(part) > 2) - SCHOOL_KINDS


def deletions(key: str) -> Iterator[str]:
    """`key` with each one of its letters left out."""
    return (key[:at] + key[at + 1 :] for at in range(len(key)))


def one_slip(a: str, b: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours turns `a` into `b`."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    at = 0
    while at < len(a) and a[at] == b[at]:
        at += 1
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    if a[at + 1 :] == b[at + 1 :]:
        return True
    swapped = a[at : at + 2] == b[at : at + 2][::-1]
    return swapped and a[at + 2 :] == b[at + 2 :]


def slips_between(a: str, b: str) -> int:
    """How many insertions, deletions, substitutions and swaps of neighbours turn `a` into `b`."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, last, row = row, before, [i]
        for j, y in enumerate(b, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _spellings(name: str) -> Iterator[str]:
    """The key of a name, and of its spelling with ae, oe, ue."""
    key = squash(name)
    if key:
        yield key
    if not name.isascii() and any(letter in _UMLAUTS for letter in name):
        spelt = squash("".join(_UMLAUTS.get(letter, letter) for letter in name))
        if spelt and spelt != key:
            yield spelt

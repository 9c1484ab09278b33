"""Who is likeliest meant, by the grade, teacher or school that the text mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from smassistant.domain.folding import squash
from smassistant.domain.people import Person
from smassistant.matching.vocabulary import SCHOOL_KINDS

_GRADE = re.compile(
    r"\b(?:grades?|gr\.?)\s*(\d{1,2}|k)\b|\b(\d{1,2})\s*(?:e|eme|re)\s+annee\b"
    r"|\b(\d{1,2})(?:st|nd|rd|th)\s+grade|\b(kindergarten|maternelle)\b",
    re.IGNORECASE,
)
_TEACHER = re.compile(
    r"\b(?:mr|mrs|ms|mx|miss|mme|mlle|madame|monsieur|m|dr)\b\.?\s+([A-Z][\w'-]+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Clues:
    """The grades, teachers and schools that a text mentions, as keys; schools by name."""

    grades: frozenset[str]
    teachers: frozenset[str]
    schools: frozenset[str]

    @property
    def any(self) -> bool:
        """Whether the text says anything."""
        return bool(self.grades or self.teachers or self.schools)


def merged(clues: Iterable[Clues]) -> Clues:
    """All that several sentences mention."""
    known = [each for each in clues if each.any]
    return Clues(
        frozenset().union(*(each.grades for each in known)),
        frozenset().union(*(each.teachers for each in known)),
        frozenset().union(*(each.schools for each in known)),
    )


class Narrowing:
    """The registry's grades, homeroom teachers and schools, to put the likeliest people first."""

    def __init__(self, people: tuple[Person, ...], school: str) -> None:
        self.people = people
        self.own = school
        self.grades = [_grade(person.grade) for person in people]
        rooms = {person.homeroom for person in people}
        schools = {person.school for person in people}
        self._room_keys = {room: _teachers(room) for room in rooms}
        self._school_keys = {name: _school_keys(name) for name in schools}

    def order(self, rows: tuple[int, ...], clues: Clues) -> tuple[int, ...]:
        """`rows` with those who fit the clues first; nobody is left out."""
        if len(rows) < 2 or not (clues.any or self.own):
            return rows
        return tuple(sorted(rows, key=lambda row: -self._fit(row, clues)))

    def clues(self, text: str) -> Clues:
        """What `text` (folded) says about grade, teacher and school."""
        key = squash(text)
        schools = (name for name, keys in self._school_keys.items() if any(k in key for k in keys))
        teachers = (squash(name.removesuffix("'s")) for name in _TEACHER.findall(text))
        return Clues(
            grades=frozenset(_grade(next(filter(None, found))) for found in _GRADE.findall(text)),
            teachers=frozenset(teachers),
            schools=frozenset(schools),
        )

    def _fit(self, row: int, clues: Clues) -> int:
        person = self.people[row]
        grade = self.grades[row] in clues.grades
        teacher = not self._room_keys[person.homeroom].isdisjoint(clues.teachers)
        school = person.school in clues.schools
        own = bool(self.own) and person.school == self.own
        return 4 * teacher + 2 * grade + 2 * school + own


def _grade(text: str) -> str:
    key = squash(text)
    if key in ("kindergarten", "maternelle", "kg", "jk", "sk"):
        return "k"
    return key.removeprefix("grade").lstrip("0") or key


def _teachers(homeroom: str) -> frozenset[str]:
    parts: Iterable[str] = re.split(r"[\s\-/]+", homeroom)
    return frozenset(key for part in parts if len(key := squash(part)) > 2 and not key.isdigit())


def _school_keys(school: str) -> tuple[str, ...]:
    """The school's whole name and the words that tell it from others."""
    parts = [key for part in school.split() if (key := squash(part)) and key not in SCHOOL_KINDS]
    key = "".join(parts)
    return (key,) if len(key) > 4 else ()

"""Which people of the registry a search is to show: a class, a kind, those who need something."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smassistant.domain.people import Kind, Person
from smassistant.i18n import _

SOON_DAYS = 30  # a permission that ends within so many days needs something done


@dataclass(frozen=True, slots=True)
class Group:
    """A class of a school; where a roster knows no homerooms, a grade."""

    school: str = ""
    homeroom: str = ""
    grade: str = ""

    @property
    def shown(self) -> str:
        """The class's or grade's name without its school."""
        return self.homeroom or _("Grade {grade}").format(grade=self.grade)

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts 2B before 10A, and within one school."""
        words = re.findall(r"\d+|\D+", self.homeroom or self.grade)
        parts = tuple((0, int(w), "") if w.isdecimal() else (1, 0, w.casefold()) for w in words)
        return (self.school.casefold(), not self.homeroom, parts)


def group_of(person: Person) -> Group:
    """The class a person belongs to, or the grade where they have no class."""
    return Group(person.school, person.homeroom, "" if person.homeroom else person.grade)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search besides its words; `attention`: only who needs something done."""

    group: Group | None = None
    kind: Kind | None = None
    attention: bool = False

"""The division's own limits beyond permission: surnames beside photos, first names, year's end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from smassistant.domain.people import Kind, Person
from smassistant.domain.settings import Settings
from smassistant.i18n import _

_YEAR_END = (6, 30)
_NOT_WORD = re.compile(r"[\W_]+")
_GRADE_WORDS = re.compile(
    r"^(?:grade|gr|niveau|ann[eé]e) ?|(?<=\d) ?(?:e|re|ère|th|st|nd|rd|i[eè]me)?(?: ann[eé]e)?$"
)
_KINDERGARTEN = frozenset({"k", "kg", "kindergarten", "maternelle", "jk", "sk", "ecs", "pk"})


@dataclass(frozen=True, slots=True)
class Policies:
    """What the division allows at most, whatever was permitted (clause 4.1).

    `surname_beside_photo` False: a student's surname never goes out beside a photo. In
    `first_name_grades` (levelled by `grade_key`) a student is named by the first name only.
    With `public_events` a photo of a public event may go out on a leader's recorded reason,
    never by itself, where nobody was asked or the permission has run out. `office` answers for
    clause 6, or, with `leader_may_decide`, a school leader may.
    """

    surname_beside_photo: bool = True
    first_name_grades: frozenset[str] = frozenset()
    office: str = "FOIP Coordinator"
    leader_may_decide: bool = False
    public_events: bool = False

    def first_name_only(self, person: Person) -> bool:
        """Whether this person may be named by the first name only."""
        return person.kind is Kind.STUDENT and grade_key(person.grade) in self.first_name_grades


def policies_of(settings: Settings) -> Policies:
    """The policies that the settings say."""
    return Policies(
        settings.surname_beside_photo,
        _grade_keys(settings.first_name_grades),
        _(settings.privacy_office),
        settings.leader_may_decide,
        settings.public_events,
    )


def grade_key(grade: str) -> str:
    """A grade as grades are compared: "Gr. 04" is "4", "Kindergarten" is "k"."""
    plain = _GRADE_WORDS.sub("", _NOT_WORD.sub(" ", grade.casefold()).strip()).strip()
    if plain in _KINDERGARTEN:
        return "k"
    return str(int(plain)) if plain.isdecimal() else plain


def _grade_keys(grades: Iterable[str]) -> frozenset[str]:
    return frozenset(key for grade in grades if (key := grade_key(grade)))


def permissions_end(settings: Settings, day: date) -> date:
    """The first end of a school year on or after `day`; 30 June if the setting is no day."""
    month, number = _month_and_day(settings.permission_ends)
    this_year = _day(day.year, month, number)
    return this_year if this_year >= day else _day(day.year + 1, month, number)


def valid_end(text: str) -> bool:
    """Whether `text` is a month and day such as "06-30"."""
    return _parsed(text) is not None


def _month_and_day(text: str) -> tuple[int, int]:
    return _parsed(text) or _YEAR_END


def _parsed(text: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text.strip())
    if match is None:
        return None
    month, number = int(match[1]), int(match[2])
    try:
        date(2024, month, number)  # a leap year: 29 February is a day
    except ValueError:
        return None
    return month, number


def _day(year: int, month: int, number: int) -> date:
    """That day of the year; 28 February stands in for a 29th that is not there."""
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, month, number - 1)

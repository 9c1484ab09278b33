"""What a roster file holds once it is read: people, answers, problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from smassistant.domain.consents import Channel, Use
from smassistant.domain.people import Person

Key = tuple[Use, Channel]

ALL_KEYS: tuple[Key, ...] = tuple((use, channel) for use in Use for channel in Channel)


MOST_ANSWERS = 50
LONGEST_ANSWER = 60
"""Characters; what is longer is a remark about one person, not an answer that comes again."""


def key_name(key: Key) -> str:
    """The name of a permission in files and JSON, such as "photo:website"."""
    return f"{key[0].value}:{key[1].value}"


class Code(StrEnum):
    """What is wrong with a row or a heading."""

    DUPLICATE_NUMBER = "duplicate_number"
    MISSING_NUMBER = "missing_number"
    MISSING_NAME = "missing_name"
    BAD_VALUE = "bad_value"
    BAD_DATE = "bad_date"
    AMBIGUOUS_DATE = "ambiguous_date"
    CONFLICTING_ROWS = "conflicting_rows"
    CONTROL_CHARACTERS = "control_characters"
    FORMULA = "formula"
    SHORT_ROW = "short_row"
    LONG_ROW = "long_row"
    UNKNOWN_HEADING = "unknown_heading"


class LeftOut(StrEnum):
    """Why a column is not read."""

    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"
    SAME_MEANING = "same_meaning"
    HIDDEN = "hidden"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: the field it is read as, or why it is left out.

    `heading` is the column's letter where it has no heading of its own.
    """

    heading: str
    field: str = ""
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at; `message` never repeats what the cell says.

    `row` counts as a spreadsheet does, `line` is the line of the text file where the row begins
    (for a workbook the two are one), `column` is the heading, or "" for the whole row.
    """

    row: int
    line: int
    column: str
    code: Code
    message: str


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One person of a roster with all rows of their number combined.

    `answers` holds True for granted and False for refused; a key that is not there has no answer
    that counts. `expires` is the last day on which what is granted holds. `given` has for each of
    `ALL_KEYS` the day its answer was given, None where the file does not say; it is empty where
    the file says it of none.
    """

    person: Person
    signer: str
    expires: date | None
    answers: Mapping[Key, bool]
    given: tuple[date | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """A whole file: `rows` counts those below the headings that hold anything.

    `encoding` is "utf-8", "utf-16" or "windows-1252" ("xlsx" for a workbook, whose `delimiter`
    is empty). `mapping` says which heading was read as which field; every other heading is in
    `ignored_columns`. `columns` are both in the file's order.

    `sample` holds the first rows of the columns with a field, never of another. `answers` are the
    distinct answers to permissions (at most `MOST_ANSWERS`, none longer than `LONGEST_ANSWER`)
    and what each was taken for: yes, no, or None for nothing; `blank_answers` says whether any
    was blank. `ambiguous_dates` counts dates that can be read with the day or the month first,
    such as `date_example`, whether or not the order was told; `example_days` is what that one
    is with the day and with the month first.
    """

    people: tuple[RosterPerson, ...]
    rows: int
    encoding: str
    delimiter: str
    problems: tuple[Problem, ...]
    ignored_columns: tuple[str, ...]
    mapping: Mapping[str, str]
    has_permissions: bool
    columns: tuple[Column, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    answers: Mapping[str, bool | None] = field(default_factory=dict)
    blank_answers: bool = False
    ambiguous_dates: int = 0
    date_example: str = ""
    example_days: tuple[date, date] | None = None

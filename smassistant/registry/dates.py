"""Dates as people and programs write them; what can be read in two ways stays two days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from smassistant.registry.words import fold

_CLOCK = re.compile(
    r"(?P<day>.*?)[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?Z?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_ZERO = date(1899, 12, 30)
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:er|st|nd|rd|th)? )?([a-z]+) (?:(\d{1,2})(?:st|nd|rd|th)? )?(\d{4})"
)
_MONTHS = (
    "january jan janvier janv",
    "february feb fevrier fev fevr",
    "march mar mars",
    "april apr avril avr",
    "may mai",
    "june jun juin",
    "july jul juillet juil",
    "august aug aout",
    "september sep sept septembre",
    "october oct octobre",
    "november nov novembre",
    "december dec decembre",
)
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}


class Moment(NamedTuple):
    """The first and the last instant that a text can mean (local time)."""

    earliest: datetime
    latest: datetime

    @property
    def ambiguous(self) -> bool:
        """Whether the text can mean more than one day."""
        return self.earliest.date() != self.latest.date()


def read_moment(text: str, day_first: bool | None = None) -> Moment | None:
    """What `text` (a date, perhaps with a time) can mean; None if it can't be read.

    `day_first` says which of 3 April and 4 March "03/04/2027" is; None leaves both.
    """
    days, clock = _days_of(text, day_first), None
    if not days and (match := _CLOCK.fullmatch(text)):
        clock = _clock_of(match)
        days = _days_of(match["day"], day_first) if clock is not None else set()
    if not days:
        return None
    if clock is None:
        return Moment(datetime.combine(min(days), time.min), datetime.combine(max(days), time.max))
    return Moment(datetime.combine(min(days), clock), datetime.combine(max(days), clock))


def _clock_of(match: re.Match[str]) -> time | None:
    """The time of day in a match of `_CLOCK`, 12-hour or 24-hour."""
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    try:
        return time(hour, int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None


def in_either_order(text: str) -> bool:
    """Whether telling if the day or the month stands first changes what `text` means."""
    return read_moment(text, True) != read_moment(text, False)


def both_orders(text: str) -> tuple[date, date] | None:
    """The day that `text` is with the day first and with the month first; None if it is none."""
    day_first, month_first = read_moment(text, True), read_moment(text, False)
    if day_first is None or month_first is None:
        return None
    return day_first.earliest.date(), month_first.earliest.date()


def _days_of(text: str, day_first: bool | None) -> set[date]:
    """Every day that `text` can mean."""
    text = text.strip()
    days = {day for parts in _readings_of(text, day_first) if (day := _day(*parts))}
    if days or day_first is None:
        return days
    return {day for parts in _readings_of(text, None) if (day := _day(*parts))}


def _readings_of(text: str, day_first: bool | None) -> Iterator[tuple[int, int, int]]:
    """Every (year, month, day) that `text` could stand for, real days or not."""
    if match := _COMPACT.fullmatch(text):
        yield int(match[1]), int(match[2]), int(match[3])
    elif match := _SERIAL.fullmatch(text):
        serial = _SERIAL_ZERO + timedelta(days=int(match[1]))
        yield serial.year, serial.month, serial.day
    elif match := _NUMBERS.fullmatch(text):
        yield from _numeric_readings(match[1], match[2], match[3], match[4], day_first)
    elif match := _NAMED.fullmatch(fold(text)):
        month = _MONTH_OF.get(match[2], 0)
        if bool(match[1]) != bool(match[3]):
            yield int(match[4]), month, int(match[1] or match[3])


def _numeric_readings(
    first: str, separator: str, second: str, third: str, day_first: bool | None
) -> Iterator[tuple[int, int, int]]:
    """Readings of three numbers: year first, or day and month in either order before the year."""
    if len(first) == 4 and len(third) <= 2:
        yield int(first), int(second), int(third)
    if len(first) <= 2 and len(third) in {2, 4}:
        year = int(third) if len(third) == 4 else 2000 + int(third)
        if day_first is not False:
            yield year, int(second), int(first)
        if day_first is not True:
            yield year, int(first), int(second)
    if len(first) == 2 and len(third) == 2 and separator == "-":
        yield 2000 + int(first), int(second), int(third)


def _day(year: int, month: int, day: int) -> date | None:
    """The day, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None

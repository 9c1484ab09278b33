"""Dates: every usual spelling, and never longer than can be meant."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.registry.dates import read_moment

DAY = date(2026, 8, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-31", "2026/8/31", "2026.08.31", "20260831", "31/08/2026", "08/31/2026",
        "31-8-2026", "8/31/26", "31.08.2026", "31 August 2026", "August 31, 2026", "31-Aug-2026",
        "Aug 31st 2026", "31 août 2026", "46265", "46265.0", "2026-08-31 00:00:00",
        "2026-08-31T12:30:00Z", "8/31/2026 14:03:22", "8/31/2026 2:03:22 PM", "26-08-31",
        "31 aout 2026",
    ],
)  # fmt: skip
def test_usual_spellings(text: str) -> None:
    moment = read_moment(text)

    assert moment is not None
    assert moment.earliest.date() == DAY
    assert not moment.ambiguous or text == "26-08-31"


def test_first_of_the_month_in_french() -> None:
    moment = read_moment("1er juin 2027")

    assert moment is not None
    assert moment.earliest.date() == date(2027, 6, 1)


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("06/07/2026", date(2026, 6, 7)),
        ("7-6-2026", date(2026, 6, 7)),
        ("3/4/26", date(2026, 3, 4)),
    ],
)
def test_either_order_gives_the_earlier_day(text: str, earliest: date) -> None:
    moment = read_moment(text)

    assert moment is not None
    assert moment.ambiguous
    assert moment.earliest.date() == earliest


def test_the_same_day_in_either_order_is_certain() -> None:
    moment = read_moment("05/05/2026")

    assert moment is not None
    assert not moment.ambiguous


@pytest.mark.parametrize(
    "text",
    ["", "soon", "never", "2026", "2026-08", "June 2026", "31/02/2026", "2026-13-01", "1/2/3",
     "32 May 2026", "2026-08-31 25:00", "2026-08-31 13:00 PM", "31 Foo 2026", "5 May 6 2026",
     "0000-01-01", "2026-08/31", "12345678901"],
)  # fmt: skip
def test_unreadable(text: str) -> None:
    assert read_moment(text) is None


def test_a_time_of_day_orders_two_answers() -> None:
    first, second = read_moment("8/31/2026 9:05:00 AM"), read_moment("2026-08-31 09:06")

    assert first is not None
    assert second is not None
    assert first.latest == datetime(2026, 8, 31, 9, 5)  # noqa: DTZ001 - as the file says it
    assert first.latest < second.earliest


@given(st.dates(min_value=date(1950, 1, 1)))
def test_iso_dates_are_exact(day: date) -> None:
    moment = read_moment(day.isoformat())

    assert moment is not None
    assert moment.earliest.date() == moment.latest.date() == day


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from("/-. "))
def test_no_reading_is_later_than_the_day_meant_in_either_order(day: date, sign: str) -> None:
    for text in (f"{day.day}{sign}{day.month}{sign}{day.year}",
                 f"{day.month}{sign}{day.day}{sign}{day.year}"):  # fmt: skip
        moment = read_moment(text)
        assert moment is not None
        assert moment.earliest.date() <= day <= moment.latest.date()


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    moment = read_moment(text)

    assert moment is None or moment.earliest <= moment.latest

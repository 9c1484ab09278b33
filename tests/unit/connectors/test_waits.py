"""Reading "when may I ask again" in every form platforms say it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.connectors.waits import LONGEST_WAIT, wait_until

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
NAMES = (
    "Retry-After",
    "RateLimit-Reset",
    "X-RateLimit-Reset",
    "x-rate-limit-reset",
    "X-Business-Use-Case-Usage",
)
META = {"178": [{"type": "pages", "estimated_time_to_regain_access": 5}, {"type": "x"}]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Retry-After", "300"),
        ("retry-after", " 300.0 "),
        ("Retry-After", format_datetime(LATER, usegmt=True)),
        ("RateLimit-Reset", "300"),
        ("RateLimit-Reset", str(int(LATER.timestamp()))),
        ("x-rate-limit-reset", str(int(LATER.timestamp()))),
        ("X-RateLimit-Reset", str(int(LATER.timestamp() * 1000))),
        ("X-RateLimit-Reset", "2026-11-24T15:35:00.000Z"),
        ("X-RateLimit-Reset", "2026-11-24T08:35:00-07:00"),
        ("X-Business-Use-Case-Usage", json.dumps(META)),
    ],
)
def test_every_form_gives_the_same_instant(name: str, value: str) -> None:
    assert wait_until({name: value}, NOW) == LATER


@pytest.mark.parametrize(
    "value", ["", "soon", "nan", "inf", "-inf", "1e999", "{}", "[]", "Tue, 99 Nov 2026", "٣"]
)
@pytest.mark.parametrize("name", NAMES)
def test_nonsense_says_nothing_or_little(name: str, value: str) -> None:
    until = wait_until({name: value}, NOW)
    assert until is None or until - NOW < timedelta(seconds=10)


def test_retry_after_beats_the_reset_of_the_window() -> None:
    headers = {"Retry-After": "60", "RateLimit-Reset": "900"}
    assert wait_until(headers, NOW) == NOW + timedelta(seconds=60)


def test_the_latest_of_several_resets_counts() -> None:
    headers = {"RateLimit-Reset": "60", "X-RateLimit-Reset": "300"}
    assert wait_until(headers, NOW) == LATER


def test_an_instant_that_has_passed_means_now() -> None:
    assert wait_until({"Retry-After": "Tue, 24 Nov 2020 15:30:00 GMT"}, NOW) == NOW
    assert wait_until({"RateLimit-Reset": "1600000000"}, NOW) == NOW
    assert wait_until({"Retry-After": "-5"}, NOW) == NOW


def test_nothing_said() -> None:
    assert wait_until({}, NOW) is None
    assert wait_until({"Content-Type": "text/html"}, NOW) is None


@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.text(max_size=40)
        | st.floats().map(str)
        | st.integers().map(str)
        | st.datetimes(timezones=st.just(timezone(timedelta(hours=-7)))).map(datetime.isoformat)
        | st.recursive(
            st.none() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["a", "estimated_time_to_regain_access"]), inner, max_size=2
                )
            ),
        ).map(json.dumps),
    )
)
def test_whatever_a_server_says_nobody_waits_too_long(headers: dict[str, str]) -> None:
    until = wait_until(headers, NOW)
    assert until is None or NOW <= until <= NOW + LONGEST_WAIT


@given(st.integers(0, int(LONGEST_WAIT.total_seconds())))
def test_forms_agree(seconds: int) -> None:
    until = NOW + timedelta(seconds=seconds)
    forms = (str(seconds), str(int(until.timestamp())), until.isoformat(), format_datetime(until))
    assert {wait_until({"RateLimit-Reset": form}, NOW) for form in forms} == {until}

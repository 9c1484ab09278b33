"""Lengths as the places count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.checks.place_limits import find_place_limits
from smassistant.domain.counting import count, graphemes
from smassistant.domain.places import Counting
from smassistant.domain.posts import Draft
from tests.unit.checks.school import facts, picture


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("abc", 3),
        ("e\u0301", 1),
        ("👩‍👩‍👧‍👦", 1),
        ("👍🏽", 1),
        ("🇨🇦🇫🇷", 2),
        ("🇨🇦🇫", 2),
        ("1️⃣", 1),
        ("\r\n", 1),
        ("각", 1),
        ("\u1100\u1161\u11a8", 1),
        ("☀️!", 2),
        ("👨‍👩 👨", 3),
        ("", 0),
    ],
)
def test_graphemes_are_what_a_reader_sees(text: str, length: int) -> None:
    assert count(text, Counting.GRAPHEMES) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("hello", 5),
        ("héllo", 5),
        ("日本", 4),
        ("👩‍👩‍👧‍👦", 2),
        ("🇨🇦", 2),
        ("see https://example.ca/a/very/long/path?with=query ok", 4 + 23 + 3),
        ("www.example.com", 23),
        ("“quoted” – dash", 15),
    ],
)
def test_x_counts_addresses_as_23_and_wide_letters_twice(text: str, length: int) -> None:
    assert count(text, Counting.WEIGHTED) == length


@given(st.text())
def test_graphemes_put_together_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text
    assert count(text, Counting.GRAPHEMES) <= count(text, Counting.CHARACTERS)


def test_each_place_has_its_limit() -> None:
    draft = Draft("a" * 301, (), ("bluesky", "facebook", "x", "instagram"))
    findings = list(find_place_limits(draft, facts()))
    assert [(finding.code, finding.places) for finding in findings] == [
        ("limit.text", ("bluesky",)),
        ("limit.text", ("x",)),
        ("limit.no_picture", ("instagram",)),
    ]
    assert "1 character too long for Bluesky" in findings[0].message
    assert "21 characters too long for X" in findings[1].message


def test_exactly_at_the_limit_is_fine() -> None:
    assert list(find_place_limits(Draft("é" * 300, (), ("bluesky",)), facts())) == []


def test_too_many_pictures() -> None:
    draft = Draft("", (picture(),) * 5, ("x", "facebook"))
    (finding,) = find_place_limits(draft, facts())
    assert finding.code == "limit.pictures"

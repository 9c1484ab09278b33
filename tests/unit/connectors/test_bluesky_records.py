"""Keys, links, tags and mentions of Bluesky posts."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.connectors.bluesky_records import Keys, facets, text_mark, timestamp
from smassistant.practice.rules import check_key

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


def shown(text: str) -> list[tuple[str, str]]:
    """What each facet covers of the text's bytes, and where it leads."""
    found = []
    for facet in facets(text, lambda handle: f"did:plc:{handle}"):
        piece = text.encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
        (feature,) = facet["features"]
        target = next(value for name, value in feature.items() if name != "$type")
        found.append((piece, target))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.ca.", [("https://example.ca", "https://example.ca")]),
        ("🎉é https://example.ca/é?a=1&b=2#c!", [("https://example.ca/é?a=1&b=2#c",) * 2]),
        ("(https://example.ca/a_(b))", [("https://example.ca/a_(b)",) * 2]),
        ("www.example.ca, now", [("www.example.ca", "https://www.example.ca")]),
        ("“https://example.ca/x”", [("https://example.ca/x",) * 2]),
        ("HTTPS://EXAMPLE.CA/A", [("HTTPS://EXAMPLE.CA/A",) * 2]),
        ("https:// and https://... and http://localhost", []),
        ("nothttps://example.ca me@www.example.ca", []),
        ("#Fête #2026 #oak2026! # #", [("#Fête", "Fête"), ("#oak2026", "oak2026")]),
        ("👩‍👩‍👧‍👦 #oak #oak", [("#oak", "oak"), ("#oak", "oak")]),
        ("no#tag https://example.ca/#top", [("https://example.ca/#top",) * 2]),
        ("#" + "a" * 65 + " #" + "b" * 64, [("#" + "b" * 64, "b" * 64)]),
        ("@Oak.School.ca. @oak", [("@Oak.School.ca", "did:plc:oak.school.ca")]),
        ("office@oak.school.ca @a.b@c.d @-.ca", []),
    ],
)
def test_what_is_marked(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text) == expected


def test_unknown_handle_stays_text_and_is_asked_for_once() -> None:
    asked: list[str] = []
    assert facets("@a.test @A.test", lambda handle: asked.append(handle)) == []
    assert asked == ["a.test"]


def test_many_mentions_ask_only_so_often() -> None:
    asked: list[str] = []
    facets(" ".join(f"@h{number}.test" for number in range(50)), lambda one: asked.append(one))
    assert len(asked) == 10


words = st.sampled_from(
    ["https://example.ca/a", "#tag", "@oak.test", "www.a.ca", "é", "🎉", "(", ")."]
)


@given(st.lists(words | st.text(max_size=6), max_size=12), st.sampled_from([" ", "", "\n"]))
def test_facets_lie_in_order_on_whole_characters(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    at = 0
    for facet in facets(text, lambda handle: "did:plc:x"):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        assert at <= start < end
        text.encode()[start:end].decode()  # raises inside a character
        assert text.encode()[:start].decode() + text.encode()[start:].decode() == text
        at = end
    assert at <= len(text.encode())


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=365)), min_size=2, max_size=20))
def test_keys_grow_even_when_the_clock_goes_back(steps: list[timedelta]) -> None:
    keys = Keys()
    made = [keys.next(NOW + step) for step in steps]
    assert made == sorted(set(made))
    for key in made:
        check_key(key)


@given(st.integers(0, 365 * 100), st.integers(1, 10**9))
def test_keys_of_two_programs_sort_by_time(days: int, microseconds: int) -> None:
    earlier = NOW + timedelta(days=days)
    assert Keys().next(earlier) < Keys().next(earlier + timedelta(microseconds=microseconds))


def test_keys_made_on_many_threads_differ() -> None:
    keys, made = Keys(), []
    threads = [
        threading.Thread(target=lambda: made.extend(keys.next(NOW) for _number in range(200)))
        for _thread in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1600


def test_time_and_text_mark() -> None:
    assert timestamp(NOW) == "2026-11-24T15:30:00.000Z"
    assert text_mark("a") != text_mark("b")
    assert text_mark("half \ud83c")

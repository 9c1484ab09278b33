"""A long text of one pattern costs in proportion to its length."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from smassistant.domain.people import Person
from smassistant.matching.engine import _SENTENCE_END, NameMatcher
from smassistant.matching.glued import SPECIAL

PEOPLE = (
    Person("1", "1", "Emma", "Smith", school="Sage School"),
    Person("2", "2", "May", "Park", school="Sage School"),
)


def calls(text: str) -> int:
    """How many calls, of Python and of C, a first look at `text` takes."""
    matcher = NameMatcher(PEOPLE)
    counted = 0

    def count(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        matcher.mentions(text)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    "piece",
    ["a.", "1.", "!", "Emma, ", "Emma and ", "Emma Smith, ", "E.S. ", "May is here ", "AaBb",
     "E m ", "the Smiths ", "emma ", "#a", "a/", "Emma, Emma Smith, "],
)  # fmt: skip
def test_twice_the_text_is_twice_the_work(piece: str) -> None:
    calls(piece)  # what is remembered about words
    short, long = calls(piece * 150), calls(piece * 300)
    assert long < 2.3 * short + 200


@pytest.mark.parametrize("run", ["a." * 40, "1." * 40, "a-a." * 20, "a.com." * 9])
def test_no_special_word_is_sought_from_inside_a_run(run: str) -> None:
    # Else each of n places would be tried over the n that follow.
    text = run + ".jpg"
    assert SPECIAL.search(text)
    begun = [at for at in range(len(text)) if SPECIAL.match(text, at)]
    assert len(begun) <= 2


def test_no_sentence_end_is_sought_from_inside_marks() -> None:
    text = "!?" * 30 + " "
    assert [at for at in range(len(text)) if _SENTENCE_END.match(text, at)] == [0]

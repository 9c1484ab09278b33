"""Which words of a text are looked up, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.spelling.words import LONGEST_PIECE, plain, readings, words_among, words_in

WANTED = ("teh", "l'ecole", "well-knwon", "élèvve", "e")
PIECES = (
    "teh", "l’ecole", "l'ecole", "well‑knwon", "élèvve", "e\u0301le\u0300vve", "te\u00adh", "e",
    " ", "\u00a0", "\n", "-", "’", "#", "@x.ca", ".", "😀", "TEH", "1", "_", "tehs",
)  # fmt: skip


def looked_up(text: str) -> list[str]:
    return [word.text for word in words_in(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Well done, Grade 4!", ["Well", "done", "Grade"]),
        ("See https://example.org/teh?x=wrod and www.teh.example.", ["See", "and"]),
        ("(teh@example.org)", []),
        ("(mail: ask teh@example.org today)", ["mail", "ask", "today"]),
        ("#GoTeams @school_teh teh.jpg done", ["done"]),
        ("NASA and the NASA's LCI", ["and", "the"]),
        ("4B, 10h30, 2nd, room_a, B2B", []),
        ("a I é", []),
        ("don’t l’école t‑shirt", ["don't", "l'école", "t-shirt"]),
        ("the students' work, 'quoted'", ["the", "students", "work", "quoted"]),
        ("cafe\u0301 co\u00adop", ["café", "coop"]),
        ("مرحبا بالعالم ᓂᐦᐃᔭᐍᐏᐣ 学校 школа hello", ["hello"]),
        ("👩🏽‍🚀hello👍world", ["hello", "world"]),
        ("teacher/parent and/or", ["teacher", "parent", "and", "or"]),
    ],
)
def test_what_is_looked_up(text: str, words: list[str]) -> None:
    assert looked_up(text) == words


@given(st.text(max_size=200))
def test_every_word_stands_where_it_says(text: str) -> None:
    end = 0
    for word in words_in(text):
        assert end <= word.start < word.end <= len(text)
        assert plain(text[word.start : word.end]) == word.text
        end = word.end


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("school", [("school",)]),
        ("l'école", [("l'école",), ("école",)]),
        ("Qu'il", [("Qu'il",), ("il",)]),
        ("Brightwater's", [("Brightwater's",), ("Brightwater",)]),
        ("peut-on", [("peut-on",), ("peut", "on")]),
    ],
)
def test_the_ways_to_take_a_word(word: str, ways: list[tuple[str, ...]]) -> None:
    assert list(readings(word)) == ways


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sets(st.sampled_from(WANTED)))
def test_wanted_words_are_found_as_if_all_were_looked_at(
    pieces: list[str], wanted: set[str]
) -> None:
    text = "".join(pieces)
    expected = [word for word in words_in(text) if word.text in wanted]
    assert list(words_among(wanted, text)) == expected


def test_wanted_words_are_found_in_a_piece_without_end() -> None:
    text = "teh-" * LONGEST_PIECE + " teh"
    assert [word.start for word in words_among({"teh"}, text)] == [len(text) - 3]

"""Text is cut into the likeliest known pieces, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smassistant.hints.pieces import BEGIN, END, SPACE, UNKNOWN, Pieces

KNOWN = [
    ("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0),
    (f"{SPACE}bake", -3.0), (f"{SPACE}ba", -2.0), ("ke", -2.5), (f"{SPACE}sale", -3.0),
    (SPACE, -4.0), *((letter, -6.0) for letter in "abekls"),
]  # fmt: skip
PIECES = Pieces(KNOWN)


def cut(text: str, most: int = 50) -> list[str]:
    return [KNOWN[number][0] for number in PIECES.numbers(text, most)]


def test_the_likeliest_cut_is_taken() -> None:
    assert cut("bake sale") == ["<s>", f"{SPACE}bake", f"{SPACE}sale", "</s>"]
    assert cut("bakes") == ["<s>", f"{SPACE}bake", "s", "</s>"]


def test_an_unknown_letter_costs_one_piece() -> None:
    assert cut("baße") == ["<s>", f"{SPACE}ba", "<unk>", "e", "</s>"]


def test_full_width_letters_are_the_same_letters() -> None:
    assert cut("ｂａｋｅ") == cut("bake")


def test_a_long_text_is_cut_off_with_its_end_in_place() -> None:
    numbers = PIECES.numbers("bake " * 100, 10)
    assert (len(numbers), numbers[0], numbers[-1]) == (10, BEGIN, END)


@given(st.text(max_size=200))
def test_any_text_is_cut_into_known_numbers(text: str) -> None:
    numbers = PIECES.numbers(text, 64)
    assert (numbers[0], numbers[-1]) == (BEGIN, END)
    assert len(numbers) <= 64
    assert all(number >= UNKNOWN and number < len(KNOWN) for number in numbers[1:-1])

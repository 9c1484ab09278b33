"""Folding keeps the way back to the text as given."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smassistant.domain.folding import fold, squash


def test_levels_accents_widths_look_alikes_and_invisible_characters() -> None:
    assert fold("Zoë Thériault").text == "Zoe Theriault"
    assert fold("Ｈｉ").text == "Hi"
    assert fold("Em\u200bm\u00ada\u00a0S").text == "Emma S"
    assert fold("Rееd").text == "Reed"
    assert fold("O’Neil – “x”").text == 'O\'Neil - "x"'
    assert fold("Łukasz Strauß Øre").text == "Lukasz Strauss Ore"


def test_a_span_takes_the_accents_that_follow_it() -> None:
    folded = fold("Zoe\u0308!")
    assert folded.text == "Zoe!"
    assert folded.span(0, 3) == (0, 4)


def test_keys_hold_letters_and_digits_only() -> None:
    assert squash("O'Neil-Côté  Jr.") == "oneilcotejr"
    assert squash("ÉLÉVATION 3") == "elevation3"


@given(st.text())
def test_every_span_lies_inside_the_source(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)

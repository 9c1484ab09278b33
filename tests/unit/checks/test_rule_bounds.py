"""No text makes a check slow: its steps are counted, so no clock can lie."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.checks import phrases
from smassistant.checks.contacts import OwnContacts
from smassistant.checks.masked_words import _MASKED
from smassistant.checks.personal_data import find_data
from smassistant.checks.phrases import Phrase, PhraseError, Word, compile_phrase, words_in
from smassistant.checks.rules import RuleBook, load_rules
from smassistant.checks.unknown_names import _PAIR
from smassistant.domain.folding import fold
from smassistant.domain.rules import Rule

LENGTH = 20_000
GAPS = "aaa ... aaa ... aaa ... aaa ... aaa ... aaa ... aaa ... bbb"  # the worst there can be


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Callable[[RuleBook, str], int]:
    """How often a word of a text is held against a place of a phrase."""
    count = [0]
    fits = phrases._Element.fits

    def counted(element: phrases._Element, word: Word) -> bool:
        count[0] += 1
        return fits(element, word)

    monkeypatch.setattr(phrases._Element, "fits", counted)

    def of(book: RuleBook, text: str) -> int:
        count[0] = 0
        book.hits(text)
        return count[0]

    return of


def gaps_only() -> RuleBook:
    rule = Rule("r", "topic.x", "6", "warn", "m", (GAPS,), not_in=("aaa ... aaa ... ccc",))
    return RuleBook([rule])


def test_many_gaps_cost_steps_in_step_with_the_text(steps: Callable[[RuleBook, str], int]) -> None:
    book, text = gaps_only(), "aaa " * (LENGTH // 4)
    whole, half = steps(book, text), steps(book, text[: LENGTH // 2])
    words = LENGTH // 4
    assert whole <= words * 16 * 16 * 7  # parts × places they may stand at, for each word
    assert whole <= 2.1 * half


@pytest.mark.parametrize(
    "piece", ["court ", "the ", "on ... court ", "a", "!", "f*", "@$", "\n", "é"]
)
def test_the_shipped_rules_cost_steps_in_step_with_the_text(
    steps: Callable[[RuleBook, str], int], piece: str
) -> None:
    book, text = load_rules(), piece * (LENGTH // len(piece))
    assert steps(book, text) <= 2.1 * steps(book, text[: LENGTH // 2]) + 1000


def test_a_text_of_one_word_stays_quiet_or_fires_everywhere() -> None:
    text = "strike " * (LENGTH // 7)
    rule = Rule("r", "topic.x", "6", "warn", "m", ("strike",), not_in=("strike strike",))
    assert RuleBook([rule]).hits(text) == ()
    loud = Rule("r", "topic.x", "6", "warn", "m", ("strike",))
    assert len(RuleBook([loud]).hits(text)) == LENGTH // 7


def test_a_run_of_signs_is_cut_into_bounded_pieces() -> None:
    assert all(len(match.group()) <= 42 for match in _MASKED.finditer("a!" * LENGTH))


def slowly(phrase: Phrase, words: list[Word], at: int, part: int = 0) -> int | None:
    """The same answer by trying every way: what `match` must agree with."""
    if part == len(phrase.elements):
        return at
    element = phrase.elements[part]
    if element.gap:
        ends = (slowly(phrase, words, at + skip, part + 1) for skip in range(7))
        return next((end for end in ends if end is not None), None)
    if at >= len(words) or words[at].sentence != words[0].sentence or not element.fits(words[at]):
        return None
    return slowly(phrase, words, at + 1, part + 1)


@given(
    st.lists(st.sampled_from(["aa", "bb", "cc", "aa/bb", "..."]), min_size=1, max_size=7),
    st.text("abc. ", max_size=60),
)
def test_match_finds_what_trying_every_way_finds(parts: list[str], text: str) -> None:
    try:
        phrase = compile_phrase(" ".join(parts))
    except PhraseError:
        return
    words = words_in(fold(text.replace("a", "aa").replace("b", " bb").replace("c", " cc ")).text)
    for at in range(len(words)):
        rest = words[at:]
        assert phrase.match(rest, 0) == slowly(phrase, rest, 0)


def test_a_phrase_has_a_longest() -> None:
    compile_phrase("word " * 16)
    with pytest.raises(PhraseError, match="16"):
        compile_phrase("word " * 17)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["a", ".", "a.", "1", "12-", "_", "-", "+", "Aa", "@", "é"])
def test_personal_data_in_a_long_run_of_signs(piece: str) -> None:
    """What grows with the square of the length would take many minutes here."""
    text = piece * (10 * LENGTH // len(piece))
    assert len(list(find_data(text, OwnContacts((), ())))) <= len(text)
    assert sum(1 for _match in _PAIR.finditer(text)) <= len(text)

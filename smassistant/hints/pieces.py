"""Cutting text into the pieces of words that the hint model was trained on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

BEGIN, END, UNKNOWN = 0, 2, 3
SPACE = "▁"  # stands before the first piece of a word, as in the model's own list
_WORDS = re.compile(r"\S+")
_UNSEEN = 10.0  # how much less likely an unknown character is than the rarest piece


class Pieces:
    """The likeliest cut of each word into known pieces (a unigram language model).

    `known` are (piece, log probability) by their number; 0 begins, 2 ends, 3 is unknown.
    """

    def __init__(self, known: Iterable[tuple[str, float]]) -> None:
        known = list(known)
        self._numbers = {piece: number for number, (piece, _score) in enumerate(known)}
        self._scores = [score for _piece, score in known]
        self._longest = max(len(piece) for piece, _score in known)
        self._unseen = min(self._scores) - _UNSEEN
        self._cut = lru_cache(maxsize=20_000)(self._likeliest)

    def numbers(self, text: str, most: int) -> list[int]:
        """The pieces of `text` between begin and end, `most` at the most."""
        found: list[int] = []
        for word in _WORDS.findall(unicodedata.normalize("NFKC", text)):
            found += self._cut(SPACE + word)
            if len(found) >= most:
                break
        return [BEGIN, *found[: most - 2], END]

    def _likeliest(self, word: str) -> tuple[int, ...]:
        """The cut of one word whose probabilities have the greatest product (Viterbi)."""
        word = word[:100]  # nothing that is a word is longer
        best: list[tuple[float, int, int]] = [(0.0, 0, UNKNOWN)]  # score, where from, piece
        for end in range(1, len(word) + 1):
            start = end - 1
            choice = (best[start][0] + self._unseen, start, UNKNOWN)
            for start in range(max(0, end - self._longest), end):
                number = self._numbers.get(word[start:end])
                if number is not None and best[start][0] + self._scores[number] > choice[0]:
                    choice = (best[start][0] + self._scores[number], start, number)
            best.append(choice)
        cut: list[int] = []
        at = len(word)
        while at:
            cut.append(best[at][2])
            at = best[at][1]
        return tuple(reversed(cut))


def read_pieces(path: Path) -> Pieces:
    """The pieces of a file of `piece<TAB>score` lines. Raises OSError, ValueError if damaged."""
    # Cut at "\n" alone: some pieces are signs that splitlines would take for an end of line.
    lines = path.read_text(encoding="utf-8").split("\n")
    pairs = (line.rsplit("\t", 1) for line in lines if line)
    return Pieces((piece, float(score)) for piece, score in pairs)

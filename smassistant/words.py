"""The word lists of resources/words: one entry a line, `#` begins a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from smassistant.domain.folding import squash

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "words"


@cache
def word_lines(name: str) -> tuple[str, ...]:
    """The entries of the list `name`, as written; entries share a line where commas part them."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split("#")[0] for line in text.splitlines())
    return tuple(entry for line in lines for part in line.split(",") if (entry := part.strip()))


@cache
def word_keys(*names: str) -> frozenset[str]:
    """The entries of the lists `names` as look-up keys (see `squash`)."""
    return frozenset(squash(entry) for name in names for entry in word_lines(name))


def words_of(text: str) -> frozenset[str]:
    """The words of `text`, for the few sets that belong to the code and not to a list."""
    return frozenset(text.split())

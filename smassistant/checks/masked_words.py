"""Rude words behind signs and digits: "sh!t", "f**k", "a$$"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

# Bounded, so that a long run of signs is not gone through again from each of its signs.
_MASKED = re.compile(r"(?<![\w@#])[A-Za-z@$!*0134578][\w@$!*#%&]{0,40}[A-Za-z@$*]")
# "1" and "!" stand for two letters each, so a word is read both ways.
_READINGS = (str.maketrans("@$!013457", "asioieast"), str.maketrans("@$!013457", "asloleast"))
_STARS = re.compile(r"[*#%&_]+")


def masked_words(text: str, words: Mapping[str, int]) -> Iterator[tuple[int, int, int]]:
    """(rule, start, end) for each word of `words` that stands masked in folded `text`."""
    if not words:
        return
    for match in _MASKED.finditer(text):
        raw = match.group().lower()
        if raw.isalpha() or raw.isdigit():
            continue
        readings = {raw.translate(signs) for signs in _READINGS}
        for word, rule in words.items():
            if any(_fits(plain, word) for plain in readings):
                yield rule, match.start(), match.end()
                break


def _fits(plain: str, word: str) -> bool:
    if not _STARS.search(plain):
        return plain == word
    # The letters that are left have to be enough to know the word.
    letters = _STARS.sub("", plain)
    if not letters or plain[0] != word[0] or abs(len(plain) - len(word)) > 2:
        return False
    if len(letters) < 2 and len(plain) != len(word):
        return False
    return fnmatchcase(word, _STARS.sub("*", plain))

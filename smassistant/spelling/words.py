"""The words of a text that can be looked up, and the forms in which each may stand there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

# Between two spaces: addresses, e-mails, handles, hashtags, file names; no words of a language.
_OTHER = re.compile(r"(?<!\S)\S*?(?://|www\.|[@#＠＃]|\.[a-z]{2})\S*")
_SIGN = r"[\w\u0300-\u036f\u00ad]"
_WORD = re.compile(rf"{_SIGN}+(?:['’ʼ‐‑-]{_SIGN}+)*")
FEW = 300
LONGEST_PIECE = 200
_ODD = re.compile(r"[\u0300-\u036f\u00ad]")  # written otherwise than looked up
_JOINS = re.compile(r"['-]")  # may be written in several ways
_APOSTROPHES = str.maketrans("’ʼ‐‑", "''--", "\u00ad")
# Letters of the Latin alphabet, as English and French write it; other scripts are left alone.
_LATIN = re.compile(r"[a-zA-ZÀ-ɏ]+(?:['-][a-zA-ZÀ-ɏ]+)*")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|presqu|puisqu|quoiqu)'", re.IGNORECASE)


class Word(NamedTuple):
    """A word at code points `start`..`end` of its text; `text` with plain apostrophes, composed."""

    start: int
    end: int
    text: str


def words_in(text: str) -> Iterator[Word]:
    """The words of `text` that a dictionary may know.

    Left out are addresses, e-mails, hashtags, handles, file names, words in capitals or with
    digits, single letters, and words in other alphabets than English and French write.
    """
    for match in _WORD.finditer(_OTHER.sub(_blank, text)):
        word = plain(match.group())
        if len(word) > 1 and _LATIN.fullmatch(word) and not _shouted(word):
            yield Word(match.start(), match.end(), word)


def words_among(wanted: Collection[str], text: str) -> Iterator[Word]:
    """Those of `words_in(text)` that are `wanted`; takes a tenth of the time where few are.

    Each wanted word is searched for as it is written, and only the signs around it up to the
    next space are cut into words.
    """
    pieces = _around(wanted, text) if len(wanted) <= FEW and not _ODD.search(text) else None
    if pieces is None:
        yield from (word for word in words_in(text) if word.text in wanted)
        return
    for start, end in sorted(pieces):
        for word in words_in(text[start:end]):
            if word.text in wanted:
                yield Word(start + word.start, start + word.end, word.text)


def _around(wanted: Collection[str], text: str) -> set[tuple[int, int]] | None:
    """The pieces between spaces where a wanted word may stand; None where one is very long."""
    pieces = set()
    for word in wanted:
        needle = max(_JOINS.split(word), key=len)
        at = text.find(needle)
        while at >= 0:
            start, end = at, at + len(needle)
            while start > 0 and not text[start - 1].isspace():
                start -= 1
            while end < len(text) and not text[end].isspace():
                end += 1
            if end - start > LONGEST_PIECE:
                return None
            pieces.add((start, end))
            at = text.find(needle, end)
    return pieces


def plain(word: str) -> str:
    """`word` composed, with plain apostrophes and hyphens and without soft hyphens."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", word).translate(_APOSTROPHES)


def readings(word: str) -> Iterator[tuple[str, ...]]:
    """Each way to take `word`: it is right if a dictionary knows all parts of one of them."""
    yield (word,)
    if "'" in word:
        head, tail = split_elision(word)
        if head:
            yield (tail,)
        if word[-2:] in ("'s", "'S"):
            yield (word[:-2],)
    if "-" in word:
        yield tuple(part for part in word.split("-") if len(part) > 1)


def split_elision(word: str) -> tuple[str, str]:
    """`l'école` as `l'` and `école`; the first part is empty where nothing is elided."""
    match = _ELIDED.match(word)
    return (word[: match.end()], word[match.end() :]) if match else ("", word)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _shouted(word: str) -> bool:
    return word[1].isupper() and word.removesuffix("'s").isupper()

"""Text with accents, look-alikes and invisible characters levelled, and the way back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_SPECIAL = {
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE",
    "œ": "oe", "Œ": "OE", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
    "ħ": "h", "Ħ": "H", "ı": "i", "ɑ": "a", "ɡ": "g", "ə": "e", "Ə": "E",
}  # fmt: skip
_APOSTROPHES = "'’‘‛ʼʹ´`′＇ˈʻʽ"
_QUOTES = "“”„‟«»″＂"
_DASHES = "‐‑‒–—―−﹣－"
# Cyrillic and Greek letters that look like Latin ones. A name that is truly Cyrillic is folded
# the same way in the registry, so it is still found.
_LOOK_ALIKES = dict(
    zip(
        "АВЕЗКМНОРСТУХІЈЅԌԚԜҺавезкмнорстухіјѕԁԛԝһүΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχϲ",
        "ABE3KMHOPCTYXIJSGQWHabe3kmhopctyxijsdqwhyABEZHIKMNOPTYXaeikvoptuxc",
        strict=True,
    )
)
# Format characters and marks that are dropped, beside all of category Cf and the combining marks.
_DROPPED = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def _fold_char(char: str) -> str:
    """What one character becomes: usually one character, sometimes none or several."""
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char in _LOOK_ALIKES:
        return _LOOK_ALIKES[char]
    category = unicodedata.category(char)
    if char in _DROPPED or category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Zs":
        return " "
    plain = unicodedata.normalize("NFKD", char)
    if plain == char:
        return char
    return "".join(_TABLE.get(part, part) for part in plain if not unicodedata.combining(part))


class _Table(dict[str, str]):
    """Folded characters, worked out when first met; bounded by the size of Unicode."""

    def __missing__(self, char: str) -> str:
        folded = self[char] = _fold_char(char)
        return folded


_TABLE = _Table()
_TABLE.update(dict.fromkeys(_APOSTROPHES, "'"))
_TABLE.update(dict.fromkeys(_QUOTES, '"'))
_TABLE.update(dict.fromkeys(_DASHES, "-"))


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text. Character i of `text` comes from character `offsets[i]` of `source`."""

    source: str
    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of `source` that became `text[start:end]`, trailing marks included."""
        if start >= end:
            at = self.offsets[start] if start < len(self.text) else len(self.source)
            return at, at
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        while last < len(self.source) and unicodedata.category(self.source[last]) == "Mn":
            last += 1
        return first, last


def fold(text: str) -> Folded:
    """`text` without accents, zero-width characters and look-alikes; case is kept."""
    if text.isascii() and "`" not in text:
        return Folded(text, text, range(len(text)))
    out: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _FOREIGN.finditer(text):
        start = match.start()
        if start > at:
            out.append(text[at:start])
            offsets.extend(range(at, start))
        folded = _TABLE[match.group()]
        out.append(folded)
        offsets.extend([start] * len(folded))
        at = start + 1
    out.append(text[at:])
    offsets.extend(range(at, len(text)))
    return Folded(text, "".join(out), offsets)


def fold_text(text: str) -> str:
    """The text of `fold` without the way back, in a third of the time."""
    if text.isascii() and "`" not in text:
        return text
    return _FOREIGN.sub(_folded, text)


def _folded(match: re.Match[str]) -> str:
    return _TABLE[match.group()]


_FOREIGN = re.compile(r"[^\x00-_a-\x7f]")
_NOT_WORD = re.compile(r"[\W_]+")


def squash(text: str) -> str:
    """`text` folded, without anything but letters and digits, in lower case: a look-up key."""
    if text.isalpha() and text.isascii():
        return text.lower()
    return _NOT_WORD.sub("", fold(text).text).lower()

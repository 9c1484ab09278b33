"""Names spelt out letter by letter: "E m m a  S m i t h", "E-m-m-a"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smassistant.domain.findings import Form
from smassistant.matching.index import Ids, NameIndex
from smassistant.matching.tokens import Hit

_SHORTEST, _LONGEST = 4, 60
_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-*_]{1,3}[^\W\d_](?![^\W_])){4,}")


def find_spelt_out(text: str, index: NameIndex) -> Iterator[Hit]:
    """Full names, and first names of five letters or more, in runs of single letters."""
    for match in _LETTERS.finditer(text):
        key = "".join(char for char in match.group() if char.isalpha()).lower()
        if len(key) > _LONGEST:
            continue
        for cut in range(2, len(key) - 1):
            rows = index.first.get(key[:cut], set()) & index.last.get(key[cut:], set())
            if rows:
                yield Hit(*match.span(), tuple(sorted(rows)), Form.FULL, 0.85, surname=True)
                break
        else:
            if rows := _cheered(key, index):
                yield Hit(*match.span(), tuple(sorted(rows)), Form.FIRST_NAME, 0.6, surname=False)


def _cheered(key: str, index: NameIndex) -> Ids:
    """Whose first name is the key, or what is left of it without "a" or "go"."""
    for before in ("", "a", "g", "go"):
        for after in ("", "go"):
            name = key.removeprefix(before).removesuffix(after)
            if len(name) >= _SHORTEST and (rows := index.first.get(name)):
                return rows
    return set()

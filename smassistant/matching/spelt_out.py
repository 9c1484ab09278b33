"""Names spelt out letter by letter: "E m m a  S m i t h", "E-m-m-a"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smassistant.domain.findings import Form
from smassistant.matching.index import NameIndex
from smassistant.matching.tokens import Hit

_SHORTEST = 4
_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-*_]{1,3}[^\W\d_](?![^\W_])){4,}")


def find_spelt_out(text: str, index: NameIndex) -> Iterator[Hit]:
    """Full names, and first names of five letters or more, in runs of single letters."""
    for match in _LETTERS.finditer(text):
        key = "".join(char for char in match.group() if char.isalpha()).lower()
        for cut in range(2, len(key) - 1):
            rows = index.first.get(key[:cut], set()) & index.last.get(key[cut:], set())
            if rows:
                yield Hit(*match.span(), tuple(sorted(rows)), Form.FULL, 0.85, surname=True)
                break
        else:
            if rows := index.first.get(_without_cheer(key), set()):
                yield Hit(*match.span(), tuple(sorted(rows)), Form.FIRST_NAME, 0.6, surname=False)


def _without_cheer(key: str) -> str:
    """ "gowengo" without its "go"."""
    if key.startswith("go") and len(key) > _SHORTEST + 2:
        key = key[2:]
    return key.removesuffix("go") if len(key) > _SHORTEST + 1 else key

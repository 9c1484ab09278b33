"""Words compared without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPELT = str.maketrans({"#": " number ", "\u00b0": "o ", "\u00ba": "o "})
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` in small letters without accents, every run of other signs as one space."""
    plain = unicodedata.normalize("NFD", text.translate(_SPELT).casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", plain).strip()


def squash(text: str) -> str:
    """`fold` without its spaces: "Student_Number" and "student number" are one heading."""
    return fold(text).replace(" ", "")

"""The text of one cell: tidied, without hidden characters, and told apart from a formula."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from smassistant.registry.rosters import Code

STORED = "=\x1f"
"""How a reader of workbooks hands over a formula: this mark, then the result stored beside it."""

GUESSED = "\ue1a5"
"""Stands behind a letter that was written in another encoding than the rest of the file."""

_SPACES = re.compile(r" {2,}")
_EDGES = " \t\r\n\u00a0\ufeff"
_HARMLESS = frozenset(
    " \r\n\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
)
_LITERAL = re.compile(r'="([^"]*)"')
_SIGNED_NUMBER = re.compile(r"[+-]\d+(?:[.,]\d+)?")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_STARTS = frozenset("=+-@")
_JOINERS = frozenset("\u200c\u200d")
"""Zero-width (non-)joiners belong to the spelling of names in some scripts."""


class Cell(NamedTuple):
    """The text that counts and, where something was wrong with it, the code to report.

    A formula has no text of its own; `stored` is a result kept beside it, never to be trusted
    for an answer, and `written` the formula itself where a text file has it.
    """

    text: str
    code: Code | None = None
    stored: str = ""
    literal: bool = False
    written: str = ""


def read_cell(raw: str) -> Cell:
    """`raw` tidied: spaces collapsed, composed accents, hidden characters taken out."""
    if raw.startswith(STORED):
        return Cell("", Code.FORMULA, tidy(raw[len(STORED) :])[0])
    text, hidden = tidy(raw)
    if text[:1] == "'" and text[1:2] in _STARTS and len(text) > 1:
        return Cell(text[1:], hidden)  # the quote with which spreadsheets are told "only text"
    literal = _LITERAL.fullmatch(text)
    if literal:
        return Cell("", Code.FORMULA, literal[1].strip(), literal=True)
    return Cell("", Code.FORMULA, written=text) if is_formula(text) else Cell(text, hidden)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would calculate `text`; a signed number or a dash is no formula."""
    if not text or text[0] not in _STARTS:
        return False
    return text[0] == "=" or not (_SIGNED_NUMBER.fullmatch(text) or is_dash(text) or text in "+@")


def is_dash(text: str) -> bool:
    """Whether `text` is only dashes, which people write for "nothing"."""
    return bool(text) and _DASHES.issuperset(text)


def tidy(raw: str) -> tuple[str, Code | None]:
    """`raw` with spaces collapsed and hidden characters removed, and the code if there were any.

    A line end inside a cell is only a space; a tab, a control character or one that can't be
    seen is reported.
    """
    if raw.isascii() and raw.isprintable():
        return _SPACES.sub(" ", raw).strip(), None
    text = unicodedata.normalize("NFC", raw).strip(_EDGES)
    shown = "".join(map(_shown, text))
    code = Code.BAD_VALUE if "\ufffd" in text or GUESSED in text else None
    shown = shown.replace(GUESSED, "")
    if any(char not in _HARMLESS and _shown(char) != char for char in text):
        code = Code.CONTROL_CHARACTERS
    return _SPACES.sub(" ", shown).strip(), code


def _shown(char: str) -> str:
    """What stands for a character: itself, a space, or nothing if it can't be seen."""
    if char.isprintable() or char in _JOINERS:
        return char
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    return " " if category in {"Cc", "Zs", "Zl", "Zp"} else char

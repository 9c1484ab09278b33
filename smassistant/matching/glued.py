"""Names inside hashtags, handles, addresses and file names, where no space parts them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smassistant.domain.findings import Form
from smassistant.matching.index import Ids, NameIndex
from smassistant.matching.tokens import Hit
from smassistant.matching.vocabulary import Vocabulary

FILE_TYPES = (
    "jpe?g|png|gif|hei[cf]|webp|tiff?|bmp|pdf|docx?|pptx?|xlsx?|csv|txt|rtf|odt|mp4|mov|avi|"
    "m4v|mp3|m4a|wav|zip|pub|pages|key|svg|psd"
)
# None is tried again from inside a run of letters and marks, which would take quadratic time.
_AT_START = r"(?<!\w)(?<![\w.-][.-])\b"
SPECIAL = re.compile(
    r"(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<url>(?:https?://|www\.)[^\s<>\"]+|{_AT_START}[\w-]+(?:\.[\w-]+)*\.[a-z]{{2,}}/[^\s<>\"]+)"
    r"|(?P<tag>\#[\w-]+)"
    r"|(?P<handle>(?<![\w@])@[\w.-]*\w)"
    rf"|(?P<file>{_AT_START}[\w\-().]{{1,200}}\.(?:{FILE_TYPES})\b)",
    re.IGNORECASE,
)
# Every special word has one of these in it.
_SIGN = re.compile(r"[#@/]|\.\w")
_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
_CAMEL = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][a-z']+)+\b")
_NONE: Ids = set()
_LONGEST = 60
_WHOLE = 7  # letters from which one piece among others may be a full name
_FORMS = {"tag": Form.HASHTAG, "handle": Form.HANDLE, "url": Form.FULL, "file": Form.FILE_NAME}
_CHEERS = (("", "strong"), ("prayfor", ""), ("prayersfor", ""), ("rip", ""), ("", "forever"))
_ADULTS = ("mr", "mrs", "ms", "mx", "miss", "mme", "coach", "principal", "dr", "teacher")


def find_glued(text: str, index: NameIndex, words: Vocabulary) -> Iterator[Hit]:
    """Names in the special words of `text` (folded), and in words like EmmaSmith."""
    if _SIGN.search(text):
        for match in SPECIAL.finditer(text):
            kind = match.lastgroup or ""
            if kind == "url":
                yield from _in_address(match, index, words)
            elif kind != "mail":
                yield from _in_word(match, kind, index, words)
    for match in _CAMEL.finditer(text):
        key = match.group().lower().replace("'", "")
        rows = _NONE if index.knows(key) else split_name(key, index)
        if rows and text[match.start() - 1 : match.start()] not in ("#", "@"):
            yield Hit(*match.span(), tuple(sorted(rows)), Form.MISSPELT, 0.8, surname=True)


def hidden(text: str) -> str:
    """`text` with its special words blanked, so that they aren't read as prose."""
    if not _SIGN.search(text):
        return text
    return SPECIAL.sub(lambda match: " " * len(match.group()), text)


def _in_word(match: re.Match[str], kind: str, index: NameIndex, words: Vocabulary) -> Iterator[Hit]:
    word = match.group()
    body = word.rsplit(".", 1)[0] if kind == "file" else word[1:]
    if len(body) > _LONGEST:
        return
    pieces = [piece.lower() for piece in _PIECE.findall(body)]
    form = _FORMS[kind]
    rows = _joined(pieces, index)
    if rows:
        yield Hit(*match.span(), tuple(sorted(rows)), form, 0.95, surname=True)
        return
    key = "".join(pieces)
    if rows := _inside(key, index, words):
        yield Hit(*match.span(), tuple(sorted(rows)), form, 0.75, surname=True)
    elif kind != "file" and (found := _first_with_affix(pieces, key, index, words)):
        rows, sure = found
        yield Hit(*match.span(), tuple(sorted(rows)), form, sure, surname=False)
    elif kind == "tag" and (rows := _family(key, index, words)):
        yield Hit(*match.span(), tuple(sorted(rows)), form, 0.5, surname=True)


def _family(key: str, index: NameIndex, words: Vocabulary) -> Ids:
    """Who has the surname in a cheer or a prayer: CrowshoeStrong, PrayForKowalchuk."""
    for before, after in _CHEERS:
        if key.startswith(before) and key.endswith(after):
            name = key[len(before) : len(key) - len(after)]
            if len(name) > 3 and name not in words.words:
                return index.last.get(name, _NONE)
    return _NONE


def _in_address(match: re.Match[str], index: NameIndex, words: Vocabulary) -> Iterator[Hit]:
    """A full name in one part of a web address; the hit covers the name only."""
    for segment in re.finditer(r"[^/?&=#]+", match.group()):
        parts = list(re.finditer(r"[^\W_]+", segment.group()))
        keys = [part.group().lower() for part in parts]
        if (span := _longest(keys, index)) is None:
            continue
        first, last, rows = span
        base = match.start() + segment.start()
        start, end = base + parts[first].start(), base + parts[last - 1].end()
        sure = 0.45 if all(key in words.words for key in keys) else 0.9
        yield Hit(start, end, tuple(sorted(rows)), Form.FULL, sure, surname=True)


def _longest(keys: list[str], index: NameIndex) -> tuple[int, int, Ids] | None:
    """The longest run of `keys` that makes a full name, as (first, end, rows)."""
    for width in range(min(len(keys), 6), 0, -1):
        for first in range(len(keys) - width + 1):
            run = keys[first : first + width]
            if width == 1 and len(run[0]) < 7:
                continue
            if rows := _joined_exactly(run, index) if width > 1 else split_name(run[0], index):
                return first, first + width, rows
    return None


def _joined(pieces: list[str], index: NameIndex) -> Ids:
    """Who has the pieces as first name and surname, in either order, each whole."""
    for cut in range(1, len(pieces)):
        head, tail = "".join(pieces[:cut]), "".join(pieces[cut:])
        if rows := _pair(head, tail, index):
            return rows
        # A middle name or initial between the two.
        if cut < len(pieces) - 1 and (rows := _pair(head, "".join(pieces[cut + 1 :]), index)):
            return rows
    if len(pieces) > 2:
        # Words around the name: goal-emma-smith, emma_smith_portrait.
        longest = ((a, b) for w in range(len(pieces) - 1, 1, -1) for a, b in _windows(pieces, w))
        for first, end in longest:
            if rows := _joined_exactly(pieces[first:end], index):
                return rows
    whole = (piece for piece in pieces if len(piece) > _WHOLE or len(pieces) == 1)
    return next((rows for piece in whole if (rows := split_name(piece, index))), _NONE)


def _windows(pieces: list[str], width: int) -> Iterator[tuple[int, int]]:
    return ((first, first + width) for first in range(len(pieces) - width + 1))


def _joined_exactly(pieces: list[str], index: NameIndex) -> Ids:
    for cut in range(1, len(pieces)):
        if rows := _pair("".join(pieces[:cut]), "".join(pieces[cut:]), index):
            return rows
    return _NONE


def _pair(head: str, tail: str, index: NameIndex) -> Ids:
    """Who is called `head` `tail` or `tail` `head`, as whole names or usual short forms."""
    straight = _bearers(head, index) & index.last.get(tail, _NONE)
    return straight or (_bearers(tail, index) & index.last.get(head, _NONE))


def _bearers(key: str, index: NameIndex) -> Ids:
    return (
        index.first.get(key, _NONE) | index.short.get(key, _NONE) | index.first_part.get(key, _NONE)
    )


def split_name(key: str, index: NameIndex) -> Ids:
    """Who is named by the two halves of `key`, wherever it parts."""
    if len(key) > _LONGEST:
        return _NONE
    for cut in range(2, len(key) - 1):
        if rows := _pair(key[:cut], key[cut:], index):
            return rows
    return _NONE


def _inside(key: str, index: NameIndex, words: Vocabulary) -> Ids:
    """Who is named in full somewhere in `key`, where the rest is affixes or ordinary words."""
    for start in range(len(key)):
        for end in range(len(key), start + 6, -1):
            if start == 0 and end == len(key):
                continue
            if _is_affix(key[:start], words) and _is_affix(key[end:], words):
                rows = split_name(key[start:end], index)
                if rows:
                    return rows
    return _NONE


def _is_affix(rest: str, words: Vocabulary) -> bool:
    return not rest or rest in words.affixes or (len(rest) > 2 and rest in words.words)


def _first_with_affix(
    pieces: list[str], key: str, index: NameIndex, words: Vocabulary
) -> tuple[Ids, float] | None:
    """A first name between affixes: TeamEmma, emmastrong; or alone, which is less sure."""
    if not key or any(piece in _ADULTS for piece in pieces) or key.startswith(_ADULTS[:3]):
        return None
    rows = index.first.get(key, _NONE)
    if rows:
        return (rows, 0.45) if key not in words.words else None
    for start in range(len(key)):
        for end in range(len(key), start + 2, -1):
            before, name, after = key[:start], key[start:end], key[end:]
            rows = index.first.get(name, _NONE)
            known = all(not rest or rest in words.affixes for rest in (before, after))
            if not rows or not known or key in words.words:
                continue
            # With camel case the name has to be a piece, or pieces, of its own.
            if len(pieces) > 1 and not _whole_pieces(pieces, name):
                continue
            return rows, 0.35 if name in words.words else 0.6 if len(name) > 3 else 0.4
    return None


def _whole_pieces(pieces: list[str], name: str) -> bool:
    runs = (
        "".join(pieces[first:end])
        for first in range(len(pieces))
        for end in range(first + 1, len(pieces) + 1)
    )
    return name in runs

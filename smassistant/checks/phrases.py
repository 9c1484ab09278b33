"""Phrases of rule packs: plain words, compiled and found in text without regular expressions.

A phrase is words with spaces between. `charge*` is any word that begins so; `boy/girl` either
word; `...` up to six words in between; `@person`, `@someone` (one person, not several),
`@number`, `@mark` (a number up to 100) and `@money` a word of that class.
Accents, case, plural possessives and French elision don't matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from smassistant.domain.folding import fold
from smassistant.i18n import _
from smassistant.words import word_keys, words_of

_WORD = re.compile(r"[$€£]?[^\W_]+(?:['.,][^\W_]+)*%?")
_BREAK = re.compile(r"[.!?…;\n]")
_ELISION = re.compile(r"(?:[dlnjmtsc]|qu|jusqu|lorsqu|puisqu)'(?=\w)")
_GAP = 6
_PREFIX = 3
_LONGEST = 16  # words and gaps of a phrase
_ONE_PERSON = words_of(
    "he she him her his hers son daughter boy girl student child kid brother sister mom mother dad "
    "father parent twin toddler teen teenager teacher grader classmate principal coach pupil "
    "il elle fils fille garcon eleve enfant mere pere frere soeur enseignant enseignante lui"
)
_PERSON_WORDS = _ONE_PERSON | words_of(
    "students children kids staff family pupils eleves enfants famille"
)
_CLASSES = ("@person", "@someone", "@number", "@mark", "@money")
_MARK = re.compile(r"(?:100|\d{1,2})(?:[.,]\d)?%?")


class PhraseError(ValueError):
    """A phrase that can't be compiled; the message says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: offsets in the folded text, its key, its sentence, and its classes."""

    start: int
    end: int
    key: str
    sentence: int
    classes: frozenset[str]


def words_in(text: str) -> list[Word]:
    """The words of folded `text`."""
    found = list(_WORD.finditer(text))
    words: list[Word] = []
    sentence = 0
    for at, match in enumerate(found):
        if at and _BREAK.search(text, found[at - 1].end(), match.start()):
            sentence += 1
        words.append(_word(match, sentence, found[at + 1] if at + 1 < len(found) else None))
    return words


def _word(match: re.Match[str], sentence: int, after: re.Match[str] | None) -> Word:
    raw = match.group()
    start, key = match.start(), raw.lower()
    if elided := _ELISION.match(key):
        start, key = start + elided.end(), key[elided.end() :]
    possessive = key.endswith("'s")
    key = key.removesuffix("'s").replace("'", "")
    classes = set()
    if raw[0] in "$€£" or key.endswith("$"):
        classes.add("@money")
    if any(char.isdigit() for char in key):
        classes.add("@number")
        if _MARK.fullmatch(key):
            classes.add("@mark")
    if key in _ONE_PERSON or _is_name(raw, key, possessive, after):
        classes |= {"@person", "@someone"}
    elif key in _PERSON_WORDS:
        classes.add("@person")
    return Word(start, match.end(), key, sentence, frozenset(classes))


@cache
def _ordinary() -> frozenset[str]:
    return word_keys("common_en", "common_fr", "place_words", "cities", "titles")


def _is_name(raw: str, key: str, possessive: bool, after: re.Match[str] | None) -> bool:
    """Whether a capitalised word is likely a person: a given name, or one that does something."""
    if not raw[0].isupper() or not key.isalpha() or len(key) < 3:
        return False
    if key in word_keys("given_names"):
        return True
    if key in _ordinary():
        return False
    follows = after.group().lower() if after else ""
    return possessive or follows in word_keys("person_verbs")


@dataclass(frozen=True, slots=True)
class _Element:
    """One place of a phrase: exact words, beginnings, classes; or a gap."""

    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    gap: bool = False

    def fits(self, word: Word) -> bool:
        """Whether the word may stand here."""
        return (
            word.key in self.exact
            or (bool(self.prefixes) and word.key.startswith(self.prefixes))
            or not self.classes.isdisjoint(word.classes)
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase."""

    elements: tuple[_Element, ...]

    def match(self, words: list[Word], at: int) -> int | None:
        """The index behind the last word where the phrase begins at word `at`; else None.

        All ways through the gaps are followed at once, so no word is tried twice at one place of
        the phrase: the work is bounded by the phrase's own length, squared, whatever the text.
        """
        sentence, end = words[at].sentence, len(words)
        for part, element in enumerate(self.elements):
            if element.gap:
                return self._match_rest(words, at, part, sentence)
            if at >= end or words[at].sentence != sentence or not element.fits(words[at]):
                return None
            at += 1
        return at

    def _match_rest(self, words: list[Word], at: int, part: int, sentence: int) -> int | None:
        end = len(words)
        standing = [at]
        for element in self.elements[part:]:
            if element.gap:
                standing = _spread(standing)
                continue
            standing = [
                place + 1
                for place in standing
                if place < end and words[place].sentence == sentence and element.fits(words[place])
            ]
            if not standing:
                return None
        return standing[0]


def _spread(places: list[int]) -> list[int]:
    """The places up to a gap's width behind each, in order."""
    if len(places) == 1:
        return list(range(places[0], places[0] + _GAP + 1))
    return sorted({place + skip for place in places for skip in range(_GAP + 1)})


def compile_phrase(text: str) -> Phrase:
    """`text` as a phrase; PhraseError where it isn't one."""
    parts = text.split()
    if not parts:
        raise PhraseError(_("a phrase is empty"))
    if len(parts) > _LONGEST:
        raise PhraseError(_("“{text}” is longer than {n} words").format(text=text, n=_LONGEST))
    elements = [_element(part) for part in parts]
    if elements[0].gap or elements[-1].gap:
        raise PhraseError(_("“{text}” begins or ends with …").format(text=text))
    return Phrase(tuple(elements))


def _element(part: str) -> _Element:
    if part in ("...", "…"):
        return _Element(gap=True)
    exact: set[str] = set()
    prefixes: list[str] = []
    classes: set[str] = set()
    for choice in part.split("/"):
        if choice.startswith("@"):
            if choice not in _CLASSES:
                raise PhraseError(_("“{choice}” is no class of words").format(choice=choice))
            classes.add(choice)
            continue
        key = _unelided(fold(choice.rstrip("*")).text.lower())
        key = key.removesuffix("'s").replace("'", "")
        if not key or not re.fullmatch(r"[\w.%$,]+", key):
            raise PhraseError(_("“{part}” is no word").format(part=part))
        if choice.endswith("*"):
            if len(key) < _PREFIX:
                raise PhraseError(
                    _("“{part}”: at least {n} letters before the *").format(part=part, n=_PREFIX)
                )
            prefixes.append(key)
        else:
            exact.add(key)
    return _Element(frozenset(exact), tuple(prefixes), frozenset(classes))


def _unelided(key: str) -> str:
    """`key` without a French elision before it: "l'avocat" is "avocat"."""
    elided = _ELISION.match(key)
    return key[elided.end() :] if elided else key


class PhraseIndex:
    """Many phrases, found together: (owner, phrase) by what they begin with."""

    def __init__(self, owned: Iterable[tuple[int, Phrase]]) -> None:
        self._exact: dict[str, list[tuple[int, Phrase]]] = {}
        self._prefix: dict[str, list[tuple[int, Phrase]]] = {}
        self._classes: dict[str, list[tuple[int, Phrase]]] = {}
        for entry in owned:
            first = entry[1].elements[0]
            for key in first.exact:
                self._exact.setdefault(key, []).append(entry)
            for prefix in {prefix[:_PREFIX] for prefix in first.prefixes}:
                self._prefix.setdefault(prefix, []).append(entry)
            for name in first.classes:
                self._classes.setdefault(name, []).append(entry)

    def find(self, words: list[Word]) -> Iterator[tuple[int, int, int]]:
        """(owner, first word, word behind the last) of every phrase found in `words`."""
        for at, word in enumerate(words):
            entries = [*self._exact.get(word.key, ()), *self._prefix.get(word.key[:_PREFIX], ())]
            for name in word.classes:
                entries += self._classes.get(name, ())
            for owner, phrase in entries:
                end = phrase.match(words, at)
                if end is not None:
                    yield owner, at, end

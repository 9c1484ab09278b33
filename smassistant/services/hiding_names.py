"""Sentences without the names of the registry, so that they may be kept as examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from smassistant.checks.contacts import OwnContacts
from smassistant.checks.personal_data import find_data
from smassistant.checks.wording import is_french
from smassistant.domain.facts import Matcher
from smassistant.domain.folding import fold, squash
from smassistant.domain.people import Person
from smassistant.words import word_keys

LONGEST = 400  # characters of a sentence that are kept
_END = re.compile(r"[.!?…]+[\"”»'’)]*\s+|\n+")
# A word with what may be glued to it: "#TeamSofia", "sofia_brandt09", "O'Rourke-Day".
_WORD = re.compile(r"[@#]?[^\W_]+(?:['\-_.][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 2  # letters of a name that is looked for word by word


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence with the words `text[start:end]` begins and ends; cut when very long."""
    first, last = 0, len(text)
    for stop in _END.finditer(text):
        if stop.end() <= start:
            first = stop.end()
        elif stop.start() >= end:
            last = stop.end()
            break
    spare = max(LONGEST - (end - start), 0) // 2
    return max(first, start - spare), min(last, end + spare)


class NameScreen:
    """Takes every name of some people out of sentences."""

    def __init__(self, people: Iterable[Person], matcher: Matcher) -> None:
        self._matcher = matcher
        self._keys = frozenset(key for person in people for key in _keys(person))

    def without_names(self, text: str, start: int, end: int) -> str:
        """The words `text[start:end]`, each name in them replaced by "a student".

        Names are those that the checks find in the whole text, and every word that is written
        like a part of anybody's name, so that nothing hangs on how sure a finding is.
        """
        sentence = text[start:end]
        names = [(one.start - start, one.end - start) for one in self._matcher.mentions(text)]
        names += [(one.start, one.end) for one in self._matcher.mentions(sentence)]
        names += self._worded(sentence)
        word = "un élève" if is_french(text) else "a student"
        return _hide_data(_put(sentence, _joined(sentence, names), word)).strip()

    def _worded(self, sentence: str) -> Iterator[tuple[int, int]]:
        """Words that are somebody's name; an ordinary one only where it is written as a name."""
        folded = fold(sentence)
        for number, match in enumerate(_WORD.finditer(folded.text)):
            if self._is_name(match.group(), first=number == 0):
                yield folded.span(match.start(), match.end())

    def _is_name(self, word: str, first: bool) -> bool:
        for part in (word, *_LETTERS.findall(word)):
            key = squash(part)
            if key not in self._keys:
                continue
            lettered = part.lstrip("@#")
            if key not in _ordinary() or (lettered[0].isupper() and not first):
                return True
        return False


def _ordinary() -> frozenset[str]:
    return word_keys("common_en", "common_fr")


def _keys(person: Person) -> Iterator[str]:
    """A person's names and their parts, as look-up keys."""
    names = (
        person.first_name, person.last_name, person.preferred_name, *person.other_names,
        *person.avoid_names, f"{person.first_name}{person.last_name}",
        f"{person.preferred_name}{person.last_name}",
    )  # fmt: skip
    for name in names:
        for part in (name, *re.split(r"[\s\-]+", name)):
            if len(key := squash(part)) >= _SHORTEST:
                yield key


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order; those that overlap or have only spaces between them become one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and (first <= joined[-1][1] or not text[joined[-1][1] : first].strip()):
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _put(text: str, spans: Iterable[tuple[int, int]], word: str) -> str:
    """The text with `word` in place of each span; spans may reach beyond the text."""
    parts, at = [], 0
    for first, last in spans:
        first, last = max(first, at), min(last, len(text))
        if first < last:
            parts += [text[at:first], word]
            at = last
    return "".join((*parts, text[at:]))


def _hide_data(text: str) -> str:
    """The text without phone numbers, addresses and other personal data."""
    folded = fold(text)
    spans = [folded.span(one.start, one.end) for one in find_data(folded.text, OwnContacts((), ()))]
    return _put(text, sorted(spans), "…")

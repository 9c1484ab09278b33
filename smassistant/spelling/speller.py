"""Which words of a text nobody knows, and what may be meant by them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import zip_longest

from smassistant.spelling.dictionaries import FOLDER, LANGUAGES, Dictionaries
from smassistant.spelling.words import Word, plain, readings, split_elision, words_in

MOST = 5  # suggestions
LIKE_ENOUGH = 0.8  # of a school's word to a mistake, as difflib measures
_PARTED = re.compile(r"[^\w']+")


class Speller:
    """Knows what either dictionary knows, and `known`: the school's words, names of people."""

    def __init__(
        self, dictionaries: Dictionaries, names: Iterable[str] = (), own: Iterable[str] = ()
    ) -> None:
        self._dictionaries = dictionaries
        self._own = {word.casefold(): word for word in (*own, *school_words())}
        self._known = set(_keys((*names, *self._own)))

    def unknown(self, text: str) -> tuple[Word, ...]:
        """The words of `text` that are right in no language; offsets in code points of `text`.

        Raises UserError where the dictionaries can't be read.
        """
        words = [word for word in words_in(text) if not self.knows(word.text)]
        languages = self._languages(words)
        return tuple(word for word in words if not self._right(word.text, languages))

    def knows(self, word: str) -> bool:
        """Whether `word` is a name or the school's own, whatever the dictionaries say."""
        return any(
            parts and all(part.casefold() in self._known for part in parts)
            for parts in readings(word)
        ) or (word.casefold().removesuffix("s") in self._known)

    def language(self, text: str) -> str:
        """The language most of `text` is in: "en" or "fr"; empty where nothing tells."""
        words = list(words_in(text))
        languages = self._languages(words)
        count = Counter(
            found[0] for word in words if len(found := languages.get(word.text, ())) == 1
        )
        english, french = (count[language] for language in LANGUAGES)
        return "" if english == french else LANGUAGES[french > english]

    def suggestions(self, word: str, near: str = "") -> tuple[str, ...]:
        """At most five words that may be meant by `word` in the paragraph `near`.

        In the language of the paragraph; in both where that one has none or nothing tells it.
        """
        head, tail = split_elision(plain(word))
        first = "fr" if head else self.language(near)
        found = list(self._dictionaries.suggestions(tail, first)) if first else []
        if not found:
            others = [language for language in LANGUAGES if language != first]
            lists = [self._dictionaries.suggestions(tail, language) for language in others]
            found = [each for pair in zip_longest(*lists) for each in pair if each]
        like = get_close_matches(tail.casefold(), self._own, 1, LIKE_ENOUGH)
        found = [self._own[key] for key in like] + found
        return tuple(dict.fromkeys(head + each for each in found))[:MOST]

    def _languages(self, words: Sequence[Word]) -> Mapping[str, tuple[str, ...]]:
        asked = {part for word in words for parts in readings(word.text) for part in parts}
        return self._dictionaries.languages(asked)

    def _right(self, word: str, languages: Mapping[str, tuple[str, ...]]) -> bool:
        return any(
            all(languages[part] or part.casefold() in self._known for part in parts)
            for parts in readings(word)
        )


def school_words() -> tuple[str, ...]:
    """The words of Canadian schools that come with the program."""
    try:
        text = (FOLDER / "school_words.txt").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ()  # its words are underlined then, and nothing else is wrong
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def _keys(entries: Iterable[str]) -> Iterator[str]:
    """Each entry and each of its words as looked up."""
    for entry in entries:
        whole = plain(entry).casefold()
        yield whole
        for part in _PARTED.split(whole):
            yield part
            yield part.partition("'")[2] or part

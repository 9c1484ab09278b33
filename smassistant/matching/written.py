"""Names in words read off a picture: a tag says nothing but the name, and letters look alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from smassistant.domain.findings import Form
from smassistant.matching.full_names import find_full_names
from smassistant.matching.glued import find_glued, hidden, split_name
from smassistant.matching.index import Ids, NameIndex
from smassistant.matching.parts import NOBODY, Parts
from smassistant.matching.single_names import find_single_names
from smassistant.matching.tokens import Hit, Token, apart, cut
from smassistant.matching.vocabulary import Vocabulary
from smassistant.words import words_of

# What stands on a tag beside the name.
_LABELS = words_of(
    "hello hi my name is i am bonjour salut je suis m appelle mon nom est prenom by from par de "
    "captain capitaine player joueur helper student eleve room grade mr mrs ms mme"
)
_TAGS = words_of("name is am nom est appelle suis prenom by par")
_SURE, _UNSURE, _MISREAD = 0.6, 0.5, 0.45
_SHORTEST_LAST, _SHORTEST_ALIKE, _SHORTEST_SLIP, _SHORTEST_GLUED = 4, 4, 6, 8
# Letters that readers take for each other, in lower case and without accents.
_PAIRS = re.compile(r"rn|vv|cl|ii")
_ALIKE = str.maketrans("01i|5869qgj", "olllsbbgogl")
_MERGED = {"rn": "m", "vv": "w", "cl": "d", "ii": "u"}


class WrittenNames:
    """Finds names of an index in words that were read off a picture. Thread-safe."""

    def __init__(self, index: NameIndex, words: Vocabulary) -> None:
        self._index, self._words = index, words
        self._first = _by_look(index.first)
        self._last = _by_look(index.last)
        # The same few lines are asked about whenever a post changes.
        self.find = lru_cache(maxsize=4_096)(self._find)

    def _find(self, text: str) -> tuple[Hit, ...]:
        """The names in `text` (folded), which is a line, or the lines of one sign."""
        lower = not any(map(str.isupper, text))
        parts = Parts(
            cut(hidden(text), self._index.knows, lower, frozenset()), self._index, self._words
        )
        full = find_full_names(parts)
        hits = [*find_glued(text, self._index, self._words), *(hit for _, _, hit in full)]
        if not hits and (glued := self._run_together(parts)):
            hits = [glued]
        if not hits and (alone := self._alone(parts)):
            hits = [alone]
        if not hits and len(_names(parts)) != 1:
            hits = [hit for hit in find_single_names(parts, full) if hit.confidence >= _UNSURE]
        return apart(hits)

    def _run_together(self, parts: Parts) -> Hit | None:
        """The only word where it is a full name without its space: NATALIEISHIKAWA."""
        name = _names(parts)
        if len(name) != 1 or len(name[0].key) < _SHORTEST_GLUED:
            return None
        token = name[0]
        if self._index.knows(token.key) or token.key in self._words.words:
            return None
        rows = split_name(token.key, self._index)
        return _hit(name, rows, NOBODY, Form.MISSPELT, 0.75, True) if rows else None

    def _alone(self, parts: Parts) -> Hit | None:
        """The name where the words are nothing else: EMMA, VASQUEZ 63, Hello my name is Hope."""
        name = _names(parts)
        if not 1 <= len(name) <= 3:
            return None
        key = "".join(token.key for token in name)
        first = self._index.first.get(key, NOBODY) | self._index.short.get(key, NOBODY)
        last = self._index.last.get(key, NOBODY) if len(key) >= _SHORTEST_LAST else NOBODY
        if not (first or last):
            return self._misread(name, key)
        if all(token.key in self._words.words for token in name) and not _is_label(parts, name):
            return None
        form = Form.FIRST_NAME if first else Form.SURNAME
        return _hit(name, first, last, form, _SURE, not first)

    def _misread(self, name: list[Token], key: str) -> Hit | None:
        """The name that a word must have been before the reader took letters for others."""
        known = key in self._words.words or key in self._words.given_names
        if known or len(key) < _SHORTEST_ALIKE or len(name) > 1:
            return None
        look = _look(key)
        near = self._index.near(key) if len(key) >= _SHORTEST_SLIP else ()
        first, last = self._first.get(look, NOBODY), self._last.get(look, NOBODY)
        if not (first or last):
            first = set[int]().union(*(self._index.first.get(one, NOBODY) for one in near))
            last = set[int]().union(*(self._index.last.get(one, NOBODY) for one in near))
        if not (first or last):
            return None
        return _hit(name, first, last, Form.MISSPELT, _MISREAD, not first)


def _names(parts: Parts) -> list[Token]:
    """The words without numbers and what a tag says beside the name; empty where others stand."""
    tokens = parts.stretch.tokens
    kept = [token for token in tokens if token.key not in _LABELS and not token.key.isdigit()]
    return kept if all(token.cap or parts.stretch.lower for token in kept) else []


def _is_label(parts: Parts, name: list[Token]) -> bool:
    """Whether something says that an ordinary word is a name: "my name is", a jersey's number."""
    rest = [token.key for token in parts.stretch.tokens if token not in name]
    return any(key in _TAGS or (key.isdigit() and len(key) < 3) for key in rest)


def _hit(name: list[Token], first: Ids, last: Ids, form: Form, sure: float, surname: bool) -> Hit:
    rows = tuple(dict.fromkeys((*sorted(first), *sorted(last))))
    return Hit(name[0].start, name[-1].end, rows, form, sure, surname)


def _look(key: str) -> str:
    """What a key looks like to a reader that takes some letters for others."""
    return _PAIRS.sub(lambda match: _MERGED[match.group()], key).translate(_ALIKE)


def _by_look(table: Mapping[str, Ids]) -> dict[str, Ids]:
    """The longer names of a table by how they look."""
    found: dict[str, Ids] = {}
    for key, rows in table.items():
        if len(key) >= _SHORTEST_ALIKE:
            found.setdefault(_look(key), set()).update(rows)
    return found

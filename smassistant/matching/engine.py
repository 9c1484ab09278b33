"""The matcher: every place in a text that names somebody of the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from threading import Lock
from typing import TypeVar

from smassistant.domain.findings import Form, Mention
from smassistant.domain.folding import Folded, fold, squash
from smassistant.domain.people import Person
from smassistant.jobs import Task
from smassistant.matching.full_names import find_full_names
from smassistant.matching.glance import Glance, glance_at, named_otherwise
from smassistant.matching.glued import find_glued, hidden
from smassistant.matching.index import NameIndex
from smassistant.matching.initials import find_initials
from smassistant.matching.narrowing import Clues, Narrowing, merged
from smassistant.matching.parts import Parts
from smassistant.matching.single_names import find_single_names
from smassistant.matching.spelt_out import find_spelt_out
from smassistant.matching.tokens import Hit, apart, cut
from smassistant.matching.vocabulary import vocabulary
from smassistant.matching.written import WrittenNames

# A sentence ends here: the mark, then space, and not after an initial or a short title.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\s\"')]*\s")
_SHORTENED = re.compile(r"\b(?:[A-Za-z]|[MDSm][rstxm]|Mrs|Mme|Ste|[Gg]r)$")
_MARKUP = re.compile(r"<[^<>\n]{1,80}>|&nbsp;|&amp;")
_LONE = frozenset({Form.FIRST_NAME, Form.NICKNAME, Form.SURNAME})
_REMEMBERED = 4_096

K = TypeVar("K")
V = TypeVar("V")


class NameMatcher:
    """Finds the people of a registry in texts (implements `domain.facts.Matcher`).

    Built once for a registry and never changed; safe to use from several threads. Sentences are
    remembered, so that a text matched again after a small edit costs only that edit. `school`
    puts that school's people first where several may be meant.
    """

    def __init__(self, people: Iterable[Person], school: str = "") -> None:
        self.words = vocabulary()
        self.index = NameIndex(people, self.words)
        self._narrowing = Narrowing(self.index.people, school)
        self._memory: dict[tuple[str, bool, frozenset[str]], Remembered] = {}
        self._glances: dict[str, Glance] = {}
        self._clues = merged(())
        self._lock = Lock()
        self._written: WrittenNames | None = None

    def mentions(self, text: str, task: Task | None = None) -> tuple[Mention, ...]:
        """Every mention in `text`, in order, not overlapping; offsets are code points.

        From .5 a mention is likely, from .3 it is worth asking. `Cancelled` where `task` is.
        """
        folded = fold(text)
        plain = _MARKUP.sub(_blank, folded.text)
        lower = not any(map(str.isupper, plain))
        cut_at = list(sentences(plain))
        glances = [self._glance(plain[start:end]) for start, end in cut_at]
        topics = frozenset().union(*(glance.topics for glance in glances))
        found: list[tuple[int, Remembered]] = []
        for start, end in cut_at:
            if task is not None:
                task.check()
            found.append((start, self._remembered(plain[start:end], lower, topics)))
        if not any(each.hits for _, each in found):
            return ()
        return tuple(self._mentions(folded, found, glances))

    def written(self, text: str) -> tuple[Mention, ...]:
        """Every mention in words read off a picture: a line, or the lines of one sign.

        Letters may have been taken for others. Offsets are code points of `text`.
        """
        if self._written is None:
            self._written = WrittenNames(self.index, self.words)
        folded, nothing = fold(text), merged(())
        found = self._written.find(folded.text)
        return tuple(_mention(folded, 0, hit, self._ids(hit.rows, nothing)) for hit in found)

    def _ids(self, rows: tuple[int, ...], clues: Clues) -> tuple[str, ...]:
        ordered = self._narrowing.order(rows, clues)
        return tuple(self._narrowing.people[row].id for row in ordered)

    def _mentions(
        self, folded: Folded, found: list[tuple[int, Remembered]], glances: list[Glance]
    ) -> Iterator[Mention]:
        """The mentions, without lone names that the text gives to somebody else."""
        others: set[str] = set()
        ours: set[str] = set()
        for (_, each), glance in zip(found, glances, strict=True):
            others |= named_otherwise(glance, each.hits, each.lone)
            ours |= each.whole
        clues = self._same(merged(glance.clues for glance in glances))
        for base, each in found:
            if not each.hits:
                continue
            ids = each.people(clues, self._narrowing)
            for hit, key, lone, people in zip(each.hits, each.keys, each.lone, ids, strict=True):
                if not (lone and key in others and key not in ours):
                    yield _mention(folded, base, hit, people)

    def _same(self, clues: Clues) -> Clues:
        """The clues of the text before where they are the same, so that comparing costs nothing."""
        if clues != self._clues:
            self._clues = clues
        return self._clues

    def _glance(self, text: str) -> Glance:
        known = self._glances.get(text)
        if known is None:
            known = glance_at(text, self.index, self.words, self._narrowing)
            self._keep(self._glances, text, known)
        return known

    def _remembered(self, text: str, lower: bool, topics: frozenset[str]) -> Remembered:
        key = (text, lower, topics)
        found = self._memory.get(key)
        if found is None:
            found = Remembered(text, self._find(text, lower, topics))
            self._keep(self._memory, key, found)
        return found

    def _keep(self, memory: dict[K, V], key: K, value: V) -> None:
        """Remember, and forget what was remembered first where there is too much."""
        with self._lock:
            memory[key] = value
            if len(memory) > _REMEMBERED:
                del memory[next(iter(memory))]

    def _find(self, text: str, lower: bool, topics: frozenset[str]) -> tuple[Hit, ...]:
        special = [
            *find_glued(text, self.index, self.words),
            *find_spelt_out(text, self.index),
            *find_initials(text, self.index),
        ]
        stretch = cut(hidden(text), self.index.knows, lower, topics)
        parts = Parts(stretch, self.index, self.words)
        full = find_full_names(parts)
        hits = special + [hit for _, _, hit in full] + find_single_names(parts, full)
        return apart(hits)


class Remembered:
    """What was found in one sentence, and who is meant for the clues last seen."""

    def __init__(self, text: str, hits: tuple[Hit, ...]) -> None:
        self.hits = hits
        self.keys = [squash(text[hit.start : hit.end]) for hit in hits]
        self.lone = [hit.form in _LONE for hit in hits]
        self.whole = {key for key, lone in zip(self.keys, self.lone, strict=True) if not lone}
        self._people: tuple[Clues, list[tuple[str, ...]]] | None = None

    def people(self, clues: Clues, narrowing: Narrowing) -> list[tuple[str, ...]]:
        """For each hit the ids of those who may be meant, likeliest first."""
        known = self._people
        if known is None or (known[0] is not clues and known[0] != clues):
            people = narrowing.people
            ordered = [narrowing.order(hit.rows, clues) for hit in self.hits]
            known = (clues, [tuple(people[row].id for row in rows) for rows in ordered])
            self._people = known
        return known[1]


def _mention(folded: Folded, base: int, hit: Hit, people: tuple[str, ...]) -> Mention:
    start, end = folded.span(base + hit.start, base + hit.end)
    surface = folded.source[start:end]
    return Mention(start, end, surface, hit.form, people, round(hit.confidence, 2), hit.surname)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def sentences(text: str) -> Iterable[tuple[int, int]]:
    """Where the sentences of `text` begin and end; together they cover it."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        at = match.start()
        if text[at] != "…" and _SHORTENED.search(text, max(0, at - 4), at):
            continue
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)

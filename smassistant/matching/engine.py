"""The matcher: every place in a text that names somebody of the registry."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from smassistant.domain.findings import Form, Mention
from smassistant.domain.folding import Folded, fold, squash
from smassistant.domain.people import Person
from smassistant.jobs import Task
from smassistant.matching.full_names import find_full_names
from smassistant.matching.glued import find_glued, hidden
from smassistant.matching.index import NameIndex
from smassistant.matching.narrowing import Clues, Narrowing
from smassistant.matching.parts import Parts
from smassistant.matching.single_names import find_single_names
from smassistant.matching.spelt_out import find_spelt_out
from smassistant.matching.tokens import Hit, cut
from smassistant.matching.vocabulary import vocabulary

# A sentence ends here: the mark, then space, and not after an initial or a short title.
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Za-z])(?<!\b[MDSm][rstxm])(?<!\bMrs)(?<!\bMme)(?<!\bSte)(?<!\bGr)[.!?…]+[\s\"')]*\s"
)
_MARKUP = re.compile(r"<[^<>\n]{1,80}>|&nbsp;|&amp;")
_PAIR = re.compile(r"(?=\b([A-Z][\w']+) ([A-Z][\w']+))")
_REMEMBERED = 512


class NameMatcher:
    """Finds the people of a registry in texts (implements `domain.facts.Matcher`).

    Built once for a registry and never changed; safe to use from several threads. Sentences are
    remembered, so that a text matched again after a small edit costs only that edit. `school`
    puts that school's people first where several may be meant.
    """

    def __init__(self, people: Iterable[Person], school: str = "") -> None:
        self._words = vocabulary()
        self._index = NameIndex(people, self._words)
        self._narrowing = Narrowing(self._index.people, school)
        self._memory: OrderedDict[tuple[str, bool, bool], tuple[Hit, ...]] = OrderedDict()
        self._lock = Lock()

    def mentions(self, text: str, task: Task | None = None) -> tuple[Mention, ...]:
        """Every mention in `text`, in order, not overlapping; offsets are code points.

        From .5 a mention is likely, from .3 it is worth asking. `Cancelled` where `task` is.
        """
        folded = fold(text)
        plain = _MARKUP.sub(lambda match: " " * len(match.group()), folded.text)
        lower = not any(char.isupper() for char in plain)
        sport = self._is_sport(plain)
        hits: list[tuple[int, Hit]] = []
        for start, end in _sentences(plain):
            if task is not None:
                task.check()
            stretch = plain[start:end]
            hits += [(start, hit) for hit in self._remembered(stretch, lower, sport)]
        if any(_is_lone(hit) for _start, hit in hits) and (famous := self._famous(plain)):
            hits = [
                (start, hit)
                for start, hit in hits
                if not _is_lone(hit)
                or squash(plain[start + hit.start : start + hit.end]) not in famous
            ]
        if not hits:
            return ()
        clues = self._narrowing.clues(plain)
        return tuple(self._mention(folded, start, hit, clues) for start, hit in hits)

    def _famous(self, text: str) -> set[str]:
        """Keys of names that belong to well-known people whom the text names in full."""
        pairs = _PAIR.findall(text)
        keys = [(squash(first), squash(second)) for first, second in pairs]
        figures = self._words.public_figures
        return {part for pair in keys if "".join(pair) in figures for part in pair}

    def _is_sport(self, text: str) -> bool:
        words = re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower())
        return not self._words.sport.isdisjoint(word.replace("-", "") for word in words)

    def _remembered(self, text: str, lower: bool, sport: bool) -> tuple[Hit, ...]:
        key = (text, lower, sport)
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)
                return self._memory[key]
        found = self._find(text, lower, sport)
        with self._lock:
            self._memory[key] = found
            if len(self._memory) > _REMEMBERED:
                self._memory.popitem(last=False)
        return found

    def _find(self, text: str, lower: bool, sport: bool) -> tuple[Hit, ...]:
        special = [*find_glued(text, self._index, self._words), *find_spelt_out(text, self._index)]
        stretch = cut(hidden(text), self._index.knows, lower, sport)
        parts = Parts(stretch, self._index, self._words)
        full = find_full_names(parts)
        hits = special + [hit for _, _, hit in full] + find_single_names(parts, full)
        return _apart(hits)

    def _mention(self, folded: Folded, base: int, hit: Hit, clues: Clues) -> Mention:
        start, end = folded.span(base + hit.start, base + hit.end)
        people = self._index.people
        rows = self._narrowing.order(hit.rows, clues)
        return Mention(
            start=start,
            end=end,
            surface=folded.source[start:end],
            form=hit.form,
            people=tuple(people[row].id for row in rows),
            confidence=round(hit.confidence, 2),
            surname=hit.surname,
        )


def _is_lone(hit: Hit) -> bool:
    return not hit.surname and hit.form in (Form.FIRST_NAME, Form.NICKNAME)


def _sentences(text: str) -> Iterable[tuple[int, int]]:
    """Where the sentences of `text` begin and end; together they cover it."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _apart(hits: list[Hit]) -> tuple[Hit, ...]:
    """`hits` in order without overlaps: the surer stays, then the longer."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (-one.confidence, one.start - one.end, one.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda one: one.start))

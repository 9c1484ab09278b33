"""The rules of what may not be posted, compiled: where they fire in a text, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from smassistant.checks.masked_words import masked_words
from smassistant.checks.phrases import PhraseIndex, Word, compile_phrase, words_in
from smassistant.checks.rule_files import load_packs, shipped_packs
from smassistant.domain.facts import TopicHit
from smassistant.domain.findings import Severity
from smassistant.domain.folding import Folded, fold
from smassistant.domain.rules import KINDS, Rule, Trace

_GRAVEST = tuple(Severity)  # first
Found = tuple[int, int, str]  # first word, word behind the last, the phrase as written


@dataclass(slots=True)
class _Fired:
    """Where the phrases of one rule stand in a text."""

    any: list[Found] = field(default_factory=list)
    near: list[Found] = field(default_factory=list)
    not_in: list[Found] = field(default_factory=list)
    unless: list[Found] = field(default_factory=list)


class RuleBook:
    """Compiled rules (implements `domain.facts.Topics`). Never changed once built.

    The work for a text grows with its length, whatever the text: see `Phrase.match`.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rule for rule in rules if not rule.off)
        owners: dict[str, list[tuple[int, str]]] = defaultdict(list)  # a phrase is looked up once
        for number, rule in enumerate(self.rules):
            for kind in KINDS:
                for text in getattr(rule, kind):
                    owners[text].append((number, kind))
        self._owners = tuple(owners.items())
        compiled = (compile_phrase(text) for text in owners)
        self._index = PhraseIndex(enumerate(compiled))
        self._numbers = {rule.id: number for number, rule in enumerate(self.rules)}
        self._masked = {
            word: number
            for number, rule in enumerate(self.rules)
            if rule.masked
            for text in rule.any
            for word in _single_words(text)
        }

    def hits(self, text: str) -> tuple[TopicHit, ...]:
        """Every place where a rule fires, in order; offsets are code points."""
        folded = fold(text)
        words = words_in(folded.text)
        spans = {
            (number, words[first].start, words[last - 1].end)
            for number, found in self._fired(words).items()
            for (first, last, _phrase), reason, _by in _judged(found, self.rules[number], words)
            if not reason
        }
        spans.update(masked_words(folded.text, self._masked))
        silent = self._silent({number for number, _start, _end in spans})
        hits = [
            self._hit(number, *folded.span(start, end), text)
            for number, start, end in spans
            if number not in silent
        ]
        return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.rule_id)))

    def traces(self, text: str) -> tuple[Trace, ...]:
        """What every rule made of the text, in order: where it fires, and where it nearly did."""
        folded = fold(text)
        words = words_in(folded.text)
        traces = {
            self._trace(number, folded, (words[first].start, words[last - 1].end), *why)
            for number, found in self._fired(words).items()
            for (first, last, phrase), reason, by in _judged(found, self.rules[number], words)
            for why in ((phrase, reason, by),)
        }
        for number, start, end in masked_words(folded.text, self._masked):
            traces.add(self._trace(number, folded, (start, end), folded.text[start:end]))
        silent = self._silent({self._numbers[one.rule_id] for one in traces if one.fires})
        traces = {_silenced(one, silent.get(self._numbers[one.rule_id], "")) for one in traces}
        order = lambda one: (one.start, one.end, one.rule_id, one.reason, one.phrase)  # noqa: E731
        return tuple(sorted(traces, key=order))

    def _silent(self, firing: Iterable[int]) -> dict[int, str]:
        """The weak rules that say nothing beside another of those firing, with that one's id."""
        rules = {number: self.rules[number] for number in firing}
        silent: dict[int, str] = {}
        for number, rule in rules.items():
            for other in rules.values() if rule.weak else ():
                graver = _GRAVEST.index(other.severity) <= _GRAVEST.index(rule.severity)
                if not other.weak and other.kind != rule.kind and graver:
                    silent[number] = other.id
        return silent

    def _fired(self, words: list[Word]) -> dict[int, _Fired]:
        fired: dict[int, _Fired] = defaultdict(_Fired)
        for at, first, last in self._index.find(words):
            phrase, owners = self._owners[at]
            for number, kind in owners:
                getattr(fired[number], kind).append((first, last, phrase))
        return fired

    def _hit(self, number: int, start: int, end: int, text: str) -> TopicHit:
        rule = self.rules[number]
        return TopicHit(
            rule_id=rule.id,
            code=rule.code,
            clause=rule.clause,
            severity=rule.severity,
            start=start,
            end=end,
            surface=text[start:end],
            message=rule.message,
        )

    def _trace(
        self,
        number: int,
        folded: Folded,
        span: tuple[int, int],
        phrase: str,
        reason: str = "",
        by: str = "",
    ) -> Trace:
        start, end = folded.span(*span)
        surface = folded.source[start:end]
        return Trace(self.rules[number].id, start, end, surface, phrase, reason, by)


def _judged(fired: _Fired, rule: Rule, words: list[Word]) -> Iterator[tuple[Found, str, str]]:
    """Each place of `any`, with what makes it harmless ("" for nothing) and the phrase that does.

    The phrase is that of `near` where the place stands.
    """
    if not fired.any:
        return
    near = {words[first].sentence: phrase for first, _end, phrase in reversed(fired.near)}
    quiet = {words[first].sentence: phrase for first, _end, phrase in reversed(fired.unless)}
    inside = {at: phrase for first, end, phrase in fired.not_in for at in range(first, end)}
    for found in fired.any:
        first, last, _phrase = found
        sentence = words[first].sentence
        part = ""
        if inside:
            part = next((inside[at] for at in range(first, last) if at in inside), "")
        if part:
            yield found, "not_in", part
        elif sentence in quiet:
            yield found, "unless", quiet[sentence]
        elif rule.near and sentence not in near:
            yield found, "near", ""
        else:
            yield found, "", near.get(sentence, "")


def _silenced(trace: Trace, by: str) -> Trace:
    """The trace of a weak rule where the rule `by` speaks in its place, if any does."""
    return replace(trace, reason="weak", by=by) if by and trace.fires else trace


def _single_words(phrase: str) -> Iterator[str]:
    if " " not in phrase:
        yield from (choice.rstrip("*") for choice in phrase.split("/") if choice[0] != "@")


def load_rules(folder: Path | None = None) -> RuleBook:
    """The rules of every pack in `folder` (by default those shipped).

    Raises UserError naming file, line and rule where a pack has a mistake.
    """
    return _load(folder)


@cache
def _load(folder: Path | None) -> RuleBook:
    packs = load_packs(folder) if folder else shipped_packs()
    return RuleBook(rule for pack in packs for rule in pack.rules)

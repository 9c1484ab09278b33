"""The rule packs of resources/rules: what may not be posted, in words anybody can edit.

A pack is a TOML file of `[[rule]]` tables:

    id        names the rule, such as "legal.lawsuit"
    code      the finding's code ("topic.legal"); `clause` and `severity` likewise
    any       phrases (see `phrases`), each of which fires the rule
    near      if given, one of these has to stand in the same sentence
    not_in    phrases that make the words harmless where they are part of them
    unless    phrases that make the whole sentence harmless
    message   one plain sentence for the author
    fires, quiet   example sentences, run as tests
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from smassistant.checks.masked_words import masked_words
from smassistant.checks.phrases import (
    Phrase,
    PhraseError,
    PhraseIndex,
    Word,
    compile_phrase,
    words_in,
)
from smassistant.domain.facts import TopicHit
from smassistant.domain.findings import Severity
from smassistant.domain.folding import fold
from smassistant.errors import UserError
from smassistant.i18n import _

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "rules"
_TEXTS = ("id", "code", "clause", "severity", "message")
_LISTS = ("any", "near", "not_in", "unless", "fires", "quiet")
_NEEDED = (*_TEXTS, "any", "fires")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack, with its phrases as written."""

    id: str
    code: str
    clause: str
    severity: str
    message: str
    any: tuple[str, ...]
    near: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    fires: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    masked: bool = False


@dataclass(slots=True)
class _Fired:
    """Where the phrases of one rule stand in a text: (first word, word behind the last)."""

    any: list[tuple[int, int]] = field(default_factory=list)
    near: list[tuple[int, int]] = field(default_factory=list)
    not_in: list[tuple[int, int]] = field(default_factory=list)
    unless: list[tuple[int, int]] = field(default_factory=list)


_KINDS = ("any", "near", "not_in", "unless")


class RuleBook:
    """Compiled rules (implements `domain.facts.Topics`). Never changed once built."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        owned: list[tuple[int, Phrase]] = []
        for number, rule in enumerate(self.rules):
            for slot, kind in enumerate(_KINDS):
                owner = number * len(_KINDS) + slot
                owned += [(owner, compile_phrase(text)) for text in getattr(rule, kind)]
        self._index = PhraseIndex(owned)
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
        fired: dict[int, _Fired] = defaultdict(_Fired)
        for owner, first, last in self._index.find(words):
            number, slot = divmod(owner, len(_KINDS))
            getattr(fired[number], _KINDS[slot]).append((first, last))
        spans = [
            (number, words[first].start, words[last - 1].end)
            for number, found in fired.items()
            for first, last in _standing(found, bool(self.rules[number].near), words)
        ]
        spans += masked_words(folded.text, self._masked)
        hits = [self._hit(number, *folded.span(start, end), text) for number, start, end in spans]
        return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.rule_id)))

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


def _standing(fired: _Fired, needs_near: bool, words: list[Word]) -> Iterator[tuple[int, int]]:
    """The places of `any` that nothing makes harmless."""
    near = {words[first].sentence for first, _end in fired.near}
    quiet = {words[first].sentence for first, _end in fired.unless}
    for first, last in fired.any:
        sentence = words[first].sentence
        inside = any(start < last and first < end for start, end in fired.not_in)
        if not inside and sentence not in quiet and (not needs_near or sentence in near):
            yield first, last


def _single_words(phrase: str) -> Iterator[str]:
    if " " not in phrase:
        yield from (choice.rstrip("*") for choice in phrase.split("/") if choice[0] != "@")


def load_rules(folder: Path | None = None) -> RuleBook:
    """The rules of every pack in `folder` (by default those shipped).

    Raises UserError naming file and rule where a pack has a mistake.
    """
    return _load(folder or FOLDER)


@cache
def _load(folder: Path) -> RuleBook:
    rules: list[Rule] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.toml")):
        for rule in read_pack(path):
            if rule.id in seen:
                raise _mistake(path, rule.id, _("another rule has the same id"))
            seen.add(rule.id)
            rules.append(rule)
    return RuleBook(rules)


def read_pack(path: Path) -> list[Rule]:
    """The rules of one pack. Raises UserError naming file and rule where it has a mistake."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise _mistake(path, "", str(error)) from error
    if not isinstance(tables, list):
        raise _mistake(path, "", _("rules are written as [[rule]]"))
    return [_rule(path, table, number) for number, table in enumerate(tables, start=1)]


def _rule(path: Path, table: Any, number: int) -> Rule:
    """The rule of one table, checked."""
    if not isinstance(table, dict):
        raise _mistake(path, str(number), _("rules are written as [[rule]]"))
    name = str(table.get("id", _("number {number}").format(number=number)))
    if unknown := table.keys() - {*_TEXTS, *_LISTS, "masked"}:
        raise _mistake(path, name, _("unknown key “{key}”").format(key=sorted(unknown)[0]))
    for key in _NEEDED:
        if not table.get(key):
            raise _mistake(path, name, _("“{key}” is missing").format(key=key))
    for key in _TEXTS:
        if not isinstance(table[key], str):
            raise _mistake(path, name, _("“{key}” has to be text in quotes").format(key=key))
    values = {key: table[key] for key in _TEXTS}
    for key in _LISTS:
        entries = table.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise _mistake(path, name, _("“{key}” has to be a list of texts").format(key=key))
        values[key] = tuple(entries)
    if table["severity"] not in set(Severity):
        raise _mistake(path, name, _("severity is block, warn or advice"))
    if not isinstance(table.get("masked", False), bool):
        raise _mistake(path, name, _("“masked” is true or false"))
    for phrase in (text for key in _KINDS for text in values[key]):
        try:
            compile_phrase(phrase)
        except PhraseError as error:
            raise _mistake(path, name, str(error)) from error
    return Rule(**values, masked=table.get("masked", False))


def _mistake(path: Path, rule: str, what: str) -> UserError:
    where = _("rule “{rule}”: {what}").format(rule=rule, what=what) if rule else what
    return UserError(
        _("The rule pack {file} has a mistake.").format(file=path.name),
        where[0].upper() + where[1:].rstrip(".") + ".",
        _("Mend the file, or put the shipped one back."),
    )

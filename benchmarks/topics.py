"""The rule packs beside one regular expression of the same words, and the whole check."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

from benchmarks.rows import Row
from smassistant.checks import find_findings
from smassistant.checks.rules import load_rules
from smassistant.domain.facts import Facts
from smassistant.domain.posts import Draft
from smassistant.hints.reader import HintReader
from smassistant.matching.engine import NameMatcher

LENGTHS = (280, 3_000)
ROUNDS = 30


def run() -> list[Row]:
    """Milliseconds a text."""
    book = load_rules()
    examples = " ".join(text for rule in book.rules for text in (*rule.fires, *rule.quiet))
    words = {phrase for rule in book.rules for phrase in rule.any if phrase.isalpha()}
    plain = re.compile(r"\b(?:" + "|".join(sorted(words)) + r")\b", re.IGNORECASE)
    facts = Facts({}, {}, NameMatcher(()), book, date(2026, 11, 24))
    rows = []
    for length in LENGTHS:
        texts = [examples[at * 97 : at * 97 + length] for at in range(ROUNDS)]
        peer = _milliseconds(plain.findall, texts)
        rows.append(Row(f"rules, {length} characters", _milliseconds(book.hits, texts), peer,
                        "ms", "re, single words only"))  # fmt: skip
        whole = _milliseconds(lambda text: find_findings(_draft(text), facts), texts)
        rows.append(Row(f"every check, {length} characters", whole, peer, "ms",
                        "re, single words only"))  # fmt: skip
    return [*rows, *_hints(examples)]


def _hints(examples: str) -> list[Row]:
    """The trained reader beside its model alone, the pieces cut beforehand."""
    reader = HintReader()
    texts = [examples[at * 97 : at * 97 + LENGTHS[0]] for at in range(ROUNDS)]
    reader.read(texts[-1])  # the first run lays out the model's memory
    cut = {text: reader.cut(text) for text in texts}
    whole = _milliseconds(reader.read, texts[:-1])
    alone = _milliseconds(lambda text: reader.run(cut[text]), texts[:-1])
    return [Row(f"hint, {LENGTHS[0]} characters", whole, alone, "ms", "its model alone", 25)]


def _draft(text: str) -> Draft:
    return Draft(text, (), ("facebook", "bluesky", "x"))


def _milliseconds(call: Callable[[str], object], texts: list[str]) -> float:
    taken = []
    for text in texts:
        started = perf_counter()
        call(text)
        taken.append(perf_counter() - started)
    return median(taken) * 1000

"""Finding names beside an exact search for full names, and beside one pass over the text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from statistics import median
from time import perf_counter

from benchmarks.rows import Row
from smassistant.domain.people import Person
from smassistant.matching.engine import NameMatcher
from smassistant.words import word_keys

SIZES = (1_000, 12_000)
ROUNDS = 40
_SYLLABLES = "ba ka la ma na ra sa ta vi li mi ni ro so to ku mu le ne re shi cha wen dor".split()
_SENTENCES = (
    "Congratulations to {full} on the science fair ribbon!",
    "{first} and {other} led the morning announcements.",
    "Thanks to everyone who came to the pancake breakfast on Friday.",
    "Final score 5-4, {last} scores the winner in overtime.",
    "Book orders are due Monday; forms are at the office.",
    "Our Grade 4 students met the author of the novel they read.",
    "Way to go, {first}! #Team{first}",
)


def run() -> list[Row]:
    """Build seconds and milliseconds a text, for each size of registry."""
    rows = []
    for size in SIZES:
        people = _people(size)
        started = perf_counter()
        matcher = NameMatcher(people)
        built = perf_counter() - started
        started = perf_counter()
        exact = _exact_search(people)
        rows.append(Row(f"build, {size} people", built, perf_counter() - started, "s",
                        "re, full names only", 0.3))  # fmt: skip
        for length in (280, 3_000):
            texts = _texts(people, length)
            case = f"{length} characters, {size} people"
            ours = _milliseconds(matcher.mentions, texts)
            peer = _milliseconds(exact.findall, texts)
            rows.append(Row(case, ours, peer, "ms", "re, full names only",
                            1.0 if length == 280 else None))  # fmt: skip
        rows.append(_keystroke(matcher, people, size))
    return rows


def _keystroke(matcher: NameMatcher, people: list[Person], size: int) -> Row:
    """A text of 3,000 characters checked again after each letter typed at its end."""
    text = _texts(people, 3_000)[0]
    matcher.mentions(text)
    added = " Thanks to Priya and everybody who came to the concert"
    grown = [text + added[:count] for count in range(1, len(added))]
    ours = _milliseconds(matcher.mentions, grown)
    fresh = _milliseconds(NameMatcher(people).mentions, _texts(people, 3_000))
    return Row(f"one letter more, {size} people", ours, fresh, "ms", "the whole text anew")


def _people(size: int) -> list[Person]:
    """Invented people: real first names, made-up first names and surnames."""
    chance = random.Random(7)

    def made_up() -> str:
        return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()

    given = [name.capitalize() for name in sorted(word_keys("given_names"))]
    firsts = given + [made_up() for _ in range(size // 4)]
    lasts = [made_up() for _ in range(size // 2)]
    return [
        Person(str(n), str(n), chance.choice(firsts), chance.choice(lasts)) for n in range(size)
    ]


def _texts(people: list[Person], length: int) -> list[str]:
    chance = random.Random(length)
    texts = []
    for _ in range(ROUNDS):
        text = ""
        while len(text) < length:
            person, other = chance.choice(people), chance.choice(people)
            text += " " + chance.choice(_SENTENCES).format(
                full=f"{person.first_name} {person.last_name}",
                first=person.first_name,
                last=person.last_name,
                other=other.first_name,
            )
        texts.append(text[:length])
    return texts


def _exact_search(people: list[Person]) -> re.Pattern[str]:
    names = {f"{person.first_name} {person.last_name}" for person in people}
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(names))) + r")\b")


def _milliseconds(call: Callable[[str], object], texts: list[str]) -> float:
    """The median over the texts; each is seen once, so that nothing is remembered."""
    taken = []
    for text in texts:
        started = perf_counter()
        call(text)
        taken.append(perf_counter() - started)
    return median(taken) * 1000

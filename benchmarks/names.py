"""Finding names beside an exact search, a raw scan (the floor), a fuzzy loop and Presidio."""

from __future__ import annotations

import gc
import random
import re
import tracemalloc
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

from benchmarks.name_peers import Search, peers
from benchmarks.rows import Row
from smassistant.domain.people import Person
from smassistant.matching.engine import NameMatcher
from smassistant.words import word_keys

LARGEST = 100_000
SIZES = (12_000, LARGEST)
LENGTHS = (280, 3_000)
EXACT = "re, full names only"
# What is promised: milliseconds, seconds, megabytes.
WHOLE, BUILD_SECONDS, MEGABYTES = 1.0, 2.5, 150.0
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
    """Build seconds, megabytes and milliseconds a text, for each size of registry."""
    return [row for size in SIZES for row in _rows(size)]


def _rows(size: int) -> Iterator[Row]:
    people = _people(size)
    started = perf_counter()
    matcher = NameMatcher(people)
    built = perf_counter() - started
    started = perf_counter()
    exact = _exact_search(people)
    yield Row(
        f"build, {size} people", built, perf_counter() - started, "s", EXACT,
        BUILD_SECONDS if size == LARGEST else None,
    )  # fmt: skip
    if size == LARGEST:
        yield Row(f"memory, {size} people", _megabytes(people), 0.0, "MB", "", MEGABYTES)
    searches: list[tuple[str, Search]] = [(EXACT, exact.findall), *peers(people)]
    for length in LENGTHS:
        ours = _milliseconds(matcher.mentions, _texts(people, length))
        for name, search in searches:
            slow = size == LARGEST and name.startswith("rapidfuzz")
            texts = _texts(people, length)[: 5 if slow else ROUNDS]
            search(texts[0])  # the first may load something
            limit = WHOLE if (length, size) == (280, 12_000) and name == EXACT else None
            case = f"{length} characters, {size} people"
            yield Row(case, ours, _milliseconds(search, texts), "ms", name, limit)
    yield from _keystrokes(matcher, people, size)


def _keystrokes(matcher: NameMatcher, people: list[Person], size: int) -> Iterator[Row]:
    """A text of 3,000 characters checked again after each letter typed at its end."""
    text = _texts(people, 3_000)[0]
    matcher.mentions(text)
    added = " Thanks to Priya and everybody who came to the concert and to the dance"
    grown = [text + added[:count] for count in range(1, len(added))]
    ours = _times(matcher.mentions, grown)
    fresh = _times(NameMatcher(people).mentions, _texts(people, 3_000))
    anew, case = "the whole text anew", f"one letter more, {size} people"
    promised = size == LARGEST
    yield Row(f"{case}, median", median(ours), median(fresh), "ms", anew, 0.5 if promised else None)
    yield Row(f"{case}, p95", _p95(ours), _p95(fresh), "ms", anew, 16.0 if promised else None)


def _megabytes(people: list[Person]) -> float:
    """What the matcher keeps in memory beside the people themselves."""
    gc.collect()
    tracemalloc.start()
    matcher = NameMatcher(people)
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del matcher
    return held / 1e6


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
    return median(_times(call, texts))


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _times(call: Callable[[str], object], texts: list[str]) -> list[float]:
    """Milliseconds for each text; each is seen once, so that nothing is remembered."""
    taken = []
    for text in texts:
        started = perf_counter()
        call(text)
        taken.append((perf_counter() - started) * 1000)
    return taken

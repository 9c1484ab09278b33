"""Learn the weights of lone names (resources/words/name_weights.txt) from tools/names/*.txt.

    python tools/train_names.py

A logistic regression with the cues of `smassistant.matching.cues`, in a minute. The same posts
and seed give the same file. Ordinary school posts (resources/hints/posts) show what a word that
is also a name does where it names nobody.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from smassistant.domain.folding import fold  # noqa: E402
from smassistant.domain.people import Person  # noqa: E402
from smassistant.matching.cues import cues  # noqa: E402
from smassistant.matching.engine import NameMatcher, sentences  # noqa: E402
from smassistant.matching.full_names import find_full_names  # noqa: E402
from smassistant.matching.glued import hidden  # noqa: E402
from smassistant.matching.grammar import name_kinds, topics_of  # noqa: E402
from smassistant.matching.parts import Parts  # noqa: E402
from smassistant.matching.single_names import lone_names  # noqa: E402
from smassistant.matching.tokens import cut  # noqa: E402
from smassistant.words import FOLDER, word_lines  # noqa: E402
from tools.names.people import FIRST_WORDS, SCHOOLS, SURNAME_WORDS, SURNAMES  # noqa: E402

POSTS = Path(__file__).resolve().parent / "names"
ROUNDS = 8
SEEDS = (20261124, 7, 1889)  # each shuffles the registry and draws the names anew
LOUD, QUIET = 0.25, 0.5  # how often a post is also learned in capitals, in small letters
RARE, WEAK = 8, 0.06  # cues seen less often, and weights smaller, are left out
PENALTY = 5.0
STRANGERS = 0.12  # how often somebody else stands in a slot
LITERAL, NOBODY = 1.5, 0.6  # what a post weighs that has no slot, or only nobody in it
_SLOT = re.compile(r"\[=(\w+)\]|\[~(\w+)\]|\[([A-Z])\]|\{([A-Z])\}")

Span = tuple[int, int, bool]
Example = tuple[bool, list[str], bool, float]


class Names:
    """The invented registry, and who steps into a slot."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        lists = {"given": word_lines("given_names"), "short": word_lines("nicknames")}
        words = set(FIRST_WORDS)
        rare = [name.capitalize() for name in lists["given"] if name not in words]
        shorts = {line.split(":")[0]: line.split(":")[1].split() for line in lists["short"]}
        formal = [name for name in rare if name.lower() in shorts]
        self.slots = {
            "W": [word.capitalize() for word in FIRST_WORDS],
            "R": rare,
            "K": [short.capitalize() for name in formal for short in shorts[name.lower()]],
            "S": list(SURNAMES),
            "V": list(SURNAME_WORDS),
        }
        self.kinds: dict[str, list[str]] = {}
        for word in self.slots["W"]:
            for kind in name_kinds(word.lower()):
                self.kinds.setdefault(kind, []).append(word)
        surnames = self.slots["S"] + self.slots["V"]
        firsts = self.slots["W"] + self.slots["R"]
        chance.shuffle(surnames)
        count = max(len(firsts), len(surnames))
        self.people = [
            Person(
                str(n), str(n), firsts[n % len(firsts)], surnames[n % len(surnames)],
                school=SCHOOLS[n % len(SCHOOLS)],
            )
            for n in range(count)
        ]  # fmt: skip

    def draw(self, slot: str) -> str:
        """A name for the slot."""
        chance = self.chance
        if slot == "N":
            slot = "W" if chance.random() < 0.6 else "R" if chance.random() < 0.8 else "K"
        if slot == "W":
            return chance.choice(self.kinds[chance.choice(sorted(self.kinds))])
        if slot == "S" and chance.random() < 0.35:
            slot = "V"
        if slot == "U":
            return chance.choice(self.slots["S"])[:4] + chance.choice(("acek", "ovic", "unde"))
        if slot == "C":
            return chance.choice(self.kinds["city"])
        if slot == "F":
            person = chance.choice(self.people)
            return f"{person.first_name} {person.last_name}"
        return chance.choice(self.slots[slot])

    def stranger(self, slot: str, name: str) -> str:
        """Somebody whom the registry does not know, with a name of somebody whom it knows."""
        if slot in ("S", "V"):
            return f"{self.draw('R')} {name}"
        return f"{name} {self.draw(self.chance.choice('UUS'))}"

    def fill(self, line: str) -> tuple[str, list[Span]]:
        """The line with names in its slots, and where it names whom (start, end, surname)."""
        out, spans, at = "", [], 0
        for match in _SLOT.finditer(line):
            out += line[at : match.start()]
            first, last, named, nobody = match.groups()
            name = first or last or self.draw(named or nobody)
            if named and self.chance.random() < STRANGERS:
                name, nobody = self.stranger(named, name), named
            if not nobody:
                spans.append((len(out), len(out) + len(name), bool(last) or named in ("S", "V")))
            out, at = out + name, match.end()
        return out + line[at:], spans


def examples(matcher: NameMatcher, text: str, spans: list[Span] | None) -> Iterator[Example]:
    """What the matcher would have to judge; without `spans` only words are judged, as nobody."""
    plain = fold(text).text
    lower, topics = not any(char.isupper() for char in plain), topics_of(plain)
    for start, end in sentences(plain):
        stretch = cut(hidden(plain[start:end]), matcher.index.knows, lower, topics)
        parts = Parts(stretch, matcher.index, matcher.words)
        for spot in lone_names(parts, find_full_names(parts)):
            for one in spot.readings:
                first, last = stretch.tokens[one.at].start, stretch.tokens[one.end - 1].end
                over = [s for s in spans or () if start + first < s[1] and s[0] < start + last]
                if one.settled or (over and over[0][2] != one.surname):
                    continue
                if spans is None and not one.wordy:
                    continue
                found, circumstances = cues(parts, one)
                pairs = [f"{cue}|{c}" for cue in found + spot.found for c in circumstances]
                yield one.surname, pairs, bool(over), 1.0


def gather() -> list[Example]:
    """All examples, as written, in small letters and in capitals."""
    found: list[Example] = []
    for seed in SEEDS:
        chance = random.Random(seed)
        names = Names(chance)
        matcher = NameMatcher(names.people)
        for text, spans, weight in _texts(names, chance):
            found += [(k, f, y, weight) for k, f, y, _ in examples(matcher, text, spans)]
    return found


def _texts(names: Names, chance: random.Random) -> Iterator[tuple[str, list[Span] | None, float]]:
    for path in sorted(POSTS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            rounds = ROUNDS if "[" in line or "{" in line else 1
            for _ in range(rounds):
                text, spans = names.fill(line)
                weight = LITERAL if rounds == 1 else 1.0 if "[" in line else NOBODY
                yield text, spans, weight
                if chance.random() < QUIET:
                    yield text.lower(), spans, weight / 2
                if chance.random() < LOUD and len(text) == len(text.upper()):
                    yield text.upper(), spans, weight / 3
    for path in sorted((ROOT / "resources/hints/posts").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            post = json.loads(line)
            if not post["categories"]:
                yield post["text"], None, 1.0
                if chance.random() < QUIET:
                    yield post["text"].lower(), None, 0.3
                if chance.random() < LOUD:
                    yield post["text"].upper(), None, 0.3


def fit(data: list[Example]) -> dict[str, float]:
    """Cue and circumstance → weight."""
    seen = Counter(pair for _, pairs, _, _ in data for pair in set(pairs))
    columns = {p: n for n, p in enumerate(sorted(p for p, c in seen.items() if c >= RARE))}
    rows, cols = [], []
    for row, (_, pairs, _, _) in enumerate(data):
        known = [columns[pair] for pair in pairs if pair in columns]
        rows += [row] * len(known)
        cols += known
    at, of = np.array(rows), np.array(cols)
    truth = np.array([float(y) for _, _, y, _ in data])
    share = np.array([weight for *_, weight in data])
    w, m, v = (np.zeros(len(columns)) for _ in range(3))
    for step in range(1, 401):
        score = np.bincount(at, w[of], len(data))
        wrong = (1 / (1 + np.exp(-np.clip(score, -30, 30))) - truth) * share
        slope = np.bincount(of, wrong[at], len(columns)) + PENALTY * w
        m, v = 0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope**2
        w -= 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return {pair: float(w[n]) for pair, n in columns.items() if abs(w[n]) >= WEAK}


def main() -> int:
    """Write the file of weights."""
    data = gather()
    lines = ["# Learned by tools/train_names.py: kind | cue | circumstance | weight."]
    for kind, surname in (("first", False), ("last", True)):
        mine = [one for one in data if one[0] is surname]
        lines += [f"{kind}|{pair}|{w:.2f}" for pair, w in sorted(fit(mine).items())]
        sys.stdout.write(f"{kind}: {len(mine)} examples, {sum(y for _, _, y, _ in mine)} names\n")
    (FOLDER / "name_weights.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines)} weights\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

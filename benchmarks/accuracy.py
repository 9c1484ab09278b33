"""Precision, recall and F1 on labelled posts.

    python -m benchmarks accuracy --names POSTS.jsonl --registry ROSTER.csv
    python -m benchmarks accuracy --topics POSTS.jsonl [--own-contact CONTACT]…
    python -m benchmarks accuracy --photos FOLDER|painted

Names: `{"id", "text", "mentions": [{"start", "end", "students": […]}]}`. A mention counts as found
where one of ours overlaps it and names one of its students; `optional_mentions` never count.
Topics: `{"id", "text", "categories": […]}`, a category for each family of findings.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from smassistant.checks import find_findings
from smassistant.checks.rules import load_rules
from smassistant.domain.facts import Facts
from smassistant.domain.findings import Mention
from smassistant.domain.posts import Draft
from smassistant.hints.reader import HintReader
from smassistant.matching.engine import NameMatcher
from smassistant.registry.reading import read_roster

CATEGORIES = (
    "legal", "controversial", "policy", "contractual", "crisis", "personal_information", "tone",
    "promotion",
)  # fmt: skip


@dataclass
class Tally:
    """Hits, false alarms and misses."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def both(self) -> float:
        """The harmonic mean of precision and recall (F1)."""
        return 2 * self.hits / max(1, 2 * self.hits + self.false + self.missed)

    def told(self, name: str) -> str:
        """One line with precision, recall and F1."""
        precision = self.hits / max(1, self.hits + self.false)
        recall = self.hits / max(1, self.hits + self.missed)
        return (
            f"{name:22} P {precision:.3f} R {recall:.3f} F1 {self.both:.3f}"
            f"  ({self.hits} found, {self.false} false, {self.missed} missed)\n"
        )


def main(argv: list[str]) -> int:
    """Print the figures for the files asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks accuracy", description=__doc__)
    parser.add_argument("--names", type=Path, metavar="POSTS")
    parser.add_argument("--registry", type=Path, metavar="ROSTER")
    parser.add_argument("--topics", type=Path, metavar="POSTS")
    parser.add_argument("--photos", metavar="FOLDER")
    parser.add_argument("--own-contact", action="append", default=[], metavar="CONTACT")
    args = parser.parse_args(argv)
    if args.names and not args.registry:
        parser.error("--names needs --registry")
    if not (args.names or args.topics or args.photos):
        parser.error("give --names, --topics or --photos")
    if args.names:
        sys.stdout.writelines(names_told(args.names, args.registry))
    if args.topics:
        sys.stdout.writelines(topics_told(args.topics, tuple(args.own_contact)))
    if args.photos:
        from benchmarks import photo_accuracy

        sys.stdout.writelines(photo_accuracy.told(args.photos))
    return 0


def names_told(posts: Path, registry: Path) -> Iterator[str]:
    """Lines about the mentions from .3 up (worth asking) and from .5 up (likely), and a table."""
    people = [item.person for item in read_roster(registry).people]
    numbers = {person.id: person.number for person in people}
    matcher = NameMatcher(people)
    labelled = list(_lines(posts))
    found = [matcher.mentions(post["text"]) for post in labelled]
    scores = {}
    for threshold in (0.3, 0.5):
        score = scores[threshold] = NameScore()
        for post, mentions in zip(labelled, found, strict=True):
            score.add(post, [one for one in mentions if one.confidence >= threshold], numbers)
        yield score.tally.told(f"names from {threshold}")
        yield f"{'':22} {score.alarms} of {score.quiet} posts without a name flagged\n"
    yield from scores[0.3].kinds_told()
    yield from scores[0.3].table()


class NameScore:
    """Mentions counted over posts: in all, by kind, with all candidates, on quiet posts."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.kinds: dict[str, list[int]] = {}
        self.complete = self.quiet = self.alarms = 0

    def add(self, post: dict[str, Any], mentions: list[Mention], numbers: dict[str, str]) -> None:
        """Count one post."""
        used: set[int] = set()
        for label in post["mentions"]:
            over = [at for at, one in enumerate(mentions) if _overlap(one, label)]
            named = {numbers[person] for at in over for person in mentions[at].people}
            used.update(over)
            hit = bool(named & set(label["students"]))
            self.tally.hits += hit
            self.tally.missed += not hit
            self.complete += hit and set(label["students"]) <= named
            kind = self.kinds.setdefault(label.get("kind", "any"), [0, 0])
            kind[0] += hit
            kind[1] += 1
        optional = post.get("optional_mentions", [])
        wrong = sum(
            at not in used and not any(_overlap(one, label) for label in optional)
            for at, one in enumerate(mentions)
        )
        self.tally.false += wrong
        if not post["mentions"] and not optional:
            self.quiet += 1
            self.alarms += bool(wrong)

    def kinds_told(self) -> Iterator[str]:
        """How many were found of each kind, the commonest first."""
        for kind, (hits, all_of) in sorted(self.kinds.items(), key=lambda one: -one[1][1]):
            yield f"  {kind:20} {hits} of {all_of} found\n"

    def table(self) -> Iterator[str]:
        """What is aimed at, what must be reached, and what is reached here."""
        tally = self.tally
        listed = self.complete / max(1, tally.hits)
        flagged = self.alarms / max(1, self.quiet)
        yield f"{'names, everything shown (from .3)':38} {'aim':>7} {'must':>7} {'here':>7}\n"
        yield f"{'F1, where these are mixed posts':38} {0.98:7.3f} {0.965:7.3f} {tally.both:7.3f}\n"
        yield f"{'F1, where these are hard posts':38} {0.95:7.3f} {0.93:7.3f} {tally.both:7.3f}\n"
        yield f"{'all candidates listed':38} {0.99:7.3f} {0.98:7.3f} {listed:7.3f}\n"
        yield f"{'posts without a name, flagged':38} {'<= .040':>7} {'<= .080':>7} {flagged:7.3f}\n"


def _overlap(mention: Mention, label: dict[str, Any]) -> bool:
    start, end = int(label["start"]), int(label["end"])
    return mention.start < end and start < mention.end


def topics_told(posts: Path, own_contacts: tuple[str, ...]) -> Iterator[str]:
    """Lines about each category, all together, and the harmless posts flagged."""
    rules = Facts({}, {}, NameMatcher(()), load_rules(), date.today(), own_contacts)  # noqa: DTZ011
    yield from _topics_told("rules", posts, rules)
    yield from _topics_told("rules and hints", posts, replace(rules, hints=HintReader()))


def _topics_told(layers: str, posts: Path, facts: Facts) -> Iterator[str]:
    """The figures of these layers; a post counts as caught where anything is said of it."""
    tallies = {category: Tally() for category in CATEGORIES}
    harmless = alarms = sensitive = caught = 0
    yield f"{layers}\n"
    for post in _lines(posts):
        findings = find_findings(Draft(post["text"], (), ("facebook",)), facts)
        found = categories_of(finding.code for finding in findings)
        labels = set(post["categories"])
        for category, tally in tallies.items():
            tally.hits += category in found and category in labels
            tally.false += category in found and category not in labels
            tally.missed += category not in found and category in labels
        if labels:
            sensitive += 1
            caught += bool(found)
        else:
            harmless += 1
            alarms += bool(found)
    for category, tally in tallies.items():
        yield tally.told(category)
    together = Tally(
        sum(tally.hits for tally in tallies.values()),
        sum(tally.false for tally in tallies.values()),
        sum(tally.missed for tally in tallies.values()),
    )
    yield together.told("topics together")
    yield f"{'':22} {caught} of {sensitive} sensitive posts caught at all\n"
    yield f"{'':22} {alarms} of {harmless} harmless posts flagged\n"
    shares = together.both, caught / max(1, sensitive), alarms / max(1, harmless)
    yield f"{layers:38} {'aim':>7} {'must':>7} {'here':>7}\n"
    yield f"{'F1, where these are ordinary posts':38} {0.95:7.3f} {0.92:7.3f} {shares[0]:7.3f}\n"
    yield f"{'caught at all, where paraphrased':38} {0.9:7.3f} {0.8:7.3f} {shares[1]:7.3f}\n"
    yield f"{'harmless posts flagged':38} {'<= .050':>7} {'<= .080':>7} {shares[2]:7.3f}\n"


def categories_of(codes: Iterable[str]) -> set[str]:
    """The labels that finding codes stand for."""
    found = set()
    for code in codes:
        family, _, rest = code.partition(".")
        name = {"topic": rest, "personal": "personal_information"}.get(family, family)
        if name in CATEGORIES:
            found.add(name)
    return found


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)

"""What must be reached on posts that nobody tuned the engines on (tests/data/accuracy)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import accuracy

POSTS = Path(__file__).resolve().parents[1] / "data" / "accuracy"
OWN = ("403-555-0100", "*@*.example.ca", "1500 Scenic Drive")


def here(lines: Iterator[str], after: str) -> dict[str, float]:
    """The last column of the table behind the line `after`."""
    told = list(lines)
    start = next(at for at, line in enumerate(told) if line.startswith(after) and "aim" in line)
    return {line[:38].strip(): float(line.split()[-1]) for line in told[start + 1 :]}


@pytest.mark.parametrize(("name", "kind", "must"), [
    ("names.jsonl", "mixed", 0.965), ("names_hard.jsonl", "hard", 0.93),
])  # fmt: skip
def test_names(name: str, kind: str, must: float) -> None:
    reached = here(accuracy.names_told(POSTS / name, POSTS / "students.csv"), "names, everything")
    assert reached[f"F1, where these are {kind} posts"] >= must
    assert reached["all candidates listed"] >= 0.98
    assert reached["posts without a name, flagged"] <= 0.08


@pytest.mark.parametrize("name", ["topics.jsonl", "topics_2.jsonl", "topics_3.jsonl"])
def test_subjects_of_ordinary_posts(name: str) -> None:
    reached = here(accuracy.topics_told(POSTS / name, OWN), "rules and hints")
    assert reached["F1, where these are ordinary posts"] >= 0.92
    assert reached["harmless posts flagged"] <= 0.08


@pytest.mark.parametrize(
    "name", ["topics_hard.jsonl", "topics_hard_2.jsonl", "topics_hard_3.jsonl"]
)
def test_subjects_said_in_other_words(name: str) -> None:
    reached = here(accuracy.topics_told(POSTS / name, OWN), "rules and hints")
    assert reached["caught at all, where paraphrased"] >= 0.8

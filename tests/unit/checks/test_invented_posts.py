"""Whole posts as schools write them: harmless ones stay quiet, sensitive ones are told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks.accuracy import categories_of
from smassistant.checks import find_findings
from smassistant.checks.rules import load_rules
from smassistant.domain.facts import Facts
from smassistant.domain.people import Person
from smassistant.domain.posts import Draft
from smassistant.matching.engine import NameMatcher

HERE = Path(__file__).parent
HARMLESS = (HERE / "harmless_posts.txt").read_text(encoding="utf-8").splitlines()
SENSITIVE = [
    json.loads(line)
    for line in (HERE / "sensitive_posts.jsonl").read_text(encoding="utf-8").splitlines()
]
# A registry full of first names and surnames that are words of everyday posts.
TRAPS = [
    Person(f"{first} {last}", "", first, last)
    for first, last in zip(
        "Hope Grace Will April Hunter Chase Rose Summer Mark Joy Art Bill Sunny Crystal".split(),
        "Winters Stone Banks Fields Young Day King Green Price Cook Hill Park Rivers Bell".split(),
        strict=True,
    )
]
FACTS = Facts(
    {person.id: person for person in TRAPS},
    {},
    NameMatcher(TRAPS),
    load_rules(),
    date(2026, 11, 24),
    ("403-555-0102",),
)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_posts_stay_quiet(text: str) -> None:
    assert find_findings(Draft(text, (), ("facebook",)), FACTS) == ()


@pytest.mark.parametrize("post", SENSITIVE, ids=lambda post: str(post["text"]))
def test_sensitive_posts_are_told(post: dict[str, object]) -> None:
    findings = find_findings(Draft(str(post["text"]), (), ("facebook",)), FACTS)
    labels = set(post["categories"])  # type: ignore[call-overload]
    assert categories_of(finding.code for finding in findings) & labels

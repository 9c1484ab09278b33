"""The checks together: all listed, in order, on any text, stopping when asked."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

import smassistant.checks
from smassistant.checks import ALL_CHECKS, find_findings
from smassistant.checks.mentions import mentions_of
from smassistant.checks.rules import RuleBook
from smassistant.domain.findings import (
    Anchor,
    MendKind,
    Resolution,
    ResolutionKind,
    Severity,
    verdict,
)
from smassistant.domain.pictures import Box, Face
from smassistant.domain.policies import Policies
from smassistant.domain.posts import Draft
from smassistant.domain.rules import Rule
from smassistant.errors import Cancelled
from smassistant.jobs import Task
from tests.unit.checks.school import facts, picture

FACTS = facts()


def test_every_module_with_a_check_is_listed() -> None:
    names = [module.name for module in pkgutil.iter_modules(smassistant.checks.__path__)]
    modules = [import_module(f"smassistant.checks.{name}") for name in names]
    checks = [module.CHECK for module in modules if hasattr(module, "CHECK")]
    assert {check.key for check in checks} == {check.key for check in ALL_CHECKS}
    assert len({check.key for check in ALL_CHECKS}) == len(ALL_CHECKS)


def test_findings_come_in_the_order_of_the_draft() -> None:
    draft = Draft(
        "Tove Ekström is in trouble again, so call 403-555-0188.",
        (picture("Omar Haddad"), picture("", faces=(Face("f", Box(0, 0, 1, 1)),))),
        ("facebook",),
    )
    findings = find_findings(draft, FACTS)
    places = [(finding.where, finding.start) for finding in findings]
    assert places == [
        ("text", 0), ("text", 16), ("text", 42), ("alt:1", 0), ("alt:2", 0), ("photo:2", 0),
    ]  # fmt: skip
    assert verdict(findings) == "blocked"


def test_a_clause_six_subject_warns_and_leads_to_the_privacy_office() -> None:
    draft = Draft("A lawsuit has been filed.", (), ("facebook",))
    (finding,) = find_findings(draft, FACTS)
    assert (finding.code, finding.clause) == ("topic.legal", "6")
    assert finding.severity is Severity.WARN
    assert finding.mends[0].kind is MendKind.REFER
    assert MendKind.GIVE_REASON not in [mend.kind for mend in finding.mends]
    (finding,) = find_findings(draft, replace(FACTS, policies=Policies(leader_may_decide=True)))
    kinds = [mend.kind for mend in finding.mends]
    assert kinds[:2] == [MendKind.REFER, MendKind.GIVE_REASON]
    assert finding.anchor == Anchor("text", "lawsuit", 0)


def test_one_rule_speaks_once_in_a_text() -> None:
    draft = Draft("A lawsuit. The lawsuit! That lawsuit?", (), ("facebook",))
    assert len(find_findings(draft, FACTS)) == 1


def test_words_inside_wider_ones_of_the_same_kind_are_not_told_twice() -> None:
    def rule(key: str, words: str, severity: str = "warn", code: str = "topic.legal") -> Rule:
        return Rule(key, code, "6", severity, "Not for posts.", (words,), fires=(words,))

    def found(*others: Rule) -> list[str]:
        book = RuleBook([rule("wide", "were let go"), *others])
        findings = find_findings(Draft("Two were let go today."), replace(FACTS, topics=book))
        return [finding.rule for finding in findings]

    assert found(rule("narrow", "let go")) == ["wide"]
    assert found(rule("graver", "let go", "block")) == ["wide", "graver"]
    assert found(rule("other", "let go", code="topic.crisis")) == ["wide", "other"]


def test_a_harmless_draft_is_clear() -> None:
    draft = Draft("The book fair is open all week.", (picture(),), ("facebook", "x"))
    assert find_findings(draft, FACTS) == ()
    assert verdict(()) == "clear"


def test_mentions_follow_the_authors_answers() -> None:
    text = "Ana and Tove Ekström"
    (ana, tove) = mentions_of(Draft(text), FACTS)
    assert set(ana.people) == {"ana", "ana-b"}
    assert tove.people == ("tove",)
    answers = (
        Resolution("name", Anchor("text", "Ana"), ResolutionKind.PERSON, "ana-b"),
        Resolution("name", Anchor("text", "Tove Ekström"), ResolutionKind.SOMEONE_ELSE),
    )
    (only,) = mentions_of(Draft(text, resolutions=answers), FACTS)
    assert only.people == ("ana-b",)
    assert only.confidence == 1.0


def test_an_answer_naming_somebody_else_than_a_candidate_changes_nothing() -> None:
    stale = Resolution("name", Anchor("text", "Ana"), ResolutionKind.PERSON, "omar")
    (ana,) = mentions_of(Draft("Well done, Ana!", resolutions=(stale,)), FACTS)
    assert set(ana.people) == {"ana", "ana-b"}


def test_a_cancelled_task_stops_the_checks() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        find_findings(Draft("Tove Ekström"), FACTS, task)


_BITS = st.sampled_from(
    "Tove Ekström|Omar|, | and |(|)|'s|#|@|.|\n|403-555-0188|a@b.ca|lawsuit|👍🏽|\u200b|\ud800"
    "|The |Haddads|Thanks to ".split("|")
)


@given(st.one_of(st.text(), st.lists(_BITS, max_size=14).map("".join)))
def test_any_text_at_all_gives_findings_inside_it(text: str) -> None:
    for finding in find_findings(Draft(text, (), ("facebook", "bluesky", "x")), FACTS):
        assert 0 <= finding.start <= finding.end <= len(text)
        if finding.end:
            assert text[finding.start : finding.end] == finding.surface
        for mend in finding.mends:
            if mend.start is not None and mend.end is not None:
                assert 0 <= mend.start <= mend.end <= len(text)

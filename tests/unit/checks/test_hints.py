"""What the trained reader says becomes soft advice, where no rule says it already."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smassistant.checks import find_findings, is_hint
from smassistant.domain.facts import Facts, Hint
from smassistant.domain.findings import (
    Finding,
    MendKind,
    Resolution,
    ResolutionKind,
    Severity,
    verdict,
)
from smassistant.domain.posts import Draft
from tests.unit.checks.school import facts


@dataclass(frozen=True)
class Says:
    """A reader that says the same of every text."""

    hints: tuple[Hint, ...]

    def read(self, text: str) -> tuple[Hint, ...]:
        return self.hints


LEGAL = Hint("legal", 0.9, ("An invented post about the courts, for this test.", "Another one."))
CRISIS = Hint("crisis", 0.95, ())
UNSURE = Hint("tone", 0.7, ())


def hinted(*hints: Hint) -> Facts:
    return replace(facts(), hints=Says(hints))


def hints_in(text: str, known: Facts, *answers: Resolution) -> list[Finding]:
    draft = Draft(text, places=("facebook",), resolutions=answers)
    return [each for each in find_findings(draft, known) if is_hint(each)]


def test_a_hint_is_advice_with_its_clause_and_its_nearest_example() -> None:
    (found,) = hints_in("They will see.", hinted(LEGAL))
    assert (found.code, found.clause, found.severity) == ("topic.legal", "6", Severity.ADVICE)
    assert (found.start, found.end, found.surface) == (0, 0, "")
    assert "An invented post about the courts" in found.message
    assert "ask the FOIP Coordinator" in found.message
    assert {mend.kind for mend in found.mends} == {MendKind.REFER, MendKind.NOT_A_PROBLEM}
    assert verdict((found,)) == "attention"


def test_each_category_is_said_once_by_its_own_code() -> None:
    codes = [each.code for each in hints_in("They will see.", hinted(LEGAL, CRISIS))]
    assert codes == ["topic.legal", "topic.crisis"]


def test_what_a_rule_says_already_is_not_said_again() -> None:
    text = "A former employee has filed a lawsuit against the division."
    found = hints_in(text, hinted(LEGAL, CRISIS, UNSURE))
    assert [each.code for each in found] == ["topic.crisis"]
    assert [each.code for each in hints_in("Fine.", hinted(UNSURE))] == ["tone.disrespectful"]


def test_not_a_problem_settles_it_while_the_words_stand() -> None:
    known = hinted(LEGAL)
    (found,) = hints_in("They will see.", known)
    answer = Resolution(found.code, found.anchor, ResolutionKind.NOT_A_PROBLEM)
    assert hints_in("They will see.", known, answer) == []
    assert len(hints_in("They will see us.", known, answer)) == 1


def test_without_a_reader_there_are_no_hints() -> None:
    assert hints_in("They will see.", facts()) == []

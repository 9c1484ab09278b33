"""The Communications Officer heeds an author's feedback and tries a rule out."""

from __future__ import annotations

from smassistant.domain.findings import MendKind
from ui.pages.compose import ComposePage
from ui.pages.rules import RulesPage
from ui.tour.hands import Hands

TEXT = "Grade 2 wrote a funny poem about a snow day in July."
TRIED = "The judge ruled in our favour. A judge at the talent show."


def call_no_problem(hands: Hands) -> None:
    """The author thinks that a finding is wrong, and says so."""
    page = hands.page("compose", ComposePage)
    page.start_new()
    hands.settle()
    hands.type(page.desk.editor, TEXT)
    hands.wait(lambda: page.desk.panel.findings, "the findings")
    hands.settle()
    finding = next(one for one in page.desk.panel.findings if one.rule)
    mend = next(one for one in finding.mends if one.kind is MendKind.NOT_A_PROBLEM)
    page.work.mend(finding, mend)
    hands.picture("not-a-problem")


def keep_rules(hands: Hands) -> None:
    """Rules and their test box, the feedback, and an exception made of it."""
    page = hands.page("rules", RulesPage)
    hands.type(page.desk.box.editor, TRIED)
    hands.picture("rules")
    hands.press(page.tabs["feedback"])
    hands.picture("feedback")
    page.feedback.exception_asked.emit(page.feedback.shown[0])
    hands.picture("exception")
    hands.press(page.desk.save)
    hands.picture("rule-saved")

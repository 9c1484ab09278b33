"""The Communications Officer changes a rule and heeds feedback; the author sees it at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from smassistant.domain.findings import MendKind
from smassistant.domain.rules import Rule
from smassistant.domain.users import Role
from smassistant.services.keeping_rules import Edit, save_rule
from smassistant.services.keeping_users import add_user
from tests.journeys.homes import AUTHOR, PASSWORD, Home
from tests.journeys.program import Program
from tests.journeys.steps import banner, lock, open_school, sign_in, words
from ui.pages.compose import ComposePage
from ui.pages.rules import RulesPage
from ui.tour.hands import Hands

OFFICER = "c.officer"
TEXT = "Grade 2 wrote a funny poem about soup."
SOUP = Rule(
    "theirs.soup", "topic.policy", "6", "warn", "Soup is not for posts.", ("soup",),
    fires=("Soup today!",),
)  # fmt: skip
RULE = SOUP.id


@pytest.fixture(autouse=True)
def officer(home: Home) -> None:
    """A Communications Officer at the school."""
    context = home.open()
    try:
        roles = frozenset({Role.COMMUNICATIONS})
        officer = add_user(context, home.leader, "Cleo Officer", OFFICER, roles, PASSWORD)
        save_rule(context, officer, Edit("theirs", 0, SOUP))
    finally:
        context.store.close()


def test_an_edited_rule_counts_for_the_author_at_once(program: Program, home: Home) -> None:
    def walk(hands: Hands) -> None:
        open_school(hands)
        sign_in(hands, AUTHOR)
        page = begin(hands, "The bread oven opens on Monday.")
        assert rules_shown(page) == set()
        lock(hands)
        sign_in(hands, OFFICER)
        add_rule(hands)
        lock(hands)
        sign_in(hands, AUTHOR)
        assert rules_shown(hands.page("compose", ComposePage)) == {"division.bread"}
        assert "Bread is not for posts." in words(hands.page("compose", ComposePage).desk.panel)

    program.run(walk)


def test_not_a_problem_becomes_an_exception(program: Program, home: Home) -> None:
    def walk(hands: Hands) -> None:
        open_school(hands)
        sign_in(hands, AUTHOR)
        page = begin(hands, TEXT)
        assert rules_shown(page) == {RULE}
        doubt(hands, page)
        assert "Noted for the Communications Officer." in banner(hands)
        assert rules_shown(page) == {RULE}  # it stays until somebody has looked at it
        lock(hands)
        sign_in(hands, OFFICER)
        make_exception(hands)
        lock(hands)
        sign_in(hands, AUTHOR)
        assert rules_shown(hands.page("compose", ComposePage)) == set()

    program.run(walk)


def begin(hands: Hands, text: str) -> ComposePage:
    """A new post with a text."""
    page = hands.page("compose", ComposePage)
    page.start_new()
    hands.wait(lambda: page.writing is not None, "a new post")
    hands.settle()
    hands.type(page.desk.editor, text)
    hands.settle()
    return page


def rules_shown(page: ComposePage) -> set[str]:
    return {finding.rule for finding in page.desk.panel.findings if finding.rule}


def doubt(hands: Hands, page: ComposePage) -> None:
    """Press "Not a problem" on the card of the rule."""
    card = next(card for card in page.desk.panel.cards() if card.finding.rule == RULE)
    mend = next(m for m in card.finding.mends if m.kind is MendKind.NOT_A_PROBLEM)
    hands.press(hands.button(mend.label, card))
    hands.settle()


def add_rule(hands: Hands) -> None:
    """A rule that fails its own example is refused; mended, it counts."""
    page = hands.page("rules", RulesPage)
    desk, form = page.desk, page.desk.form
    hands.press(desk.rules.new)
    name = form.texts["id"].entry
    name.selectAll()
    hands.type(name, "division.bread")
    hands.type(form.texts["message"].entry, "Bread is not for posts.")
    hands.type(form.lists["any"].entry, "bread oven")
    hands.type(form.lists["fires"].entry, "Hot stew!")
    hands.type(desk.box.editor, "Come to the bread oven.")
    hands.settle()
    assert any(trace.rule_id == "division.bread" and trace.fires for trace in desk.box.traces)
    hands.press(desk.save)
    hands.settle()
    assert "division.bread" in banner(hands)
    assert "Hot stew!" in banner(hands)
    form.lists["fires"].entry.selectAll()
    hands.type(form.lists["fires"].entry, "The bread oven is open!")
    desk.save.setFocus()
    hands.key(desk.save, Qt.Key.Key_Space)
    hands.settle()
    assert "is saved" in banner(hands)


def make_exception(hands: Hands) -> None:
    page = hands.page("rules", RulesPage)
    hands.press(page.tabs["feedback"])
    assert [one.sentence for one in page.feedback.shown] == [TEXT]
    hands.press(hands.button("Make an exception", page))
    hands.settle()
    rule = page.desk.form.rule()
    assert rule.id == RULE
    assert TEXT in rule.quiet
    assert not [one for one in page.desk.box.traces if one.fires and one.rule_id == RULE]
    hands.press(page.desk.save)
    hands.settle()
    assert "is saved" in banner(hands)
    assert page.feedback.shown == ()

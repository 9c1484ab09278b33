"""The rules on the screen: found, tried, saved, undone; packs in and out; feedback settled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from smassistant.checks.rule_files import write_pack
from smassistant.checks.rules import load_rules
from smassistant.domain.feedback import FeedbackState
from smassistant.domain.findings import Finding, MendKind
from smassistant.domain.rules import OWN_PACK, Pack, PackText
from smassistant.domain.users import Role, User
from smassistant.errors import Clash
from smassistant.services.hearing_feedback import (
    list_feedback,
    note_feedback,
    settle_feedback,
    training_examples,
)
from smassistant.services.keeping_rules import Edit, open_shelf, save_rule
from smassistant.services.keeping_users import add_user
from tests.ui.conftest import Seat, shown_words
from tests.ui.test_accessible import nameless, too_small, unreachable, unspoken_rows
from tests.unit.services.test_keeping_rules import SOUP
from ui.pages.compose import ComposePage
from ui.pages.rules import RulesPage

TEXT = "There is hot soup today."
SURE = next(rule for rule in load_rules().rules if rule.id == "legal.lawsuit").fires[0]


@pytest.fixture
def officer(seat: Seat) -> User:
    roles = frozenset({Role.COMMUNICATIONS})
    context = seat.school.context
    return add_user(context, seat.school.leader, "Cleo Officer", "cleo", roles, "Made up 607 words")


@pytest.fixture
def page(seat: Seat, officer: User) -> RulesPage:
    seat.sign_in(officer)
    return rules_page(seat)


def rules_page(seat: Seat) -> RulesPage:
    shown = seat.show("rules")
    assert isinstance(shown, RulesPage)
    return shown


def save(seat: Seat, officer: User, **changes: object) -> None:
    """Put the soup rule in force from elsewhere."""
    shelf = open_shelf(seat.school.context, officer)
    version = shelf.versions.get(OWN_PACK, 0)
    old = SOUP.id if shelf.find(SOUP.id) else ""
    rule = replace(SOUP, **changes)  # type: ignore[arg-type]
    save_rule(seat.school.context, officer, Edit(OWN_PACK, version, rule, old))
    seat.settle()


def note(seat: Seat) -> None:
    post = seat.school.write(TEXT)
    finding = next(one for one in seat.school.reviewer.review(post).findings if one.rule)
    note_feedback(seat.school.context, seat.school.author, seat.school.reviewer, post, finding)


def test_everything_can_be_heard_hit_and_reached(seat: Seat, page: RulesPage) -> None:
    page.desk.box.editor.setPlainText(SURE)
    seat.wait(lambda: page.desk.box.traces)
    for view in ("rules", "feedback"):
        page.show_view(view)
        seat.settle()
        assert nameless(seat.workspace) == []
        assert too_small(page) == []
        assert unspoken_rows(page) == []
        assert unreachable(seat, seat.workspace) == []


def test_search_looks_into_phrases_and_keeps_the_packs_titles(page: RulesPage) -> None:
    rules = page.desk.rules
    rules.search.setText("injunction")
    texts = [rules.list.item(row).text() for row in range(rules.list.count())]
    assert texts[0] == "Legal matters"
    assert "legal.lawsuit" in texts
    assert not [text for text in texts if text.startswith("crisis.")]
    rules.select(next(rule.id for rule in load_rules().rules if rule.id.startswith("crisis.")))
    assert rules.search.text() == ""


def test_what_is_typed_is_tried_before_it_is_saved_and_can_be_dropped(
    seat: Seat, page: RulesPage, officer: User
) -> None:
    save(seat, officer)
    seat.wait(lambda: page.work.stored(SOUP.id))
    desk = page.desk
    desk.rules.select(SOUP.id)
    desk.box.editor.setPlainText("A 🍲 hot soup is near.")
    seat.wait(lambda: desk.box.traces)
    assert [words for _finding, words in desk.box.editor.underlined()] == ["soup"]
    desk.form.lists["not_in"].entry.appendPlainText("hot soup")
    seat.wait(lambda: desk.box.traces and not any(one.fires for one in desk.box.traces))
    assert desk.box.editor.underlined() == ()
    assert "part of “hot soup”" in shown_words(desk.box)
    desk.rules.select("legal.lawsuit")
    desk.rules.select(SOUP.id)
    assert "hot soup" in desk.form.rule().not_in  # looking elsewhere loses nothing
    assert desk.save.isEnabled()
    desk.drop.click()
    assert "hot soup" not in desk.form.rule().not_in
    assert not desk.save.isEnabled()
    seat.wait(lambda: any(one.fires for one in desk.box.traces))


def test_a_phrase_that_is_none_is_said_in_the_test_box(seat: Seat, page: RulesPage) -> None:
    page.desk.rules.select("legal.lawsuit")
    page.desk.box.editor.setPlainText("Anything at all.")
    page.desk.form.lists["any"].entry.appendPlainText("so*")
    seat.wait(lambda: "so*" in page.desk.box.summary.text())
    assert page.desk.box.traces == ()
    page.desk.save.click()
    seat.settle()
    assert "legal.lawsuit" in seat.workspace.banner.text
    assert "so*" in seat.workspace.banner.text
    assert page.desk.save.isEnabled()


def test_switch_off_undo_and_put_back(seat: Seat, page: RulesPage) -> None:
    desk = page.desk
    desk.rules.select("legal.lawsuit")
    message = desk.form.texts["message"].entry.text()
    desk.form.off.click()
    desk.save.click()
    seat.settle()
    assert page.work.stored("legal.lawsuit").rule.off  # type: ignore[union-attr]
    assert "off" in desk.rules.list.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)
    seat.workspace.banner.button.click()  # Undo
    seat.settle()
    assert not desk.form.off.isChecked()
    desk.form.texts["message"].entry.setText("Ask first.")
    desk.save.click()
    seat.settle()
    assert desk.back.isEnabled()
    desk.back.click()
    seat.settle()
    assert not page.work.stored("legal.lawsuit").changed  # type: ignore[union-attr]
    assert desk.form.texts["message"].entry.text() == message


def test_the_keyboard_stays_on_the_page_when_a_button_has_done_its_work(
    seat: Seat, page: RulesPage
) -> None:
    desk = page.desk
    desk.rules.select("legal.lawsuit")
    desk.form.texts["message"].entry.setText("Ask first.")
    for button in (desk.save, desk.back):
        button.setFocus()
        button.click()
        seat.settle()
        assert not button.isEnabled()
        assert desk.rules.list.hasFocus()


def test_a_copy_is_a_rule_of_ones_own_that_can_be_taken_out(seat: Seat, page: RulesPage) -> None:
    desk = page.desk
    desk.rules.select("legal.lawsuit")
    desk.copy.click()
    assert desk.form.rule().id == "legal.lawsuit-2"
    desk.save.click()
    seat.settle()
    assert page.work.stored("legal.lawsuit-2").added  # type: ignore[union-attr]
    assert desk.back.text() == "Take this rule out"
    desk.back.click()
    seat.settle()
    assert page.work.stored("legal.lawsuit-2") is None
    assert "taken out" in seat.workspace.banner.text


def test_somebody_elses_save_is_a_clash_and_loses_nothing(
    seat: Seat, page: RulesPage, officer: User
) -> None:
    save(seat, officer)
    seat.wait(lambda: page.work.stored(SOUP.id))
    desk, message = page.desk, page.desk.form.texts["message"].entry
    desk.rules.select(SOUP.id)
    message.setText("Mine.")
    save(seat, officer, message="Theirs.")
    seat.wait(lambda: page.work.stored(SOUP.id).rule.message == "Theirs.")  # type: ignore[union-attr]
    desk.save.click()
    seat.settle()
    assert "Somebody else changed this rule in" in seat.workspace.banner.text
    assert message.text() == "Mine."
    desk.drop.click()
    assert message.text() == "Theirs."


def test_another_rule_of_the_pack_saved_elsewhere_is_no_clash(
    seat: Seat, page: RulesPage, officer: User
) -> None:
    page.desk.rules.new.click()
    page.desk.form.show_rule(replace(SOUP, id="division.mine"), OWN_PACK, True)
    page.desk.form.edited.emit()
    save(seat, officer)
    seat.wait(lambda: page.work.stored(SOUP.id))
    page.desk.save.click()
    seat.settle()
    assert page.work.stored("division.mine") is not None
    assert page.work.stored(SOUP.id) is not None


def test_a_damaged_pack_is_named_with_its_line(seat: Seat, page: RulesPage, officer: User) -> None:
    text = write_pack(Pack("legal", (SOUP,))).replace('clause = "6"', "clause = 6")
    pack = PackText("legal", 1, text, officer.id, seat.school.clock.now())
    with seat.school.context.store.write() as work:
        work.rule_packs.add(pack)
    seat.settle()
    seat.wait(lambda: page.trouble.isVisible())
    assert "legal.toml" in page.trouble.text
    assert "Line 1, rule “division.soup”" in page.trouble.text
    assert page.work.stored("legal.lawsuit") is not None


def test_packs_go_out_and_come_in(
    seat: Seat, page: RulesPage, officer: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(seat, officer)
    monkeypatch.setattr("ui.pages.rules.choose_folder", lambda *_given: tmp_path)
    page.export.click()
    seat.settle()
    assert "division.toml" in seat.workspace.banner.text
    file = tmp_path / "division.toml"
    other = tmp_path / "theirs.toml"
    other.write_text(file.read_text("utf-8").replace("division.soup", "theirs.soup"), "utf-8")
    monkeypatch.setattr("ui.pages.rules.choose_files", lambda *_given: [other])
    page.bring.click()
    seat.settle()
    assert page.work.stored("theirs.soup") is not None
    other.write_text("[[rule]]\nid = 3\n", "utf-8")
    page.bring.click()
    seat.settle()
    assert "theirs.toml" in seat.workspace.banner.text


def test_a_leader_reads_and_cannot_change(seat: Seat) -> None:
    seat.sign_in(seat.school.leader)
    page = rules_page(seat)
    assert page.desk.form.texts["id"].entry.isReadOnly()
    shown = [button.text() for button in page.findChildren(QPushButton) if button.isVisible()]
    assert set(shown) <= {"Rules", "Feedback"}
    page.desk.box.editor.setPlainText(SURE)
    seat.wait(lambda: page.desk.box.traces)


def test_nothing_is_left_when_the_window_locks(seat: Seat, page: RulesPage) -> None:
    page.desk.box.editor.setPlainText("Tessaly. " + SURE)
    seat.wait(lambda: page.desk.box.traces)
    page.close_down()
    assert "Tessaly" not in shown_words(page)
    assert page.work.open == {}


def soup_finding(desk: ComposePage) -> Finding | None:
    return next((one for one in desk.desk.panel.findings if one.rule == SOUP.id), None)


def test_an_open_draft_hears_of_a_saved_rule(seat: Seat, officer: User) -> None:
    seat.school.write(TEXT)
    seat.sign_in(seat.school.author)
    page = seat.show("compose")
    assert isinstance(page, ComposePage)
    assert soup_finding(page) is None
    save(seat, officer)
    seat.wait(lambda: soup_finding(page))


def test_advice_goes_with_the_click_and_comes_back_when_it_is_taken_back(
    seat: Seat, officer: User
) -> None:
    save(seat, officer, severity="advice")
    seat.school.write(TEXT)
    seat.sign_in(seat.school.author)
    page = seat.show("compose")
    assert isinstance(page, ComposePage)
    seat.wait(lambda: soup_finding(page))
    finding = soup_finding(page)
    assert finding is not None
    mend = next(one for one in finding.mends if one.kind is MendKind.NOT_A_PROBLEM)
    page.work.mend(finding, mend)
    seat.wait(lambda: soup_finding(page) is None)
    seat.settle()
    assert "Noted" in seat.workspace.banner.text
    assert "this is not a problem" in shown_words(page.desk.panel.answers)
    (given,) = page.writing.post.resolutions  # type: ignore[union-attr]
    page.work.writing.take_back(given)  # type: ignore[union-attr]
    seat.wait(lambda: soup_finding(page))


def test_feedback_is_kept_dismissed_and_taken_back(
    seat: Seat, page: RulesPage, officer: User
) -> None:
    save(seat, officer)
    note(seat)
    seat.wait(lambda: page.feedback.shown)
    page.show_view("feedback")
    words = shown_words(page.feedback)
    assert TEXT in words
    assert "Ann Example" in words
    keep = next(b for b in page.feedback.findChildren(QPushButton) if b.text().startswith("Keep"))
    keep.click()
    seat.settle()
    assert page.feedback.shown == ()
    with seat.school.context.store.read() as work:
        assert [one.sentence for one in training_examples(work)] == [TEXT]
    seat.workspace.banner.button.click()  # Undo
    seat.wait(lambda: page.feedback.shown)
    seat.settle()
    with seat.school.context.store.read() as work:
        assert training_examples(work) == ()


def test_an_exception_stands_though_somebody_else_dealt_with_the_feedback(
    seat: Seat, page: RulesPage, officer: User
) -> None:
    save(seat, officer)
    note(seat)
    seat.wait(lambda: page.feedback.shown)
    (given,) = page.feedback.shown
    page.feedback.exception_asked.emit(given)
    settle_feedback(seat.school.context, officer, given, FeedbackState.DISMISSED)
    page.desk.save.click()
    seat.settle()
    assert "is saved" in seat.workspace.banner.text
    assert not [one for one in seat.school.reviewer.review(seat.school.write(TEXT)).findings
                if one.rule == SOUP.id]  # fmt: skip
    with pytest.raises(Clash):
        settle_feedback(seat.school.context, officer, given, FeedbackState.KEPT)
    assert list_feedback(seat.school.context, officer) == ()

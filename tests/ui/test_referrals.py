"""Asking the privacy office from the desk, answering on its page, and what everybody then sees."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from smassistant.domain.findings import MendKind
from smassistant.domain.posts import Post, PostState
from smassistant.domain.referrals import ReferralState
from smassistant.domain.users import Role
from smassistant.services.keeping_settings import get_settings, save_settings
from smassistant.services.referring import answer_referral, referrals_of, take_back
from tests.ui.conftest import Seat, shown_words
from tests.unit.services.test_referring import (
    QUESTION,
    TEXT,
    asked,
    let_leaders_decide,
    newest,
    say,
    with_reason,
)
from ui.dialogs.question import QuestionDialog
from ui.pages.compose import ComposePage
from ui.pages.posts import PostsPage
from ui.pages.queue import QueuePage
from ui.pages.referrals import ReferralsPage
from ui.pages.settings import SettingsPage

HARMLESS = "The book fair is open all week."


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, held)


def compose(seat: Seat, post: Post) -> ComposePage:
    page = seat.show("compose", post_id=post.id)
    assert isinstance(page, ComposePage)
    seat.wait(lambda: page.writing is not None and page.writing.found is not None)
    seat.wait(lambda: page.desk.panel.complete)
    return page


def question_dialog(seat: Seat) -> QuestionDialog:
    dialog = seat.dialog
    assert isinstance(dialog, QuestionDialog)
    dialog.activateWindow()
    seat.wait(dialog.isActiveWindow)
    return dialog


def questions(seat: Seat) -> ReferralsPage:
    page = seat.show("referrals")
    assert isinstance(page, ReferralsPage)
    return page


def badge(seat: Seat, key: str) -> str:
    seat.settle()
    button = seat.workspace.sidebar.button(key)
    return button.badge.text() if button.badge.isVisible() else ""


# --- the author -----------------------------------------------------------------------------------


def test_from_the_finding_to_the_office_by_keys(seat: Seat) -> None:
    post = seat.school.write(TEXT)
    seat.sign_in(seat.school.author)
    page = compose(seat, post)
    card = page.desk.panel.cards()[0]
    card.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget().text() == "Ask the FOIP Coordinator"  # type: ignore[union-attr]
    press(Qt.Key.Key_Space)
    dialog = question_dialog(seat)
    assert dialog.question.entry.hasFocus()
    assert "lawsuit" in shown_words(dialog)
    press(Qt.Key.Key_Return)
    assert "write your question" in dialog.question.wrong
    QTest.keyClicks(dialog.question.entry, "May we say this?")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(dialog.question.entry, "It is known.")
    press(Qt.Key.Key_Return)
    seat.gone(dialog)
    seat.settle()
    assert page.stack.currentWidget() is page.submitted
    assert "With the privacy office" in shown_words(page.submitted)
    assert seat.school.stored(post).state is PostState.REFERRED
    assert newest(seat.school, post).question == "May we say this?\nIt is known."


def test_ctrl_enter_sends_too_and_escape_sends_nothing(seat: Seat) -> None:
    post = seat.school.write(TEXT)
    seat.sign_in(seat.school.author)
    page = compose(seat, post)
    finding = page.desk.panel.findings[0]
    page.questions.ask(finding)
    dialog = question_dialog(seat)
    QTest.keyClicks(dialog.question.entry, "May we?")
    press(Qt.Key.Key_Escape)
    seat.gone(dialog)
    assert not referrals_of(seat.school.context, seat.school.coordinator, post.id)
    page.questions.ask(finding)
    dialog = question_dialog(seat)
    QTest.keyClicks(dialog.question.entry, "May we?")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    seat.gone(dialog)
    seat.settle()
    assert newest(seat.school, post).question == "May we?"


def test_what_stands_in_the_way_of_asking_is_said_in_the_dialog(seat: Seat) -> None:
    post = seat.school.write(TEXT)
    with seat.school.context.store.write() as work:
        for user in (seat.school.coordinator, seat.school.second_coordinator):
            work.users.save(replace(user, active=False))
    seat.sign_in(seat.school.author)
    page = compose(seat, post)
    page.questions.ask(page.desk.panel.findings[0])
    dialog = question_dialog(seat)
    QTest.keyClicks(dialog.question.entry, "May we?")
    dialog.save()
    seat.settle()
    assert "Nobody can answer yet" in dialog.notice.text
    assert dialog.verb.isEnabled()
    dialog.reject()


def test_a_subject_offers_no_reason_unless_leaders_decide(seat: Seat) -> None:
    post = seat.school.write(TEXT)
    seat.sign_in(seat.school.author)
    page = compose(seat, post)
    kinds = [mend.kind for mend in page.desk.panel.findings[0].mends]
    assert MendKind.REFER in kinds
    assert MendKind.GIVE_REASON not in kinds
    let_leaders_decide(seat.school)
    seat.wait(lambda: len(page.desk.panel.findings[0].mends) > len(kinds))
    assert MendKind.GIVE_REASON in [mend.kind for mend in page.desk.panel.findings[0].mends]


def test_the_author_reads_the_answer_above_the_findings(seat: Seat) -> None:
    post = say(seat.school, asked(seat.school), may_go=True, words="It is public.")
    seat.sign_in(seat.school.author)
    assert badge(seat, "posts") == "1"
    page = compose(seat, post)
    seat.wait(page.desk.answer.isVisible)
    assert "this may go out. It is public." in page.desk.answer.text
    assert "this may go out" in shown_words(page.desk.panel)
    seat.wait(lambda: badge(seat, "posts") == "")
    page.desk.editor.setFocus()
    QTest.keyClicks(page.desk.editor, "x")
    seat.wait(lambda: "changed since the answer" in page.desk.answer.text)
    assert "ask again" in shown_words(page.desk.panel)


def test_my_posts_shows_the_question_and_takes_it_back(seat: Seat) -> None:
    post = asked(seat.school)
    seat.sign_in(seat.school.author)
    page = seat.show("posts")
    assert isinstance(page, PostsPage)
    words = shown_words(page)
    assert "With the privacy office" in words
    assert QUESTION in words
    back = next(
        button
        for button in page.detail.findChildren(type(page.write_button))
        if button.text() == "Take the question back"
    )
    back.click()
    seat.wait(lambda: seat.school.stored(post).state is PostState.DRAFT)
    assert newest(seat.school, post).state is ReferralState.TAKEN_BACK


def test_a_no_comes_back_with_its_words(seat: Seat) -> None:
    post = say(seat.school, asked(seat.school), may_go=False, words="It is before the judge.")
    seat.sign_in(seat.school.author)
    page = seat.show("posts")
    assert "not like this" in shown_words(page)
    assert "It is before the judge." in shown_words(page)
    page = compose(seat, post)
    assert "It is before the judge." in page.desk.answer.text
    assert page.desk.panel.findings[0].code == "referral.answered_no"


# --- the coordinator ------------------------------------------------------------------------------


def test_the_oldest_question_is_answered_by_keys(seat: Seat) -> None:
    first = asked(seat.school)
    seat.school.clock.pass_time(minutes=1)
    second = asked(seat.school, "He was sued! " + TEXT)
    seat.sign_in(seat.school.coordinator)
    assert badge(seat, "referrals") == "2"
    page = questions(seat)
    assert page.list.hasFocus()
    assert page.list.count() == 2
    assert page.detail is not None
    assert page.detail.referral.post_id == first.id
    assert page.detail.text.text() == TEXT
    assert "Nothing about legal matters" in shown_words(page.detail)
    for _press in range(20):
        if page.detail.words.entry.hasFocus():
            break
        press(Qt.Key.Key_Tab)
    QTest.keyClicks(page.detail.words.entry, "As it stands.")
    press(Qt.Key.Key_Return)
    assert page.detail.yes.hasFocus()
    press(Qt.Key.Key_Space)
    seat.wait(lambda: page.list.count() == 1)
    seat.settle()
    assert seat.school.stored(first).state is PostState.DRAFT
    assert newest(seat.school, first).answer == "As it stands."
    assert page.detail is not None
    assert page.detail.referral.post_id == second.id
    seat.wait(lambda: badge(seat, "referrals") == "1")


def test_a_no_without_words_is_not_sent(seat: Seat) -> None:
    post = asked(seat.school)
    seat.sign_in(seat.school.coordinator)
    page = questions(seat)
    assert page.detail is not None
    page.detail.no.click()
    assert "say why not" in page.detail.words.wrong
    QTest.keyClicks(page.detail.words.entry, "Not now.")
    page.detail.no.click()
    seat.wait(lambda: page.list.count() == 0)
    assert seat.school.stored(post).state is PostState.RETURNED
    assert "No question waits" in shown_words(page)


def test_the_second_answer_is_told(seat: Seat) -> None:
    post = asked(seat.school)
    seat.sign_in(seat.school.second_coordinator)
    page = questions(seat)
    detail = page.detail
    assert detail is not None
    seat.workspace.session.changes.blockSignals(True)  # the other's answer has not arrived here yet
    say(seat.school, post, may_go=True)
    detail.answered.emit(True, "")
    seat.wait(lambda: "Somebody else answered" in seat.workspace.banner.text)
    seat.workspace.session.changes.blockSignals(False)
    seat.settle()
    assert page.list.count() == 0


def test_answers_are_searched(seat: Seat) -> None:
    say(seat.school, asked(seat.school), may_go=True, words="It is public.")
    seat.school.clock.pass_time(minutes=1)
    say(seat.school, asked(seat.school, "He was sued! " + TEXT), may_go=False, words="Never.")
    seat.sign_in(seat.school.coordinator)
    page = questions(seat)
    assert not page.search.isVisible()
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    seat.settle()
    assert page.search.hasFocus()
    assert page.list.count() == 2
    QTest.keyClicks(page.search, "PUBLIC")
    seat.wait(lambda: page.list.count() == 1)
    assert page.detail is not None
    assert "It is public." in shown_words(page.detail)
    assert not page.detail.yes.isVisibleTo(page.detail)
    page.search.setText("zebra")
    seat.wait(lambda: page.list.count() == 0)
    assert "Nothing is found" in shown_words(page)


def test_ones_own_question_waits_for_another(seat: Seat) -> None:
    own = replace(seat.school, author=seat.school.second_coordinator)
    asked(own)
    seat.sign_in(seat.school.second_coordinator)
    assert badge(seat, "referrals") == ""
    page = questions(seat)
    assert page.detail is not None
    assert not page.detail.yes.isVisibleTo(page.detail)
    assert "another person has to answer" in shown_words(page.detail)


def test_a_question_taken_back_leaves_the_list(seat: Seat) -> None:
    post = asked(seat.school)
    seat.sign_in(seat.school.coordinator)
    page = questions(seat)
    referral = newest(seat.school, post)
    take_back(seat.school.context, seat.school.author, referral.id, referral.version)
    seat.wait(lambda: page.list.count() == 0)
    assert page.detail is None


def test_nothing_of_a_question_is_left_after_the_lock(seat: Seat) -> None:
    asked(seat.school)
    seat.sign_in(seat.school.coordinator)
    page = questions(seat)
    page.close_down()
    QApplication.processEvents()
    assert "lawsuit" not in shown_words(page)
    assert QUESTION not in shown_words(page)


def test_others_have_no_such_page(seat: Seat) -> None:
    for user in (seat.school.author, seat.school.records, seat.school.second_leader):
        seat.sign_in(user)
        assert "referrals" not in seat.workspace.keys()  # noqa: SIM118 - a method of ours
        seat.desk.lock()
        seat.settle()


# --- the leader -----------------------------------------------------------------------------------


def queue(seat: Seat) -> QueuePage:
    page = seat.show("queue")
    assert isinstance(page, QueuePage)
    seat.wait(lambda: page.panel is not None)
    return page


def test_a_leader_asks_from_the_queue(seat: Seat) -> None:
    post = seat.school.submit(seat.school.write(HARMLESS))
    seat.sign_in(seat.school.leader)
    page = queue(seat)
    seat.settle()
    seat.desk.window.activateWindow()
    seat.wait(seat.desk.window.isActiveWindow)
    page.bar.ask.click()
    assert page.bar.words.hasFocus()
    QTest.keyClicks(page.bar.words, "Is this about the strike?")
    press(Qt.Key.Key_Return)
    seat.wait(lambda: page.list.count() == 0)
    referral = newest(seat.school, post)
    assert (referral.question, referral.asked_by) == ("Is this about the strike?", "u-lee")
    answer_referral(seat.school.context, seat.school.coordinator, referral.id, 0, True, "No.")
    page = queue(seat)
    seat.settle()
    assert "Is this about the strike?" in shown_words(page)
    assert "this may go out" in shown_words(page)


def test_a_leader_decides_in_words_before_approving(seat: Seat) -> None:
    let_leaders_decide(seat.school)
    post = seat.school.submit(with_reason(seat.school, seat.school.write(TEXT)))
    seat.sign_in(seat.school.leader)
    page = queue(seat)
    seat.settle()
    assert page.bar.decision.isVisible()
    page.bar.approve.click()
    seat.wait(lambda: "your own decision" in seat.workspace.banner.text)
    seat.settle()
    assert page.bar.decision.hasFocus()
    assert seat.school.stored(post).state is PostState.IN_REVIEW
    seat.settle()
    QTest.keyClicks(page.bar.decision, "It is public record.")
    page.bar.approve.click()
    seat.wait(lambda: seat.school.stored(post).state is not PostState.IN_REVIEW)


def test_a_harmless_post_asks_for_no_decision(seat: Seat) -> None:
    seat.school.submit(seat.school.write(HARMLESS))
    seat.sign_in(seat.school.leader)
    page = queue(seat)
    seat.settle()
    assert not page.bar.decision.isVisible()


# --- settings -------------------------------------------------------------------------------------


def test_the_office_switches_its_own_setting_alone(seat: Seat) -> None:
    seat.sign_in(seat.school.coordinator)
    page = seat.show("settings")
    assert isinstance(page, SettingsPage)
    assert page.primary() is page.form.leader
    assert not page.form.school.entry.isEnabled()
    save_settings(
        seat.school.context, seat.school.leader,
        replace(get_settings(seat.school.context), school="Oak"),
    )  # fmt: skip
    seat.wait(lambda: page.form.school.entry.text() == "Oak")
    page.form.leader.click()
    page.save.click()
    seat.wait(lambda: get_settings(seat.school.context).leader_may_decide)


def test_a_leader_sees_the_setting_but_does_not_switch_it(seat: Seat) -> None:
    seat.sign_in(seat.school.leader)
    page = seat.show("settings")
    assert isinstance(page, SettingsPage)
    assert not page.form.leader.isEnabled()
    assert page.form.school.entry.isEnabled()


def test_roles_of_both_kinds_change_all(seat: Seat) -> None:
    both = replace(seat.school.leader, roles=frozenset({Role.LEADER, Role.FOIP}))
    seat.sign_in(both)
    page = seat.show("settings")
    assert isinstance(page, SettingsPage)
    assert page.form.leader.isEnabled()
    assert page.form.school.entry.isEnabled()

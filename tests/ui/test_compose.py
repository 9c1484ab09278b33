"""Writing a post in the real window on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from smassistant.domain.findings import Mend, MendKind, ResolutionKind, Severity
from smassistant.domain.posts import PostState
from smassistant.services.approving import return_post
from tests.ui.writing_rig import FRIEND, NAME, THREE, Window, open_window
from ui.widgets.finding_card import FindingCard


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path) as made:
        yield made


def mend_of(window: Window, kind: MendKind) -> Mend:
    return next(mend for mend in window.findings[0].mends if mend.kind is kind)


def press(card: FindingCard, text: str) -> None:
    """Click the card's button with these words."""
    button = next(b for b in card.findChildren(QPushButton) if text in b.text().lower())
    button.click()


# Names


def test_a_name_is_underlined_and_listed(window: Window) -> None:
    window.start()
    window.type(f"Well done {NAME}! Thank you {FRIEND}.")
    window.settle()
    (found,) = window.findings
    assert found.code == "name.not_permitted"
    assert [words for _f, words in window.compose.desk.editor.underlined()] == [NAME]
    (card,) = window.compose.desk.panel.cards()
    assert NAME in card.accessibleName()
    assert "Clause 4.1" in card.accessibleName()
    assert window.compose.desk.panel.count.text() == "1 must be mended"


def test_nothing_found_is_said_calmly(window: Window) -> None:
    window.start()
    window.type("The book fair is open all week.")
    window.settle()
    assert window.findings == ()
    assert "Nothing stands against this post so far" in window.everything_shown()


def test_a_click_on_a_mend_replaces_the_name(window: Window) -> None:
    window.start()
    window.type(f"Well done {NAME}!")
    window.settle()
    press(window.compose.desk.panel.cards()[0], "a student")
    window.settle()
    assert NAME not in window.post.text
    assert window.findings == ()
    assert window.stored.text == window.post.text
    window.compose.desk.editor.undo()
    window.settle()
    assert window.post.text == f"Well done {NAME}!"
    assert len(window.findings) == 1


def test_someone_else_is_remembered_and_taken_back(window: Window) -> None:
    window.start()
    window.type(f"Well done {NAME}!")
    window.settle()
    press(window.compose.desk.panel.cards()[0], "someone else")
    window.settle()
    assert window.findings == ()
    (given,) = window.stored.resolutions
    assert (given.kind, given.by) == (ResolutionKind.SOMEONE_ELSE, window.school.author.id)
    assert "you said this is someone else" in window.everything_shown()
    window.compose.desk.panel.answers.findChild(QPushButton).click()
    window.settle()
    assert len(window.findings) == 1
    assert window.stored.resolutions == ()


def test_a_warning_takes_a_reason_in_its_card(window: Window, qtbot: QtBot) -> None:
    window.start()
    window.type("Buy 20 % off at Sport Shop today.")
    window.settle()
    found = next(f for f in window.findings if f.severity is Severity.WARN)
    window.compose.desk.panel.ask_reason(found)
    card = next(c for c in window.compose.desk.panel.cards() if c.finding == found)
    field = card.findChild(QLineEdit)
    assert field.hasFocus()
    qtbot.keyClicks(field, "Printed in the newspaper")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    window.settle()
    assert "Printed in the newspaper" in [given.reason for given in window.stored.resolutions]
    assert window.compose.writing is not None
    assert window.compose.writing.found is not None
    assert found.code not in [f.code for f in window.compose.writing.found.review.unanswered]


def test_f8_goes_round_the_findings(window: Window, qtbot: QtBot) -> None:
    window.start()
    window.type(f"{NAME} won. Later {NAME} sang.")
    window.settle()
    editor = window.compose.desk.editor
    seen = []
    for _step in range(3):
        qtbot.keyClick(editor, Qt.Key.Key_F8)
        seen.append(editor.textCursor().selectionStart())
    assert seen[0] != seen[1]
    assert seen[2] == seen[0]
    qtbot.keyClick(editor, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert editor.textCursor().selectionStart() == seen[1]
    assert editor.hasFocus()


def test_the_keyboard_goes_to_the_next_card_when_one_is_done(window: Window) -> None:
    window.start()
    window.type(f"{NAME} won. The lawsuit goes on.")
    window.settle()
    first, second = window.compose.desk.panel.cards()
    first.setFocus()
    first.chosen.emit(first)
    press(first, "a student")
    window.settle()
    assert second.hasFocus()


def test_results_for_older_text_are_dropped(window: Window) -> None:
    window.start()
    window.type(f"Well done {NAME}!")
    window.compose.writing.live.check_now()  # type: ignore[union-attr]
    shown = []
    window.compose.work.checked.connect(shown.append)
    window.compose.desk.editor.selectAll()
    window.type("x")
    window.settle()
    assert [found.post.text for found in shown] == ["x"]
    assert window.findings == ()


def test_a_change_in_the_registry_checks_again(window: Window) -> None:
    from smassistant.domain.consents import Answer
    from tests.unit.services.conftest import LOGAN

    window.start()
    window.type(f"Well done {NAME}!")
    window.settle()
    assert window.findings
    window.school.decide(LOGAN, Answer.GRANTED)
    window.until(lambda: not window.findings)
    window.settle()


# Places


def test_lengths_are_counted_and_said_in_words_when_over(window: Window) -> None:
    window.start()
    window.compose.desk.editor.insertPlainText("x" * 310)
    window.settle()
    assert "10 characters too many" in window.everything_shown()
    assert window.stored.accounts == (window.school.bluesky.id,)
    window.choose(window.school.facebook.id)
    window.settle()
    assert "310 of 63,206 characters" in window.everything_shown()
    assert set(window.stored.accounts) == {window.school.bluesky.id, window.school.facebook.id}


def test_an_account_connected_meanwhile_is_offered(window: Window) -> None:
    from smassistant.domain.places import Account
    from smassistant.services.keeping_accounts import connect_account

    window.start()
    window.type("Hello")
    page = "https://www.instagram.com/quarryhill.example"
    instagram = Account("", "instagram", "by_hand", "Quarry Hill", "School", address=page)
    added = connect_account(window.school.context, window.school.leader, instagram)
    window.until(lambda: "Instagram" in window.everything_shown())
    window.settle()
    window.choose(added.id)
    window.settle()
    assert set(window.stored.accounts) == {window.school.bluesky.id, added.id}
    assert "needs a picture" in window.everything_shown()


# Saving


def test_what_is_typed_is_stored_while_typing_goes_on(window: Window) -> None:
    window.start()
    draft = window.compose.writing.draft  # type: ignore[union-attr]
    window.type("First words")
    window.until(lambda: window.stored.text)
    assert draft.dirty is False
    window.type(" and more")
    window.settle()
    assert window.stored.text == "First words and more"
    assert window.compose.desk.status.text().startswith("Saved at")


def test_locking_stores_the_last_key(window: Window) -> None:
    window.start()
    window.type(f"For {NAME}, not stored yet")
    post_id = window.post.id
    window.compose.close_down()
    with window.school.context.store.read() as work:
        assert work.posts.get(post_id).text == f"For {NAME}, not stored yet"


def test_a_save_on_its_way_does_not_overtake_the_lock(window: Window) -> None:
    window.start()
    window.type("One")
    window.compose.writing.draft.save_now()  # type: ignore[union-attr]
    window.type(" two")
    post_id = window.post.id
    window.compose.close_down()
    window.until(window.session.jobs.idle)
    with window.school.context.store.read() as work:
        assert work.posts.get(post_id).text == "One two"


def test_locking_leaves_no_name_in_any_widget(window: Window, qtbot: QtBot) -> None:
    window.open_with(window.picture(*THREE), text=f"Well done {NAME}!")
    window.compose.open_faces(window.post.pictures[0].id)
    window.settle()
    search = window.compose.photos.answers.search
    qtbot.keyClicks(search.field, "Logan")
    window.until(lambda: search.list.count())
    assert NAME in window.everything_shown()
    window.compose.close_down()
    QApplication.sendPostedEvents(None, 52)  # deferred deletes
    shown = window.everything_shown()
    assert NAME.split()[0] not in shown
    assert window.compose.photos.view.scene().itemsBoundingRect().isEmpty()


def test_the_latest_draft_is_gone_on_with(window: Window) -> None:
    window.school.write("An older draft")
    window.school.clock.pass_time(minutes=5)
    latest = window.school.write("The latest draft")
    window.shell.go_to("compose")
    window.until(lambda: window.compose.writing is not None)
    window.settle()
    assert window.post.id == latest.id
    assert window.compose.desk.editor.text() == "The latest draft"


def test_without_a_draft_the_page_says_what_to_do(window: Window) -> None:
    window.shell.go_to("compose")
    window.settle()
    assert window.compose.stack.currentWidget() is window.compose.empty
    window.compose.empty.button.click()
    window.until(lambda: window.compose.writing is not None)
    window.settle()
    assert window.compose.desk.editor.hasFocus()


def test_a_clash_keeps_both_versions(window: Window) -> None:
    window.start()
    window.type("Mine")
    window.settle()
    theirs = window.change_elsewhere("Theirs")
    window.type(" too")
    window.until(window.compose.desk.clash.isVisible)
    window.compose.desk.clash.copy.click()
    window.until(lambda: window.compose.writing and window.post.id != theirs.id)
    window.settle()
    assert window.post.text == "Mine too"
    assert {post.text for post in window.drafts()} == {"Mine too", "Theirs"}


def test_a_clash_can_be_given_in_to(window: Window) -> None:
    window.start()
    window.type("Mine")
    window.settle()
    window.change_elsewhere("Theirs")
    window.type(" too")
    window.until(window.compose.desk.clash.isVisible)
    window.compose.desk.clash.other.click()
    window.until(lambda: window.compose.writing and window.post.text == "Theirs")
    window.settle()
    assert [post.text for post in window.drafts()] == ["Theirs"]


@pytest.mark.parametrize("noticed", [True, False])
def test_locking_in_a_clash_keeps_ones_own_words(window: Window, noticed: bool) -> None:
    window.start()
    window.type("Mine")
    window.settle()
    window.change_elsewhere("Theirs")
    window.type(" too")
    if noticed:
        window.until(window.compose.desk.clash.isVisible)
    window.compose.close_down()
    assert {post.text for post in window.drafts()} == {"Mine too", "Theirs"}


def test_posts_left_empty_do_not_pile_up(window: Window) -> None:
    window.start()
    window.choose(window.school.bluesky.id)  # off again
    window.settle()
    for _time in range(3):
        window.shell.go_to("compose", new=True)
        window.settle()
    assert len(window.drafts()) == 1


# Handing in


def test_an_empty_post_says_why_it_cannot_be_submitted(window: Window) -> None:
    window.start()
    desk = window.compose.desk
    assert not desk.submit_button.isEnabled()
    assert desk.why_not.text() == "Write something or add a picture first."
    window.choose(window.school.bluesky.id)
    window.type("Hello")
    window.settle()
    assert desk.why_not.text() == "Choose where it goes first."
    assert desk.submit_button.accessibleDescription() == desk.why_not.text()
    window.choose(window.school.bluesky.id)
    window.settle()
    assert desk.submit_button.isEnabled()
    assert desk.why_not.text() == ""


def test_findings_keep_the_post_back_and_take_the_keyboard(window: Window, qtbot: QtBot) -> None:
    window.start()
    window.type(f"Well done {NAME}!")
    window.settle()
    qtbot.keyClick(
        window.compose.desk.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert "1 finding stands in the way." in window.shell.banner.text
    assert window.compose.desk.panel.cards()[0].hasFocus()
    assert window.stored.state is PostState.DRAFT


def test_a_new_post_does_not_keep_what_was_said_about_the_last(window: Window) -> None:
    window.start()
    window.shell.show_banner("Noted for the Communications Officer.")
    window.compose.start_new()
    window.settle()
    assert not window.shell.banner.text


def test_submitting_just_after_typing_still_checks(window: Window) -> None:
    window.start()
    window.type(f"Well done {NAME}!")
    window.compose.submit()
    window.until(lambda: window.shell.banner.text)
    window.settle()
    assert "still stands against this post" in window.shell.banner.text
    assert window.stored.state is PostState.DRAFT
    assert window.compose.desk.submit_button.isEnabled()


def test_a_submitted_post_leaves_a_fresh_page(window: Window) -> None:
    window.start()
    window.type("The book fair is open all week.")
    window.compose.submit()
    window.until(lambda: window.compose.writing is None)
    assert window.compose.stack.currentWidget() is window.compose.submitted
    (post,) = window.drafts()
    assert (post.state, post.text) == (PostState.IN_REVIEW, "The book fair is open all week.")
    assert window.compose.desk.editor.text() == ""
    window.compose.submitted.button.click()
    window.until(lambda: window.compose.writing is not None)
    window.settle()
    assert window.post.text == ""


def test_a_waiting_post_comes_back_only_with_a_change(window: Window) -> None:
    post = window.school.submit(window.school.write("The book fair is open."))
    window.shell.go_to("compose", post_id=post.id)
    window.until(lambda: window.compose.writing is not None)
    window.settle()
    assert "waiting for approval" in window.compose.desk.why_not.text()
    assert window.stored.state is PostState.IN_REVIEW
    window.type("x")
    window.settle()
    assert window.stored.state is PostState.DRAFT
    assert window.compose.desk.submit_button.isEnabled()


def test_a_returned_post_shows_what_was_said(window: Window) -> None:
    post = window.school.submit(window.school.write("The book fair is open."))
    return_post(window.school.context, window.school.leader, post.id, post.version, "Add hours.")
    window.shell.go_to("compose", post_id=post.id)
    window.until(lambda: window.compose.writing is not None)
    window.settle()
    assert "Add hours." in window.shell.banner.text
    window.type("Hours: ")
    window.compose.submit()
    window.until(lambda: window.compose.writing is None)
    assert window.drafts()[0].state is PostState.IN_REVIEW


def test_a_post_decided_meanwhile_is_loaded_again(window: Window) -> None:
    window.start()
    window.type("The book fair is open.")
    window.settle()
    window.shell.go_to("posts")
    submitted = window.school.submit(window.stored)
    window.shell.go_to("compose")
    window.until(lambda: window.post.version == submitted.version)
    window.settle()
    assert "waiting for approval" in window.compose.desk.why_not.text()

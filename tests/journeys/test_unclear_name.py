"""A first name that two children have: the author says by keyboard who is meant, once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from smassistant.services.importing import import_roster, preview_roster
from tests.journeys.homes import AUTHOR, LEADER, ROSTER, Home
from tests.journeys.program import Program
from tests.journeys.readers import Reader
from tests.journeys.steps import activate, banner, lock, open_school, sign_in, words
from tests.servers.bluesky import Bluesky
from ui.pages.compose import ComposePage
from ui.pages.queue import QueuePage
from ui.tour.hands import Hands
from ui.widgets.finding_card import FindingCard

YES, NO = "Zahra Quillfeather", "Zahra Ashdown"
NAMESAKES = """\
61,Zahra,Quillfeather,1,1A,Quarry Hill School,yes,yes,Parent of Zahra
62,Zahra,Ashdown,5,5A,Quarry Hill School,no,no,Parent of Zahra
"""
# Without a screen a menu can't take the keyboard to itself; it gets its keys all the same.
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def namesakes(home: Home, tmp_path: Path) -> None:
    """Two children of one first name; only one of them may be named."""
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER + NAMESAKES, encoding="utf-8")
    context = home.open()
    try:
        import_roster(context, home.leader, preview_roster(context, roster))
    finally:
        context.store.close()


def test_the_answer_lets_the_post_go_out_and_outlives_edits(
    program: Program, home: Home, bluesky: Bluesky
) -> None:
    reader, out = Reader(bluesky), "Today, Zahra won the spelling bee! Hooray!"

    def walk(hands: Hands) -> None:
        open_school(hands)
        sign_in(hands, AUTHOR)
        page = write(hands, home, "Zahra won the spelling bee!")
        hands.key(page.desk.editor, Qt.Key.Key_Return, CTRL)
        hands.settle()
        assert "stands in the way" in banner(hands)
        choose(hands, page, YES)
        assert page.desk.panel.findings == ()
        edit(hands, page)
        assert page.desk.panel.findings == ()
        assert YES in words(page.desk.panel.answers)
        hands.key(page.desk.editor, Qt.Key.Key_Return, CTRL)
        hands.wait(lambda: page.stack.currentWidget() is page.submitted, "the submission")
        lock(hands)
        sign_in(hands, LEADER)
        approve(hands)
        hands.wait(lambda: reader.posts(out), "the publication")

    program.run(walk)
    assert len(reader.posts(out)) == 1


def test_the_other_child_may_not_be_named(program: Program, home: Home) -> None:
    def walk(hands: Hands) -> None:
        open_school(hands)
        sign_in(hands, AUTHOR)
        page = write(hands, home, "Zahra won the spelling bee!")
        choose(hands, page, NO)
        (finding,) = page.desk.panel.findings
        assert finding.code != "name.unclear"
        assert finding.severity == "block"
        take_back(hands, page)
        assert [one.code for one in page.desk.panel.findings] == ["name.unclear"]

    program.run(walk)


def write(hands: Hands, home: Home, text: str) -> ComposePage:
    """A new post for Bluesky, held by a name that two children have."""
    page = hands.page("compose", ComposePage)
    page.start_new()
    hands.wait(lambda: page.writing is not None, "an empty post")
    hands.settle()
    hands.press(page.desk.places.button(home.bluesky.id))
    hands.type(page.desk.editor, text)
    hands.wait(lambda: page.desk.panel.findings, "the finding")
    hands.settle()
    assert [one.code for one in page.desk.panel.findings] == ["name.unclear"]
    return page


def choose(hands: Hands, page: ComposePage, who: str) -> None:
    """F6 to the card, Tab to "Who is meant?", and down its menu to the child."""
    reach(hands, lambda: isinstance(QApplication.focusWidget(), FindingCard), Qt.Key.Key_F6)
    reach(hands, lambda: opens_menu() is not None, Qt.Key.Key_Tab)
    button = opens_menu()
    assert button is not None
    hands.key(button, Qt.Key.Key_Space)
    hands.wait(lambda: QApplication.activePopupWidget() is not None, "the menu")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _step in menu.actions():
        hands.key(menu, Qt.Key.Key_Down)
        if who in menu.activeAction().text():
            break
    hands.key(menu, Qt.Key.Key_Return)
    activate(hands, hands.window)
    hands.settle()


def opens_menu() -> QPushButton | None:
    """The button with the keyboard, if it opens a menu."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QPushButton) and focused.menu() is not None:
        return focused
    return None


def reach(hands: Hands, there: Callable[[], bool], key: Qt.Key) -> None:
    """Press a key until the keyboard is where it is wanted."""
    for _press in range(12):
        if there():
            return
        focused = QApplication.focusWidget()
        assert focused is not None
        hands.key(focused, key)
        QApplication.processEvents()
    raise AssertionError(f"not reached: {QApplication.focusWidget()}")


def edit(hands: Hands, page: ComposePage) -> None:
    """Write before the name and after it."""
    editor = page.desk.editor
    editor.setFocus()
    hands.key(editor, Qt.Key.Key_Home, CTRL)
    hands.type(editor, "Today, ")
    hands.key(editor, Qt.Key.Key_End, CTRL)
    hands.type(editor, " Hooray!")
    hands.settle()


def take_back(hands: Hands, page: ComposePage) -> None:
    hands.press(hands.button("Take back", page.desk.panel.answers))
    hands.settle()


def approve(hands: Hands) -> None:
    page = hands.page("queue", QueuePage)
    hands.wait(lambda: page.panel is not None, "the post")
    hands.settle()
    page.bar.approve.setFocus()
    hands.key(page.bar.approve, Qt.Key.Key_Space)
    hands.wait(lambda: page.list.count() == 0, "the empty queue")

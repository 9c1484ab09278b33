"""Spelling at the writing page: underlines, the menu, and what is never a mistake."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from smassistant.services import proofreading
from smassistant.services.keeping_settings import get_settings
from smassistant.spelling.dictionaries import Dictionaries
from tests.ui.writing_rig import FRIEND, NAME, Window, open_window
from ui.models.spelling import Spelling
from ui.widgets.post_editor import PostEditor
from ui.widgets.underliner import MISSPELT, UNDERLINES

# Menus grab the keyboard, which the screen of the tests can't.
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path) as opened:
        yield opened


def spelling(window: Window) -> Spelling:
    return window.compose.spelling.spelling


def settle(window: Window) -> None:
    window.settle()
    window.until(lambda: spelling(window).current and window.session.jobs.idle())


def misspelt(editor: PostEditor) -> list[str]:
    """The words underlined as misspelt, as they stand."""
    found, block = [], editor.document().firstBlock()
    while block.isValid():
        cursor = QTextCursor(block)
        for part in block.layout().formats():
            if part.format.underlineStyle() == MISSPELT:
                cursor.setPosition(block.position() + part.start)
                end = block.position() + part.start + part.length
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                found.append(cursor.selectedText())
        block = block.next()
    return found


def put_cursor(editor: PostEditor, before: str) -> None:
    """Before the first of these words; what stands before it has no emoji."""
    cursor = editor.textCursor()
    cursor.setPosition(editor.text().index(before) + 1)
    editor.setTextCursor(cursor)


def menu_of(window: Window) -> QMenu:
    window.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def words_of(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def written(window: Window, text: str) -> PostEditor:
    """A post with this text, checked, the cursor at its beginning."""
    window.start()
    editor = window.compose.desk.editor
    editor.insertPlainText(text)
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    settle(window)
    return editor


# What is underlined


def test_both_languages_are_read_at_once(window: Window) -> None:
    editor = written(
        window,
        "😀 We recieve the colour.\nLes élèvves sont arrivés à l’école.\nسلام teh",
    )
    assert misspelt(editor) == ["recieve", "élèvves", "teh"]


def test_names_and_signs_are_no_mistakes(window: Window) -> None:
    editor = written(
        window,
        f"{FRIEND} and Brightwater’s team #Kwizbok @kwizbok kwizbok@example.org "
        "https://kwizbok.example KWIZBOK kwiz7 kwizbok.jpg. Tessaly Brightwatr came, kwizbok.",
    )
    assert misspelt(editor) == ["kwizbok"]


def test_a_finding_is_seen_before_a_mistake(window: Window) -> None:
    editor = written(window, "Logan Vantongern wonn")
    assert misspelt(editor) == ["wonn"]
    assert [words for _finding, words in editor.underlined()] == ["Logan Vantongern"]
    assert MISSPELT not in UNDERLINES.values()
    assert editor.slip_at(8) is None


def test_the_word_being_typed_is_left_alone(window: Window) -> None:
    window.start()
    editor = window.compose.desk.editor
    window.type("We wonn")
    settle(window)
    assert misspelt(editor) == []
    window.type(" ")
    settle(window)
    assert misspelt(editor) == ["wonn"]
    window.type("agan")
    settle(window)
    assert misspelt(editor) == ["wonn"]
    window.qtbot.keyClick(editor, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    window.qtbot.keyClick(editor, Qt.Key.Key_Left)
    assert misspelt(editor) == ["wonn", "agan"]


def test_underlines_stay_while_typing_elsewhere(window: Window) -> None:
    editor = written(window, "A wonn game.\nMore teh.")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    for sign in "Oh, what ":
        window.qtbot.keyClick(editor, sign)
        assert misspelt(editor) == ["wonn", "teh"]
    editor.undo()
    assert misspelt(editor) == ["wonn", "teh"]


def test_only_changed_paragraphs_are_checked_again(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = written(window, "First paragraph wonn.\nSecond paragraph.\nThird one.")
    asked: list[tuple[str, ...]] = []
    unknown = proofreading.Proofreader.unknown

    def listen(self: proofreading.Proofreader, texts: tuple[str, ...], task: object) -> object:
        asked.append(texts)
        return unknown(self, texts, task)  # type: ignore[arg-type]

    monkeypatch.setattr(proofreading.Proofreader, "unknown", listen)
    put_cursor(editor, "paragraph.\n")
    window.qtbot.keyClicks(editor, "xx")
    settle(window)
    assert asked
    assert all(text.startswith("Second px") for texts in asked for text in texts)
    asked.clear()
    editor.undo()
    settle(window)
    assert asked == []  # that paragraph was checked before
    assert misspelt(editor) == ["wonn"]


def test_descriptions_of_pictures_are_read_too(window: Window) -> None:
    picture = window.picture(alt_text="A wonn cup")
    window.open_with(picture, text="Fine.")
    settle(window)
    card = window.compose.desk.strip.card(1)
    assert card is not None
    assert misspelt(card.alt_text) == ["wonn"]
    put_cursor(card.alt_text, "wonn")
    assert card.alt_text.open_mends() is not None
    menu = menu_of(window)
    window.until(lambda: "won" in words_of(menu))
    choose(menu, "won")
    assert card.alt_text.text() == "A won cup"
    settle(window)
    assert window.post.pictures[0].alt_text == "A won cup"


# What can be done


def keyboard_menu(editor: PostEditor) -> None:
    spot = QPoint(1, 1)  # Qt says where some widget is; the editor goes by its cursor
    QApplication.sendEvent(
        editor,
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, spot, editor.mapToGlobal(spot)),
    )


def test_the_menu_looks_for_suggestions_and_puts_one_in(window: Window) -> None:
    editor = written(window, "We come back tommorow 😀.")
    put_cursor(editor, "tommorow")
    keyboard_menu(editor)
    menu = menu_of(window)
    assert words_of(menu)[:4] == [
        "“tommorow” is in no dictionary",
        "Looking for suggestions…",
        "Add to the school's words",
        "Ignore in this post",
    ]
    window.until(lambda: "tomorrow" in words_of(menu))
    assert "Looking for suggestions…" not in words_of(menu)
    assert menu.activeAction().text() == "tomorrow"
    choose(menu, "tomorrow")
    assert editor.text() == "We come back tomorrow 😀."
    settle(window)
    assert misspelt(editor) == []
    editor.undo()
    assert editor.text() == "We come back tommorow 😀."


def test_a_mouse_menu_is_about_the_word_under_it(window: Window) -> None:
    editor = written(window, "teh wonn")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    spot = QPoint(14, editor.cursorRect().center().y())
    QApplication.sendEvent(
        editor.viewport(),
        QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, spot, editor.viewport().mapToGlobal(spot)
        ),
    )
    menu = menu_of(window)
    assert words_of(menu)[0] == "“teh” is in no dictionary"
    window.until(lambda: "Looking for suggestions…" not in words_of(menu))
    menu.close()


def test_a_closed_menu_gets_no_suggestions(window: Window) -> None:
    editor = written(window, "teh")
    put_cursor(editor, "teh")
    keyboard_menu(editor)
    menu_of(window).close()
    settle(window)
    assert editor.text() == "teh"


def test_usual_actions_follow(window: Window) -> None:
    editor = written(window, "teh cat")
    put_cursor(editor, "cat")
    keyboard_menu(editor)
    menu = menu_of(window)
    words = "\n".join(words_of(menu))
    for usual in ("Undo", "Redo", "Cu", "Copy", "Paste", "Select All", "Check spelling"):
        assert usual in words.replace("&", "")
    assert "dictionary" not in words
    menu.close()


def test_findings_come_before_spelling_in_one_menu(window: Window) -> None:
    editor = written(window, f"{NAME} wonn")
    put_cursor(editor, NAME)
    keyboard_menu(editor)
    menu = menu_of(window)
    words = words_of(menu)
    assert words[0].startswith("Must be mended")
    assert "Show in the list" in words
    assert not any("dictionary" in word for word in words)
    menu.close()


def test_f7_goes_from_word_to_word(window: Window) -> None:
    editor = written(window, "teh cat wonn")
    for expected in ("teh", "wonn", "teh"):
        window.qtbot.keyClick(editor, Qt.Key.Key_F7)
        menu = menu_of(window)
        assert editor.textCursor().selectedText() == expected
        window.until(lambda: spelling(window).current and window.session.jobs.idle())
        menu.close()
        QApplication.processEvents()


def test_f7_says_when_all_is_well(window: Window) -> None:
    editor = written(window, "All is well")
    window.qtbot.keyClick(editor, Qt.Key.Key_F7)
    assert "Every word is in a dictionary." in window.everything_shown()


def test_a_word_is_ignored_in_its_post_only(window: Window) -> None:
    editor = written(window, "kwizbok kwizbok")
    put_cursor(editor, "kwizbok")
    keyboard_menu(editor)
    choose(menu_of(window), "Ignore in this post")
    assert misspelt(editor) == []
    settle(window)
    first = window.post.id
    written(window, "kwizbok")
    assert misspelt(editor) == ["kwizbok"]
    window.shell.go_to("compose", post_id=first)
    window.until(lambda: window.post.id == first)
    settle(window)
    assert misspelt(editor) == []


def test_a_word_is_added_for_everybody(window: Window) -> None:
    editor = written(window, "kwizbok teh")
    put_cursor(editor, "kwizbok")
    keyboard_menu(editor)
    choose(menu_of(window), "Add to the school's words")
    assert misspelt(editor) == ["teh"]
    settle(window)
    assert get_settings(window.session.context).own_words == ("kwizbok",)
    written(window, "Kwizbok again")
    assert misspelt(editor) == []


def test_switched_off_is_remembered(window: Window) -> None:
    editor = written(window, "kwizbok")
    assert misspelt(editor) == ["kwizbok"]
    keyboard_menu(editor)
    choose(menu_of(window), "Check spelling")
    assert misspelt(editor) == []
    assert window.session.memory.get("spelling") == "off"
    assert not Spelling(window.session, editor).on
    editor.insertPlainText("teh teh ")
    settle(window)
    assert misspelt(editor) == []
    keyboard_menu(editor)
    choose(menu_of(window), "Check spelling")
    settle(window)
    assert misspelt(editor) == ["teh", "teh", "kwizbok"]


def test_the_mouse_over_a_word_tells_what_is_wrong(window: Window) -> None:
    editor = written(window, "kwizbok")
    spot = editor.cursorRect().center() + QPoint(12, 0)
    asked = QHelpEvent(QEvent.Type.ToolTip, spot, editor.viewport().mapToGlobal(spot))
    QApplication.sendEvent(editor.viewport(), asked)
    assert "“kwizbok” is in no dictionary" in QToolTip.text()
    assert "Alt+Return" in QToolTip.text() or "Alt+Enter" in QToolTip.text()
    QToolTip.hideText()


# Without dictionaries


def test_without_dictionaries_everything_else_works(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofreading, "Dictionaries", lambda: Dictionaries(tmp_path / "none"))
    with open_window(qtbot, tmp_path) as window:
        editor = written(window, f"{NAME} wonn teh")
        assert misspelt(editor) == []
        assert [words for _finding, words in editor.underlined()] == [NAME]
        put_cursor(editor, "teh")
        keyboard_menu(editor)
        menu = menu_of(window)
        switch = next(each for each in menu.actions() if each.text() == "Check spelling")
        assert not switch.isEnabled()
        menu.close()


def test_locking_drops_words_and_dictionaries(window: Window) -> None:
    written(window, "kwizbok")
    proofreader = spelling(window)._proofreader
    assert proofreader is not None
    process = proofreader._dictionaries._process
    assert process is not None
    window.compose.close_down()
    assert process.poll() is not None
    assert "kwizbok" not in window.everything_shown()
    assert spelling(window).wrong == frozenset()

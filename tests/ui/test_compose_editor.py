"""The editor by itself: what may come in, undo, and underlines that follow the words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from smassistant.domain.findings import Anchor, Finding, Mend, MendKind, Severity
from tests.ui.writing_rig import drop, mime
from ui.widgets.post_editor import PostEditor
from ui.widgets.word_menu import fill_menu


@pytest.fixture
def editor(qtbot: QtBot) -> PostEditor:
    made = PostEditor()
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    return made


def finding(text: str, words: str, *mends: Mend, severity: Severity = Severity.BLOCK) -> Finding:
    start = text.index(words)
    return Finding(
        "name.not_permitted", "4.1", severity, "text", f"{words} may not be named.",
        start, start + len(words), words, mends=mends, anchor=Anchor("text", words),
    )  # fmt: skip


def put_cursor(editor: PostEditor, unit: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(unit)
    editor.setTextCursor(cursor)


def underlined(editor: PostEditor) -> list[str]:
    return [words for _finding, words in editor.underlined()]


# What may come in


def test_only_plain_text_is_pasted(editor: PostEditor) -> None:
    html = '<p>Well <b>done</b></p><img src="https://example.org/tracker.png">'
    QApplication.clipboard().setMimeData(mime("Well done", html))
    editor.paste()
    assert editor.text() == "Well done"
    assert "img" not in editor.document().toHtml()


def test_control_signs_are_left_out(editor: PostEditor) -> None:
    editor.insertFromMimeData(mime("one\r\ntwo\x00\tthree\x07\ufffc"))
    assert editor.text() == "one\ntwo three"


def test_copied_pixels_are_handed_on(editor: PostEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.pictures_arrived) as told:
        editor.insertFromMimeData(mime(pixels=True))
    (picture,) = told.args[0]
    assert picture.read().startswith(b"\x89PNG")
    assert editor.text() == ""


def test_words_copied_with_their_picture_are_words(editor: PostEditor) -> None:
    editor.insertFromMimeData(mime("Sports day", pixels=True))
    assert editor.text() == "Sports day"


def test_files_are_handed_on_not_their_addresses(
    editor: PostEditor, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(editor.pictures_arrived) as told:
        editor.insertFromMimeData(mime("file:///…", files=(tmp_path / "a.jpg",)))
    assert [picture.name for picture in told.args[0]] == ["a.jpg"]
    assert editor.text() == ""


def test_files_are_dropped_on_the_text(editor: PostEditor, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(editor.pictures_arrived) as told:
        drop(editor.viewport(), mime(files=(tmp_path / "b.jpg",)))
    assert [picture.name for picture in told.args[0]] == ["b.jpg"]


def test_tab_leaves_the_text(qtbot: QtBot) -> None:
    both = QWidget()
    qtbot.addWidget(both)
    layout = QVBoxLayout(both)
    first, second = PostEditor(), PostEditor("alt:1")
    layout.addWidget(first)
    layout.addWidget(second)
    both.show()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert both.focusWidget() is second
    assert first.text() == ""


# Undo


def test_undo_takes_back_a_word_at_a_time(editor: PostEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "We all won today")
    shown = []
    while editor.document().isUndoAvailable():
        editor.undo()
        shown.append(editor.text())
    assert shown == ["We all won ", "We all ", "We ", ""]
    editor.redo()
    editor.redo()
    assert editor.text() == "We all "


def test_a_paste_is_one_step(editor: PostEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "Thanks")
    editor.insertFromMimeData(mime(" to all\nof you"))
    qtbot.keyClicks(editor, "!")
    editor.undo()
    assert editor.text() == "Thanks to all\nof you"
    editor.undo()
    assert editor.text() == "Thanks"


def test_a_mend_is_one_step(editor: PostEditor, qtbot: QtBot) -> None:
    mend = Mend(MendKind.REPLACE, "Say “a student”", "A student")
    qtbot.keyClicks(editor, "Ada Lowe won")
    found = finding("Ada Lowe won", "Ada Lowe", mend)
    editor.show_findings([found])
    assert editor.replace(found, mend)
    assert editor.text() == "A student won"
    editor.undo()
    assert editor.text() == "Ada Lowe won"
    editor.redo()
    assert editor.text() == "A student won"


def test_another_post_cannot_be_undone_back(editor: PostEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "About Ada Lowe")
    editor.show_text("")
    editor.undo()
    assert editor.text() == ""


# Underlines


def test_underlines_count_code_points(editor: PostEditor) -> None:
    text = "😀👩🏽‍🚀 Ada Lowe won"
    editor.show_text(text)
    editor.show_findings([finding(text, "Ada Lowe")])
    assert underlined(editor) == ["Ada Lowe"]


def test_underlines_follow_edits_until_the_next_check(editor: PostEditor, qtbot: QtBot) -> None:
    text = "Ada Lowe won"
    editor.show_text(text)
    editor.show_findings([finding(text, "Ada Lowe")])
    put_cursor(editor, 0)
    editor.insertPlainText("😀 ")  # QTest types no emoji
    qtbot.keyClicks(editor, "Yes, ")
    put_cursor(editor, editor.text().index(" won") + 1)  # one unit more for the emoji
    qtbot.keyClicks(editor, " really")
    assert editor.text() == "😀 Yes, Ada Lowe really won"
    assert underlined(editor) == ["Ada Lowe"]


def test_words_that_are_gone_are_underlined_no_more(editor: PostEditor) -> None:
    mend = Mend(MendKind.REPLACE, "Take the name out", "")
    found = finding("Ada won", "Ada", mend)
    editor.show_text("Ada won")
    editor.show_findings([found])
    editor.selectAll()
    editor.insertPlainText("Nobody")
    assert underlined(editor) == []
    assert editor.document().firstBlock().layout().formats() == []
    assert editor.findings_at(0) == ()
    assert not editor.replace(found, mend)
    assert not editor.show_finding(found)


def test_a_mend_may_reach_beyond_the_words(editor: PostEditor, qtbot: QtBot) -> None:
    text = "😀 Our Ada Lowe won"
    mend = Mend(MendKind.REPLACE, "Say “a student”", "A student", start=2, end=14)
    found = finding(text, "Ada Lowe", mend)
    editor.show_text(text)
    editor.show_findings([found])
    put_cursor(editor, 0)
    qtbot.keyClicks(editor, "So: ")
    editor.replace(found, mend)
    assert editor.text() == "So: 😀 A student won"


def test_showing_findings_leaves_cursor_and_selection(editor: PostEditor) -> None:
    text = "Ada Lowe won"
    editor.show_text(text)
    cursor = editor.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(8, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.show_findings([finding(text, "Ada Lowe")])
    assert (editor.textCursor().anchor(), editor.textCursor().position()) == (4, 8)


def test_typing_goes_on_where_a_finding_was_shown(editor: PostEditor, qtbot: QtBot) -> None:
    found = finding("Ada Lowe won", "Ada Lowe")
    editor.show_text("Ada Lowe won")
    editor.show_findings([found])
    assert editor.show_finding(found)
    assert editor.textCursor().selectedText() == "Ada Lowe"
    qtbot.keyClicks(editor, "They")
    assert editor.text() == "They won"


def test_each_severity_has_its_own_line(editor: PostEditor) -> None:
    editor.show_text("Ada won")
    styles = set()
    for severity in Severity:
        editor.show_findings([finding("Ada won", "Ada", severity=severity)])
        (shown,) = editor.document().firstBlock().layout().formats()
        assert (shown.start, shown.length) == (0, 3)
        styles.add(shown.format.underlineStyle())
    assert QTextCharFormat.UnderlineStyle.WaveUnderline in styles
    assert len(styles) == 3


# What a finding says


def test_the_mouse_over_the_words_tells_what_is_wrong(editor: PostEditor) -> None:
    editor.show_text("Ada <b> Lowe won")
    editor.show_findings([finding("Ada <b> Lowe won", "Ada <b> Lowe")])
    spot = editor.cursorRect().center() + QPoint(12, 0)
    asked = QHelpEvent(QEvent.Type.ToolTip, spot, editor.viewport().mapToGlobal(spot))
    QApplication.sendEvent(editor.viewport(), asked)
    assert "Ada &lt;b&gt; Lowe may not be named." in QToolTip.text()
    assert "4.1" in QToolTip.text()
    QToolTip.hideText()


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # of menus, offscreen
def test_the_context_menu_has_the_mends_on_top(editor: PostEditor, qtbot: QtBot) -> None:
    mend = Mend(MendKind.REPLACE, "Write “a student” & go", "a student")
    found = finding("Ada Lowe won", "Ada Lowe", mend)
    editor.show_text("Ada Lowe won")
    editor.show_findings([found])
    spot = editor.cursorRect().center() + QPoint(12, 0)
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, spot, editor.viewport().mapToGlobal(spot)
    )
    QApplication.sendEvent(editor.viewport(), asked)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    words = [action.text() for action in menu.actions()]
    assert words[0] == "Must be mended: Ada Lowe may not be named. (Clause 4.1)"
    assert words[1] == "Write “a student” && go"
    assert words[2] == "Show in the list"
    with qtbot.waitSignal(editor.finding_chosen) as told:
        menu.actions()[2].trigger()
    assert told.args == [found]
    menu.close()


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # of menus, offscreen
def test_alt_enter_offers_the_mends(editor: PostEditor, qtbot: QtBot) -> None:
    mend = Mend(MendKind.SOMEONE_ELSE, "This is someone else")
    found = finding("Ada Lowe won", "Ada Lowe", mend)
    editor.show_text("Ada Lowe won")
    editor.show_findings([found])
    put_cursor(editor, 3)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    said, offered = menu.actions()[0], menu.actions()[1]
    assert "Ada Lowe may not be named." in said.text()
    with qtbot.waitSignal(editor.mend_chosen) as told:
        offered.trigger()
    assert told.args == [found, mend]
    menu.close()
    assert editor.text() == "Ada Lowe won"


def test_alt_enter_away_from_findings_does_nothing(editor: PostEditor, qtbot: QtBot) -> None:
    editor.show_text("All is well")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert QApplication.activePopupWidget() is None
    assert editor.text() == "All is well"


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # of menus, offscreen
def test_who_is_meant_is_a_menu_of_its_own_and_a_reason_is_offered(
    editor: PostEditor, qtbot: QtBot
) -> None:
    mends = (
        Mend(MendKind.CHOOSE_PERSON, "Ada Lowe, 4B", person_id="1"),
        Mend(MendKind.CHOOSE_PERSON, "Ada Lowe, 6A", person_id="2"),
        Mend(MendKind.GIVE_REASON, "Give a reason"),
    )
    found = finding("Ada Lowe won", "Ada Lowe", *mends)
    editor.show_text("Ada Lowe won")
    editor.show_findings([found])
    menu = editor.open_mends()
    assert menu is not None
    assert [action.text() for action in menu.actions()[1:4]] == [
        "Give a reason", "Who is meant?", "Show in the list",
    ]  # fmt: skip
    choices = menu.actions()[2].menu()
    assert [action.text() for action in choices.actions()] == ["Ada Lowe, 4B", "Ada Lowe, 6A"]
    with qtbot.waitSignal(editor.mend_chosen) as told:
        choices.actions()[1].trigger()
    assert told.args == [found, mends[1]]
    menu.close()


def test_a_reader_is_offered_no_mends(editor: PostEditor) -> None:
    mend = Mend(MendKind.REPLACE, "Write “a student”", "a student")
    editor.show_text("Ada Lowe won")
    editor.show_findings([finding("Ada Lowe won", "Ada Lowe", mend)])
    editor.setReadOnly(True)
    menu = QMenu()
    fill_menu(menu, editor, 3)
    assert [action.text() for action in menu.actions() if not action.isSeparator()] == [
        "Must be mended: Ada Lowe may not be named. (Clause 4.1)"
    ]


def test_the_cursor_tells_which_findings_it_reached(editor: PostEditor, qtbot: QtBot) -> None:
    text = "Ada Lowe won. Ben Hart lost."
    ada, ben = finding(text, "Ada Lowe"), finding(text, "Ben Hart")
    editor.show_text(text)
    editor.show_findings([ada, ben])
    with qtbot.waitSignal(editor.findings_reached) as told:
        put_cursor(editor, 16)
    assert told.args == [(ben,)]
    with qtbot.assertNotEmitted(editor.findings_reached):
        put_cursor(editor, 17)
        put_cursor(editor, 11)
    with qtbot.waitSignal(editor.findings_reached) as told:
        put_cursor(editor, 2)
    assert told.args == [(ada,)]


# A long post


def long_post(paragraphs: int) -> tuple[str, list[Finding]]:
    """Paragraphs with emoji, right-to-left words and one finding each."""
    text, found = "", []
    for number in range(paragraphs):
        name = f"Ada{number} Lowe"
        text += f"👩🏽‍🚀 مرحبا {name} e\u0301 won.\n"
        found.append(finding(text, name))
    return text, found


def test_only_paragraphs_that_change_are_drawn_again(editor: PostEditor, qtbot: QtBot) -> None:
    text, found = long_post(500)
    editor.show_text(text)
    editor.show_findings(found)
    assert underlined(editor) == [each.surface for each in found]
    drawn: list[str] = []

    def listen(words: str, _first: int) -> tuple[tuple[int, int], ...]:
        drawn.append(words)
        return ()

    editor._underliner.draw_slips(listen)
    assert len(drawn) == 501  # and an empty last one
    drawn.clear()
    editor.show_findings(found)
    assert drawn == []
    put_cursor(editor, 0)
    qtbot.keyClick(editor, "x")
    assert len(drawn) == 1
    drawn.clear()
    moved = [
        replace(each, start=each.start + 1, end=each.end + 1, message="Not here.") for each in found
    ]
    editor.show_findings(moved)  # as the next check finds them
    assert drawn == []
    assert underlined(editor) == [each.surface for each in found]
    assert editor.findings_at(editor.document().characterCount() - 14) == (moved[-1],)
    editor.show_findings([*moved[:100], *moved[101:]])
    assert len(drawn) == 1
    assert "Ada100 Lowe" in drawn[0]
    editor.undo()
    assert editor.text() == text


def test_a_finding_over_paragraphs_is_underlined_in_each(editor: PostEditor) -> None:
    text = "One Ada\nLowe two"
    editor.show_text(text)
    editor.show_findings([finding(text, "Ada\nLowe"), finding(text, "two")])
    block = editor.document().firstBlock()
    assert [(part.start, part.length) for part in block.layout().formats()] == [(4, 3)]
    block = block.next()
    assert [part.start for part in block.layout().formats()] == [0, 5]
    assert underlined(editor) == ["Ada\u2029Lowe", "two"]


def test_the_scroll_never_jumps(editor: PostEditor) -> None:
    text, found = long_post(200)
    editor.show_text(text)
    put_cursor(editor, 5)
    editor.verticalScrollBar().setValue(120)
    editor.show_findings(found)
    editor.show_findings(found[::2])
    assert editor.verticalScrollBar().value() == 120
    assert editor.textCursor().position() == 5
    assert not editor.document().isUndoAvailable()

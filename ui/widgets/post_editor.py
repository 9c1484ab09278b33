"""The place where a post is written: plain text with findings underlined."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QToolTip, QWidget

from smassistant.domain.findings import Finding, Mend, MendKind
from smassistant.i18n import _
from ui.widgets.incoming import pictures_in
from ui.widgets.offsets import Offsets, well_formed
from ui.widgets.underliner import Mark, Underliner
from ui.widgets.words import clause_words, severity_word

_SENTENCE_STOPS = frozenset(" .,;:!?\t)\n\r")


class PostEditor(QPlainTextEdit):
    """Edits words of a post: its text, or the description of a picture.

    `where` says which, as in `Finding.where`. Offsets outside this class are code points.
    """

    pictures_arrived = Signal(object)
    mend_chosen = Signal(object, object)
    finding_chosen = Signal(object)

    def __init__(self, where: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.where = where
        self._underliner = Underliner(self.document())
        self._mend_cursors: dict[tuple[int, int], QTextCursor] = {}
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)

    # --- text -------------------------------------------------------------------------------

    def text(self) -> str:
        """The text as it stands."""
        return well_formed(self.toPlainText())

    def show_text(self, text: str) -> None:
        """Put another post's text in; nothing of the earlier one can be undone back."""
        self.forget_findings()
        self.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; Alt+Enter opens the mends at the cursor; each word is an undo step."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_mends()
            return
        super().keyPressEvent(event)
        if event.text() and event.text() in _SENTENCE_STOPS:
            # Qt joins typing into one undo step until the document counts as unmodified.
            self.document().setModified(False)

    # --- paste and drop -----------------------------------------------------------------------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words and pictures may come in."""
        return source.hasText() or bool(pictures_in(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take words as plain text, one undo step; hand pictures on."""
        arrived = pictures_in(source)
        if arrived:
            self.pictures_arrived.emit(arrived)
            return
        self.document().setModified(False)
        self.insertPlainText(_plain(source.text()))
        self.document().setModified(False)

    # --- findings -----------------------------------------------------------------------------

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Underline those of `findings` that are here; the cursor and selection stay."""
        offsets = Offsets(self.text())
        self._mend_cursors = {}
        marks = []
        for finding in findings:
            if finding.where != self.where or finding.end <= finding.start:
                continue
            marks.append(Mark(finding, self._follow(offsets, finding.start, finding.end)))
            for mend in finding.mends:
                if mend.start is not None and mend.end is not None:
                    place = (mend.start, mend.end)
                    self._mend_cursors[place] = self._follow(offsets, *place)
        self._underliner.show_marks(marks)

    def forget_findings(self) -> None:
        """Take all underlines away."""
        self._mend_cursors = {}
        self._underliner.show_marks(())

    def underlined(self) -> tuple[tuple[Finding, str], ...]:
        """What is underlined now: each finding with the words under it as they stand."""
        return tuple((mark.finding, mark.cursor.selectedText()) for mark in self._underliner.marks)

    def findings_at(self, position: int) -> tuple[Finding, ...]:
        """The findings whose words hold the UTF-16 place `position`."""
        return tuple(
            mark.finding
            for mark in self._underliner.marks
            if mark.cursor.anchor() <= position <= mark.cursor.position()
        )

    def show_finding(self, finding: Finding) -> bool:
        """Select the finding's words and bring them into view; False where it has none here."""
        for mark in self._underliner.marks:
            if mark.finding == finding:
                self.setTextCursor(_fresh(mark.cursor))
                self.ensureCursorVisible()
                return True
        return False

    def replace(self, finding: Finding, mend: Mend) -> bool:
        """Put a REPLACE mend's words in, as one undo step; False where the words are gone."""
        cursor = self._mend_cursor(finding, mend)
        if cursor is None:
            return False
        self.document().setModified(False)
        edit = _fresh(cursor)
        edit.insertText(_plain(mend.text))
        self.document().setModified(False)
        self.setTextCursor(edit)
        return True

    def _mend_cursor(self, finding: Finding, mend: Mend) -> QTextCursor | None:
        if mend.start is not None and mend.end is not None:
            own = self._mend_cursors.get((mend.start, mend.end))
            return own if own is not None and own.anchor() < own.position() else None
        for mark in self._underliner.marks:
            if mark.finding == finding:
                return mark.cursor
        return None

    def _follow(self, offsets: Offsets, start: int, end: int) -> QTextCursor:
        """A cursor over the words; Qt moves it with every edit."""
        last = self.document().characterCount() - 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(offsets.units(start), last))
        cursor.setPosition(min(offsets.units(end), last), QTextCursor.MoveMode.KeepAnchor)
        cursor.setKeepPositionOnInsert(True)  # words typed behind don't belong to it
        return cursor

    # --- what a finding says ---------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what is wrong while the mouse rests on underlined words."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.findings_at(self.cursorForPosition(event.pos()).position())
            if found:
                QToolTip.showText(event.globalPos(), tooltip(found), self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, with the mends of the words under the mouse on top."""
        menu = self.createStandardContextMenu(event.pos())
        found = self.findings_at(self.cursorForPosition(event.pos()).position())
        first = menu.actions()[0] if menu.actions() else None
        for action in self.mend_actions(menu, found):
            menu.insertAction(first, action)  # type: ignore[arg-type]
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def open_mends(self) -> QMenu | None:
        """Open the menu of mends for the words at the cursor (Alt+Enter)."""
        found = self.findings_at(self.textCursor().position())
        if not found:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.mend_actions(menu, found))
        below = self.cursorRect().bottomLeft() + QPoint(0, 4)
        menu.popup(self.viewport().mapToGlobal(below))
        return menu

    def mend_actions(self, menu: QMenu, findings: Iterable[Finding]) -> list[QAction]:
        """What the menu offers for `findings`: what is wrong, each mend, the way to the list."""
        actions: list[QAction] = []
        for finding in findings:
            said = QAction(f"{severity_word(finding.severity)}: {finding.message}", menu)
            said.setEnabled(False)
            actions.append(said)
            for mend in finding.mends:
                if mend.kind is MendKind.GIVE_REASON:
                    continue
                actions.append(self._mend_action(menu, finding, mend))
            shown = QAction(_("Show in the list"), menu)
            shown.triggered.connect(lambda _on=False, f=finding: self.finding_chosen.emit(f))
            rule = QAction(menu)
            rule.setSeparator(True)
            actions += [shown, rule]
        return actions

    def _mend_action(self, menu: QMenu, finding: Finding, mend: Mend) -> QAction:
        action = QAction(mend.label.replace("&", "&&"), menu)
        action.triggered.connect(lambda _on=False, f=finding, m=mend: self.mend_chosen.emit(f, m))
        return action


def tooltip(findings: Iterable[Finding]) -> str:
    """What is wrong with some words, for the tooltip."""
    return "<hr>".join(
        f"<b>{escape(severity_word(finding.severity))}</b><br>{escape(finding.message)}"
        f"<br><i>{escape(clause_words(finding.clause))}</i>"
        for finding in findings
    )


def _fresh(cursor: QTextCursor) -> QTextCursor:
    """A cursor over the same words for editing; a copy would stay put while one types."""
    fresh = QTextCursor(cursor.document())
    fresh.setPosition(cursor.selectionStart())
    fresh.setPosition(cursor.selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
    return fresh


def _plain(text: str) -> str:
    """Words without what no post can hold: control characters and stand-ins for pictures."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        sign for sign in text if sign == "\n" or (sign >= " " and sign not in "\x7f\ufffc")
    )

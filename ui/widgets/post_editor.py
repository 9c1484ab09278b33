"""The place where a post is written: plain text with findings underlined."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QToolTip, QWidget

from smassistant.domain.findings import Finding, Mend
from ui.models.spelling import Spelling
from ui.widgets.incoming import pictures_in
from ui.widgets.offsets import Offsets, well_formed
from ui.widgets.slips import Slip, Slips
from ui.widgets.underliner import Mark, Underliner
from ui.widgets.word_menu import fill_menu, tooltip

_SENTENCE_STOPS = frozenset(" .,;:!?\t)\n\r")


class PostEditor(QPlainTextEdit):
    """Edits words of a post: its text, or the description of a picture.

    `where` says which, as in `Finding.where`. Offsets outside this class are code points.
    """

    pictures_arrived = Signal(object)
    mend_chosen = Signal(object, object)
    finding_chosen = Signal(object)
    findings_reached = Signal(object)  # tuple[Finding, ...] at the cursor

    def __init__(self, where: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.where = where
        self.slips: Slips | None = None
        self._underliner = Underliner(self.document())
        self._mend_cursors: dict[tuple[int, int], QTextCursor] = {}
        self._reached: tuple[Finding, ...] = ()
        self.cursorPositionChanged.connect(self._tell_reached)
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
        with self._typing(event.text()):
            super().keyPressEvent(event)
        if event.text() and event.text() in _SENTENCE_STOPS:
            # Qt joins typing into one undo step until the document counts as unmodified.
            self.document().setModified(False)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Type letters that take several keys, as accents do."""
        with self._typing(event.commitString()):
            super().inputMethodEvent(event)

    def _typing(self, signs: str) -> AbstractContextManager[None]:
        return self.slips.typing(signs) if self.slips is not None else nullcontext()

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
        known = {
            (cursor.anchor(), cursor.position()): cursor
            for cursor in (
                *self._mend_cursors.values(),
                *(mark.cursor for mark in self._underliner.marks),
            )
        }

        def follow(start: int, end: int) -> QTextCursor:
            """A cursor that is there already, as most are after a key, or a new one."""
            place = (offsets.units(start), offsets.units(end))
            if place not in known:
                known[place] = self._follow(*place)
            return known[place]

        mend_cursors: dict[tuple[int, int], QTextCursor] = {}
        marks = []
        for finding in findings:
            if finding.where != self.where or finding.end <= finding.start:
                continue
            marks.append(Mark(finding, follow(finding.start, finding.end)))
            for mend in finding.mends:
                if mend.start is not None and mend.end is not None:
                    mend_cursors[mend.start, mend.end] = follow(mend.start, mend.end)
        self._mend_cursors = mend_cursors
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
            mark.finding for mark in self._underliner.marks if mark.start <= position <= mark.end
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
        self.put(cursor, mend.text)
        return True

    def put(self, cursor: QTextCursor, words: str) -> None:
        """Put `words` in the place of those under `cursor`, as one undo step."""
        self.document().setModified(False)
        edit = _fresh(cursor)
        edit.insertText(_plain(words))
        self.document().setModified(False)
        self.setTextCursor(edit)

    def _mend_cursor(self, finding: Finding, mend: Mend) -> QTextCursor | None:
        if mend.start is not None and mend.end is not None:
            own = self._mend_cursors.get((mend.start, mend.end))
            return own if own is not None and own.anchor() < own.position() else None
        for mark in self._underliner.marks:
            if mark.finding == finding:
                return mark.cursor
        return None

    def _follow(self, start: int, end: int) -> QTextCursor:
        """A cursor over the UTF-16 places; Qt moves it with every edit."""
        last = self.document().characterCount() - 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        cursor.setKeepPositionOnInsert(True)  # words typed behind don't belong to it
        return cursor

    def _tell_reached(self) -> None:
        """The cursor went somewhere: say so where it is in the words of findings."""
        found = self.findings_at(self.textCursor().position())
        if found and found != self._reached:
            self.findings_reached.emit(found)
        self._reached = found

    # --- spelling -----------------------------------------------------------------------------

    def check_spelling(self, spelling: Spelling) -> None:
        """Underline misspelt words too."""
        self.slips = Slips(self, spelling)
        self.slips.draw_with(self._underliner)

    def slip_at(self, position: int) -> Slip | None:
        """The misspelt word at the UTF-16 place `position`; words of names are none."""
        if self.slips is None:
            return None
        if any(finding.code.startswith("name.") for finding in self.findings_at(position)):
            return None
        return self.slips.at(position)

    def open_slip(self) -> bool:
        """Go to the next misspelt word and open its menu; False where there is none."""
        slip = self.slips.after(self.textCursor().selectionEnd()) if self.slips else None
        if slip is None:
            return False
        self.setFocus()
        self.setTextCursor(slip.cursor)
        self.ensureCursorVisible()
        return self.open_mends() is not None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The word that was being typed is checked now."""
        super().focusOutEvent(event)
        if self.slips is not None and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.slips.leave()

    # --- what a finding says ---------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what is wrong while the mouse rests on underlined words."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            position = self.cursorForPosition(event.pos()).position()
            words = tooltip(self.findings_at(position), self.slip_at(position))
            if words:
                QToolTip.showText(event.globalPos(), words, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, with what can be done about the words there on top."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self._open_menu(self.cursorForPosition(event.pos()).position(), event.globalPos())
        else:
            self._open_menu(self.textCursor().position(), self._below_cursor())

    def open_mends(self) -> QMenu | None:
        """Open the menu for the words at the cursor (Alt+Enter), where there is something to do."""
        position = self.textCursor().position()
        if self.findings_at(position) or self.slip_at(position):
            return self._open_menu(position, self._below_cursor())
        return None

    def _open_menu(self, position: int, spot: QPoint) -> QMenu:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, self, position)
        menu.popup(spot)
        return menu

    def _below_cursor(self) -> QPoint:
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft() + QPoint(0, 4))


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

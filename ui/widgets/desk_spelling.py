"""Spelling on the desk: every text of the post at hand is read along."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from smassistant.errors import UserError
from smassistant.i18n import _
from ui.models.live_review import Checked
from ui.models.spelling import Spelling
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.desk_work import DeskWork
from ui.widgets.post_editor import PostEditor
from ui.widgets.writing_desk import WritingDesk


class DeskSpelling(QObject):
    """Ties the editors of a desk to one `Spelling`."""

    def __init__(self, session: Session, desk: WritingDesk, work: DeskWork) -> None:
        super().__init__(work)
        self._session = session
        self._desk = desk
        self.spelling = Spelling(session, self)
        self.spelling.failed.connect(self._complain)
        desk.editor.check_spelling(self.spelling)
        desk.strip.check_spelling(self.spelling)
        work.taken.connect(self.spelling.begin)
        work.checked.connect(self._pass_over_names)
        Shortcuts.SPELLING.on(desk).activated.connect(self.open_next)

    def open_next(self) -> None:
        """Open the menu of the next misspelt word, first in the text that has the keyboard."""
        focused = QApplication.focusWidget()
        editors = sorted(self._editors(), key=lambda editor: editor is not focused)
        if not any(editor.open_slip() for editor in editors):
            self._session.shell.show_banner(_("Every word is in a dictionary."))

    def close_down(self) -> None:
        """Drop every word."""
        self.spelling.close()

    def _editors(self) -> list[PostEditor]:
        return [self._desk.editor, *self._desk.strip.editors()]

    def _pass_over_names(self, found: Checked) -> None:
        """Whom the post names is the business of the findings."""
        review = found.review
        names = [mention.surface for mention in review.mentions]
        names += [each.surface for each in review.findings if each.code.startswith("name.")]
        self.spelling.pass_over(names)

    def _complain(self, error: UserError) -> None:
        self._session.shell.show_banner(error.title, error.explanation, kind="error")

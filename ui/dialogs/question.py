"""Asking the privacy office about what was found in a post (clause 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from smassistant.domain.findings import Finding
from smassistant.domain.posts import Post
from smassistant.errors import UserError
from smassistant.i18n import _
from ui import theme
from ui.dialogs.form_dialog import FormDialog
from ui.session import Session
from ui.widgets.ask_field import AskField
from ui.widgets.forms import Field, card, symbol

Send = Callable[[str, Callable[[Post], None], Callable[[UserError], None]], None]


class QuestionDialog(FormDialog):
    """`send` hands the question over and calls back; the post is with the office then."""

    def __init__(
        self, session: Session, findings: Sequence[Finding], send: Send, parent: QWidget
    ) -> None:
        office = _(session.settings.privacy_office)
        super().__init__(
            session, _("Ask the {office}").format(office=office), _("Send question"), parent
        )
        self.setMinimumWidth(560)
        self._send = send
        self.question = Field(
            _("Your question"),
            AskField(),
            _("Enter sends; Shift+Enter begins a new line."),
        )
        self.question.entry.sent.connect(self.save)
        self.question.entry.textChanged.connect(lambda: self.question.say(""))
        self.column.addWidget(
            theme.note(
                _(
                    "The post as it is now goes with the question. It can't be changed until the "
                    "answer comes or you take the question back."
                )
            )
        )
        self._add_findings(findings)
        self.column.addWidget(self.question)

    def save(self) -> None:
        """Send the question, if there is one."""
        words = self.question.entry.words()
        if not words:
            self.question.say(_("Please write your question."))
            self.question.entry.setFocus()
            return
        if self.verb.isEnabled():
            self.notice.clear()
            self.verb.setEnabled(False)
            self._send(words, self._finish, self._refuse)

    def _add_findings(self, findings: Sequence[Finding]) -> None:
        frame, box = card()
        box.addWidget(theme.heading(_("You ask about"), 3))
        for finding in findings:
            line = QHBoxLayout()
            line.setSpacing(theme.GAP)
            line.addWidget(
                symbol(theme.SEVERITY_ICONS[finding.severity], 16, "warning"),
                alignment=Qt.AlignmentFlag.AlignTop,
            )
            words = QLabel(finding.message)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            line.addWidget(words, 1)
            box.addLayout(line)
        self.column.addWidget(frame)

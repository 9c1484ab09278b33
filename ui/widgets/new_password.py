"""A new password, typed twice, with its strength told in words while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smassistant.context import Context
from smassistant.i18n import _
from smassistant.jobs import Task
from ui import theme
from ui.jobs import JobRunner, Lane
from ui.widgets.forms import Field, password

AFTER = 200  # milliseconds after the last key


class NewPassword(QWidget):
    """Two fields and a line about the strength; `words` are those the password must not lean on."""

    def __init__(
        self,
        jobs: JobRunner,
        context: Callable[[], Context | None],
        words: Callable[[], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._context, self._words = jobs, context, words
        self._task: Task | None = None
        self.first = Field(_("Password"), password(), _("At least 12 characters."))
        self.second = Field(_("The password once more"), password())
        self._strength = theme.note()
        self._timer = QTimer(self, interval=AFTER, singleShot=True)
        self._timer.timeout.connect(self._judge)
        self.first.entry.textChanged.connect(lambda _text: self._timer.start())
        column = QVBoxLayout(self)
        theme.pad(column, 0, theme.GAP)
        column.addWidget(self.first)
        column.addWidget(self._strength)
        column.addWidget(self.second)
        self._strength.hide()

    @property
    def text(self) -> str:
        """What was typed first."""
        return self.first.entry.text()

    @property
    def strength(self) -> str:
        """What is being said about the password's strength."""
        return self._strength.text()

    def valid(self) -> bool:
        """Whether both are there and the same; the service judges the strength."""
        self.first.say("" if self.text else _("Type a password."))
        same = self.text == self.second.entry.text()
        self.second.say("" if same else _("The two passwords differ."))
        return bool(self.text) and same

    def forget(self) -> None:
        """Empty both fields for good."""
        self._timer.stop()
        self.first.entry.setText("")
        self.second.entry.setText("")

    def _judge(self) -> None:
        if self._task:
            self._task.cancel()
        context, word, own = self._context(), self.text, tuple(self._words())
        if context is None or not word:
            self._strength.hide()
            return
        known = context

        def work(task: Task) -> str:
            from smassistant.services.signing_in import password_weakness

            return password_weakness(known, word, own)

        self._task = self._jobs.start(self, work, self._show, lane=Lane.CHECKS)

    def _show(self, weakness: str) -> None:
        self._strength.setText(weakness or _("Strong enough"))
        theme.set_role(self._strength, "warning" if weakness else "ok")
        self._strength.show()

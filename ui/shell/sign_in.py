"""The sign-in page; painted with Qt alone, while a worker opens the school behind it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from smassistant.errors import UserError
from smassistant.i18n import _
from ui import icons, theme
from ui.shell.gate import Gate
from ui.widgets.forms import Field, line, password
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from smassistant.demo import DemoSignIn


class SignInGate(Gate):
    """Asks who is there; `asked` carries the sign-in name and password."""

    asked = Signal(str, str)

    def __init__(self, scheme: str, locked_for: str = "") -> None:
        super().__init__(scheme, 480)
        self._status = theme.note()
        self.notice = Notice()
        self.name = Field(_("Sign-in name"), line(locked_for))
        self.password = Field(_("Password"), password())
        self.button = QPushButton(_("Sign in"))
        self.button.setProperty("role", "primary")
        self.button.setMinimumHeight(40)
        self._cards: list[QPushButton] = []
        self.cards = QVBoxLayout()
        theme.pad(self.cards, 0, theme.GAP)
        title = _("The window is locked") if locked_for else _("Sign in")
        self.column.addWidget(theme.heading(title, 1))
        if locked_for:
            self.column.addWidget(theme.note(_("Everything you had written is saved.")))
        for widget in (self.notice, self.name, self.password, self._status, self.button):
            self.column.addWidget(widget)
        self.body.addLayout(self.cards)
        self._status.hide()
        self.button.clicked.connect(self.ask)
        self.name.entry.returnPressed.connect(self.password.entry.setFocus)
        self.password.entry.returnPressed.connect(self.ask)

    def ask(self) -> None:
        """Send what was typed, unless something is missing."""
        self.notice.clear()
        name, word = self.name.entry.text().strip(), self.password.entry.text()
        self.name.say("" if name else _("Type your sign-in name."))
        self.password.say("" if word else _("Type your password."))
        if not name:
            self.name.entry.setFocus()
        elif not word:
            self.password.entry.setFocus()
        else:
            self.asked.emit(name, word)

    def wait(self, text: str) -> None:
        """Say what is being waited for; typing stays possible unless it is the sign-in itself."""
        self._status.setText(text)
        self._status.setVisible(bool(text))

    def set_trying(self, trying: bool) -> None:
        """While the password is being checked nothing can be asked again."""
        self.button.setEnabled(not trying)
        for card in self._cards:
            card.setEnabled(not trying)
        self.wait(_("Signing in…") if trying else "")

    def refuse(self, error: UserError) -> None:
        """Show why it did not work; the password has to be typed again."""
        self.set_trying(False)
        self.notice.tell(error)
        self.password.entry.setText("")
        self.password.entry.setFocus()

    def offer(self, sign_ins: Sequence[DemoSignIn]) -> None:
        """One card for each role of the made-up school: a click fills in and signs in."""
        if self._cards:
            return
        self.cards.addWidget(
            theme.note(_("This is a made-up school. Choose who you are, or type it above:"))
        )
        for who in sign_ins:
            text = _("Sign in as {name} ({role})").format(name=who.name, role=_(who.role))
            button = QPushButton(text.replace("&", "&&"))
            button.setProperty("role", "card")
            button.setAccessibleName(text)
            icons.put(button, "person", "accent")
            button.clicked.connect(partial(self._sign_in_as, who))
            self._cards.append(button)
            self.cards.addWidget(button)

    def primary(self) -> QWidget | None:
        """The first empty field."""
        return self.password.entry if self.name.entry.text() else self.name.entry

    def forget(self) -> None:
        """Empty the password for good (`clear` could be undone)."""
        self.password.entry.setText("")

    def _sign_in_as(self, who: DemoSignIn) -> None:
        self.name.entry.setText(who.sign_in)
        self.password.entry.setText(who.password)
        self.ask()

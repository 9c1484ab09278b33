"""Gates for a school that does not open by itself: passphrase, recovery key, or what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from smassistant.errors import UserError
from smassistant.i18n import _
from ui import theme
from ui.shell.gate import Gate
from ui.widgets.forms import Field, line, password
from ui.widgets.notice import Notice


class PassphraseGate(Gate):
    """Asks for the passphrase that seals this computer's key."""

    asked = Signal(str)
    recovery_asked = Signal()

    def __init__(self, scheme: str) -> None:
        super().__init__(scheme)
        self.notice = Notice()
        self.passphrase = Field(_("Passphrase"), password())
        self.button = _primary(_("Open the school"))
        recovery = _link(_("Use the recovery key"))
        self.column.addWidget(theme.heading(_("Open the school"), 1))
        self.column.addWidget(
            theme.note(
                _(
                    "This computer has no keyring, so the school's data is sealed under the "
                    "passphrase that was chosen when it was set up."
                )
            )
        )
        for widget in (self.notice, self.passphrase, self.button, recovery):
            self.column.addWidget(widget)
        self.button.clicked.connect(self.ask)
        self.passphrase.entry.returnPressed.connect(self.ask)
        recovery.clicked.connect(self.recovery_asked)

    def ask(self) -> None:
        """Try the passphrase."""
        word = self.passphrase.entry.text()
        self.passphrase.say("" if word else _("Type the passphrase."))
        if word:
            self.button.setEnabled(False)
            self.asked.emit(word)

    def refuse(self, error: UserError) -> None:
        """Show why it did not open."""
        self.button.setEnabled(True)
        self.notice.tell(error)
        self.forget()
        self.passphrase.entry.setFocus()

    def primary(self) -> QWidget | None:
        """The passphrase."""
        return self.passphrase.entry

    def forget(self) -> None:
        """Empty the field for good."""
        self.passphrase.entry.setText("")


class RecoveryGate(Gate):
    """Asks for the printed recovery key, and where the key is kept from now on."""

    asked = Signal(str, str)  # recovery key, passphrase or ""
    back_asked = Signal()

    def __init__(self, scheme: str, keyring: bool) -> None:
        super().__init__(scheme, 520)
        self.notice = Notice()
        self.recovery = Field(
            _("Recovery key"),
            line(),
            _("It was printed or written down when the school was set up. Spaces don't matter."),
        )
        self.seal = QCheckBox(_("Ask for a passphrase at each start"))
        self.seal.setChecked(not keyring)
        self.seal.setEnabled(keyring)
        self.passphrase = Field(_("New passphrase"), password())
        self.again = Field(_("The passphrase once more"), password())
        self.button = _primary(_("Open the school"))
        back = QPushButton(_("Back"))
        self.column.addWidget(theme.heading(_("Open with the recovery key"), 1))
        for widget in (self.notice, self.recovery, self.seal, self.passphrase, self.again):
            self.column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addWidget(self.button, 1)
        self.column.addLayout(row)
        self.seal.toggled.connect(self._show_passphrase)
        self._show_passphrase(self.seal.isChecked())
        self.button.clicked.connect(self.ask)
        back.clicked.connect(self.back_asked)

    def ask(self) -> None:
        """Try the recovery key."""
        key = self.recovery.entry.text().strip()
        seal = self.seal.isChecked()
        word = self.passphrase.entry.text() if seal else ""
        self.recovery.say("" if key else _("Type the recovery key."))
        self.passphrase.say(_("Choose a passphrase.") if seal and not word else "")
        same = not seal or word == self.again.entry.text()
        self.again.say("" if same else _("The two passphrases differ."))
        if key and (word or not seal) and same:
            self.button.setEnabled(False)
            self.asked.emit(key, word)

    def refuse(self, error: UserError) -> None:
        """Show why it did not open; what was typed stays, to be mended."""
        self.button.setEnabled(True)
        self.notice.tell(error)
        self.recovery.entry.setFocus()

    def primary(self) -> QWidget | None:
        """The recovery key."""
        return self.recovery.entry

    def forget(self) -> None:
        """Empty the fields for good."""
        for field in (self.recovery, self.passphrase, self.again):
            field.entry.setText("")

    def _show_passphrase(self, on: bool) -> None:
        self.passphrase.setVisible(on)
        self.again.setVisible(on)


class TroubleGate(Gate):
    """Says why the school can't be opened and what can be done."""

    retry_asked = Signal()
    recovery_asked = Signal()

    def __init__(self, scheme: str, error: UserError, recovery: bool) -> None:
        super().__init__(scheme, 520)
        self.notice = Notice()
        self.column.addWidget(theme.heading(_("The school can't be opened"), 1))
        self.column.addWidget(self.notice)
        self.notice.tell(error)
        self.button = _primary(_("Try again"))
        self.button.clicked.connect(self.retry_asked)
        self.column.addWidget(self.button)
        self.recovery = _link(_("Use the recovery key"))
        self.recovery.clicked.connect(self.recovery_asked)
        self.column.addWidget(self.recovery)
        self.recovery.setVisible(recovery)

    def primary(self) -> QWidget | None:
        """Try again."""
        return self.button


def _primary(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "primary")
    button.setMinimumHeight(40)
    return button


def _link(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "link")
    return button

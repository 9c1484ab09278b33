"""The wizard's steps about the key: where it is kept, and how to get back in without it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QFontDatabase, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QWidget,
)

from smassistant.bootstrap import KeyringReport, keyring_state
from smassistant.errors import UserError
from smassistant.i18n import _
from ui import icons
from ui.dialogs.files import choose_new_file
from ui.shell import opening
from ui.shell.opening import School
from ui.shell.wizard.setup import Setup, Step
from ui.widgets.forms import Field, line, password

SHORTEST = 12  # characters of a passphrase


class KeyStep(Step):
    """In the computer's keyring, or under a passphrase; then the school's data is made."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(
            setup,
            _("Where the key is kept"),
            _("The school's data is encrypted. Its key is kept apart from the data."),
        )
        self.keyring = QRadioButton(_("In this computer's keyring (nothing to type at the start)"))
        self.seal = QRadioButton(_("Under a passphrase that is asked at each start"))
        self.seal.setChecked(setup.sealed)
        self.keyring.setChecked(not setup.sealed)
        self.passphrase = Field(
            _("Passphrase"),
            password(),
            _("At least {n} characters; several unrelated words are good.").format(n=SHORTEST),
        )
        self.again = Field(_("The passphrase once more"), password())
        self.passphrase.entry.setText(setup.passphrase)
        self.again.entry.setText(setup.passphrase)
        for widget in (self.keyring, self.seal, self.passphrase, self.again):
            self.column.addWidget(widget)
        self.seal.toggled.connect(self._show_passphrase)
        self._show_passphrase(setup.sealed)

    def shown(self) -> None:
        if self.setup.school is not None:
            self._settle()
        elif self.setup.keyring is None:
            self.setup.jobs.start(self, lambda task: keyring_state(), self._show_keyring)
        else:
            self._show_keyring(self.setup.keyring)

    def keep(self) -> None:
        self.setup.sealed = self.seal.isChecked()
        self.setup.passphrase = self.passphrase.entry.text() if self.setup.sealed else ""

    def valid(self) -> bool:
        if self.setup.school is not None or not self.setup.sealed:
            return True
        word, again = self.passphrase.entry.text(), self.again.entry.text()
        short = len(word) < SHORTEST
        text = _("Use at least {n} characters.").format(n=SHORTEST)
        self.passphrase.say(text if short else "")
        self.again.say(_("The two passphrases differ.") if word != again else "")
        return not short and word == again

    def finish(self, go: Callable[[], None], fail: Callable[[UserError], None]) -> None:
        """Make the school's data, once."""
        setup = self.setup
        if setup.school is not None:
            go()
            return

        def take(school: School) -> None:
            setup.school = school
            setup.take_school(school)
            go()

        call = partial(opening.make_school, setup.folder, setup.passphrase)
        setup.jobs.start(self, call, take, fail)

    def first(self) -> QWidget | None:
        return self.seal if self.seal.isChecked() else self.keyring

    def _show_keyring(self, state: KeyringReport) -> None:
        self.setup.keyring = state
        self.keyring.setEnabled(state.usable)
        if not state.usable:
            self.seal.setChecked(True)
            more = f"{state.explanation} {_('Choose a passphrase instead.')}".strip()
            self.notice.say(state.title or _("This computer has no keyring."), more, "warning")
            if not self.passphrase.entry.text():
                self.passphrase.entry.setFocus()

    def _settle(self) -> None:
        """The key is made: what was chosen can be read, not changed."""
        for widget in (self.keyring, self.seal, self.passphrase, self.again):
            widget.setEnabled(False)
        self.notice.say(_("The key has been made and is kept as chosen here."), kind="done")

    def _show_passphrase(self, on: bool) -> None:
        self.passphrase.setVisible(on)
        self.again.setVisible(on)


class RecoveryStep(Step):
    """Shows the recovery key until somebody says that it is put away."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(
            setup,
            _("The recovery key"),
            _(
                "If this computer breaks or the passphrase is forgotten, this key opens the "
                "school's data again. Nobody else can: print it or write it down, and put it into "
                "the school's safe."
            ),
        )
        self.key = QLabel(setup.school.recovery if setup.school else "")
        self.key.setProperty("role", "code")
        self.key.setFont(_letters())
        self.key.setWordWrap(True)
        self.key.setAccessibleName(_("Recovery key"))
        self.copy = _button(_("Copy"), "copy", self._copy)
        self.print = _button(_("Save for printing…"), "print", self._save_pdf)
        self.save = _button(_("Save as text…"), "file", self._save_text)
        buttons = QHBoxLayout()
        for button in (self.copy, self.print, self.save):
            buttons.addWidget(button)
        buttons.addStretch()
        self.last_group = Field(
            _("Type the last group of the key"), line(), _("This shows that you have it at hand.")
        )
        self.kept = QCheckBox(_("I have printed it or written it down, and know where it is"))
        self.kept.setChecked(setup.kept)
        self.column.addWidget(self.key)
        self.column.addLayout(buttons)
        self.column.addWidget(self.last_group)
        self.column.addWidget(self.kept)

    def shown(self) -> None:
        if self.setup.school:
            self.key.setText(self.setup.school.recovery)

    def keep(self) -> None:
        typed = self.last_group.entry.text().strip().upper()
        right = bool(typed) and self.key.text().upper().endswith(typed) and len(typed) >= 4
        self.setup.kept = self.kept.isChecked() or right

    def valid(self) -> bool:
        text = _("Type the last group as it stands above, or tick the box below.")
        self.last_group.say("" if self.setup.kept else text)
        return self.setup.kept

    def first(self) -> QWidget | None:
        return self.last_group.entry

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.key.text())
        self.notice.say(
            _("The key is on the clipboard."),
            _("Paste it where only you can read it, then copy something else."),
            "done",
        )

    def _save_pdf(self) -> None:
        path = choose_new_file(self, _("Save for printing"), "PDF (*.pdf)", "recovery-key.pdf")
        if path:
            self._wrote(path, write_pdf, self.setup.name, self.key.text())

    def _save_text(self) -> None:
        kinds = _("Text") + " (*.txt)"
        path = choose_new_file(self, _("Save as text"), kinds, "recovery-key.txt")
        if path:
            self._wrote(path, write_text, self.setup.name, self.key.text())

    def _wrote(
        self, path: Path, write: Callable[[Path, str, str], None], school: str, key: str
    ) -> None:
        try:
            write(path, school, key)
        except OSError as error:
            self.notice.say(_("The file could not be written."), error.strerror or "", "error")
        else:
            self.notice.say(
                _("Saved as {file}.").format(file=path.name),
                _("Print it and put it into the safe; then remove the file from this computer."),
                "done",
            )


def write_text(path: Path, school: str, key: str) -> None:
    """The recovery key as a small text file."""
    path.write_text("\n".join((*_page(school), "", key, "")), encoding="utf-8")


def write_pdf(path: Path, school: str, key: str) -> None:
    """The recovery key as a page to print; OSError where it can't be written."""
    path.write_bytes(b"")
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20))
    title, *lines = _page(school)
    document = QTextDocument()
    document.setPlainText("\n\n".join((title, key, *lines)))
    font = QFont(QApplication.font())
    font.setPointSizeF(13)
    document.setDefaultFont(font)
    document.print_(writer)


def _page(school: str) -> tuple[str, ...]:
    return (
        _("Recovery key of SM Assistant for {school}").format(school=school or "–"),
        _("Whoever has this key can open the school's data. Keep it in the school's safe."),
        _("To use it: start SM Assistant and choose “Use the recovery key”."),
    )


def _letters() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QApplication.font().pointSizeF() * 1.15)
    return font


def _button(text: str, icon: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    icons.put(button, icon)
    button.clicked.connect(act)
    return button

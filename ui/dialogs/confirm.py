"""Asking before something that can't be undone: the button says the verb, Cancel is the default."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smassistant.i18n import _
from ui import theme
from ui.dialogs.fitted import FittedDialog
from ui.widgets.forms import symbol


class ConfirmDialog(FittedDialog):
    """Title, what will happen, and two buttons."""

    def __init__(self, title: str, text: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        words = QVBoxLayout()
        theme.pad(words, 0, theme.GAP)
        words.addWidget(theme.heading(title, 2))
        words.addWidget(theme.note(text))
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE)
        column = QVBoxLayout()
        column.addWidget(symbol("question", 28, "warning"))
        column.addStretch()
        top.addLayout(column)
        top.addLayout(words, 1)
        self.cancel, self.verb = QPushButton(_("Cancel")), QPushButton(verb)
        self.cancel.setDefault(True)
        self.verb.setAutoDefault(False)
        self.verb.setProperty("role", "danger")
        self.cancel.clicked.connect(self.reject)
        self.verb.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.verb)
        whole = QVBoxLayout(self)
        theme.pad(whole, theme.MARGIN, theme.MARGIN)
        whole.addLayout(top)
        whole.addLayout(buttons)
        self.cancel.setFocus()


def confirm(title: str, text: str, verb: str, parent: QWidget) -> bool:
    """Whether the person pressed the verb."""
    dialog = ConfirmDialog(title, text, verb, parent)
    said = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return said

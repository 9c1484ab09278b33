"""The strip on top: which school, who is signed in, choices, lock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smassistant.domain.settings import Settings
from smassistant.domain.users import User
from smassistant.i18n import _
from ui import icons, theme, words
from ui.shell.choices import ChoicesButton
from ui.shortcuts import Shortcuts
from ui.widgets.forms import symbol


class Header(QFrame):
    """Says where and who; `lock_asked` when the Lock button is pressed."""

    lock_asked = Signal()
    password_asked = Signal()

    def __init__(
        self, settings: Settings, user: User, scheme: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        self.setProperty("pane", True)
        self.setAccessibleName(_("School and sign-in"))
        self._fallback = user.school
        self.school = QLabel()
        self.school.setFont(theme.font(2))
        self.show_school(settings)
        who = QVBoxLayout()
        theme.pad(who, 0, 0)
        who.addWidget(theme.heading(user.name, 3))
        roles = theme.note(words.roles_words(user.roles))
        roles.setWordWrap(False)
        who.addWidget(roles)
        self.choices = ChoicesButton(scheme)
        menu = self.choices.menu()
        if menu is not None:
            menu.addSeparator()
            menu.addAction(_("Change your password…"), self.password_asked.emit)
        self.lock = QPushButton(_("Lock"))
        self.lock.setToolTip(f"{Shortcuts.LOCK.text} ({Shortcuts.LOCK.shown})")
        self.lock.setAccessibleName(Shortcuts.LOCK.text)
        icons.put(self.lock, "lock")
        self.lock.clicked.connect(self.lock_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(symbol("app", 28))
        row.addWidget(self.school)
        row.addStretch()
        row.addWidget(symbol("person", 24, "muted"))
        row.addLayout(who)
        row.addSpacing(8)
        row.addWidget(self.choices)
        row.addWidget(self.lock)

    def show_school(self, settings: Settings) -> None:
        """Name the school; a person's own where the settings name none."""
        self.school.setText(settings.school or self._fallback)

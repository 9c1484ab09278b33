"""Who may sign in, and what their roles let them do (clauses 3, 3.4)."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Change
from smassistant.services.keeping_users import list_users
from ui import icons, theme, words
from ui.dialogs.staff import ResetDialog, UserDialog
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.card_list import Act, CardList, Row


class StaffPage(Page):
    """One card a member of staff."""

    key = "staff"
    icon = "staff"
    right: ClassVar[Right | None] = Right.KEEP_USERS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.add = QPushButton(_("Add a member of staff…"))
        self.add.setProperty("role", "primary")
        icons.put(self.add, "add", "on_accent")
        self.add.clicked.connect(lambda: self.ask_user(None))
        self.list = CardList(_("Staff"))
        top = QHBoxLayout()
        top.addWidget(theme.heading(self.title()), 1)
        top.addWidget(self.add)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addLayout(top)
        column.addWidget(
            theme.note(_("One person may hold several roles; nobody can approve their own post."))
        )
        column.addWidget(self.list, 1)
        session.changes.committed.connect(self._heed)
        Shortcuts.RELOAD.on(self).activated.connect(self.open)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("Staff")

    def open(self, **where: object) -> None:
        """Load everybody."""
        session = self.session
        session.jobs.start(
            self,
            lambda _task: list_users(session.context, session.user),
            self._show,
            self._complain,
        )

    def close_down(self) -> None:
        """Forget what was shown."""
        self.list.show_rows(())

    def primary(self) -> QWidget | None:
        """The button that adds somebody."""
        return self.add

    def ask_user(self, user: User | None) -> None:
        """Add somebody, or change their name, roles, or whether they may sign in."""
        dialog = UserDialog(self.session, user, self)
        dialog.saved.connect(
            lambda saved: self.session.shell.show_banner(
                _("{name} is saved.").format(name=saved.name)
            )
        )
        dialog.open()

    def ask_password(self, user: User) -> None:
        """Set a new password for somebody."""
        dialog = ResetDialog(self.session, user, self)
        dialog.saved.connect(
            lambda _nothing: self.session.shell.show_banner(
                _("{name} has a new password.").format(name=user.name)
            )
        )
        dialog.open()

    def _show(self, users: tuple[User, ...]) -> None:
        self.list.show_rows([self._row(user) for user in users])

    def _row(self, user: User) -> Row:
        parts = (words.roles_words(user.roles), user.sign_in)
        text = " · ".join(part for part in parts if part)
        if not user.active:
            text = _("May not sign in") + " · " + text
        change = Act(
            _("Change…"),
            _("Change the sign-in of {name}").format(name=user.name),
            partial(self.ask_user, user),
        )
        reset = Act(
            _("New password…"),
            _("Set a new password for {name}").format(name=user.name),
            partial(self.ask_password, user),
        )
        icon, colour = ("person", "accent") if user.active else ("no", "muted")
        return Row(icon, user.name, text, (change, reset), colour)

    def _heed(self, changes: tuple[Change, ...]) -> None:
        if self.isVisible() and any(change.kind == "users" for change in changes):
            self.open()

    def _complain(self, error: UserError) -> None:
        self.session.shell.show_banner(
            error.title, f"{error.explanation} {error.next_step}".strip(), kind="error"
        )

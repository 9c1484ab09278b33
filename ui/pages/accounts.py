"""The school's accounts: which there are, how posts get there, connecting and disconnecting."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from smassistant.domain.places import PLACES, Account
from smassistant.domain.users import Right
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Change
from smassistant.services.keeping_accounts import (
    ConnectorChoice,
    connector_choices,
    disconnect_account,
    list_accounts,
)
from ui import icons, theme
from ui.dialogs.account import AccountDialog
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.card_list import Act, CardList, Row
from ui.widgets.empty_note import EmptyNote


class AccountsPage(Page):
    """One card an account."""

    key = "accounts"
    icon = "accounts"
    right: ClassVar[Right | None] = Right.KEEP_ACCOUNTS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._choices: tuple[ConnectorChoice, ...] = ()
        self.add = QPushButton(_("Connect an account…"))
        self.add.setProperty("role", "primary")
        icons.put(self.add, "add", "on_accent")
        self.add.clicked.connect(lambda: self.ask_account(None))
        self.list = CardList(_("Accounts"))
        self._empty = EmptyNote("accounts")
        self._empty.show_words(
            _("No account yet"),
            _("Connect the school's account on a network, or add one that is posted to by hand."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        top = QHBoxLayout()
        top.addWidget(theme.heading(self.title()), 1)
        top.addWidget(self.add)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addLayout(top)
        column.addWidget(
            theme.note(
                _(
                    "Posts go only to the accounts listed here. App passwords are kept "
                    "encrypted, never shown, and are needed once (clauses 3 and 3.4)."
                )
            )
        )
        column.addWidget(self._stack, 1)
        session.changes.committed.connect(self._heed)
        Shortcuts.RELOAD.on(self).activated.connect(self.open)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("Accounts")

    def open(self, **where: object) -> None:
        """Load the accounts."""
        session = self.session
        session.jobs.start(
            self,
            lambda _task: (
                list_accounts(session.context, session.user),
                connector_choices(session.context),
            ),
            self._show,
            self._complain,
        )

    def close_down(self) -> None:
        """Forget what was shown."""
        self.list.show_rows(())

    def primary(self) -> QWidget | None:
        """The button that connects one."""
        return self.add

    def ask_account(self, account: Account | None) -> None:
        """Connect a new account, or a known one again."""
        dialog = AccountDialog(self.session, self._choices, account, self)
        dialog.saved.connect(self._tell_connected)
        dialog.open()

    def disconnect_from(self, account: Account) -> None:
        """Publish nothing more to an account; asks first."""
        session = self.session
        if session.shell.confirm(
            _("Disconnect {name}?").format(name=account.name),
            _(
                "Nothing more is published there and its app password is forgotten. What is "
                "published already stays."
            ),
            _("Disconnect"),
        ):
            session.jobs.start(
                self,
                lambda _task: disconnect_account(session.context, session.user, account.id),
                failed=self._complain,
            )

    def _show(self, found: tuple[tuple[Account, ...], tuple[ConnectorChoice, ...]]) -> None:
        accounts, self._choices = found
        by_hand = {choice.key for choice in self._choices if choice.by_hand}
        self.list.show_rows([self._row(account, by_hand) for account in accounts])
        self._stack.setCurrentWidget(self.list if accounts else self._empty)

    def _row(self, account: Account, by_hand: set[str]) -> Row:
        hand = account.connector in by_hand
        place = _(PLACES[account.place].title)
        parts = (
            place,
            f"@{account.handle}" if account.handle and not hand else account.address,
            _("posted by hand") if hand else _("posted by the program"),
        )
        again = Act(
            _("Change…") if hand else _("Connect again…"),
            _("Connect {name} again").format(name=account.name),
            partial(self.ask_account, account),
        )
        off = Act(
            _("Disconnect…"),
            _("Disconnect {name}").format(name=account.name),
            partial(self.disconnect_from, account),
            "danger",
        )
        icon = "accounts" if not hand else "person"
        return Row(icon, account.name, " · ".join(part for part in parts if part), (again, off))

    def _heed(self, changes: tuple[Change, ...]) -> None:
        if self.isVisible() and any(change.kind == "accounts" for change in changes):
            self.open()

    def _tell_connected(self, account: Account) -> None:
        self.session.shell.show_banner(
            _("{name} is connected: posts can go there now.").format(name=account.name)
        )

    def _complain(self, error: UserError) -> None:
        self.session.shell.show_banner(
            error.title, f"{error.explanation} {error.next_step}".strip(), kind="error"
        )

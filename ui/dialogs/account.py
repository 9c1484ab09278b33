"""Connecting an account: where it is, how it is published to, and proof that it works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from smassistant.domain.places import ALL_PLACES, PLACES, Account
from smassistant.i18n import _
from smassistant.services.keeping_accounts import ConnectorChoice, connect_account
from ui import theme
from ui.dialogs.form_dialog import FormDialog
from ui.jobs import Lane
from ui.session import Session
from ui.widgets.forms import Field, line, password

BLUESKY = "https://bsky.social"


class AccountDialog(FormDialog):
    """A new account, or a new app password for one that is known."""

    def __init__(
        self,
        session: Session,
        choices: Sequence[ConnectorChoice],
        account: Account | None,
        parent: QWidget,
    ) -> None:
        title = _("Connect an account") if account is None else _("Connect again")
        super().__init__(session, title, _("Test and connect"), parent)
        self._choices = tuple(choices)
        self._account = account
        known = account or Account("", "", "", session.settings.school, session.user.school)
        self._make_fields(known)
        for widget in (
            self.place, self.how, self._by_hand_note, self.name, self.service, self.handle,
            self.secret, self.address,
        ):  # fmt: skip
            self.column.addWidget(widget)
        self.place.entry.currentIndexChanged.connect(self._offer_ways)
        self.how.entry.currentIndexChanged.connect(self._show_fields)
        self._choose(known)

    def _make_fields(self, known: Account) -> None:
        self.place = Field(_("Where the account is"), QComboBox())
        for place in ALL_PLACES:
            self.place.entry.addItem(_(place.title), place.key)
        self.how = Field(_("How posts get there"), QComboBox())
        self.name = Field(_("Name"), line(known.name), _("As staff will see it here."))
        self.service = Field(
            _("Service address"),
            line(known.service or BLUESKY),
            _("Leave it as it is unless your division has its own server."),
        )
        self.handle = Field(_("Handle"), line(known.handle, "school.bsky.social"))
        self.secret = Field(
            _("App password"),
            password(),
            _("Made in the account's settings on the platform; never the account's own password."),
        )
        self.address = Field(
            _("Address of the page"), line(known.address, "https://"), _("You can leave it empty.")
        )
        self._by_hand_note = theme.note(
            _(
                "The program checks and prepares each post; a person posts it on the platform and "
                "gives its address back."
            )
        )

    def save(self) -> None:
        """Prove the secret with the platform, then keep the account."""
        self.name.say("" if self._text(self.name) else _("Give the account a name."))
        by_hand = self._by_hand()
        needed = () if by_hand else (self.service, self.handle, self.secret)
        for field in needed:
            field.say("" if self._text(field) else _("This is needed."))
        if not self._text(self.name) or not all(self._text(field) for field in needed):
            return
        account, secret, session = self._built(), self._text(self.secret), self.session
        self.work(
            lambda _task: connect_account(session.context, session.user, account, secret),
            _("Asking the platform…"),
            Lane.NETWORK,
        )

    def _built(self) -> Account:
        by_hand = self._by_hand()
        known = self._account or Account("", "", "", "", self.session.user.school)
        return replace(
            known,
            place=str(self.place.entry.currentData()),
            connector=str(self.how.entry.currentData()),
            name=self._text(self.name),
            handle=known.handle if by_hand else self._text(self.handle).lstrip("@"),
            service="" if by_hand else self._text(self.service).rstrip("/"),
            address=self._text(self.address) if by_hand else known.address,
        )

    def _choose(self, known: Account) -> None:
        if known.place in PLACES:
            self.place.entry.setCurrentIndex(self.place.entry.findData(known.place))
        self._offer_ways()
        if known.connector:
            self.how.entry.setCurrentIndex(self.how.entry.findData(known.connector))
        new = self._account is None
        self.place.entry.setEnabled(new)
        self.how.entry.setEnabled(new)

    def _offer_ways(self) -> None:
        """The ways of publishing that fit the place; posting by hand fits every one."""
        place = self.place.entry.currentData()
        self.how.entry.clear()
        for choice in self._choices:
            if choice.by_hand or choice.key == place:
                text = _("Posted by hand") if choice.by_hand else _("Posted by the program")
                self.how.entry.addItem(text, choice.key)
        automatic = self.how.entry.findData(place)
        self.how.entry.setCurrentIndex(max(automatic, 0))
        self._show_fields()

    def _show_fields(self) -> None:
        by_hand = self._by_hand()
        for field in (self.service, self.handle, self.secret):
            field.setVisible(not by_hand)
        self.address.setVisible(by_hand)
        self._by_hand_note.setVisible(by_hand)
        self.verb.setText(_("Add the account") if by_hand else _("Test and connect"))

    def _by_hand(self) -> bool:
        key = self.how.entry.currentData()
        return any(choice.by_hand for choice in self._choices if choice.key == key)

    def _text(self, field: Field[QLineEdit]) -> str:
        return field.entry.text().strip()

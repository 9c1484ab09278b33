"""Giving staff a sign-in, changing it, and setting passwords."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from smassistant.domain.users import Role, User
from smassistant.i18n import _, labelled
from smassistant.services.keeping_users import add_user, reset_password, save_user
from smassistant.services.signing_in import change_password
from ui import theme, words
from ui.dialogs.form_dialog import FormDialog
from ui.session import Session
from ui.widgets.forms import Field, line, password
from ui.widgets.new_password import NewPassword


class UserDialog(FormDialog):
    """A new member of staff, or another name or other roles for a known one."""

    def __init__(self, session: Session, user: User | None, parent: QWidget) -> None:
        title = _("Add a member of staff") if user is None else _("Change a sign-in")
        verb = _("Add") if user is None else _("Save")
        super().__init__(session, title, verb, parent)
        self._user = user
        self.name = Field(_("Name"), line(user.name if user else ""))
        self.sign_in = Field(
            _("Sign-in name"),
            line(user.sign_in if user else ""),
            _("Short and easy to type, such as a.lastname."),
        )
        self.sign_in.entry.setReadOnly(user is not None)
        self.roles = {role: QCheckBox(_role_line(role)) for role in Role}
        for role, box in self.roles.items():
            box.setChecked(user is not None and role in user.roles)
        self.active = QCheckBox(_("May sign in"))
        self.active.setChecked(user is None or user.active)
        self.password = NewPassword(session.jobs, lambda: session.context, self._own_words)
        self.column.addWidget(self.name)
        self.column.addWidget(self.sign_in)
        self.column.addWidget(theme.heading(_("Roles"), 3))
        roles = QVBoxLayout()
        theme.pad(roles, 0, 0)
        for box in self.roles.values():
            roles.addWidget(box)
        roles.addWidget(self.active)
        self.column.addLayout(roles)
        self.column.addWidget(self.password)
        self.active.setVisible(user is not None)
        self.password.setVisible(user is None)

    def save(self) -> None:
        """Store the sign-in."""
        name, sign_in = self.name.entry.text().strip(), self.sign_in.entry.text().strip()
        roles = frozenset(role for role, box in self.roles.items() if box.isChecked())
        self.name.say("" if name else _("Type the name."))
        self.sign_in.say("" if sign_in else _("Type a sign-in name."))
        if not name or not sign_in or (self._user is None and not self.password.valid()):
            return
        session, user, word = self.session, self._user, self.password.text
        if user is None:
            self.work(
                lambda _task: add_user(session.context, session.user, name, sign_in, roles, word),
                _("Adding…"),
            )
        else:
            changed = replace(user, name=name, roles=roles, active=self.active.isChecked())
            self.work(lambda _task: save_user(session.context, session.user, changed), _("Saving…"))

    def _own_words(self) -> tuple[str, ...]:
        return (self.name.entry.text(), self.sign_in.entry.text(), self.session.settings.school)


class ResetDialog(FormDialog):
    """A new password for somebody who forgot theirs."""

    def __init__(self, session: Session, user: User, parent: QWidget) -> None:
        super().__init__(session, _("Set a new password"), _("Set the password"), parent)
        self._user = user
        self.column.addWidget(
            theme.note(
                _("For {name}. Tell it to them in person; they can change it themselves.").format(
                    name=user.name
                )
            )
        )
        self.password = NewPassword(
            session.jobs, lambda: session.context, lambda: (user.name, user.sign_in)
        )
        self.column.addWidget(self.password)

    def save(self) -> None:
        """Store the new password."""
        if self.password.valid():
            session, user, word = self.session, self._user, self.password.text
            self.work(
                lambda _task: reset_password(session.context, session.user, user.id, word),
                _("Saving…"),
            )


class OwnPasswordDialog(FormDialog):
    """One's own new password; the old one has to be right."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, _("Change your password"), _("Change it"), parent)
        user = session.user
        self.old = Field(_("Your password now"), password())
        self.password = NewPassword(
            session.jobs, lambda: session.context, lambda: (user.name, user.sign_in)
        )
        self.column.addWidget(self.old)
        self.column.addWidget(self.password)

    def save(self) -> None:
        """Store the new password."""
        old = self.old.entry.text()
        self.old.say("" if old else _("Type your password."))
        if old and self.password.valid():
            session, word = self.session, self.password.text
            self.work(
                lambda _task: change_password(session.context, session.user, old, word),
                _("Saving…"),
            )


def _role_line(role: Role) -> str:
    return labelled(words.role_word(role), words.role_task(role))

"""The division's settings: names, limits on what is published, when the window locks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from smassistant.context import Context
from smassistant.domain.settings import Settings
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Change
from smassistant.services.keeping_settings import get_settings, save_settings
from smassistant.services.proofreading import check_dictionaries
from ui import icons, theme
from ui.jobs import Lane
from ui.pages.page import Page
from ui.session import Session
from ui.widgets.settings_form import SettingsForm


class SettingsPage(Page):
    """One form; what was changed in it is saved, and nothing else is touched."""

    key = "settings"
    icon = "settings"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.save = QPushButton(_("Save"))
        self.save.setProperty("role", "primary")
        self.save.setEnabled(False)
        icons.put(self.save, "ok", "on_accent")
        self.save.clicked.connect(self.save_changes)
        self.form = SettingsForm()
        user = session.user
        self.form.allow(user.may(Right.ANSWER_REFERRALS), _keeps_all(user))
        self.form.edited.connect(self._offer)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(self.form)
        top = QHBoxLayout()
        top.addWidget(theme.heading(self.title()), 1)
        top.addWidget(self.save)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addLayout(top)
        column.addWidget(scrolled, 1)
        session.changes.committed.connect(self._heed)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("Settings")

    @classmethod
    def open_to(cls, user: User) -> bool:
        """Leaders, whoever keeps the division's accounts, and the privacy office."""
        return _keeps_all(user) or user.may(Right.ANSWER_REFERRALS)

    def open(self, **where: object) -> None:
        """Show the settings as they stand; what was typed and not saved stays."""
        if not self.form.changed():
            self._load()

    def close_down(self) -> None:
        """Drop what was not saved."""
        self.form.show_settings(Settings())
        self.save.setEnabled(False)

    def primary(self) -> QWidget | None:
        """The first field."""
        return self.form.school.entry if _keeps_all(self.session.user) else self.form.leader

    def save_changes(self) -> None:
        """Save what was changed on top of what anybody else saved meanwhile."""
        if not self.form.valid():
            return
        session, changed = self.session, self.form.changed()
        self.save.setEnabled(False)
        session.jobs.start(
            self,
            lambda _task: _save(session.context, session.user, changed),
            self._tell_saved,
            self._refuse,
        )

    def _load(self) -> None:
        context, jobs = self.session.context, self.session.jobs
        jobs.start(
            self,
            lambda _task: check_dictionaries(),
            lambda _none: self.form.words.say(""),
            lambda error: self.form.words.say(str(error)),
            lane=Lane.SPELLING,
        )
        self.session.jobs.start(self, lambda _task: get_settings(context), self._show, self._refuse)

    def _show(self, settings: Settings) -> None:
        self.form.show_settings(settings)
        self._offer()

    def _tell_saved(self, settings: Settings) -> None:
        self._show(settings)
        self.session.shell.show_banner(_("The settings are saved. They count from now on."))

    def _offer(self) -> None:
        self.save.setEnabled(bool(self.form.changed()))

    def _heed(self, changes: tuple[Change, ...]) -> None:
        """Somebody else, perhaps, saved settings while this page is in sight."""
        if self.isVisible() and any(change.kind == "settings" for change in changes):
            self.open()

    def _refuse(self, error: UserError) -> None:
        self._offer()
        self.session.shell.show_banner(
            error.title, f"{error.explanation} {error.next_step}".strip(), kind="error"
        )


def _keeps_all(user: User) -> bool:
    """Whether more is the person's to say than what clause 6 leaves to the privacy office."""
    return user.may(Right.KEEP_USERS) or user.may(Right.KEEP_ACCOUNTS)


def _save(context: Context, actor: User, changed: dict[str, Any]) -> Settings:
    settings = replace(get_settings(context), **changed)
    save_settings(context, actor, settings)
    return settings

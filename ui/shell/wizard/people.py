"""The wizard's steps about people: the first leader, the roster, and the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smassistant.context import Context
from smassistant.domain.users import User
from smassistant.errors import UserError
from smassistant.i18n import _, language, ngettext
from smassistant.jobs import Task
from ui import theme
from ui.shell.wizard.setup import Setup, Step
from ui.widgets.forms import Field, line
from ui.widgets.new_password import NewPassword
from ui.widgets.progress import ProgressLine
from ui.widgets.roster_picker import RosterPicker

if TYPE_CHECKING:
    from smassistant.services.importing import RosterPreview


class LeaderStep(Step):
    """The first person who can sign in."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(
            setup,
            _("The school leader"),
            _("The first sign-in. It can approve posts and give other staff their sign-ins."),
        )
        self.name = Field(_("Your name"), line(setup.leader))
        self.sign_in = Field(
            _("Sign-in name"), line(setup.sign_in), _("Short and easy to type, such as a.lastname.")
        )
        self.password = NewPassword(setup.jobs, self.context, self._own_words)
        self.password.first.entry.setText(setup.password)
        self.password.second.entry.setText(setup.password)
        for widget in (self.name, self.sign_in, self.password):
            self.column.addWidget(widget)

    def shown(self) -> None:
        if self.setup.user is not None:
            for widget in (self.name, self.sign_in, self.password):
                widget.setEnabled(False)
            self.notice.say(_("This sign-in has been made."), kind="done")

    def keep(self) -> None:
        self.setup.leader = self.name.entry.text().strip()
        self.setup.sign_in = self.sign_in.entry.text().strip()
        self.setup.password = self.password.text

    def valid(self) -> bool:
        if self.setup.user is not None:
            return True
        self.name.say("" if self.setup.leader else _("Type your name."))
        self.sign_in.say("" if self.setup.sign_in else _("Type a sign-in name."))
        right = self.password.valid()
        return bool(self.setup.leader and self.setup.sign_in) and right

    def finish(self, go: Callable[[], None], fail: Callable[[UserError], None]) -> None:
        """Have the password judged before the step is left; nothing is stored yet."""
        context, word, own = self.context(), self.setup.password, self._own_words()
        if self.setup.user is not None or context is None:
            go()
            return

        def judge(weakness: str) -> None:
            self.password.first.say(weakness)
            if weakness:
                fail(UserError(_("This password is too weak."), weakness))
            else:
                go()

        known = context

        def work(task: Task) -> str:
            from smassistant.services.signing_in import password_weakness

            return password_weakness(known, word, own)

        self.setup.jobs.start(self, work, judge, fail)

    def _own_words(self) -> tuple[str, ...]:
        return (self.setup.name, self.name.entry.text(), self.sign_in.entry.text())


class RosterStep(Step):
    """The school's people, if the file is at hand; then everything is stored."""

    next_changed = Signal()

    def __init__(self, setup: Setup) -> None:
        super().__init__(
            setup,
            _("The people of your school"),
            _(
                "Bring in the roster with its permissions now, or later on the People page. "
                "Without it the program knows nobody's name."
            ),
        )
        self._picker: RosterPicker | None = None
        self.progress = ProgressLine()

    def shown(self) -> None:
        if self._picker is None and self.setup.school is not None:
            self._picker = RosterPicker(self.setup.jobs, self.setup.school.context)
            self._picker.previewed.connect(self._take_preview)
            self.column.addWidget(self._picker)
            self.column.addWidget(self.progress)

    def next_text(self) -> str:
        return _("Bring in and finish") if self.setup.preview else _("Finish without a roster")

    def finish(self, go: Callable[[], None], fail: Callable[[UserError], None]) -> None:
        """Store the school and its leader, then take the roster in."""
        setup = self.setup
        context, user, preview = self.context(), setup.user, setup.preview
        if context is None:
            return

        def made(leader: User) -> None:
            setup.user = leader
            if preview is None:
                go()
                return
            task = setup.jobs.start(
                self, lambda task: _import(context, leader, preview, task), done, failed,
                self.progress.show_progress,
            )  # fmt: skip
            self.progress.follow(task, _("Bringing the roster in…"))

        def done(text: str) -> None:
            self.progress.finish()
            setup.imported = text
            go()

        def failed(error: UserError) -> None:
            self.progress.finish()
            fail(error)

        if user is not None:
            made(user)
        else:
            setup.jobs.start(self, lambda task: _set_up(context, setup), made, fail)

    def first(self) -> QWidget | None:
        return self._picker.drop.button if self._picker else None

    @property
    def picker(self) -> RosterPicker | None:
        """The part that reads the file, once the school is open."""
        return self._picker

    def _take_preview(self, preview: RosterPreview | None) -> None:
        self.setup.preview = preview
        self.next_changed.emit()


class DoneStep(Step):
    """What was set up, and what comes next."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup, _("Ready"))
        self._text = theme.note()
        self.column.addWidget(self._text)
        self.column.addWidget(
            theme.note(
                _(
                    "Next: connect the school's accounts on the Accounts page, and give your "
                    "staff their sign-ins on the Staff page. F1 shows help anywhere."
                )
            )
        )

    def shown(self) -> None:
        school = _("{school} is set up.").format(school=self.setup.name)
        self._text.setText(f"{school} {self.setup.imported}".strip())

    def next_text(self) -> str:
        return _("Start working")


def _set_up(context: Context, setup: Setup) -> User:
    from smassistant.services.setting_up import SetUp, set_up

    plan = SetUp(
        setup.name, setup.division, setup.leader, setup.sign_in, setup.password, language()
    )
    return set_up(context, plan)


def _import(context: Context, leader: User, preview: RosterPreview, task: Task) -> str:
    from smassistant.services.importing import import_roster

    result = import_roster(context, leader, preview, task)
    return ngettext(
        "{n} person is in the registry.", "{n} people are in the registry.", result.added
    ).format(n=result.added)

"""Signing in, working, locking and leaving.

The workspace with its pages is imported when somebody signs in: the first gate is painted without.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog

from smassistant.domain.settings import Settings
from smassistant.domain.users import User
from smassistant.i18n import _, ngettext
from ui.changes import Changes
from ui.jobs import JobRunner, Lane, unexpected
from ui.memory import Memory
from ui.shell import opening
from ui.shell.dressing import Dressing
from ui.shell.entrance import Entrance
from ui.shell.idle import IdleWatch
from ui.shell.opening import School
from ui.shell.publisher import Publisher
from ui.shell.sign_in import SignInGate
from ui.shell.window import Window

if TYPE_CHECKING:
    from ui.shell.workspace import Workspace


class Desk(QObject):
    """One for the life of the program. `entered` and `locked` say what the window shows now."""

    entered = Signal()
    locked = Signal()
    left = Signal()

    def __init__(self, app: QApplication, folder: Path, memory: Memory, demo: bool = False) -> None:
        super().__init__()
        self._memory = memory
        self.dressing = Dressing(app, memory, self)
        self.dressing.relabelled.connect(self._relabel)
        self.jobs = JobRunner(self)
        self.window = Window(memory)
        self.window.closing.connect(self.leave)
        self.entrance = Entrance(self.window, self.jobs, self.dressing, folder, demo)
        self.entrance.opened.connect(self._take_school)
        self.entrance.asked.connect(self._try)
        self.entrance.set_up.connect(self.begin_work)
        self.idle = IdleWatch(app, self)
        self.idle.expired.connect(self.lock)
        self.school: School | None = None
        self.user: User | None = None
        self.workspace: Workspace | None = None
        self._changes: Changes | None = None
        self._publisher: Publisher | None = None
        self._waiting: tuple[str, str] | None = None
        self._gone = False
        self._last_page: dict[str, str] = {}

    def begin(self) -> None:
        """Show the window at its first gate; the school opens behind it."""
        self.window.show()
        self.window.activateWindow()
        self.entrance.look_at_home()

    def lock(self) -> None:
        """Save and drop everything a person had before them; publishing goes on."""
        if self.user is None:
            return
        name = self.user.sign_in
        failed = self._put_away()
        gate = self.entrance.show_sign_in(name)
        if failed:
            gate.notice.tell(unexpected())
        self.locked.emit()

    def leave(self) -> None:
        """Save, stop every worker, close the school: the window is closing."""
        if self._gone:
            return
        self._gone = True
        if self._publisher is not None:
            self._publisher.stop()
        self._put_away()
        self.entrance.close()
        self.window.hide()
        self.jobs.shutdown()
        if self._changes is not None:
            self._changes.close()
        if self.school is not None:
            self.school.close()
            self.school = None
        self.left.emit()

    def tell_unexpected(self) -> None:
        """Say that the program has a defect, wherever the person is."""
        if self.workspace is not None:
            self.workspace.banner.tell(unexpected())
        elif isinstance(self.entrance.gate, SignInGate):
            self.entrance.gate.refuse(unexpected())

    def _take_school(self, school: School) -> None:
        self.school = school
        self._changes = Changes(school.context.store, self)
        self._publisher = Publisher(school, self.jobs, self._changes, self)
        self._publisher.reported.connect(self._tell_report)
        warm = partial(opening.warm_up, school)
        self.jobs.start(self, warm, lambda _nothing: self._tell_trouble(), lane=Lane.CHECKS)
        self.jobs.start(self, partial(opening.tidy, school), lane=Lane.CHECKS)
        if self._waiting:
            asked, self._waiting = self._waiting, None
            self._try(*asked)

    # Signing in

    def _try(self, sign_in: str, password: str) -> None:
        """Check a sign-in on a worker, or as soon as the school is open."""
        gate, school = self.entrance.gate, self.school
        if not isinstance(gate, SignInGate):
            return
        gate.set_trying(True)
        if school is None:
            self._waiting = (sign_in, password)
            return
        self.jobs.start(
            gate, lambda _task: _sign_in(school, sign_in, password), self.begin_work, gate.refuse
        )

    def begin_work(self, user: User) -> None:
        """Somebody is signed in: read the settings, then show their pages."""
        school = self.school
        if school is not None:
            self.jobs.start(self, lambda _task: (user, _settings(school)), self._show_workspace)

    def _show_workspace(self, entering: tuple[User, Settings]) -> None:
        user, settings = entering
        school, changes = self.school, self._changes
        if school is None or changes is None:
            return
        from ui.session import Session
        from ui.shell.workspace import Workspace

        self.dressing.prefer_language(settings.language)
        self.user = user
        workspace = Workspace()
        session = Session(
            school.context, user, self.jobs, changes, school.reviewer, settings, workspace,
            self._memory,
        )  # fmt: skip
        workspace.settle(session, self.dressing.scheme)
        workspace.lock_asked.connect(self.lock)
        workspace.settled_anew.connect(lambda saved: self.idle.limit(saved.idle_minutes))
        choices = workspace.header.choices
        choices.scheme_chosen.connect(self.dressing.choose_scheme)
        choices.language_chosen.connect(self.dressing.choose_language)
        self.entrance.close()
        self.workspace = workspace
        self.window.show_only(workspace)
        keys = workspace.keys()
        last = self._last_page.get(user.id, "")
        workspace.go_to(last if last in keys else keys[0])
        self.idle.start(settings.idle_minutes, school.context.clock)
        if self._publisher is not None:
            self._publisher.start()
        self._tell_trouble()
        self.entered.emit()

    def _tell_trouble(self) -> None:
        """Say why checks go on without hints, once somebody is there to read it."""
        trouble = self.school.reviewer.trouble if self.school else None
        if trouble is not None and self.workspace is not None:
            self.workspace.banner.tell(trouble)

    # Putting away

    def _put_away(self) -> list[str]:
        """Save and forget what the signed-in person had open; the pages that could not."""
        self.idle.stop()
        workspace, user = self.workspace, self.user
        if workspace is None or user is None:
            return []
        self._last_page[user.id] = workspace.key
        failed = workspace.close_down()
        self.workspace = self.user = None
        self._close_dialogs()
        QPixmapCache.clear()
        clipboard = QApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        return failed

    def _close_dialogs(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if widget is self.window or not widget.isVisible():
                continue
            if isinstance(widget, QDialog):
                widget.reject()
            widget.hide()

    def _relabel(self) -> None:
        """Another language was chosen: build what is shown again, at the same place."""
        user, school = self.user, self.school
        self.window.setWindowTitle(_("SM Assistant"))
        if user is None or school is None:
            self.entrance.rebuild()
        else:
            self._put_away()
            self.begin_work(user)

    def _tell_report(self, report: object) -> None:
        """Say once that something went out; what needs a person is counted in the sidebar."""
        published = getattr(report, "published", 0)
        if self.workspace is None or not published or self.workspace.banner.isVisible():
            return
        self.workspace.show_banner(
            ngettext(
                "{n} post has just been published.", "{n} posts have just been published.",
                published,
            ).format(n=published)
        )  # fmt: skip


def _sign_in(school: School, name: str, password: str) -> User:
    from smassistant.services.signing_in import sign_in

    return sign_in(school.context, name, password)


def _settings(school: School) -> Settings:
    from smassistant.services.keeping_settings import get_settings

    return get_settings(school.context)

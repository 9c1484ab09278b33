"""The signed-in window: header, sidebar, banner, and the pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from smassistant.context import Context
from smassistant.domain.settings import Settings
from smassistant.domain.users import User
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.log import log_defect
from smassistant.ports import Change
from smassistant.services.keeping_settings import get_settings
from smassistant.services.watching import take_away
from ui import theme
from ui.dialogs.confirm import confirm
from ui.dialogs.staff import OwnPasswordDialog
from ui.pages import ALL_PAGES
from ui.pages.page import Page
from ui.session import Kind, Session
from ui.shell.header import Header
from ui.shell.panes import first_in, go_round
from ui.shell.sidebar import Sidebar
from ui.shortcuts import Shortcuts
from ui.widgets.notice import Framed, Notice

COUNT_AFTER = 200  # milliseconds after a commit, so that a burst is counted once


class Workspace(QWidget):
    """One person's window; pages are made when they are first shown. It is their `ShellPort`."""

    lock_asked = Signal()
    settled_anew = Signal(object)  # Settings that somebody has just saved

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.key = ""
        self._pages: dict[str, Page] = {}
        self._task: Task | None = None

    def settle(self, session: Session, scheme: str) -> None:
        """Lay the window out for the person of `session`."""
        self.session = session
        user = session.user
        self._kinds = [page for page in ALL_PAGES if page.open_to(user)]
        self.header = Header(session.settings, user, scheme)
        self.header.lock_asked.connect(self.lock_asked)
        self.header.password_asked.connect(self.ask_password)
        self.sidebar = Sidebar(self._kinds)
        self.sidebar.chosen.connect(self.go_to)
        self.banner = Notice()
        self.banner.setProperty("pane", True)
        self._above = Framed(self.banner)
        self.stack = QStackedWidget()
        self._lay_out()
        self._listen()
        self._count()
        take_away(session.context)  # what a program that was ended had laid out for watching

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        theme.pad(right, 0, 0)
        right.addWidget(self._above)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        theme.pad(middle, 0, 0)
        middle.addWidget(self.sidebar)
        middle.addLayout(right, 1)
        whole = QVBoxLayout(self)
        theme.pad(whole, 0, 0)
        whole.addWidget(self.header)
        whole.addLayout(middle, 1)

    def _listen(self) -> None:
        self._later = QTimer(self, interval=COUNT_AFTER, singleShot=True)
        self._later.timeout.connect(self._count)
        self.session.changes.committed.connect(self._count_soon)
        self.session.changes.committed.connect(self._heed_settings)
        scope = Qt.ShortcutContext.WindowShortcut
        for shortcut, act in (
            (Shortcuts.LOCK, self.lock_asked.emit),
            (Shortcuts.NEXT_PANE, partial(go_round, self, 1)),
            (Shortcuts.PREVIOUS_PANE, partial(go_round, self, -1)),
            (Shortcuts.HELP, partial(self.go_to, "help")),
        ):
            shortcut.on(self, scope).activated.connect(act)
        Shortcuts.DISMISS.on(self).activated.connect(self.hide_banner)

    def page(self, key: str) -> Page:
        """The page `key`, made now if it was never shown."""
        if key not in self._pages:
            kind = next(kind for kind in self._kinds if kind.key == key)
            page = kind(self.session)
            page.setProperty("role", "page")
            page.setProperty("pane", True)
            page.setAccessibleName(kind.title())
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    def keys(self) -> tuple[str, ...]:
        """The pages this person may use, in the sidebar's order."""
        return tuple(kind.key for kind in self._kinds)

    def go_to(self, page_key: str, **where: object) -> None:
        """Show a page; one the person may not use is not shown."""
        if page_key not in self.keys():
            return
        page = self.page(page_key)
        if page_key != self.key:
            self.hide_banner()
        self.key = page_key
        self.sidebar.show_chosen(page_key)
        self.stack.setCurrentWidget(page)
        page.open(**where)
        target = page.primary() or first_in(page)
        if target:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_banner(
        self,
        text: str,
        next_step: str = "",
        action_text: str = "",
        action: Callable[[], None] | None = None,
        kind: Kind = "info",
    ) -> None:
        """Say something above the page."""
        self.banner.say(text, next_step, kind, action_text, action)

    def hide_banner(self) -> None:
        """Take the banner away."""
        page = self.stack.currentWidget()
        if page is not None and self.banner.button.hasFocus():
            page.setFocus()
        self.banner.clear()

    def undo(self, text: str, call: Callable[[], None]) -> None:
        """Say what was done, with a way back."""
        self.banner.say(text, "", "done", _("Undo"), call)

    def confirm(self, title: str, text: str, verb: str) -> bool:
        """Ask before something that can't be undone."""
        return confirm(title, text, verb, self)

    def set_count(self, page_key: str, n: int) -> None:
        """Show how many things wait on a page."""
        self.sidebar.set_count(page_key, n)

    def ask_password(self) -> None:
        """Let the person change their own password."""
        dialog = OwnPasswordDialog(self.session, self)
        dialog.saved.connect(lambda _nothing: self.show_banner(_("Your password is changed.")))
        dialog.open()

    def close_down(self) -> list[str]:
        """Save and drop every page, synchronously; the keys of pages that could not."""
        self._later.stop()
        failed = []
        for key, page in self._pages.items():
            try:
                page.close_down()
            except Exception as error:  # noqa: BLE001 - the other pages must still be saved
                log_defect(error)
                failed.append(key)
        self.banner.clear()
        take_away(self.session.context)
        return failed

    def _count_soon(self, _changes: object) -> None:
        self._later.start()

    def _heed_settings(self, changes: tuple[Change, ...]) -> None:
        """Saved settings count at once, in every window."""
        if any(change.kind == "settings" for change in changes):
            context = self.session.context
            self.session.jobs.start(self, lambda _task: get_settings(context), self._take_settings)

    def _take_settings(self, settings: Settings) -> None:
        self.session.settings = settings
        self.header.show_school(settings)
        self.settled_anew.emit(settings)

    def _count(self) -> None:
        """Ask every page, on a worker, how much waits there."""
        if self._task:
            self._task.cancel()
        context, user, kinds = self.session.context, self.session.user, tuple(self._kinds)
        self._task = self.session.jobs.start(
            self, lambda _task: _counts(kinds, context, user), self._show_counts
        )

    def _show_counts(self, counts: dict[str, int]) -> None:
        for key, n in counts.items():
            self.sidebar.set_count(key, n)


def _counts(kinds: tuple[type[Page], ...], context: Context, user: User) -> dict[str, int]:
    """What waits on the pages that count anything."""
    return {
        kind.key: kind.waiting(context, user)
        for kind in kinds
        if kind.waiting.__func__ is not Page.waiting.__func__  # type: ignore[attr-defined]
    }

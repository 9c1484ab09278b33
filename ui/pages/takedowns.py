"""Posts that have to come down because of a person, open ones first (clause 4.1)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.context import Context
from smassistant.domain.takedowns import Takedown, TakedownState
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Change
from smassistant.services.keeping_users import user_names
from smassistant.services.taking_down import TakedownLine, list_takedowns, move_takedown
from ui import icons, theme
from ui.delegates.posts import LINES, dress_list
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.delivery_words import first_words, moment
from ui.widgets.empty_note import EmptyNote
from ui.widgets.takedown_detail import TakedownDetail
from ui.widgets.takedown_words import ICONS, done_words, state_word

TAKEDOWN_ID = Qt.ItemDataRole.UserRole
_ORDER = tuple(TakedownState)  # open, being removed, gone, kept


class TakedownsPage(Page):
    """One line for each account on which a post of one person still has to come down."""

    key = "takedowns"
    icon = "remove"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._lines: dict[str, TakedownLine] = {}
        self._names: dict[str, str] = {}
        self.detail: TakedownDetail | None = None
        self.settled = QCheckBox(_("Also show what is settled"))
        self.settled.toggled.connect(lambda _on: self._load())
        self.list = QListWidget()
        self.list.setAccessibleName(_("Take-downs, open ones first"))
        self.list.setProperty("pane", True)
        dress_list(self.list, 344)
        self.list.currentItemChanged.connect(self._show_chosen)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._empty = EmptyNote("ok", "ok")
        self._lay_out()
        session.changes.committed.connect(self._heed)
        Shortcuts.RELOAD.on(self).activated.connect(self._load)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("Take-downs")

    @classmethod
    def open_to(cls, user: User) -> bool:
        """Whoever keeps permissions, removes posts, or watches over both."""
        return any(map(user.may, (Right.KEEP_REGISTRY, Right.PUBLISH, Right.SEE_TRAIL)))

    @classmethod
    def waiting(cls, context: Context, user: User) -> int:
        """Take-downs that nobody has settled."""
        return len(list_takedowns(context, user))

    def open(self, **where: object) -> None:
        """Load the take-downs."""
        self._load()

    def close_down(self) -> None:
        """Forget every name and post."""
        self._lines = {}
        self._names = {}
        self.list.clear()
        self._clear_detail()

    def primary(self) -> QWidget | None:
        """The list takes the keyboard first."""
        return self.list if self._lines else self.settled

    def choose(self, takedown_id: str) -> None:
        """Show one of those in the list."""
        keys = list(self._lines)
        if takedown_id in keys:
            self.list.setCurrentRow(keys.index(takedown_id))

    def _lay_out(self) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        theme.pad(row, 0, theme.SPACE)
        row.addWidget(self.list)
        row.addWidget(self._scroll, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(both)
        top = QHBoxLayout()
        top.addWidget(theme.heading(self.title()), 1)
        top.addWidget(self.settled)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.MARGIN, theme.SPACE)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)

    def _heed(self, changes: tuple[Change, ...]) -> None:
        """Load again when something moved while the page is in sight."""
        heeded = {"takedowns", "deliveries", "people"}
        if self.isVisible() and any(change.kind in heeded for change in changes):
            self._load()

    def _load(self) -> None:
        session, open_only = self.session, not self.settled.isChecked()
        session.jobs.start(
            self,
            lambda _task: (
                list_takedowns(session.context, session.user, open_only),
                user_names(session.context),
            ),
            self._show_lines,
            self._complain,
        )

    def _show_lines(self, found: tuple[tuple[TakedownLine, ...], dict[str, str]]) -> None:
        lines, self._names = found
        kept, row = self._chosen(), self.list.currentRow()
        before = self._lines.get(kept)
        ordered = sorted(lines, key=lambda line: _ORDER.index(line.takedown.state))
        self._lines = {line.takedown.id: line for line in ordered}
        self._stack.setCurrentIndex(1 if lines else 0)
        self._say_empty()
        self.list.blockSignals(True)
        self.list.clear()
        for line in ordered:
            self.list.addItem(self._item(line))
        keys = list(self._lines)
        at = keys.index(kept) if kept in keys else min(max(row, 0), len(keys) - 1)
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        if self.detail is None or before is None or before != self._lines.get(kept):
            self._show_chosen()

    def _say_empty(self) -> None:
        if self.settled.isChecked():
            title = _("Nothing ever had to come down")
        else:
            title = _("Nothing has to come down")
        self._empty.show_words(
            title, _("When somebody withdraws a permission, the posts they are in appear here.")
        )

    def _item(self, line: TakedownLine) -> QListWidgetItem:
        takedown, state = line.takedown, state_word(line.takedown.state)
        who = line.person.shown_name if line.person else _("Somebody")
        account = line.account.name if line.account else _("Place not known")
        words = first_words(line.post) if line.post else _("The post is no longer there")
        when = moment(takedown.opened_at, self.session.settings.zone)
        item = QListWidgetItem(who)
        item.setData(LINES, (f"{state} · {account}", words))
        item.setIcon(icons.icon(*ICONS[takedown.state]))
        item.setData(TAKEDOWN_ID, takedown.id)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            _("{who}: {state}, on {account}, since {when}. {words}").format(
                who=who, state=state, account=account, when=when, words=words
            ),
        )
        return item

    def _chosen(self) -> str:
        row = self.list.currentRow()
        return str(self.list.item(row).data(TAKEDOWN_ID)) if row >= 0 else ""

    def _show_chosen(self) -> None:
        line = self._lines.get(self._chosen())
        self._clear_detail()
        if line is None:
            return
        user = self.session.user
        may = user.may(Right.KEEP_REGISTRY) or user.may(Right.PUBLISH)
        opened_by = self._names.get(line.takedown.opened_by, _("Somebody"))
        detail = TakedownDetail(self.session, line, opened_by, may)
        detail.moved.connect(self._move)
        detail.person_asked.connect(
            lambda: self.session.shell.go_to("registry", person=line.takedown.person_id)
        )
        self.detail = detail
        self._scroll.setWidget(detail)

    def _clear_detail(self) -> None:
        self.detail = None
        self._scroll.setWidget(QWidget())

    def _move(self, to: TakedownState, note: str) -> None:
        """Say how far the chosen take-down is; the next one is shown then."""
        self.list.setFocus()
        self._say(self._chosen(), to, note, self._tell_moved)

    def _tell_moved(self, moved: Takedown) -> None:
        words, shell = done_words(moved.state), self.session.shell
        if moved.state is TakedownState.OPEN:
            shell.show_banner(words)
        else:
            shell.undo(words, lambda: self._take_back(moved.id))

    def _take_back(self, takedown_id: str) -> None:
        """Undo: the take-down is open again."""
        self._say(takedown_id, TakedownState.OPEN, _("Noted by mistake"), lambda _moved: None)

    def _say(
        self, takedown_id: str, to: TakedownState, note: str, done: Callable[[Takedown], None]
    ) -> None:
        session = self.session
        session.jobs.start(
            self,
            lambda _task: move_takedown(session.context, session.user, takedown_id, to, note),
            done,
            self._complain,
        )

    def _complain(self, error: UserError) -> None:
        self.session.shell.show_banner(
            f"{error.title} {error.explanation}".strip(), error.next_step, kind="error"
        )

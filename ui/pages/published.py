"""Every delivery: waiting, published with its link, or needing a person (clauses 3, 4.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.context import Context
from smassistant.domain.deliveries import NEEDS_PERSON, DeliveryState
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Change
from smassistant.services.auditing import list_entries
from smassistant.services.following import DeliveryLine, list_deliveries
from smassistant.services.handing_over import (
    ByHand,
    begin_by_hand,
    finish_by_hand,
    give_up_by_hand,
    settle_uncertain,
    try_again,
)
from ui import desktop, icons, theme
from ui.delegates.posts import LINES, dress_list
from ui.pages.page import Page
from ui.session import Session
from ui.widgets.delivery_detail import DeliveryDetail
from ui.widgets.delivery_words import ICONS, first_words, moment, state_words
from ui.widgets.empty_note import EmptyNote
from ui.widgets.hand_over_panel import HandOverPanel

_S = DeliveryState
DELIVERY_ID = Qt.ItemDataRole.UserRole
POSTING = frozenset({_S.SENDING, _S.UNCERTAIN})


class PublishedPage(Page):
    """What needs a person comes first, then what waits, then what is out, newest first."""

    key = "published"
    icon = "publish"
    right: ClassVar[Right | None] = Right.WRITE_POSTS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setProperty("role", "page")
        self._lines: dict[str, DeliveryLine] = {}
        self._readied: dict[str, ByHand] = {}
        self.detail: DeliveryDetail | None = None
        self.panel: HandOverPanel | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(_("Deliveries: what needs you first, then the newest"))
        dress_list(self.list, 344)
        self.list.currentItemChanged.connect(self._show_chosen)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(_("The chosen delivery"))
        self._empty = EmptyNote("publish")
        self._lay_out()
        session.changes.committed.connect(self._heed)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("Publishing")

    @classmethod
    def waiting(cls, context: Context, user: User) -> int:
        """Deliveries that only a person can bring further."""
        return sum(needs_person(context, line) for line in list_deliveries(context, user))

    def open(self, **where: object) -> None:
        """Load the deliveries."""
        self._load()

    def close_down(self) -> None:
        """Forget what was shown."""
        self._lines = {}
        self._readied = {}
        self.list.clear()
        self._clear_detail()

    def primary(self) -> QWidget | None:
        """The list takes the keyboard first."""
        return self.list

    def _lay_out(self) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self.list)
        row.addWidget(self._scroll, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(both)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.MARGIN, theme.SPACE)
        layout.addWidget(theme.heading(self.title()))
        layout.addWidget(self._stack, 1)

    def _heed(self, changes: tuple[Change, ...]) -> None:
        """Load again when a delivery moved while the page is in sight."""
        if self.isVisible() and any(change.kind == "deliveries" for change in changes):
            self._load()

    def _load(self) -> None:
        session = self.session
        session.jobs.start(
            self,
            lambda task: list_deliveries(session.context, session.user),
            self._show_lines,
            self._complain,
        )

    def _show_lines(self, lines: tuple[DeliveryLine, ...]) -> None:
        kept = self._chosen()
        before = {key: line.delivery for key, line in self._lines.items()}
        self._lines = {line.delivery.id: line for line in sorted(lines, key=self._rank)}
        self._stack.setCurrentIndex(1 if lines else 0)
        self._empty.show_words(
            _("Nothing has been approved yet"), _("Approved posts appear here on their way out.")
        )
        if before == {key: line.delivery for key, line in self._lines.items()}:
            return
        self.list.blockSignals(True)
        self.list.clear()
        for line in self._lines.values():
            self.list.addItem(self._item(line))
        keys = list(self._lines)
        self.list.setCurrentRow(keys.index(kept) if kept in keys else 0)
        self.list.blockSignals(False)
        unchanged = kept in keys and before.get(kept) == self._lines[kept].delivery
        if not unchanged:
            self._show_chosen()

    def _rank(self, line: DeliveryLine) -> tuple[int, float]:
        waiting = line.delivery.state not in (_S.PUBLISHED, _S.REMOVED)
        order = 0 if needs_person(self.session.context, line) else 1 if waiting else 2
        return order, -line.delivery.due_at.timestamp()

    def _by_hand(self, line: DeliveryLine) -> bool:
        return self.session.context.connectors[line.account.connector].by_hand

    def _item(self, line: DeliveryLine) -> QListWidgetItem:
        short = first_words(line.post)
        state = state_words(line.delivery, self._by_hand(line))
        when = moment(line.delivery.published_at or line.delivery.due_at, self._zone())
        item = QListWidgetItem(short)
        item.setData(LINES, (f"{state} · {when}", line.account.name))
        item.setToolTip(line.post.text)
        item.setIcon(icons.icon(*ICONS[line.delivery.state]))
        item.setData(DELIVERY_ID, line.delivery.id)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            _("{state} on {account}, {when}: {words}").format(
                state=state, account=line.account.name, when=when, words=short
            ),
        )
        return item

    def _zone(self) -> str:
        return self.session.settings.zone

    def _chosen(self) -> str:
        row = self.list.currentRow()
        return str(self.list.item(row).data(DELIVERY_ID)) if row >= 0 else ""

    def choose(self, delivery_id: str) -> None:
        """Show one delivery of those in the list."""
        keys = list(self._lines)
        if delivery_id in keys:
            self.list.setCurrentRow(keys.index(delivery_id))

    def _show_chosen(self) -> None:
        line = self._lines.get(self._chosen())
        self._clear_detail()
        if line is None:
            return
        by_hand = self._by_hand(line)
        user = self.session.user
        detail = DeliveryDetail(line, by_hand, user.may(Right.PUBLISH), self._zone())
        detail.hand_over_asked.connect(self._hand_over)
        detail.again_asked.connect(lambda: self._act(try_again))
        detail.stands.connect(lambda address: self._act(settle_uncertain, True, address))
        detail.absent.connect(lambda: self._act(settle_uncertain, False))
        self.detail = detail
        self._scroll.setWidget(detail)
        if by_hand and line.delivery.state in POSTING:
            self._show_panel(detail)
        if user.may(Right.SEE_TRAIL):
            self.session.jobs.start(
                detail,
                lambda task: list_entries(self.session.context, user, line.post.id),
                detail.show_trail,
                self._complain,
            )

    def _clear_detail(self) -> None:
        self.detail = self.panel = None
        self._scroll.setWidget(QWidget())

    def _hand_over(self) -> None:
        """Ready the text and pictures, then show the steps."""
        session, delivery_id = self.session, self._chosen()
        session.jobs.start(
            self,
            lambda task: begin_by_hand(
                session.context, session.user, session.reviewer, delivery_id
            ),
            self._ready,
            self._complain,
        )

    def _ready(self, ready: ByHand) -> None:
        self._readied[self._chosen()] = ready
        desktop.copy(ready.text)
        self._load()

    def _show_panel(self, detail: DeliveryDetail) -> None:
        """The steps; after a restart only the address is still asked for."""
        panel = HandOverPanel(self._readied.get(detail.line.delivery.id))
        panel.finished.connect(lambda address: self._act(finish_by_hand, address))
        panel.given_up.connect(lambda: self._act(give_up_by_hand))
        detail.add_panel(panel)
        self.panel = panel
        panel.address.setFocus()

    def _act(self, step: Callable[..., Any], *given: object) -> None:
        """Run one step of the chosen delivery and load again."""
        session, delivery_id = self.session, self._chosen()
        session.jobs.start(
            self,
            lambda task: step(session.context, session.user, delivery_id, *given),
            lambda _row: self._load_after_step(),
            self._complain,
        )

    def _load_after_step(self) -> None:
        """What was pressed goes with the step: the keyboard returns to the list."""
        if self.isVisible():
            self.list.setFocus()
        self._load()

    def _complain(self, error: UserError) -> None:
        self.session.shell.show_banner(
            f"{error.title} {error.explanation}".strip(), error.next_step, kind="error"
        )


def needs_person(context: Context, line: DeliveryLine) -> bool:
    """Whether the delivery waits for somebody: to post it, to answer, to mend."""
    by_hand = context.connectors[line.account.connector].by_hand
    state = line.delivery.state
    return state in NEEDS_PERSON or (by_hand and state in (_S.PLANNED, *POSTING))

"""The author's own posts, in every state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.context import Context
from smassistant.domain.places import PLACES, Account
from smassistant.domain.posts import Post, PostState
from smassistant.domain.referrals import ANSWERED, Referral
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.drafting import discard_post, list_posts, put_back
from smassistant.services.following import DeliveryLine, list_deliveries
from smassistant.services.keeping_accounts import list_accounts
from smassistant.services.keeping_users import user_names
from smassistant.services.referring import is_news, own_referrals, see_answers, take_back
from ui import icons, theme
from ui.delegates.posts import LINES, dress_list
from ui.jobs import Lane
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.delivery_words import moment
from ui.widgets.empty_note import EmptyNote
from ui.widgets.post_detail import PostDetail
from ui.widgets.referral_words import state_words as referral_state
from ui.widgets.words import POST_ICONS, first_words, post_state_words

LIST = 352
ANSWERABLE = (PostState.DRAFT, PostState.RETURNED)  # where an answer is news in the list
MATTERS = frozenset({"posts", "deliveries", "accounts", "referrals"})


@dataclass(frozen=True)
class _Loaded:
    posts: tuple[Post, ...]
    accounts: dict[str, Account]
    deliveries: dict[str, list[DeliveryLine]]
    names: dict[str, str]
    referrals: dict[str, Referral] = field(default_factory=dict)


class PostsPage(Page):
    """The last changed first on the left, the chosen one on the right."""

    key = "posts"
    icon = "posts"
    right: ClassVar[Right | None] = Right.WRITE_POSTS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setProperty("role", "page")
        self._loaded = _Loaded((), {}, {}, {})
        self._wanted = ""
        self._task: Task | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(_("Your posts, the last changed first"))
        dress_list(self.list, LIST)
        self.list.currentRowChanged.connect(self._show_chosen)
        self.list.itemActivated.connect(lambda _item: self._go_on(self._chosen_id()))
        self.detail = PostDetail(session)
        self.detail.continued.connect(self._go_on)
        self.detail.discarded.connect(self.discard)
        self.detail.taken_back.connect(self._take_back)
        self.write_button = QPushButton(_("Start a post"))
        self.write_button.setProperty("role", "primary")
        icons.put(self.write_button, "write", "on_accent")
        self.write_button.clicked.connect(self._write)
        self.empty = EmptyNote("posts", "muted", self.write_button)
        self.empty.show_words(
            _("You have not written anything yet"), _("Posts you start and submit appear here.")
        )
        self.stack = QStackedWidget()
        self._build()
        session.changes.committed.connect(self._hear)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("My posts")

    @classmethod
    def waiting(cls, context: Context, user: User) -> int:
        """How many posts were returned to the author or have a new answer."""
        return _news(list_posts(context, user), own_referrals(context, user))

    def primary(self) -> QWidget | None:
        """The list, or what starts a post."""
        return self.list if self._loaded.posts else self.write_button

    def open(self, **where: object) -> None:
        """Load the list; `post_id` says which post to choose."""
        self._wanted = str(where.get("post_id", "")) or self._chosen_id()
        self._load()

    def close_down(self) -> None:
        """Drop every word."""
        if self._task is not None:
            self._task.cancel()
        self._loaded = _Loaded((), {}, {}, {})
        self.list.clear()
        self.detail.clear()
        self.stack.setCurrentWidget(self.empty)

    def _build(self) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        theme.pad(row, 0, theme.SPACE)
        row.addWidget(self.list)
        row.addWidget(self.detail, 1)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(both)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.MARGIN, theme.SPACE)
        layout.addWidget(theme.heading(self.title()))
        layout.addWidget(self.stack, 1)
        Shortcuts.NEW_POST.on(self).activated.connect(self._write)
        Shortcuts.REMOVE.on(self.list).activated.connect(lambda: self.discard(self._chosen_id()))

    # --- loading ----------------------------------------------------------------------------------

    def _hear(self, changes: object) -> None:
        if (
            self.isVisible()
            and isinstance(changes, tuple)
            and any(change.kind in MATTERS for change in changes)
        ):
            self._wanted = self._wanted or self._chosen_id()
            self._load()

    def _load(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = self.session.jobs.start(
            self, self._read, self._show, self._complain, lane=Lane.STORE
        )

    def _read(self, _task: Task) -> _Loaded:
        """On a worker."""
        context, user = self.session.context, self.session.user
        deliveries: dict[str, list[DeliveryLine]] = {}
        for line in list_deliveries(context, user):
            deliveries.setdefault(line.delivery.post_id, []).append(line)
        accounts = {account.id: account for account in list_accounts(context, user)}
        posts, referrals = list_posts(context, user), own_referrals(context, user)
        return _Loaded(posts, accounts, deliveries, user_names(context), referrals)

    def _show(self, loaded: _Loaded) -> None:
        self._task = None
        self._loaded = loaded
        wanted, self._wanted = self._wanted or self._chosen_id(), ""
        row = max(self.list.currentRow(), 0)
        self.list.blockSignals(True)
        self.list.clear()
        for post in loaded.posts:
            self.list.addItem(self._item(post))
        ids = [post.id for post in loaded.posts]
        row = ids.index(wanted) if wanted in ids else min(row, len(ids) - 1)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.stack.setCurrentIndex(1 if ids else 0)
        self._show_chosen(row)
        self.session.shell.set_count(self.key, _news(loaded.posts, loaded.referrals))

    def _item(self, post: Post) -> QListWidgetItem:
        places = [
            self._loaded.accounts[key].place
            for key in post.accounts
            if key in self._loaded.accounts
        ]
        titles = ", ".join(dict.fromkeys(_(PLACES[place].title) for place in places))
        when = moment(post.updated_at, self.session.settings.zone)
        state = post_state_words(post.state)
        referral = self._loaded.referrals.get(post.id)
        if referral is not None and referral.state in ANSWERED and post.state in ANSWERABLE:
            state = f"{state} · {referral_state(referral.state)}"
        where = " · ".join(part for part in (titles, when) if part)
        item = QListWidgetItem(icons.icon(*POST_ICONS[post.state]), first_words(post))
        item.setData(LINES, (state, where))
        sentence = _("{state}: {words}. {places}. Changed {when}.").format(
            state=state, words=first_words(post), places=titles or _("No place yet"), when=when
        )
        item.setData(Qt.ItemDataRole.AccessibleTextRole, sentence)
        return item

    # --- the chosen post --------------------------------------------------------------------------

    def _chosen_id(self) -> str:
        row = self.list.currentRow()
        return self._loaded.posts[row].id if 0 <= row < len(self._loaded.posts) else ""

    def _show_chosen(self, row: int) -> None:
        loaded = self._loaded
        if 0 <= row < len(loaded.posts):
            post = loaded.posts[row]
            lines = loaded.deliveries.get(post.id, [])
            referral = loaded.referrals.get(post.id)
            self.detail.show_post(post, loaded.accounts, lines, loaded.names, referral)
            if referral is not None and is_news(referral):
                self._start(lambda: see_answers(self.session.context, self.session.user, post.id))
        else:
            self.detail.clear()

    def _go_on(self, post_id: str) -> None:
        if post_id and self.detail.go_on.isVisibleTo(self.detail):
            self.session.shell.go_to("compose", post_id=post_id)

    def _write(self) -> None:
        self.session.shell.go_to("compose", new=True)

    def discard(self, post_id: str) -> None:
        """Take a post away, with the way back."""
        if not post_id or not self.detail.discard.isVisibleTo(self.detail):
            return
        context, user = self.session.context, self.session.user
        self.session.jobs.start(
            self,
            lambda _task: discard_post(context, user, post_id),
            self._offer_undo,
            self._complain,
            lane=Lane.STORE,
        )

    def _offer_undo(self, gone: Post) -> None:
        context, user, jobs = self.session.context, self.session.user, self.session.jobs

        def undo() -> None:
            jobs.start(
                self,
                lambda _task: put_back(context, user, gone),
                lambda post: self.open(post_id=post.id),
                self._complain,
                lane=Lane.STORE,
            )

        self.session.shell.undo(_("Post discarded."), undo)
        self._load()

    def _take_back(self, referral: Referral) -> None:
        context, user = self.session.context, self.session.user
        self._start(lambda: take_back(context, user, referral.id, referral.version))

    def _start(self, call: Callable[[], object]) -> None:
        """Do something on a worker; the list loads again by itself."""
        self.session.jobs.start(self, lambda _task: call(), None, self._complain, lane=Lane.STORE)

    def _complain(self, error: UserError) -> None:
        why = " ".join(part for part in (error.explanation, error.next_step) if part)
        self.session.shell.show_banner(error.title, why, kind="error")


def _news(posts: Iterable[Post], referrals: Mapping[str, Referral]) -> int:
    """How many posts were returned, or have an answer that the author has not read."""
    return sum(
        post.state is PostState.RETURNED or (post.id in referrals and is_news(referrals[post.id]))
        for post in posts
    )

"""Posts waiting for a second person's decision (clauses 3, 4.1)."""

from __future__ import annotations

from functools import partial
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
from smassistant.domain.posts import Due, Post
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Change
from smassistant.services.approving import approve_post, queue, refuse_post, return_post
from smassistant.services.keeping_users import user_names
from smassistant.services.looking_over import Overview, look_over
from smassistant.services.referring import refer_post
from ui import theme
from ui.delegates.posts import LINES, dress_list
from ui.jobs import Lane
from ui.pages.page import Page
from ui.session import Session
from ui.widgets.decision_bar import DecisionBar
from ui.widgets.delivery_words import first_words, moment
from ui.widgets.empty_note import EmptyNote
from ui.widgets.overview import OverviewPanel

POST_ID = Qt.ItemDataRole.UserRole
# What may change the answer although the post stays the same.
MATTERS = frozenset({"people", "consents", "accounts", "settings", "referrals", "bars"})


class QueuePage(Page):
    """The oldest first on the left; the chosen one with everything about it on the right."""

    key = "queue"
    icon = "approve"
    right: ClassVar[Right | None] = Right.APPROVE_POSTS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setProperty("role", "page")
        self._names: dict[str, str] = {}
        self._posts: dict[str, Post] = {}
        self.panel: OverviewPanel | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(_("Posts waiting for approval, oldest first"))
        dress_list(self.list, 296)
        self.list.currentItemChanged.connect(self._open_chosen)
        office = _(session.settings.privacy_office)
        self.bar = DecisionBar(session.settings.zone, session.context.clock.now, office)
        self.bar.approved.connect(self._approve)
        sent = _("The question is with the privacy office.")
        self.bar.asked.connect(partial(self._decide, self._refer, sent))
        self.bar.returned.connect(partial(self._decide, return_post, _("Returned to the author.")))
        self.bar.refused.connect(partial(self._decide, refuse_post, _("Refused.")))
        self._byline = theme.note()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(_("The chosen post"))
        self._empty = EmptyNote("approve", "ok")
        self._lay_out()
        session.changes.committed.connect(self._heed)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("To approve")

    @classmethod
    def waiting(cls, context: Context, user: User) -> int:
        """Posts that wait for a decision."""
        return len(queue(context, user))

    def open(self, **where: object) -> None:
        """Load the queue."""
        self._load()

    def close_down(self) -> None:
        """Forget what was shown."""
        self._show_posts(())
        self.list.clear()

    def primary(self) -> QWidget | None:
        """The list takes the keyboard first."""
        return self.list

    def _lay_out(self) -> None:
        detail = QWidget()
        right = QVBoxLayout(detail)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.SPACE)
        right.addWidget(self._byline)
        right.addWidget(self._scroll, 1)
        right.addWidget(self.bar)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self.list)
        row.addWidget(detail, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(both)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.MARGIN, theme.SPACE)
        layout.addWidget(theme.heading(self.title()))
        layout.addWidget(self._stack, 1)

    def _heed(self, changes: tuple[Change, ...]) -> None:
        """Load again when a post changed in sight; look again when a permission did."""
        kinds = {change.kind for change in changes} if self.isVisible() else set()
        if "posts" in kinds:
            self._load()
        elif kinds & MATTERS and self.panel is not None:
            self._look_over(self._chosen())

    def _load(self) -> None:
        context, user = self.session.context, self.session.user
        self.session.jobs.start(
            self,
            lambda task: (queue(context, user), user_names(context)),
            self._show_loaded,
            self._complain,
        )

    def _show_loaded(self, loaded: tuple[tuple[Post, ...], dict[str, str]]) -> None:
        posts, self._names = loaded
        self._show_posts(posts)

    def _show_posts(self, posts: tuple[Post, ...]) -> None:
        """Fill the list; keep the chosen post and what is being said about it, else the oldest."""
        kept, before = self._chosen(), self._posts
        self._posts = {post.id: post for post in posts}
        self._stack.setCurrentIndex(1 if posts else 0)
        self._empty.show_words(
            _("Nothing waits for you"), _("Posts that authors submit appear here.")
        )
        self.list.blockSignals(True)
        self.list.clear()
        for post in posts:
            self.list.addItem(self._item(post))
        if posts:
            self.list.setCurrentRow(list(self._posts).index(kept) if kept in self._posts else 0)
        self.list.blockSignals(False)
        same = kept in self._posts and before[kept].version == self._posts[kept].version
        if not same or self.panel is None:
            self._open_chosen()

    def _item(self, post: Post) -> QListWidgetItem:
        short = first_words(post)
        author = self._names.get(post.author, "")
        when = moment(post.submitted_at, self.session.settings.zone)
        own = _("your own post") if post.author == self.session.user.id else author
        item = QListWidgetItem(short)
        item.setData(LINES, (own, when))
        item.setToolTip(post.text)
        item.setData(POST_ID, post.id)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            _("Post by {author}, submitted {when}: {words}").format(
                author=author, when=when, words=short
            ),
        )
        return item

    def _chosen(self) -> str:
        """The id of the chosen post, empty when none is."""
        row = self.list.currentRow()
        return str(self.list.item(row).data(POST_ID)) if row >= 0 else ""

    def _open_chosen(self) -> None:
        self._clear_detail()
        if post_id := self._chosen():
            self._look_over(post_id)

    def _look_over(self, post_id: str) -> None:
        session = self.session
        session.jobs.start(
            self,
            lambda task: look_over(session.context, session.user, session.reviewer, post_id, task),
            self._show_overview,
            self._complain,
            lane=Lane.CHECKS,
        )

    def _show_overview(self, overview: Overview) -> None:
        if self._chosen() != overview.post.id:
            return
        zone = self.session.settings.zone
        office = _(self.session.settings.privacy_office)
        self.panel = OverviewPanel(overview, zone, self._names, office)
        self._scroll.setWidget(self.panel)
        self._byline.setText(
            _("Submitted by {author} · {when}").format(
                author=overview.author, when=moment(overview.post.submitted_at, zone)
            )
        )
        self._explain_approval(overview)
        self.panel.load_pictures(self.session, self._complain)

    def _explain_approval(self, overview: Overview) -> None:
        """A disabled button says why it is."""
        why = ""
        if overview.post.author == self.session.user.id:
            why = _("You wrote this post: somebody else has to approve it.")
        elif overview.review.unanswered:
            why = _("Something stands against this post now: return it to the author.")
        elif overview.review.undecided and not self.session.user.may(Right.DECIDE_SUBJECTS):
            why = _("Only a school leader may decide about this subject.")
        self.bar.setEnabled(True)
        self.bar.show_subjects(bool(overview.review.undecided) and not why)
        self.bar.show_pictures(bool(overview.post.pictures))
        self.bar.approve.setEnabled(not why)
        self.bar.approve.setToolTip(why)
        self.bar.approve.setAccessibleDescription(why)
        if why:
            self._byline.setText(f"{self._byline.text()}\n{why}")

    def _clear_detail(self) -> None:
        self.panel = None
        self._scroll.setWidget(QWidget())
        self._byline.setText("")
        self.bar.reset()
        self.bar.setEnabled(False)

    def _approve(self, due: Due | None) -> None:
        post = self._shown()
        if post is None:
            return
        session = self.session
        said = (
            _("Approved. It will be published at its time.")
            if due
            else _("Approved. It is being published now; see Publishing.")
        )
        decision = self.bar.decision.text()
        self.bar.setEnabled(False)
        session.jobs.start(
            self,
            lambda task: approve_post(
                session.context,
                session.user,
                session.reviewer,
                post.id,
                post.version,
                due,
                decision,
            ),
            lambda _post: self._done(said),
            self._refuse,
        )

    def _decide(self, decide: object, said: str, words: str, *more: bool) -> None:
        """Return or refuse the shown post with the leader's words."""
        post = self._shown()
        if post is None or not callable(decide):
            return
        session = self.session
        self.bar.setEnabled(False)
        session.jobs.start(
            self,
            lambda task: decide(session.context, session.user, post.id, post.version, words, *more),
            lambda _post: self._done(said),
            self._refuse,
        )

    def _refer(self, context: Context, user: User, *about: Any) -> Post:
        return refer_post(context, user, self.session.reviewer, *about)

    def _shown(self) -> Post | None:
        return self.panel.overview.post if self.panel else None

    def _done(self, said: str) -> None:
        self.session.shell.show_banner(said)
        if self.isVisible():
            self.list.setFocus()
        self._load()

    def _refuse(self, error: UserError) -> None:
        """The decision did not count: say why and show how things stand."""
        self._complain(error)
        self.bar.resume(self.panel is not None)
        self._load()

    def _complain(self, error: UserError) -> None:
        self.session.shell.show_banner(
            f"{error.title} {error.explanation}".strip(), error.next_step, kind="error"
        )

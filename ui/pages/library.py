"""Pictures that were used before: found, looked at, used again, allowed again (clause 4.1)."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.posts import Post
from smassistant.domain.sightings import Bar
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.jobs import Task
from smassistant.ports import Change, today_in
from smassistant.services.barring_pictures import lift_bar
from smassistant.services.listing_pictures import (
    LibraryPicture,
    PictureRecord,
    compare_library,
    list_pictures,
    open_picture,
    use_again,
)
from ui import theme
from ui.delegates.pictures import PictureDelegate
from ui.jobs import Lane
from ui.models.library import LibraryModel, SmallCopies
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.empty_note import EmptyNote
from ui.widgets.library_detail import LibraryDetail
from ui.widgets.library_finder import LibraryFinder
from ui.widgets.thumbnails import show_photo

HEARD = frozenset({"posts", "people", "consents", "bars"})
DETAIL = 400


class LibraryPage(Page):
    """A search above, the pictures in a grid, and everything about the chosen one."""

    key = "library"
    icon = "picture"
    right: ClassVar[Right | None] = None

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setProperty("role", "page")
        self._every: tuple[LibraryPicture, ...] = ()
        self._wanted = ""
        self._filling = False
        self._comparing: Task | None = None
        self.detail: LibraryDetail | None = None
        self.copies = SmallCopies(session, self)
        self.model = LibraryModel(self.copies, self)
        self.finder = LibraryFinder()
        self.finder.asked.connect(self._filter)
        self.count = theme.note()
        self.grid = self._make_grid()
        self._empty = EmptyNote("picture")
        self._lay_out()
        Shortcuts.FIND.on(self).activated.connect(self.finder.search.setFocus)
        Shortcuts.RELOAD.on(self).activated.connect(self._load)
        session.changes.committed.connect(self._heed)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("Pictures")

    @classmethod
    def open_to(cls, user: User) -> bool:
        """Those who write posts or decide about them."""
        return user.may(Right.WRITE_POSTS) or user.may(Right.APPROVE_POSTS)

    def open(self, **where: object) -> None:
        """Load the pictures; `photo` says which one to choose."""
        self._wanted = str(where.get("photo", "")) or self._chosen()
        self._load()
        self._compare()

    def close_down(self) -> None:
        """Forget every picture and name."""
        if self._comparing is not None:
            self._comparing.cancel()
            self._comparing = None
        self._every, self._wanted = (), ""
        self.finder.forget()
        self.model.show_pictures(())
        self.copies.forget()
        self._clear_detail()

    def primary(self) -> QWidget | None:
        """The search."""
        return self.finder.search

    # --- layout -----------------------------------------------------------------------------------

    def _make_grid(self) -> QListView:
        grid = QListView()
        grid.setAccessibleName(_("Pictures, the last used first"))
        grid.setProperty("pane", True)
        grid.setModel(self.model)
        delegate = PictureDelegate(grid, self.copies)
        grid.setItemDelegate(delegate)
        grid.setViewMode(QListView.ViewMode.IconMode)
        grid.setMovement(QListView.Movement.Static)
        grid.setResizeMode(QListView.ResizeMode.Adjust)
        grid.setUniformItemSizes(True)
        grid.setGridSize(delegate.size())
        grid.setLayoutMode(QListView.LayoutMode.SinglePass)
        grid.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        grid.setMouseTracking(True)
        grid.selectionModel().currentChanged.connect(self._open_chosen)
        return grid

    def _lay_out(self) -> None:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFixedWidth(DETAIL)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(_("The chosen picture"))
        self._scroll.setProperty("pane", True)
        both = QWidget()
        row = QHBoxLayout(both)
        theme.pad(row, 0, theme.SPACE)
        row.addWidget(self.grid, 1)
        row.addWidget(self._scroll)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(both)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.MARGIN, theme.SPACE)
        layout.addWidget(theme.heading(self.title()))
        layout.addWidget(self.finder)
        layout.addWidget(self.count)
        layout.addWidget(self._stack, 1)

    # --- loading ----------------------------------------------------------------------------------

    def _heed(self, changes: tuple[Change, ...]) -> None:
        """Load again when a post, a permission or a bar changed while the page is in sight."""
        if self.isVisible() and any(change.kind in HEARD for change in changes):
            self._load()

    def _load(self) -> None:
        context, user = self.session.context, self.session.user
        self.session.jobs.start(
            self, lambda _task: list_pictures(context, user), self._show_loaded, self._complain
        )

    def _compare(self) -> None:
        """Look up what was never compared, such as pictures from before there was a library."""
        context, user = self.session.context, self.session.user

        def done(new: int) -> None:
            self._comparing = None
            if new and self.isVisible():
                self._load()

        def failed(_error: UserError) -> None:
            self._comparing = None

        if self._comparing is None:
            self._comparing = self.session.jobs.start(
                self, lambda task: compare_library(context, user, task), done, failed,
                lane=Lane.CHECKS,
            )  # fmt: skip

    def _show_loaded(self, pictures: tuple[LibraryPicture, ...]) -> None:
        self._every = pictures
        self._filter()

    def _filter(self) -> None:
        """Show those that fit, with the chosen one still chosen if it does."""
        today = today_in(self.session.settings.zone, self.session.context.clock.now())
        found = self.finder.fitting(self._every, today)
        wanted, before = self._wanted or self._chosen(), self._line()
        self._wanted = ""
        self._filling = True
        self.model.show_pictures(found)
        row = max(self.model.row_of(wanted), 0 if found else -1)
        if row >= 0:
            self.grid.setCurrentIndex(self.model.index(row))
        self._filling = False
        n = len(found)
        self.count.setText(ngettext("{n} picture", "{n} pictures", n).format(n=n))
        self._stack.setCurrentIndex(1 if found else 0)
        self._say_empty()
        if self._line() != before or self.detail is None:
            self._open_chosen()

    def _say_empty(self) -> None:
        if self._every:
            self._empty.show_words(
                _("No picture fits"), _("Try fewer words, or another standing or time.")
            )
        else:
            self._empty.show_words(
                _("No pictures yet"),
                _("Pictures of your school's posts appear here, ready to be used again."),
            )

    # --- the chosen one ---------------------------------------------------------------------------

    def _line(self) -> LibraryPicture | None:
        row = self.grid.currentIndex().row()
        return self.model.pictures[row] if 0 <= row < len(self.model.pictures) else None

    def _chosen(self) -> str:
        found = self._line()
        return found.picture.photo_id if found else ""

    def _open_chosen(self, *_indexes: QModelIndex) -> None:
        if self._filling:
            return
        chosen = self._line()
        if chosen is None:
            self._clear_detail()
            return
        context, user, photo_id = self.session.context, self.session.user, chosen.picture.photo_id
        self.session.jobs.start(
            self,
            lambda _task: open_picture(context, user, photo_id),
            lambda record: self._show_detail(chosen, record),
            self._complain,
        )

    def _show_detail(self, chosen: LibraryPicture, record: PictureRecord) -> None:
        if chosen != self._line():
            return
        detail = LibraryDetail(self.session, chosen, record)
        detail.used.connect(self._use)
        detail.lifted.connect(self._lift)
        self.detail = detail
        self._scroll.setWidget(detail)

        def show(pixmap: QPixmap) -> None:
            detail.show_pixels(pixmap)

        show_photo(self.session, chosen.picture.photo_id, detail, show, lambda _error: None)

    def _clear_detail(self) -> None:
        self.detail = None
        self._scroll.setWidget(QWidget())

    def _use(self) -> None:
        context, user, photo_id = self.session.context, self.session.user, self._chosen()

        def go(post: Post) -> None:
            self.session.shell.go_to("compose", post_id=post.id)

        self.session.jobs.start(
            self, lambda _task: use_again(context, user, photo_id), go, self._complain
        )

    def _lift(self, bar_id: str, reason: str) -> None:
        context, user = self.session.context, self.session.user

        def done(_bar: Bar) -> None:
            self.session.shell.show_banner(_("The picture may be used again."))
            self.grid.setFocus()
            self._load()

        self.session.jobs.start(
            self, lambda _task: lift_bar(context, user, bar_id, reason), done, self._complain
        )

    def _complain(self, error: UserError) -> None:
        self.session.shell.show_banner(
            f"{error.title} {error.explanation}".strip(), error.next_step, kind="error"
        )

"""Writing a post: text, pictures, places, and what stands against it (clauses 4.1, 4.2, 6)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from smassistant.domain.places import Account
from smassistant.domain.posts import Post, PostState
from smassistant.domain.users import Right
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.jobs import Task
from smassistant.services.drafting import list_posts, open_post
from smassistant.services.keeping_accounts import list_accounts
from ui import theme
from ui.jobs import Lane
from ui.models.live_review import Checked
from ui.models.writing import Writing, empty_post, keep_as_new
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.desk_feedback import DeskFeedback
from ui.widgets.desk_notes import show_handed_on, start_note, submitted_note
from ui.widgets.desk_pictures import DeskPictures
from ui.widgets.desk_questions import DeskQuestions
from ui.widgets.desk_spelling import DeskSpelling
from ui.widgets.desk_work import DeskWork
from ui.widgets.photo_desk import PhotoDesk
from ui.widgets.photo_editor import PhotoEditor
from ui.widgets.picture_card import THUMBNAIL
from ui.widgets.preview import PreviewPane
from ui.widgets.thumbnails import Thumbnails
from ui.widgets.writing_desk import WritingDesk

Loaded = tuple[tuple[Account, ...], Post | None]


class ComposePage(Page):
    """Shows the desk, or what takes its place: faces, preview, a word where there is no post."""

    key = "compose"
    icon = "write"
    right: ClassVar[Right | None] = Right.WRITE_POSTS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setProperty("role", "page")
        self._thumbnails = Thumbnails(session, 2 * THUMBNAIL.width(), self)
        self._loading: Task | None = None
        self.desk = WritingDesk(self._thumbnails, session.memory)
        self.work = DeskWork(session, self.desk, self)
        self.pictures = DeskPictures(session, self.desk, self.work)
        self.questions = DeskQuestions(session, self.desk, self.work)
        self.doubts = DeskFeedback(session, self.work)
        self.spelling = DeskSpelling(session, self.desk, self.work)
        self.photos = PhotoEditor(session)
        self.faces = PhotoDesk(session, self.work, self.photos)
        self.preview = PreviewPane(session)
        self.empty = start_note()
        self.submitted = submitted_note()
        self.stack = QStackedWidget()
        for widget in (self.empty, self.desk, self.photos, self.preview, self.submitted):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.MARGIN, 0)
        layout.addWidget(self.stack)
        self._connect()

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("Write")

    @property
    def writing(self) -> Writing | None:
        """The post at hand."""
        return self.work.writing

    def primary(self) -> QWidget | None:
        """The text, or what starts one."""
        shown = self.stack.currentWidget()
        if shown is self.desk:
            return self.desk.editor
        if shown is self.photos:
            return self.photos.list
        return (self.submitted if shown is self.submitted else self.empty).button

    def _connect(self) -> None:
        desk = self.desk
        self.empty.button.clicked.connect(self.start_new)
        self.submitted.button.clicked.connect(self.start_new)
        self.submitted.second.clicked.connect(lambda: self.session.shell.go_to("posts"))
        self.work.faces_asked.connect(self.open_faces)
        self.questions.asked.connect(self._show_handed_on)
        desk.clash.theirs.connect(self._open_theirs)
        desk.clash.mine.connect(self._keep_mine)
        desk.new_button.clicked.connect(self.start_new)
        desk.preview_button.clicked.connect(self.show_preview)
        desk.submit_button.clicked.connect(self.submit)
        self.faces.left.connect(self._leave_faces)
        self.preview.done.connect(self._show_desk)
        for shortcut, call in (
            (Shortcuts.NEXT_FINDING, lambda: self.work.step(1)),
            (Shortcuts.PREVIOUS_FINDING, lambda: self.work.step(-1)),
            (Shortcuts.NEW_POST, self.start_new),
            (Shortcuts.SUBMIT, self.submit),
            (Shortcuts.PREVIEW, self.show_preview),
            (Shortcuts.ADD_PICTURE, desk.strip.browse),
        ):
            shortcut.on(self).activated.connect(call)

    # --- opening and closing ----------------------------------------------------------------------

    def open(self, **where: object) -> None:
        """Go on with the post at hand, the one asked for (`post_id`), or the latest draft."""
        context, user = self.session.context, self.session.user
        post_id = str(where.get("post_id", ""))
        if where.get("new"):
            self.start_new()
        elif post_id and not (self.writing and self.writing.post.id == post_id):
            self._load(partial(open_post, context, user, post_id))
        elif self.writing is None:
            self._load(lambda: _latest_draft(list_posts(context, user)))
        else:
            self._look_again(self.writing)

    def _look_again(self, writing: Writing) -> None:
        """The post at hand may have been decided or discarded while other pages were shown."""
        context, user, post_id = self.session.context, self.session.user, writing.post.id

        def found(stored: Post) -> None:
            same = stored.version == writing.post.version
            if writing is self.writing and not writing.draft.dirty and not same:
                referred = stored.state is PostState.REFERRED
                (self._show_handed_on if referred else self.edit)(stored)

        def gone(_error: UserError) -> None:
            if writing is self.writing:
                writing.draft.give_up()
                self._load(lambda: _latest_draft(list_posts(context, user)))

        self.session.jobs.start(
            self, lambda _task: open_post(context, user, post_id), found, gone, lane=Lane.STORE
        )

    def start_new(self) -> None:
        """Begin an empty post; the one at hand is saved."""
        self.session.shell.hide_banner()
        self._load(partial(empty_post, self.session))

    def close_down(self) -> None:
        """Save the draft and drop every word, name and picture."""
        if self._loading is not None:
            self._loading.cancel()
        self.work.put_down()
        for part in (self.photos, self.preview, self.spelling):
            part.close_down()
        self._thumbnails.forget()
        self.stack.setCurrentWidget(self.empty)

    def edit(self, post: Post) -> None:
        """Take a post in hand."""
        self.work.put_down()
        writing = Writing(self.session, post, self)
        writing.draft.clashed.connect(lambda _error: self.desk.clash.show())
        self.work.take(writing)
        self._show_desk()
        if post.state is PostState.RETURNED and post.comments:
            self.session.shell.show_banner(
                _("This post was returned to you."), post.comments[-1].text, kind="warning"
            )

    def _load(self, find: Callable[[], Post | None]) -> None:
        context, user = self.session.context, self.session.user

        def load(_task: Task) -> Loaded:
            return list_accounts(context, user), find()

        self.work.put_down()
        self.faces.close()
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self.session.jobs.start(
            self, load, self._show_loaded, self.work.complain, lane=Lane.STORE
        )

    def _show_loaded(self, loaded: Loaded) -> None:
        self._loading = None
        accounts, post = loaded
        self.work.show_accounts(accounts)
        if post is None:
            self.stack.setCurrentWidget(self.empty)
            self._focus_primary()
        else:
            self.edit(post)

    def _show_desk(self) -> None:
        self.stack.setCurrentWidget(self.desk)
        self.desk.editor.setFocus()

    def _focus_primary(self) -> None:
        first = self.primary()
        if first is not None:
            first.setFocus()

    # --- pictures and preview ---------------------------------------------------------------------

    def open_faces(self, picture_id: str, face_id: str = "") -> None:
        """Show who is in a picture."""
        if self.faces.open(picture_id, face_id):
            self.stack.setCurrentWidget(self.photos)

    def show_preview(self) -> None:
        """Show how the post will read where it goes."""
        if self.writing is not None:
            found = self.writing.found
            self.preview.show_post(self.writing.post, found.places if found else ())
            self.stack.setCurrentWidget(self.preview)

    def _leave_faces(self, picture_id: str) -> None:
        self._show_desk()
        self.desk.strip.focus_picture(picture_id)

    # --- handing in -------------------------------------------------------------------------------

    def submit(self) -> None:
        """Hand the post to a second person, or go to what stands in the way."""
        writing = self.writing
        if writing is None or writing.why_not() or self.stack.currentWidget() is not self.desk:
            return
        found = writing.found
        if found is not None and writing.live.current and found.review.unanswered:
            self._show_unanswered(found)
            return
        writing.submit(self._show_handed_on, self._show_not_submitted)
        self.work.show_state()

    def _show_unanswered(self, found: Checked) -> None:
        n = len(found.review.unanswered)
        text = ngettext(
            "{n} finding stands in the way.", "{n} findings stand in the way.", n
        ).format(n=n)
        step = _("Mend what is listed, give a reason, or ask the privacy office.")
        self.session.shell.show_banner(text, step, kind="warning")
        self.work.go_to(found.review.unanswered[0])

    def _show_handed_on(self, post: Post) -> None:
        self.work.put_down()
        show_handed_on(self.submitted, post.state)
        self.session.shell.hide_banner()
        self.stack.setCurrentWidget(self.submitted)
        self._focus_primary()

    def _show_not_submitted(self, error: UserError) -> None:
        self.work.show_state()
        self.work.complain(error)
        if self.writing is not None:
            self.writing.live.check_now()

    # --- two versions -----------------------------------------------------------------------------

    def _open_theirs(self) -> None:
        if self.writing is not None:
            post_id = self.writing.post.id
            self.writing.draft.give_up()
            self._load(partial(open_post, self.session.context, self.session.user, post_id))

    def _keep_mine(self) -> None:
        if self.writing is not None:
            mine = self.writing.post
            self.writing.draft.give_up()
            self._load(partial(keep_as_new, self.session, mine))


def _latest_draft(posts: tuple[Post, ...]) -> Post | None:
    """The draft that was changed last."""
    return next((post for post in posts if post.state is PostState.DRAFT), None)

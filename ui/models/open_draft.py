"""The post that is being written: its content, and saving it as it grows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from smassistant.context import Context
from smassistant.domain.pictures import Picture
from smassistant.domain.posts import Post
from smassistant.domain.users import User
from smassistant.errors import Clash, UserError
from smassistant.jobs import Task
from smassistant.services.drafting import save_draft
from ui.jobs import Lane
from ui.session import Session

SAVE_AFTER_MS = 800  # what a crash may cost at most
TRY_AGAIN_MS = 5000

CONTENT = ("text", "pictures", "accounts", "resolutions")


class _Saver:
    """Saves in the order of editing, whichever thread asks; knows the stored version."""

    def __init__(self, context: Context, user: User, version: int) -> None:
        self._context = context
        self._user = user
        self._lock = threading.Lock()
        self._version = version
        self._revision = 0
        self._stored: Post | None = None

    def save(self, post: Post, revision: int) -> Post:
        """Store `post` unless a later revision of it already is; the stored post."""
        with self._lock:
            if self._stored is None or revision > self._revision:
                self._keep(save_draft(self._context, self._user, self._current(post)), revision)
            return self._stored or post

    def step(self, post: Post, revision: int, call: Callable[[Post], Post]) -> Post:
        """Store `post`, then move it on with `call`, with no other save in between."""
        with self._lock:
            if revision > self._revision:
                self._keep(save_draft(self._context, self._user, self._current(post)), revision)
            self._keep(call(self._stored or self._current(post)), revision)
            return self._stored or post

    def _current(self, post: Post) -> Post:
        return replace(post, version=self._version)

    def _keep(self, stored: Post, revision: int) -> None:
        self._stored, self._version, self._revision = stored, stored.version, revision


class OpenDraft(QObject):
    """A post in the hands of its author. `post` is its content as on the screen.

    A change is stored at most `SAVE_AFTER_MS` after it was made, also while typing goes on.
    """

    changed = Signal()
    saved = Signal(object)  # Post as stored
    failed = Signal(object)  # UserError; tried again by itself
    clashed = Signal(object)  # Clash; nothing is saved any more

    def __init__(self, session: Session, post: Post, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._post = post
        self._revision = 0
        self._saved_revision = 0
        self._running = False
        self._clashed = False
        self._saver = _Saver(session.context, session.user, post.version)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._save)

    @property
    def post(self) -> Post:
        """The post with everything that was changed, stored or not."""
        return self._post

    @property
    def revision(self) -> int:
        """Grows with each change."""
        return self._revision

    @property
    def dirty(self) -> bool:
        """Whether something is not stored yet."""
        return self._saved_revision < self._revision

    def change(self, post: Post) -> None:
        """Take over the content of `post`; nothing happens where it is the same."""
        if all(getattr(post, name) == getattr(self._post, name) for name in CONTENT):
            return
        self._post = replace(self._post, **{name: getattr(post, name) for name in CONTENT})
        self._revision += 1
        if not self._timer.isActive() and not self._clashed:
            self._timer.start(SAVE_AFTER_MS)
        self.changed.emit()

    def change_text(self, text: str) -> None:
        """Put other words in."""
        self.change(replace(self._post, text=text))

    def change_picture(self, picture: Picture) -> None:
        """Put a changed picture in the place of the one with its id."""
        pictures = tuple(picture if old.id == picture.id else old for old in self._post.pictures)
        self.change(replace(self._post, pictures=pictures))

    def save_now(self) -> None:
        """Store what is not stored yet, without waiting for the pause."""
        if self.dirty and not self._clashed:
            self._timer.stop()
            self._save()

    def flush(self) -> None:
        """Store what is not stored yet before returning. Raises UserError."""
        self._timer.stop()
        if self.dirty and not self._clashed:
            self._arrived(self._revision, self._saver.save(self._post, self._revision))

    def step(
        self,
        call: Callable[[Post], Post],
        done: Callable[[Post], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Store the post and move it on with `call`, off the window's thread."""
        self._timer.stop()
        post, revision = self._post, self._revision

        def work(task: Task) -> Post:
            return self._saver.step(post, revision, call)

        def arrived(stored: Post) -> None:
            self._arrived(revision, stored)
            done(stored)

        def refused(error: UserError) -> None:
            self._step_failed(error)
            failed(error)

        self._session.jobs.start(self, work, arrived, refused, lane=Lane.STORE)

    @property
    def stranded(self) -> bool:
        """Whether there are changes that a clash keeps from being stored."""
        return self._clashed and self.dirty

    def give_up(self) -> None:
        """Let the changes go that are not stored: another version is wanted."""
        self.close()
        self._saved_revision = self._revision

    def close(self) -> None:
        """Stop for good; call `flush` first to keep what is not stored."""
        self._timer.stop()
        self._clashed = True

    def _save(self) -> None:
        if self._running:
            self._timer.start(SAVE_AFTER_MS)
            return
        self._running = True
        post, revision = self._post, self._revision
        self._session.jobs.start(
            self,
            lambda _task: self._saver.save(post, revision),
            partial(self._save_done, revision),
            self._save_failed,
            lane=Lane.STORE,
        )

    def _save_done(self, revision: int, stored: Post) -> None:
        self._running = False
        self._arrived(revision, stored)
        if self.dirty and not self._timer.isActive() and not self._clashed:
            self._timer.start(SAVE_AFTER_MS)

    def _arrived(self, revision: int, stored: Post) -> None:
        self._saved_revision = max(self._saved_revision, revision)
        content = {name: getattr(self._post, name) for name in CONTENT}
        self._post = replace(stored, **content)
        self.saved.emit(stored)

    def _save_failed(self, error: UserError) -> None:
        self._running = False
        if self._clash(error):
            return
        self._timer.start(TRY_AGAIN_MS)
        self.failed.emit(error)

    def _step_failed(self, error: UserError) -> None:
        if not self._clash(error) and self.dirty:
            self._timer.start(SAVE_AFTER_MS)

    def _clash(self, error: UserError) -> bool:
        if isinstance(error, Clash) and not self._clashed:
            self._clashed = True
            self._timer.stop()
            self.clashed.emit(error)
        return isinstance(error, Clash)

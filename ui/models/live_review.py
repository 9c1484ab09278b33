"""Checking a post while it is being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from smassistant.domain.people import Person
from smassistant.domain.posts import Post
from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.services.reviewing import PlacePreview, Review, previews
from ui.jobs import Lane
from ui.models.open_draft import OpenDraft
from ui.session import Session

PAUSE_MS = 120
# What may change the answer although the post stays the same.
MATTERS = frozenset(
    {"people", "consents", "accounts", "settings", "referrals", "rules", "bars", "sightings"}
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check of a post found; `people` are those its findings and answers speak of."""

    post: Post
    review: Review
    places: tuple[PlacePreview, ...]
    people: Mapping[str, Person]


class LiveReview(QObject):
    """Checks the open draft after each pause in its changes; results of older text are dropped."""

    checked = Signal(object)  # Checked
    failed = Signal(object)  # UserError

    def __init__(self, session: Session, draft: OpenDraft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._draft = draft
        self._task: Task | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.check_now)
        draft.changed.connect(self._pause)
        session.changes.committed.connect(self._hear)

    @property
    def current(self) -> bool:
        """Whether the last result is that of the draft as it stands."""
        return self._task is None and not self._timer.isActive()

    def check_now(self) -> None:
        """Check the draft as it stands; a running check of older text is cancelled."""
        self._timer.stop()
        self._cancel()
        post, revision = self._draft.post, self._draft.revision
        self._task = self._session.jobs.start(
            self,
            partial(check, self._session, post),
            partial(self._arrived, revision),
            self._failed,
            lane=Lane.CHECKS,
        )

    def close(self) -> None:
        """Stop for good."""
        self._timer.stop()
        self._cancel()
        self._session.changes.committed.disconnect(self._hear)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _pause(self) -> None:
        self._cancel()
        self._timer.start(PAUSE_MS)

    def _hear(self, changes: object) -> None:
        if isinstance(changes, tuple) and any(change.kind in MATTERS for change in changes):
            self._timer.start(PAUSE_MS)

    def _arrived(self, revision: int, result: Checked) -> None:
        self._task = None
        if revision == self._draft.revision:
            self.checked.emit(result)

    def _failed(self, error: UserError) -> None:
        self._task = None
        self.failed.emit(error)


def check(session: Session, post: Post, task: Task) -> Checked:
    """Every check on `post`, and how it measures up to its places; on a worker."""
    review = session.reviewer.review(post, task)
    task.check()
    ids = {person for finding in review.findings for person in finding.people}
    ids |= {answer.person_id for answer in post.resolutions if answer.person_id}
    ids |= {face.person_id for picture in post.pictures for face in picture.faces if face.person_id}
    people = session.reviewer.people(ids)
    return Checked(post, review, previews(session.context, session.user, post), people)

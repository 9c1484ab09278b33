"""Cutting and blurring a video off the window's thread, and what of the answers stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from smassistant.domain.pictures import Moment, Picture
from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.services.drafting import AddedPicture, add_picture, read_photo
from smassistant.services.keeping_clips import ChangedClip, blur_clip, cut_clip, still_name
from ui.jobs import Lane
from ui.session import Session


def with_clip(known: Picture, changed: Picture) -> Picture:
    """The picture with a changed video; answers given while it was being changed stay."""
    given = {face.id: face for face in known.faces}
    faces = tuple(
        replace(
            face,
            accounting=given[face.id].accounting,
            person_id=given[face.id].person_id,
            reason=given[face.id].reason,
        )
        if face.id in given
        else face
        for face in changed.faces
    )
    return replace(
        known, photo_id=changed.photo_id, width=changed.width, height=changed.height,
        digest=changed.digest, clip=changed.clip, faces=faces, writing=changed.writing,
        reading=changed.reading, looked=known.looked and changed.looked,
    )  # fmt: skip


class ClipChanges(QObject):
    """One change at a time. It goes on when another picture is shown, and may be cancelled."""

    changed = Signal(object, object)  # Picture before, ChangedClip
    still_made = Signal(object)  # AddedPicture
    failed = Signal(object)  # UserError
    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task: Task | None = None
        self.picture_id = ""

    @property
    def busy(self) -> bool:
        """Whether a video is being changed."""
        return self._task is not None

    def cut(self, picture: Picture, start: float, end: float, mute: bool) -> None:
        """Leave only what lies between the two moments."""
        context, user = self._session.context, self._session.user
        self._start(picture, lambda task: cut_clip(context, user, picture, start, end, mute, task))

    def blur(self, picture: Picture) -> None:
        """Make who is to be blurred unrecognisable all the way through."""
        context, user = self._session.context, self._session.user
        self._start(picture, lambda task: blur_clip(context, user, picture, task))

    def take_still(self, picture: Picture, moment: Moment) -> None:
        """Make a photo of a moment."""
        context, user = self._session.context, self._session.user

        def make(task: Task) -> AddedPicture:
            data = read_photo(context, user, moment.photo_id)
            return add_picture(context, user, data, still_name(picture, moment.at), task)

        jobs = self._session.jobs
        jobs.start(self, make, self.still_made.emit, self.failed.emit, lane=Lane.PHOTOS)

    def cancel(self) -> None:
        """Give the change up; the video stays as it is."""
        if self._task is not None:
            self._task.cancel()
            self._end()

    def _start(self, picture: Picture, call: Callable[[Task], ChangedClip]) -> None:
        if self.busy:
            return
        self.picture_id = picture.id

        def arrived(result: ChangedClip) -> None:
            self._end()
            self.changed.emit(picture, result)

        def refused(error: UserError) -> None:
            self._end()
            self.failed.emit(error)

        def progress(done: int, total: int, _label: str) -> None:
            self.progressed.emit(done, total)

        self._task = self._session.jobs.start(
            self, call, arrived, refused, progress, lane=Lane.PHOTOS
        )
        self.progressed.emit(0, 0)

    def _end(self) -> None:
        self._task = None
        self.ended.emit()

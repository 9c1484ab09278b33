"""Reading what is written in the pictures of the open draft, behind everything else."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from smassistant.domain.pictures import Picture, Reading
from smassistant.domain.posts import PostState
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.reading_pictures import (
    needs_reading,
    read_quickly,
    read_thoroughly,
    with_writing,
)
from ui.jobs import Lane
from ui.models.open_draft import OpenDraft
from ui.models.picture_intake import PictureIntake
from ui.session import Session

_OWN = (PostState.DRAFT, PostState.RETURNED)


class WritingIntake(QObject):
    """Reads one picture after the other: each quickly first, then each thoroughly.

    It waits while pictures come in, and gives way to them where it has begun. What it reads goes
    into the draft and into no undo.
    """

    progressed = Signal(str, str)  # picture id, what is being done in words or "" when done

    def __init__(
        self,
        session: Session,
        draft: OpenDraft,
        intake: PictureIntake,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._draft = draft
        self._intake = intake
        self._task: Task | None = None
        self._reading: tuple[Picture, Reading] | None = None  # what the task is for
        self._tried: set[tuple[str, str]] = set()  # pictures and stages that are no use any more
        draft.changed.connect(self.look)
        intake.finished.connect(self.look)
        intake.progressed.connect(self._give_way)

    @property
    def busy(self) -> bool:
        """Whether a picture is being read."""
        return self._task is not None

    def look(self) -> None:
        """Begin with the next picture that is not read yet, if there is one."""
        if self._task is None and not self._intake.busy and (wanted := self._next()):
            self._read(*wanted)

    def close(self) -> None:
        """Stop for good; what was read stays."""
        self._draft.changed.disconnect(self.look)
        self._intake.finished.disconnect(self.look)
        self._intake.progressed.disconnect(self._give_way)
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _give_way(self) -> None:
        """Stop for now: faces of a new picture are waited for, writing isn't."""
        if self._task is None or self._reading is None:
            return
        self._task.cancel()
        self._task = None
        picture, stage = self._reading
        self._tried.discard((_key(picture), stage.value))
        self.progressed.emit(picture.id, "")

    def _next(self) -> tuple[Picture, Reading] | None:
        post = self._draft.post
        if post.state not in _OWN and not self._draft.dirty:
            return None  # reading would take it back from who approves it
        waiting = [picture for picture in post.pictures if needs_reading(picture)]
        for stage in (Reading.QUICK, Reading.THOROUGH):
            for picture in waiting:
                quick = stage is Reading.QUICK and picture.reading is Reading.QUICK
                if not quick and (_key(picture), stage.value) not in self._tried:
                    return picture, stage
        return None

    def _read(self, picture: Picture, stage: Reading) -> None:
        session = self._session
        read = read_quickly if stage is Reading.QUICK else read_thoroughly
        self._reading = picture, stage
        self._tried.add((_key(picture), stage.value))
        self._task = session.jobs.start(
            self,
            lambda task: read(session.context, session.user, picture, task),
            partial(self._arrived, picture),
            partial(self._failed, picture),
            partial(self._tell, picture),
            lane=Lane.PHOTOS,
        )
        self.progressed.emit(picture.id, _("Reading the writing…"))

    def _arrived(self, before: Picture, read: Picture) -> None:
        self._task = None
        self.progressed.emit(before.id, "")
        now = next((one for one in self._draft.post.pictures if one.id == before.id), None)
        if now is not None:
            self._draft.change_picture(with_writing(now, before, read))
        self.look()

    def _failed(self, before: Picture, error: UserError) -> None:
        """The finding that the picture is not read stands, and says what to do."""
        self._task = None
        self.progressed.emit(before.id, "")
        self.look()

    def _tell(self, picture: Picture, done: int, total: int, label: str) -> None:
        percent = 100 * done // max(1, total)
        self.progressed.emit(
            picture.id, _("Reading the writing… {percent} %").format(percent=percent)
        )


def _key(picture: Picture) -> str:
    """What is read: another cut of a video is read anew."""
    return picture.clip.video_id if picture.clip else picture.photo_id

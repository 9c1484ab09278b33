"""Looking for new pictures among those used before, once they are all read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject

from smassistant.domain.pictures import Face, Picture
from smassistant.domain.posts import Post
from smassistant.errors import UserError
from smassistant.i18n import ngettext
from smassistant.jobs import Task
from smassistant.services.drafting import AddedPicture
from smassistant.services.recognising_pictures import compare_pictures
from smassistant.services.taking_over import TakenOver, take_over_answers
from ui.jobs import Lane
from ui.models.open_draft import OpenDraft
from ui.models.picture_intake import PictureIntake
from ui.session import Session


class SeenBefore(QObject):
    """Compares pictures off the window's thread, and puts in the answers that copies bring along.

    What a picture looks like is stored; the live check then says what that means.
    """

    def __init__(
        self, session: Session, draft: OpenDraft, intake: PictureIntake, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._draft = draft
        self._intake = intake
        self._new: list[str] = []  # ids of pictures that came in since the last look
        self._task: Task | None = None
        intake.added.connect(self._note)
        intake.finished.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether pictures are being compared."""
        return self._task is not None

    def look(self) -> None:
        """Compare what the open draft holds, where that was cut short before."""
        if self._draft.post.pictures:
            self._look()

    def close(self) -> None:
        """Stop; what was not compared is when the post is handed in."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _note(self, added: AddedPicture) -> None:
        self._new.append(added.picture.id)

    def _look(self) -> None:
        if self._task is not None or self._intake.busy:
            return
        new, self._new = self._new, []
        pictures = self._draft.post.pictures
        context, user = self._session.context, self._session.user

        def compare(task: Task) -> tuple[tuple[Picture, TakenOver], ...]:
            compare_pictures(context, [picture.photo_id for picture in pictures], task)
            asked = [
                (one, take_over_answers(context, user, one)) for one in pictures if one.id in new
            ]
            return tuple((one, taken) for one, taken in asked if taken is not None)

        self._task = self._session.jobs.start(
            self, compare, self._take_over, self._give_up, lane=Lane.PHOTOS
        )

    def _give_up(self, _error: UserError) -> None:
        """The pictures count as not compared: handing in looks again and says what is wrong."""
        self._task = None

    def _take_over(self, found: tuple[tuple[Picture, TakenOver], ...]) -> None:
        self._task = None
        count = 0
        for asked, taken in found:
            current = _picture(self._draft.post, asked.id)
            if current is not None:
                self._draft.change_picture(_with_answers(current, asked, taken))
                count += taken.count
        if count:
            self._tell(count, found[0][1], [asked for asked, _taken in found])
        if self._new:
            self._look()

    def _tell(self, count: int, first: TakenOver, before: Iterable[Picture]) -> None:
        words = ngettext(
            "{n} answer was taken over from “{post}” ({day}). Look whether it is right.",
            "{n} answers were taken over from “{post}” ({day}). Look whether they are right.",
            count,
        ).format(n=count, post=first.words or "…", day=first.day)
        self._session.shell.undo(words, lambda: self._take_back(before))

    def _take_back(self, before: Iterable[Picture]) -> None:
        for asked in before:
            current = _picture(self._draft.post, asked.id)
            if current is not None:
                self._draft.change_picture(replace(current, faces=asked.faces))


def _picture(post: Post, picture_id: str) -> Picture | None:
    return next((picture for picture in post.pictures if picture.id == picture_id), None)


def _with_answers(current: Picture, asked: Picture, taken: TakenOver) -> Picture:
    """The picture as it is now with the answers taken over; what was said meanwhile stays."""
    answers = {face.id: face for face in taken.picture.faces}
    known = {face.id for face in asked.faces}

    def answered(face: Face) -> Face:
        given = answers.get(face.id)
        if given is None or face.accounting is not None:
            return face
        return replace(
            face, accounting=given.accounting, person_id=given.person_id, reason=given.reason
        )

    added = tuple(face for face in taken.picture.faces if face.id not in known)
    return replace(current, faces=(*map(answered, current.faces), *added))

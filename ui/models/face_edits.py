"""Answers about a picture and its edits, with every step undone and done again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from smassistant.domain.edits import same_place, shows_more
from smassistant.domain.pictures import Accounting, Box, Edit, Face, FoundFace, Picture, Writing
from smassistant.i18n import _

_MOVE = 1  # id of the steps that are joined while the same face is moved


class FaceEdits(QObject):
    """A picture whose faces are being accounted for. `changed` comes after each step."""

    changed = Signal()

    def __init__(self, picture: Picture, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self.stack = QUndoStack(self)

    @property
    def picture(self) -> Picture:
        """The picture as it stands."""
        return self._picture

    @property
    def faces(self) -> tuple[Face, ...]:
        """Its faces, in the order of their numbers."""
        return self._picture.faces

    def face(self, face_id: str) -> Face | None:
        """The face with that id."""
        return next((face for face in self.faces if face.id == face_id), None)

    def put(self, picture: Picture, before: Picture) -> None:
        """Show `picture` as a step of the stack changed it from `before`.

        Writing that was read meanwhile stays.
        """
        writing = _carried(self._picture.writing, before.writing, picture.writing)
        self._picture = replace(
            self._picture,
            faces=picture.faces,
            looked=picture.looked,
            edit=picture.edit,
            writing=writing,
        )
        self.changed.emit()

    def follow(self, picture: Picture) -> None:
        """Take over what was changed elsewhere; faces changed there end the way back here."""
        old, self._picture = self._picture, picture
        if (picture.faces, picture.looked, picture.edit) != (old.faces, old.looked, old.edit):
            self.stack.clear()
        if picture != old:
            self.changed.emit()

    def add(self, box: Box, at: float = 0) -> Face:
        """A face the finder missed, in a video `at` seconds from the start."""
        face = Face(uuid4().hex, box, at=at)
        self._step(_("Add a face"), (*self.faces, face))
        return face

    def remove(self, face_id: str) -> None:
        """What was found is no face."""
        self._step(_("Not a face"), tuple(face for face in self.faces if face.id != face_id))

    def move(self, face_id: str, box: Box) -> None:
        """Put a face's box elsewhere; moves of one face in a row are one step."""
        self._step(_("Move a face"), self._with(face_id, box=box), joined=face_id)

    def account(
        self,
        face_id: str,
        accounting: Accounting | None,
        person_id: str | None = None,
        reason: str = "",
    ) -> None:
        """Say who a face is, or with None that nobody has said."""
        faces = self._with(face_id, accounting=accounting, person_id=person_id, reason=reason)
        self._step(_("Account for a face"), faces)

    def blur_rest(self) -> int:
        """Blur every face nobody has accounted for; how many."""
        rest = [face for face in self.faces if face.accounting is None]
        faces = tuple(
            replace(face, accounting=Accounting.BLURRED) if face.accounting is None else face
            for face in self.faces
        )
        self._step(_("Blur the others"), faces)
        return len(rest)

    def blur_writing(self, writing_id: str, blurred: bool) -> None:
        """Make words unreadable in what is published, or leave them."""
        writing = tuple(
            replace(one, blurred=blurred) if one.id == writing_id else one
            for one in self._picture.writing
        )
        self._rewrite(_("Blur writing"), writing)

    def remove_writing(self, writing_id: str) -> None:
        """What was read stands nowhere."""
        kept = tuple(one for one in self._picture.writing if one.id != writing_id)
        self._rewrite(_("Not writing"), kept)

    def set_looked(self, looked: bool) -> None:
        """The author's word that nobody else can be recognised."""
        if looked != self._picture.looked:
            after = replace(self._picture, looked=looked)
            self.stack.push(_Replace(self, _("Nobody else"), self._picture, after))

    def set_edit(self, edit: Edit) -> None:
        """Turn, straighten, cut or light the picture.

        Where more can be seen than before, the word that nobody else can be recognised falls.
        """
        before = self._picture
        if edit == before.edit:
            return
        more = shows_more(before.edit, edit, before.width, before.height)
        looked = before.looked and not more and edit.light == before.edit.light
        after = replace(before, edit=edit, looked=looked)
        self.stack.push(_Replace(self, _("Adjust the picture"), before, after))

    def add_found(self, found: Iterable[FoundFace]) -> int:
        """Faces the finder saw in another light; how many of them were not known yet."""
        new = [
            Face(uuid4().hex, one.box, one.score)
            for one in found
            if not any(same_place(one.box, face.box) for face in self.faces)
        ]
        self._step(_("Add faces found"), (*self.faces, *new))
        return len(new)

    def _rewrite(self, text: str, writing: tuple[Writing, ...]) -> None:
        if writing != self._picture.writing:
            after = replace(self._picture, writing=writing)
            self.stack.push(_Replace(self, text, self._picture, after))

    def _with(self, face_id: str, **changes: object) -> tuple[Face, ...]:
        return tuple(
            replace(face, **changes) if face.id == face_id else face  # type: ignore[arg-type]
            for face in self.faces
        )

    def _step(self, text: str, faces: tuple[Face, ...], joined: str = "") -> None:
        if faces != self.faces:
            after = replace(self._picture, faces=faces)
            self.stack.push(_Replace(self, text, self._picture, after, joined))


class _Replace(QUndoCommand):
    """The picture before and after; pictures are small without their pixels."""

    def __init__(
        self, edits: FaceEdits, text: str, before: Picture, after: Picture, joined: str = ""
    ) -> None:
        super().__init__(text)
        self._edits = edits
        self._before = before
        self.after = after
        self.joined = joined

    def redo(self) -> None:
        """Do it, or do it again."""
        self._edits.put(self.after, self._before)

    def undo(self) -> None:
        """Back to what was before."""
        self._edits.put(self._before, self.after)

    def id(self) -> int:
        """Steps of one id may be joined."""
        return _MOVE if self.joined else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Join two moves of one face."""
        if not isinstance(other, _Replace) or other.joined != self.joined:
            return False
        self.after = other.after
        return True


def _carried(
    now: tuple[Writing, ...], before: tuple[Writing, ...], after: tuple[Writing, ...]
) -> tuple[Writing, ...]:
    """What is written `now`, with the change from `before` to `after` made to it."""
    if before == after:
        return now
    was = {one.id: one for one in before}
    wanted = {one.id: one for one in after}
    kept = [
        replace(one, blurred=wanted[one.id].blurred)
        if wanted.get(one.id) != was.get(one.id) and one.id in wanted
        else one
        for one in now
        if one.id in wanted or one.id not in was
    ]
    here = {one.id for one in kept}
    for place, one in enumerate(after):
        if one.id not in was and one.id not in here:
            kept.insert(place, one)
    return tuple(kept)

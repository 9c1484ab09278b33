"""What a click on a finding about faces does to its picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from smassistant.domain.findings import Finding
from ui.models.writing import Writing


def say_looked(writing: Writing, finding: Finding) -> None:
    """The author's word that nobody else in the picture can be recognised."""
    picture, _face_id = writing.face_of(finding)
    if picture is not None:
        writing.draft.change_picture(replace(picture, looked=True))


def take_face_away(writing: Writing, finding: Finding) -> Callable[[], None] | None:
    """What was found is no face; the returned function puts it back."""
    picture, face_id = writing.face_of(finding)
    if picture is None:
        return None
    at = next((i for i, face in enumerate(picture.faces) if face.id == face_id), None)
    if at is None:
        return None
    gone, picture_id = picture.faces[at], picture.id
    faces = (*picture.faces[:at], *picture.faces[at + 1 :])
    writing.draft.change_picture(replace(picture, faces=faces))

    def put_back() -> None:
        now = writing.picture(picture_id)
        if now is not None and gone not in now.faces:
            faces = (*now.faces[:at], gone, *now.faces[at:])
            writing.draft.change_picture(replace(now, faces=faces))

    return put_back

"""What stands over a picture: a mark for each face and each piece of writing, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from smassistant.domain.clips import faces_at, writing_at
from smassistant.domain.edits import shown_box
from smassistant.domain.pictures import Accounting, Box, Face, Moment, Picture, Writing
from ui.models.picture_standing import PictureStanding
from ui.widgets.words import is_maybe

LETTERS = 26


class Standing(Enum):
    """How a face or writing stands, with the sign beside its number."""

    UNKNOWN = "?"
    MAYBE = "??"
    PERMITTED = "✓"
    REFUSED = "✕"
    BLURRED = "▒"
    WRITTEN = ""
    NAMED = "!"


@dataclass(frozen=True)
class Mark:
    """One box as shown: `sign` is a face's number or a writing's letters."""

    id: str
    sign: str
    box: Box
    how: Standing
    writing: bool = False


def standing(face: Face, refused: bool) -> Standing:
    """How the face stands; `refused` where the person may not be shown somewhere."""
    if face.accounting is None:
        return Standing.MAYBE if is_maybe(face) else Standing.UNKNOWN
    if face.accounting is Accounting.BLURRED:
        return Standing.BLURRED
    return Standing.REFUSED if refused else Standing.PERMITTED


def writing_standing(writing: Writing, standing: PictureStanding) -> Standing:
    """How words in the picture stand."""
    if writing.blurred:
        return Standing.BLURRED
    return Standing.NAMED if writing.id in standing.written else Standing.WRITTEN


def shown_in(picture: Picture, box: Box) -> Box | None:
    """Where a box is in the picture as edited; None where it is cut away."""
    return shown_box(box, picture.edit, picture.width, picture.height)


def is_cut_away(picture: Picture, box: Box) -> bool:
    """Whether the edit leaves nothing of what is in the box."""
    return shown_in(picture, box) is None


def open_faces(picture: Picture) -> tuple[Face, ...]:
    """Faces that are shown and that nobody has accounted for."""
    return tuple(
        face
        for face in picture.faces
        if face.accounting is None and not is_cut_away(picture, face.box)
    )


def marks_of(picture: Picture, said: PictureStanding) -> tuple[Mark, ...]:
    """A mark for everything that the edited picture shows; writing lies under the faces."""
    found: list[Mark] = []
    for index, writing in enumerate(picture.writing):
        box = shown_in(picture, writing.box)
        if box is not None:
            how = writing_standing(writing, said)
            found.append(Mark(writing.id, letters(index), box, how, writing=True))
    for index, face in enumerate(picture.faces):
        box = shown_in(picture, face.box)
        if box is not None:
            how = standing(face, face.id in said.refused)
            found.append(Mark(face.id, str(index + 1), box, how))
    return tuple(found)


def at_moment(picture: Picture, moment: Moment | None, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Only the marks of what the still of a video's moment shows; all of a photo's."""
    if picture.clip is None or moment is None:
        return marks
    here = {face.id for face in faces_at(picture, moment)}
    here |= {writing.id for writing in writing_at(picture, moment)}
    return tuple(mark for mark in marks if mark.id in here)


def letters(index: int) -> str:
    """A, B … Z, AA, AB …: writing has letters as faces have numbers."""
    rest, last = divmod(index, LETTERS)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)

"""A face or writing of a picture as a sentence."""

from __future__ import annotations

from smassistant.domain.pictures import Face, Writing
from smassistant.i18n import _, quoted
from ui.models.picture_standing import PictureStanding
from ui.widgets.words import face_words


def row_words(number: int, face: Face, said: PictureStanding, cut: bool = False) -> str:
    """One face as a sentence."""
    words = face_words(face, said.names.get(face.person_id or "", ""))
    if cut:
        return _("Face {n}: cut away ({said})").format(n=number, said=words)
    if face.id in said.refused:
        return _("Face {n}: {said} – may not be shown").format(n=number, said=words)
    return _("Face {n}: {said}").format(n=number, said=words)


def writing_words(letter: str, writing: Writing, said: PictureStanding, cut: bool = False) -> str:
    """One piece of writing as a sentence."""
    words = {"letter": letter, "words": quoted(writing.text)}
    if cut:
        return _("Writing {letter}: {words} – cut away").format(**words)
    if writing.blurred:
        return _("Writing {letter}: {words} – blurred").format(**words)
    if writing.id in said.written:
        return _("Writing {letter}: {words} – look at this").format(**words)
    return _("Writing {letter}: {words}").format(**words)

"""The column beside a picture: the list, who waits, the answers, or a whole class to tick."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from smassistant.domain.pictures import Accounting, Face, Picture, Reading, Writing
from smassistant.i18n import _
from ui import theme
from ui.models.picture_standing import PictureStanding
from ui.session import Session
from ui.widgets.class_panel import ClassPanel
from ui.widgets.face_answers import FaceAnswers
from ui.widgets.face_chips import Chip
from ui.widgets.face_list import FaceList
from ui.widgets.face_waiting import WaitingPeople
from ui.widgets.person_search import RecentPeople
from ui.widgets.photo_marks import shown_in
from ui.widgets.photo_words import row_words
from ui.widgets.photo_writing import WritingAnswers
from ui.widgets.words import faces_words

LEAST, WIDTH = 320, 400


class PhotoSide(QStackedWidget):
    """Shows what is chosen in the list, with what can be said about it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(WIDTH)
        self.state = theme.note()
        self.state.setWordWrap(False)
        self.list = FaceList()
        self.waiting = WaitingPeople()
        self.answers = FaceAnswers(session, RecentPeople())
        self.writing = WritingAnswers()
        self.looked = QCheckBox(_("I looked: nobody else can be recognised"))
        self.classes = ClassPanel(session)
        self.faces = QWidget()
        for pane in (self.list, self.waiting, self.answers, self.writing):
            pane.setProperty("pane", True)  # a stop of F6
        column = QVBoxLayout(self.faces)
        theme.pad(column, 0, theme.GAP)
        column.addWidget(self.list, 3)
        column.addWidget(self.waiting)
        column.addWidget(self.answers, 4)
        column.addWidget(self.writing, 4)
        column.addWidget(self.looked)
        self.addWidget(self.faces)
        self.addWidget(self.classes)
        self.show_choice(None, None, PictureStanding())

    def sizeHint(self) -> QSize:
        """As wide as it may be where the window has the room."""
        return QSize(WIDTH, super().sizeHint().height())

    def show_picture(self, picture: Picture, said: PictureStanding) -> None:
        """List what is in the picture and say how it stands."""
        self.list.show_picture(picture, said)
        self.state.setText(state_words(picture))
        self.looked.setText(looked_words(picture))
        self.writing.blur.setVisible(picture.clip is None)
        self.looked.blockSignals(True)
        self.looked.setChecked(picture.looked)
        self.looked.blockSignals(False)
        placed = frozenset(face.person_id for face in picture.faces if face.person_id)
        self.answers.search.place(placed)

    def show_choice(
        self, picture: Picture | None, chosen: Face | Writing | None, said: PictureStanding
    ) -> None:
        """Offer the answers for what is chosen."""
        self.answers.setVisible(isinstance(chosen, Face))
        self.writing.setVisible(isinstance(chosen, Writing))
        if picture is None or chosen is None:
            return
        box = shown_in(picture, chosen.box)
        if isinstance(chosen, Face):
            number = picture.faces.index(chosen) + 1
            self.answers.show_face(chosen, number)
            self.answers.say(*_face_note(number, chosen, said, cut=box is None))
            self.answers.lens.show_box(box)
        else:
            self.writing.show_writing(chosen, said.written.get(chosen.id))
            self.writing.lens.show_box(box)

    def suggest(self, chips: tuple[Chip, ...]) -> None:
        """Names that the file gives for the chosen face."""
        self.answers.suggest(chips)

    def leave_class(self) -> None:
        """Show the faces again."""
        self.classes.close_down()
        self.setCurrentWidget(self.faces)

    def close_down(self) -> None:
        """Drop every name."""
        self.leave_class()
        self.list.show_picture(None)
        self.waiting.show_roll(None, frozenset())
        self.answers.close_down()
        self.writing.close_down()


def looked_words(picture: Picture) -> str:
    """What the author says of a picture, of a video also of its sound."""
    if picture.clip is None:
        return _("I looked: nobody else can be recognised")
    if picture.clip.sound:
        did = _("I watched and listened to the end:")
        return f"{did}\n{_('nobody else can be recognised or is named')}"
    return _("I watched it to the end: nobody else can be recognised")


def state_words(picture: Picture) -> str:
    """How many faces are accounted for, and whether the writing has been read."""
    words = faces_words(picture)
    if picture.reading is Reading.THOROUGH:
        return words
    return _("{faces} · the writing is still being read").format(faces=words)


def _face_note(number: int, face: Face, said: PictureStanding, cut: bool) -> tuple[str, str]:
    """How the chosen face stands, with its colour."""
    if cut:
        return _("The crop cuts this face away: it needs no answer."), "muted"
    if face.accounting is None:
        return "", "muted"
    words = row_words(number, face, said)
    if face.id in said.refused:
        return _("{said}. Blur the face or cut it away.").format(said=words), "danger"
    return words, "muted" if face.accounting is Accounting.BLURRED else "ok"

"""Who is in a picture: the picture with its boxes, and beside it the list that does the same."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.pictures import Accounting, Box, Picture
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.jobs import Task
from ui import icons, theme
from ui.models.face_edits import FaceEdits
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets import boxes
from ui.widgets.face_answers import FaceAnswers
from ui.widgets.face_list import FaceList
from ui.widgets.person_search import RecentPeople
from ui.widgets.photo_tools import PhotoTools
from ui.widgets.photo_view import PhotoView
from ui.widgets.thumbnails import show_photo
from ui.widgets.words import faces_words

SIDE = 384


class PhotoEditor(QWidget):
    """Accounts for the faces of one picture; every change is told at once by `changed`."""

    changed = Signal(object)  # Picture
    done = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._edits: FaceEdits | None = None
        self._refused: frozenset[str] = frozenset()
        self._names: Mapping[str, str] = {}
        self._loading: Task | None = None
        self.view = PhotoView()
        self.list = FaceList()
        self.answers = FaceAnswers(session, RecentPeople())
        self.title = theme.heading("", 1)
        self.state = theme.note()
        self.tools = PhotoTools(self.view)
        self.blur_rest = QPushButton(_("Blur everyone not accounted for"))
        icons.put(self.blur_rest, "blur")
        self.looked = QCheckBox(_("I looked: nobody else can be recognised"))
        self.back = QPushButton(_("Back to the post"))
        self.back.setProperty("role", "primary")
        self._build()
        self._connect()

    def _build(self) -> None:
        for pane in (self.view, self.list, self.answers):
            pane.setProperty("pane", True)  # a stop of F6
        left = QVBoxLayout()
        left.addWidget(self.tools)
        left.addWidget(self.view, 1)
        side = QWidget()
        side.setFixedWidth(SIDE)
        right = QVBoxLayout(side)
        theme.pad(right, 0, theme.GAP)
        right.addWidget(self.state)
        right.addWidget(self.list, 3)
        right.addWidget(self.answers, 4)
        right.addWidget(self.blur_rest)
        right.addWidget(self.looked)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.back)
        body = QHBoxLayout()
        body.setSpacing(theme.SPACE)
        body.addLayout(left, 1)
        body.addWidget(side)
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, theme.GAP)
        layout.addLayout(top)
        layout.addLayout(body, 1)

    def _connect(self) -> None:
        self.view.drawn.connect(self.add_box)
        self.view.moved.connect(self._move)
        self.view.chosen.connect(self.list.select)
        self.view.removed.connect(self.remove)
        self.list.chosen.connect(self._show_chosen)
        self.list.removed.connect(self.remove)
        self.answers.answered.connect(self._account)
        self.answers.removed.connect(lambda: self.remove(self.list.current()))
        self.tools.add.clicked.connect(self.add_face)
        self.tools.undo.clicked.connect(self.undo)
        self.tools.redo.clicked.connect(self.redo)
        self.blur_rest.clicked.connect(self._blur_rest)
        self.looked.toggled.connect(self._look)
        self.back.clicked.connect(self.done)
        for shortcut, call in (
            (Shortcuts.UNDO, self.undo),
            (Shortcuts.REDO, self.redo),
            (Shortcuts.ADD_FACE, self.add_face),
            (Shortcuts.BLUR, self._blur_chosen),
        ):
            shortcut.on(self).activated.connect(call)

    def event(self, event: QEvent) -> bool:
        """Esc leaves the picture before it closes messages of the window."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.done.emit()
                return True
        return super().event(event)

    # --- opening and closing ----------------------------------------------------------------------

    def open(self, picture: Picture, number: int, face_id: str = "") -> None:
        """Show a picture and load its pixels; choose `face_id`, else the first open face."""
        self.close_picture()
        self._edits = FaceEdits(picture, self)
        self._edits.changed.connect(self._show_change)
        self.title.setText(_("Who is in picture {n}?").format(n=number))
        self._show_faces()
        first = next((face.id for face in picture.faces if face.accounting is None), "")
        self.list.select(face_id or first)
        self._loading = show_photo(
            self._session, picture.photo_id, self, self._show_pixels, self._show_failure
        )

    def close_picture(self) -> None:
        """Drop the picture and every name."""
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None
        if self._edits is not None:
            self._edits.deleteLater()
            self._edits = None
        self._refused, self._names = frozenset(), {}
        self.tools.say("")
        self.view.show_picture(QPixmap())
        self.list.show_faces((), self._refused, self._names)

    def close_down(self) -> None:
        """Drop everything, also whom the person chose last."""
        self.close_picture()
        self.answers.close_down()

    @property
    def picture(self) -> Picture | None:
        """The picture as it stands."""
        return self._edits.picture if self._edits else None

    def show_standing(self, refused: frozenset[str], names: Mapping[str, str]) -> None:
        """Say which faces' people may not be shown, and what people are called."""
        if (refused, names) != (self._refused, self._names):
            self._refused, self._names = refused, dict(names)
            self._show_faces()

    # --- what the person does ---------------------------------------------------------------------

    def add_face(self) -> None:
        """A new box in the middle, to be moved by keyboard or mouse."""
        if self._edits is not None:
            picture = self._edits.picture
            self.add_box(boxes.middle(aspect=picture.width / max(picture.height, 1)))
            self.view.setFocus()

    def add_box(self, box: Box) -> None:
        """A face the finder missed."""
        if self._edits is not None:
            face = self._edits.add(box)
            self.list.select(face.id)
            self.tools.say(
                _("Face {n} added. {place}").format(n=len(self._edits.faces), place=_at(box))
            )

    def remove(self, face_id: str) -> None:
        """What was found is no face."""
        if self._edits is not None and face_id:
            self._edits.remove(face_id)
            self.tools.say(_("Taken away: not a face. Undo brings it back."))

    def undo(self) -> None:
        """Take the last step back."""
        if self._edits is not None:
            self._edits.stack.undo()

    def redo(self) -> None:
        """Do again what was undone."""
        if self._edits is not None:
            self._edits.stack.redo()

    def _move(self, face_id: str, box: Box) -> None:
        if self._edits is not None:
            self._edits.move(face_id, box)
            self.tools.say(_at(box))

    def _account(self, how: Accounting | None, person_id: str, reason: str) -> None:
        face_id = self.list.current()
        if self._edits is None or not face_id:
            return
        self._edits.account(face_id, how, person_id or None, reason)
        if how is not None:
            self._go_on(face_id)

    def _go_on(self, face_id: str) -> None:
        """After an answer, the next face nobody has accounted for."""
        faces = self._edits.faces if self._edits else ()
        at = next((i for i, face in enumerate(faces) if face.id == face_id), 0)
        for face in (*faces[at + 1 :], *faces[:at]):
            if face.accounting is None:
                self.list.select(face.id)
                if not self.view.hasFocus() and not self.list.hasFocus():
                    self.answers.search.field.setFocus()
                return
        self.looked.setFocus()

    def _blur_chosen(self) -> None:
        self._account(Accounting.BLURRED, "", "")

    def _blur_rest(self) -> None:
        if self._edits is not None:
            n = self._edits.blur_rest()
            self.tools.say(ngettext("{n} face blurred.", "{n} faces blurred.", n).format(n=n))

    def _look(self, looked: bool) -> None:
        if self._edits is not None:
            self._edits.set_looked(looked)

    # --- what is shown ----------------------------------------------------------------------------

    def _show_change(self) -> None:
        self._show_faces()
        if self._edits is not None:
            self.changed.emit(self._edits.picture)

    def _show_faces(self) -> None:
        edits = self._edits
        if edits is None:
            return
        self.list.show_faces(edits.faces, self._refused, self._names)
        self.view.show_faces(edits.faces, self._refused)
        self.view.select(self.list.current())
        self.state.setText(faces_words(edits.picture))
        self.looked.blockSignals(True)
        self.looked.setChecked(edits.picture.looked)
        self.looked.blockSignals(False)
        self.blur_rest.setEnabled(any(face.accounting is None for face in edits.faces))
        self.tools.show_steps(edits.stack)
        self._show_chosen(self.list.current())

    def _show_chosen(self, face_id: str) -> None:
        face = self._edits.face(face_id) if self._edits else None
        self.view.select(face_id)
        self.answers.setVisible(face is not None)
        if face is not None and self._edits is not None:
            self.answers.show_face(face, self._edits.faces.index(face) + 1)

    def _show_pixels(self, pixmap: QPixmap) -> None:
        self._loading = None
        self.view.show_picture(pixmap)
        self._show_faces()

    def _show_failure(self, error: UserError) -> None:
        self._loading = None
        self.tools.say(str(error))


def _at(box: Box) -> str:
    """Where a box is, in words."""
    return _("{x} % from the left, {y} % from the top, {w} % wide").format(
        x=round(box.x * 100), y=round(box.y * 100), w=round(box.w * 100)
    )

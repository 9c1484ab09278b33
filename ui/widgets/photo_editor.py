"""Who is in a picture: the picture with its boxes, and beside it the list that does the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from smassistant.domain.lookups import Group
from smassistant.domain.pictures import Edit, Picture
from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.services.showing_people import Showing
from ui import theme
from ui.jobs import Lane
from ui.models.face_edits import FaceEdits
from ui.models.picture_standing import NOTHING_SAID, PictureStanding
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.face_chips import Chip
from ui.widgets.face_waiting import KEYS
from ui.widgets.photo_adjust import PhotoAdjust
from ui.widgets.photo_bar import PhotoBar
from ui.widgets.photo_clip import PhotoClip
from ui.widgets.photo_marks import marks_of, open_faces
from ui.widgets.photo_pixels import edited_image
from ui.widgets.photo_side import PhotoSide
from ui.widgets.photo_tools import PhotoTools
from ui.widgets.photo_view import PhotoView
from ui.widgets.photo_work import PhotoWork
from ui.widgets.thumbnails import read_image


class PhotoEditor(QWidget):
    """Accounts for the faces of one picture; every change is told at once by `changed`."""

    changed = Signal(object)  # Picture
    settled = Signal(object, object)  # Finding about writing, Mend
    turned = Signal(int)  # to the picture before (-1) or after (1)
    done = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.edits: FaceEdits | None = None
        self.said = NOTHING_SAID
        self.image = QImage()
        self._shown_edit: Edit | None = None
        self._place = (1, 1)
        self._loading: Task | None = None
        self.bar = PhotoBar()
        self.view = PhotoView()
        self.tools = PhotoTools(self.view)
        self.side = PhotoSide(session)
        self.list, self.answers = self.side.list, self.side.answers
        self.state, self.looked = self.side.state, self.side.looked
        self.title, self.back = self.bar.title, self.bar.back
        self.blur_rest = self.tools.blur_rest
        self.stack = QStackedWidget()
        self.clip = PhotoClip(session, self)
        self._build()
        self.work = PhotoWork(session, self)
        self.adjust = PhotoAdjust(session, self)
        self._connect()

    def _build(self) -> None:
        self.view.setProperty("pane", True)  # a stop of F6
        left = QVBoxLayout()
        left.addWidget(self.tools)
        left.addWidget(self.view, 1)
        left.addWidget(self.clip.strip)
        left.addWidget(self.clip.bar)
        words = QHBoxLayout()
        words.setSpacing(theme.SPACE)
        words.addWidget(self.state)
        words.addWidget(self.tools.said, 1)
        left.addLayout(words)
        page = QWidget()
        body = QHBoxLayout(page)
        theme.pad(body, 0, theme.SPACE)
        body.addLayout(left, 1)
        body.addWidget(self.side)
        self.stack.addWidget(page)
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, theme.GAP)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.view.chosen.connect(self.list.select)
        self.list.chosen.connect(lambda _id: self._show_choice())
        self.bar.turned.connect(self.turned)
        self.back.clicked.connect(self.done)
        for shortcut, call in (
            (Shortcuts.PICTURE_BEFORE, self.bar.before.click),
            (Shortcuts.PICTURE_AFTER, self.bar.after.click),
        ):
            shortcut.on(self).activated.connect(call)
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for digit in range(1, KEYS + 1):
            keys = QShortcut(QKeySequence(f"Alt+{digit}"), self, context=scope)
            keys.activated.connect(lambda digit=digit: self.work.place_numbered(digit))

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

    def open(self, picture: Picture, number: int, face_id: str = "", total: int = 1) -> None:
        """Show a picture and load its pixels; choose `face_id`, else the first open face."""
        self.close_picture()
        self._place = (number, max(total, number))
        self.edits = FaceEdits(picture, self)
        self.edits.changed.connect(self._show_change)
        self.show_faces()
        first = next((face.id for face in open_faces(picture)), "")
        self.list.select(face_id or first)
        self.load(picture)

    def close_picture(self) -> None:
        """Drop the picture and every name."""
        self._stop_loading()
        self.adjust.close()
        self.clip.close()
        if self.edits is not None:
            self.edits.deleteLater()
            self.edits = None
        self.said = NOTHING_SAID
        self.image, self._shown_edit = QImage(), None
        self.tools.say("")
        self._put_pixels(QPixmap())
        self.side.list.show_picture(None)
        self.side.leave_class()

    def close_down(self) -> None:
        """Drop everything, also whom the person chose last."""
        self.close_picture()
        self.clip.close_down()
        self.work.close_down()
        self.side.close_down()

    def follow(self, picture: Picture) -> None:
        """Take over what changed elsewhere, such as writing that was read meanwhile."""
        if self.edits is not None and picture != self.edits.picture:
            self.edits.follow(picture)

    @property
    def picture(self) -> Picture | None:
        """The picture as it stands."""
        return self.edits.picture if self.edits else None

    def show_standing(self, said: PictureStanding) -> None:
        """Say what the checks found about its people and writing."""
        if said != self.said:
            self.said = said
            self.show_faces()

    def aim(self, asked: Showing, group: Group | None) -> None:
        """What is asked of people in it, and which class it is likely to show."""
        self.work.aim(asked, group)

    def suggest(self, chips: dict[str, tuple[Chip, ...]]) -> None:
        """Names the file gives, by face; under "" those for any face."""
        self.work.suggestions = chips
        self._show_choice()

    # --- what is shown ----------------------------------------------------------------------------

    def _show_change(self) -> None:
        self.show_faces()
        if self.edits is not None:
            self._show_edited(self.edits.picture)
            self.changed.emit(self.edits.picture)

    def show_faces(self) -> None:
        """Show how everything in the picture stands."""
        picture = self.picture
        if picture is None or self.edits is None:
            return
        self.bar.show_picture(picture, *self._place)
        said = self.work.named(self.said)
        self.side.show_picture(picture, said)
        self.clip.show_picture(picture)
        marks = self.clip.marks(picture, marks_of(picture, said))
        self.view.show_marks(marks, self.list.words())
        self.blur_rest.setEnabled(bool(open_faces(picture)))
        self.tools.show_steps(self.edits.stack)
        self.work.show_waiting()
        self._show_choice()

    def _show_choice(self) -> None:
        chosen = self.work.chosen()
        self.view.select(self.list.current())
        self.side.show_choice(self.picture, chosen, self.work.named(self.said))
        self.work.show_suggestions()

    # --- pixels -----------------------------------------------------------------------------------

    def load(self, picture: Picture) -> None:
        """Bring the pixels: of a video those of the moment that is shown."""
        self._stop_loading()
        session, photo_id = self._session, self.clip.photo_id(picture)

        def read(_task: Task) -> tuple[QImage, QImage]:
            image = read_image(session, photo_id, 0)
            return image, edited_image(image, picture.edit)

        def show(images: tuple[QImage, QImage]) -> None:
            self._loading = None
            self.image = images[0]
            self._show_pixels(images[1], picture.edit)

        self._loading = session.jobs.start(self, read, show, self._fail, lane=Lane.STORE)

    def _show_edited(self, picture: Picture) -> None:
        """Cut and turn the pixels anew where the edit has changed."""
        if picture.edit == self._shown_edit or self.image.isNull():
            return
        self._stop_loading()
        image, edit = self.image, picture.edit
        self._loading = self._session.jobs.start(
            self,
            lambda _task: edited_image(image, edit),
            lambda shown: self._show_pixels(shown, edit),
            self._fail,
            lane=Lane.STORE,
        )

    def _show_pixels(self, image: QImage, edit: Edit) -> None:
        self._loading = None
        self._shown_edit = edit
        self._put_pixels(QPixmap.fromImage(image))
        self.show_faces()

    def _put_pixels(self, pixmap: QPixmap) -> None:
        self.view.show_picture(pixmap)
        for lens in (self.answers.lens, self.side.writing.lens):
            lens.show_picture(pixmap)

    def _stop_loading(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None

    def _fail(self, error: UserError) -> None:
        self._loading = None
        self.tools.say(str(error))

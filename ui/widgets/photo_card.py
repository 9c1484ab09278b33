"""A picture as readers will see it, with numbered faces, who they are, and what is written."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsScene,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from smassistant.domain.clips import cover_moment
from smassistant.domain.edits import size_after
from smassistant.domain.pictures import Edit, Face, Moment, Picture, Writing
from smassistant.i18n import _, quoted
from ui import icons, theme
from ui.models.picture_standing import PictureStanding
from ui.widgets.face_box import FaceBox
from ui.widgets.photo_marks import at_moment, is_cut_away, letters, marks_of
from ui.widgets.words import face_words, origin_words

WIDTH = 340  # of the picture, in device-independent pixels
LARGE = 720
MANY = 8  # faces from which on two stand beside each other


class PhotoCard(QFrame):
    """Words and faces at once; the pixels follow with `show_image`."""

    def __init__(self, number: int, picture: Picture, standing: PictureStanding) -> None:
        super().__init__()
        self._picture = picture
        self._standing = standing
        self._pixels = QPixmap()
        self._moment = cover_moment(picture)
        self._width = WIDTH
        self.setProperty("role", "card")
        self._image = QLabel()
        self._image.setFixedSize(self._size())
        self._image.setAccessibleName(_("Picture {n}").format(n=number))
        self._image.setAccessibleDescription(picture.alt_text)
        self.larger = QPushButton(_("Show it larger"))
        self.larger.setAccessibleName(_("Show picture {n} larger").format(n=number))
        icons.put(self.larger, "search")
        self.larger.clicked.connect(self._resize)
        self._layout = QGridLayout(self)
        theme.pad(self._layout, theme.SPACE, theme.SPACE)
        self._words = self._said(number)
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        left.addWidget(self._image, alignment=Qt.AlignmentFlag.AlignTop)
        left.addWidget(self.larger, alignment=Qt.AlignmentFlag.AlignLeft)
        left.addStretch()
        self._layout.addLayout(left, 0, 0)
        self._layout.addLayout(self._words, 0, 1)
        self._layout.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_image(self, image: QImage) -> None:
        """Show the picture with the boxes of its faces and writing on it."""
        self._pixels = QPixmap.fromImage(image)
        self._show()

    def show_moment(self, moment: Moment, image: QImage) -> None:
        """Show the still of another moment of a video."""
        self._moment, self._pixels = moment, QPixmap.fromImage(image)
        self._show()

    def _said(self, number: int) -> QVBoxLayout:
        """Everything that was said about the picture."""
        picture = self._picture
        words = QVBoxLayout()
        words.setSpacing(theme.GAP)
        words.addWidget(theme.heading(_("Picture {n}").format(n=number), 3))
        words.addWidget(theme.note(_("Description: {text}").format(text=picture.alt_text)))
        words.addWidget(theme.note(origin_words(picture.origin)))
        if picture.edit != Edit():
            words.addWidget(theme.note(edit_words(picture.edit)))
        words.addLayout(self._faces())
        for index, writing in enumerate(picture.writing):
            if not is_cut_away(picture, writing.box):
                words.addWidget(_line(letters(index), writing_line(writing)))
        words.addWidget(theme.note(_looked_words(picture)))
        words.addStretch()
        return words

    def _faces(self) -> QGridLayout:
        """A line for each face that is shown; in two columns where there are many."""
        grid = QGridLayout()
        grid.setSpacing(theme.GAP)
        shown = [
            (place, face)
            for place, face in enumerate(self._picture.faces, 1)
            if not is_cut_away(self._picture, face.box)
        ]
        columns = 2 if len(shown) > MANY else 1
        rows = -(-len(shown) // columns)
        for at, (place, face) in enumerate(shown):
            grid.addWidget(_line(str(place), self._face_words(face)), at % rows, at // rows)
        return grid

    def _face_words(self, face: Face) -> str:
        words = face_words(face, self._standing.names.get(face.person_id or "", ""))
        if face.id in self._standing.refused:
            return _("{said} – may not be shown").format(said=words)
        return words

    def _size(self) -> QSize:
        width, height = size_after(self._picture.edit, self._picture.width, self._picture.height)
        return QSize(self._width, max(1, round(self._width * height / max(width, 1))))

    def _resize(self) -> None:
        self._width = WIDTH if self._width == LARGE else LARGE
        larger = self._width == LARGE
        self.larger.setText(_("Show it smaller") if larger else _("Show it larger"))
        self._layout.removeItem(self._words)
        self._layout.addLayout(self._words, *((1, 0, 1, 2) if larger else (0, 1, 1, 1)))
        self._image.setFixedSize(self._size())
        self._show()

    def _show(self) -> None:
        if self._pixels.isNull():
            return
        size, ratio = self._size(), self.devicePixelRatioF()
        shown = QPixmap(size * ratio)
        shown.setDevicePixelRatio(ratio)
        shown.fill(Qt.GlobalColor.transparent)
        scene = QGraphicsScene()
        scene.setSceneRect(QRectF(self._pixels.rect()))
        scene.addPixmap(self._pixels).setTransformationMode(
            Qt.TransformationMode.SmoothTransformation
        )
        marks = marks_of(self._picture, self._standing)
        for mark in at_moment(self._picture, self._moment, marks):
            scene.addItem(FaceBox(mark, self._pixels))
        painter = QPainter(shown)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scene.render(painter, QRectF(0, 0, size.width(), size.height()), scene.sceneRect())
        painter.end()
        self._image.setPixmap(shown)


def edit_words(edit: Edit) -> str:
    """What was done to the picture, for whoever decides about it."""
    done = []
    if edit.crop is not None:
        done.append(_("cropped"))
    if edit.turns % 4:
        done.append(_("turned"))
    if edit.slant:
        done.append(_("straightened"))
    if edit.light:
        done.append(_("lighter") if edit.light > 0 else _("darker"))
    return _("Adjusted: {what}").format(what=", ".join(done))


def writing_line(writing: Writing) -> str:
    """Words that stand in the picture, and whether they can be read."""
    words = _("{words} – blurred") if writing.blurred else _("{words} stands in it")
    return words.format(words=quoted(writing.text))


def _looked_words(picture: Picture) -> str:
    if picture.looked:
        return _("The author looked: nobody else can be recognised.")
    return _("The author has not said that nobody else can be recognised.")


def _line(sign: str, words: str) -> QLabel:
    line = QLabel(f"{sign}  {words}")
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setWordWrap(True)
    return line

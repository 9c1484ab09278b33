"""A picture as readers will see it, with numbered faces and who they are."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from smassistant.domain.people import Person
from smassistant.domain.pictures import Accounting, Face, Picture
from smassistant.i18n import _
from ui import theme
from ui.widgets.words import face_words

WIDTH = 340  # of the picture, in device-independent pixels


class PhotoCard(QFrame):
    """Alt text and faces at once; the pixels follow with `show_pixels`."""

    def __init__(self, number: int, picture: Picture, people: Mapping[str, Person]) -> None:
        super().__init__()
        self._picture = picture
        self.setProperty("role", "card")
        self._image = QLabel()
        self._image.setFixedSize(self._size())
        self._image.setAccessibleName(_("Picture {n}").format(n=number))
        self._image.setAccessibleDescription(picture.alt_text)
        words = QVBoxLayout()
        words.setSpacing(theme.GAP)
        words.addWidget(theme.heading(_("Picture {n}").format(n=number), 3))
        words.addWidget(theme.note(_("Description: {text}").format(text=picture.alt_text)))
        for place, face in enumerate(picture.faces, 1):
            words.addWidget(self._face_line(place, face, people))
        if not picture.faces:
            words.addWidget(theme.note(_("No face found, and the author looked.")))
        words.addStretch()
        layout = QHBoxLayout(self)
        theme.pad(layout, theme.SPACE, theme.SPACE)
        layout.addWidget(self._image, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_pixels(self, data: bytes) -> None:
        """Paint the JPEG with the faces' boxes on it."""
        image = QImage.fromData(data)
        if image.isNull():
            return
        ratio = self.devicePixelRatioF()
        size = self._size()
        shown = image.scaled(
            QSize(round(size.width() * ratio), round(size.height() * ratio)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap = QPixmap.fromImage(shown)
        pixmap.setDevicePixelRatio(ratio)
        self._paint_faces(pixmap, size)
        self._image.setPixmap(pixmap)

    def _size(self) -> QSize:
        return QSize(WIDTH, round(WIDTH * self._picture.height / self._picture.width))

    def _paint_faces(self, pixmap: QPixmap, size: QSize) -> None:
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        for place, face in enumerate(self._picture.faces, 1):
            box = face.box
            rect = QRectF(
                box.x * size.width(), box.y * size.height(),
                box.w * size.width(), box.h * size.height(),
            )  # fmt: skip
            for colour, width in (("#101418", 4), ("#ffffff", 2)):
                painter.setPen(QPen(QColor(colour), width, _line(face)))
                painter.drawRoundedRect(rect, 4, 4)
            badge = QRectF(rect.left() - 2, rect.top() - 20, 20, 18)
            painter.fillRect(badge, QColor("#101418"))
            painter.setPen(QColor("#ffffff"))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(place))
        painter.end()

    @staticmethod
    def _face_line(place: int, face: Face, people: Mapping[str, Person]) -> QLabel:
        person = people.get(face.person_id or "")
        line = QLabel(f"{place}  {face_words(face, person.described if person else '')}")
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setWordWrap(True)
        return line


def _line(face: Face) -> Qt.PenStyle:
    """Blurred faces are dotted, so that the line says it too."""
    blurred = face.accounting is Accounting.BLURRED
    return Qt.PenStyle.DotLine if blurred else Qt.PenStyle.SolidLine

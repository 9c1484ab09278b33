"""The box around one face in the picture: shape, number and word say how it stands."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from smassistant.domain.pictures import Accounting, Box, Face
from ui import theme
from ui.widgets.boxes import Corner, widened
from ui.widgets.words import is_maybe

HANDLE = 9  # pixels on the screen
BLOCKS = 6  # across a blurred face, as in the published copy
TAG = 22


class Standing(Enum):
    """How a face stands, with the sign beside its number."""

    UNKNOWN = "?"
    MAYBE = "??"
    PERMITTED = "✓"
    REFUSED = "✕"
    BLURRED = "▒"


def standing(face: Face, refused: bool) -> Standing:
    """How the face stands; `refused` where the person may not be shown somewhere."""
    if face.accounting is None:
        return Standing.MAYBE if is_maybe(face) else Standing.UNKNOWN
    if face.accounting is Accounting.BLURRED:
        return Standing.BLURRED
    return Standing.REFUSED if refused else Standing.PERMITTED


class FaceBox(QGraphicsItem):
    """Draws one face in scene coordinates, which are pixels of the picture."""

    def __init__(self, face: Face, number: int, how: Standing, picture: QPixmap) -> None:
        super().__init__()
        self.face = face
        self.number = number
        self.how = how
        self.selected = False
        self._picture = picture
        self._rect = _scene_rect(face.box, picture)
        self._blur = _pixelated(picture, face) if how is Standing.BLURRED else None
        self.setZValue(1)

    def rect(self) -> QRectF:
        """The box in scene coordinates."""
        return self._rect

    def show_rect(self, rect: QRectF) -> None:
        """Show the box elsewhere while it is being dragged."""
        self.prepareGeometryChange()
        self._rect = rect
        self._blur = None

    def select(self, selected: bool) -> None:
        """Show handles, on top of the others."""
        self.selected = selected
        self.setZValue(2 if selected else 1)
        self.update()

    def corner_at(self, point: QPointF, reach: float) -> Corner | None:
        """The corner within `reach` scene units of `point`."""
        for corner, place in self._corners().items():
            if abs(place.x() - point.x()) <= reach and abs(place.y() - point.y()) <= reach:
                return corner
        return None

    def boundingRect(self) -> QRectF:
        """Room for the box, its blur, its tag and its handles at any zoom."""
        blur = _scene_rect(widened(self.face.box), self._picture)
        room = max(self._picture.width(), self._picture.height()) / 12
        return self._rect.united(blur).adjusted(-room, -room, room, room)

    def shape(self) -> QPainterPath:
        """Only the box itself takes the mouse."""
        path = QPainterPath()
        path.addRect(self._rect)
        return path

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Blur, outline, tag and handles."""
        scale = 1 / max(painter.worldTransform().m11(), 1e-6)  # scene units of one screen pixel
        if self._blur is not None:
            self._paint_blur(painter, self._blur)
        self._paint_outline(painter, scale)
        self._paint_tag(painter, scale)
        if self.selected:
            self._paint_handles(painter, scale)

    def _paint_blur(self, painter: QPainter, blur: QPixmap) -> None:
        target = _scene_rect(widened(self.face.box), self._picture)
        path = QPainterPath()
        path.addEllipse(target)
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.drawPixmap(target, blur, QRectF(blur.rect()))
        painter.restore()

    def _paint_outline(self, painter: QPainter, scale: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        width, style = _LINES[self.how]
        halo = QPen(QColor(255, 255, 255, 220), width + 2)
        halo.setCosmetic(True)
        painter.setPen(halo)
        painter.drawRect(self._rect)
        pen = QPen(QColor(_colour(self.how)), width, style)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawRect(self._rect)
        if self.how is Standing.REFUSED:
            gap = 4 * scale
            painter.drawRect(self._rect.adjusted(-gap, -gap, gap, gap))

    def _paint_tag(self, painter: QPainter, scale: float) -> None:
        words = f"{self.number} {self.how.value}"
        painter.save()
        painter.translate(self._rect.topLeft())
        painter.scale(scale, scale)
        font = theme.font(3)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(words) + 10
        top = -TAG if self._rect.top() > TAG * scale else 0
        tag = QRectF(-1, top, width, TAG)
        painter.setPen(QPen(QColor("#ffffff"), 1))
        painter.setBrush(QColor(_colour(self.how)))
        painter.drawRoundedRect(tag, 4, 4)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()

    def _paint_handles(self, painter: QPainter, scale: float) -> None:
        side = HANDLE * scale
        pen = QPen(QColor(_colour(self.how)), 2)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(QColor("#ffffff"))
        for place in self._corners().values():
            painter.drawRect(QRectF(place.x() - side / 2, place.y() - side / 2, side, side))

    def _corners(self) -> dict[Corner, QPointF]:
        return {
            Corner.TOP_LEFT: self._rect.topLeft(),
            Corner.TOP_RIGHT: self._rect.topRight(),
            Corner.BOTTOM_LEFT: self._rect.bottomLeft(),
            Corner.BOTTOM_RIGHT: self._rect.bottomRight(),
        }


# Width and style of each outline; a refused face has a second line around it.
_LINES = {
    Standing.UNKNOWN: (4, Qt.PenStyle.SolidLine),
    Standing.MAYBE: (3, Qt.PenStyle.DashLine),
    Standing.PERMITTED: (2, Qt.PenStyle.SolidLine),
    Standing.REFUSED: (2, Qt.PenStyle.SolidLine),
    Standing.BLURRED: (2, Qt.PenStyle.DotLine),
}


def _colour(how: Standing) -> str:
    """The light theme's colours in both themes: they lie on a photo and carry white words."""
    light = theme.LIGHT
    return {
        Standing.UNKNOWN: light.danger,
        Standing.MAYBE: light.warning,
        Standing.PERMITTED: light.ok,
        Standing.REFUSED: light.danger,
        Standing.BLURRED: light.muted,
    }[how]


def _scene_rect(box: Box, picture: QPixmap) -> QRectF:
    width, height = picture.width(), picture.height()
    return QRectF(box.x * width, box.y * height, box.w * width, box.h * height)


def _pixelated(picture: QPixmap, face: Face) -> QPixmap:
    """The face as it will be published: so few blocks that nobody can be told."""
    region = _scene_rect(widened(face.box), picture).toAlignedRect().intersected(picture.rect())
    if region.isEmpty():
        return QPixmap()
    smooth = Qt.TransformationMode.SmoothTransformation
    whole = Qt.AspectRatioMode.IgnoreAspectRatio
    blocks = picture.copy(region).scaled(BLOCKS, BLOCKS, whole, smooth)
    return blocks.scaled(region.size(), whole, Qt.TransformationMode.FastTransformation)

"""The box around a face or writing in the picture: shape, sign and colour say how it stands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from smassistant.domain.pictures import Box
from ui import theme
from ui.widgets.boxes import Corner, widened
from ui.widgets.photo_marks import Mark, Standing

HANDLE = 9  # pixels on the screen
SMALL_HANDLE = 6  # on a small box, so that the face stays in sight
BLOCKS = 6  # across a blurred face, as in the published copy
TAG = 22  # height of the number
SMALL_TAG = 16  # where the faces are so small that larger ones would cover them
SMALL = 44  # a box narrower than this on the screen is small
DISMISS = " ✕"  # behind the number of what is perhaps a face: one click says that it is none


class FaceBox(QGraphicsItem):
    """Draws one mark in scene coordinates, which are pixels of the picture."""

    def __init__(self, mark: Mark, picture: QPixmap) -> None:
        super().__init__()
        self.mark = mark
        self.selected = False
        self._picture = picture
        self._rect = _scene_rect(mark.box, picture)
        self._blur = _pixelated(picture, mark) if mark.how is Standing.BLURRED else None
        self.setZValue(self._height())

    @property
    def how(self) -> Standing:
        """How the face or writing stands."""
        return self.mark.how

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
        self.setZValue(self._height())
        self.update()

    def corner_at(self, point: QPointF, reach: float) -> Corner | None:
        """The corner within `reach` scene units of `point`; writing has none to pull."""
        if self.mark.writing:
            return None
        for corner, place in self._corners().items():
            if abs(place.x() - point.x()) <= reach and abs(place.y() - point.y()) <= reach:
                return corner
        return None

    def dismisses(self, point: QPointF, scale: float) -> bool:
        """Whether a click at `point` says that what is perhaps a face is none."""
        if self.how is not Standing.MAYBE:
            return False
        font, words, tag = self._tag(scale)
        width = QFontMetricsF(font).horizontalAdvance(DISMISS) + 8
        cross = QRectF(tag.right() - width, tag.top(), width, tag.height())
        place = (point - self._rect.topLeft()) / scale
        return words.endswith(DISMISS) and cross.contains(place)

    def boundingRect(self) -> QRectF:
        """Room for the box, its blur, its tag and its handles at any zoom."""
        blur = _scene_rect(widened(self.mark.box), self._picture)
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
        if self.selected and not self.mark.writing:
            self._paint_handles(painter, scale)

    def _height(self) -> int:
        """Writing lies under faces, what is chosen over all."""
        return 3 if self.selected else (1 if self.mark.writing else 2)

    def _paint_blur(self, painter: QPainter, blur: QPixmap) -> None:
        target = _scene_rect(widened(self.mark.box), self._picture)
        path = QPainterPath()
        if self.mark.writing:
            path.addRect(target)
        else:
            path.addEllipse(target)
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.drawPixmap(target, blur, QRectF(blur.rect()))
        painter.restore()

    def _paint_outline(self, painter: QPainter, scale: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        width, style = _LINES[self.how]
        width = min(width, max(2, round(self._rect.width() / scale / 10)))
        width += 1 if self.selected else 0
        dense = painter.device().devicePixelRatioF()
        width = round(width * dense)
        halo = QPen(QColor(255, 255, 255, 220), width + 2 * dense)
        halo.setCosmetic(True)
        pen = QPen(QColor(_colour(self.how)), width, style)
        pen.setCosmetic(True)
        for line in (halo, pen):
            painter.setPen(line)
            self._draw_frame(painter, self._rect, scale)
        if self.how is Standing.REFUSED:
            gap = 4 * scale
            self._draw_frame(painter, self._rect.adjusted(-gap, -gap, gap, gap), scale)

    def _draw_frame(self, painter: QPainter, rect: QRectF, scale: float) -> None:
        """A face's box has corners, writing's has round ends."""
        if self.mark.writing:
            around = 3 * scale
            round_ = 8 * scale
            painter.drawRoundedRect(rect.adjusted(-around, -around, around, around), round_, round_)
        else:
            painter.drawRect(rect)

    def _tag(self, scale: float) -> tuple[QFont, str, QRectF]:
        """Font, words and place of the tag, in screen pixels from the box's top left."""
        wide = self._rect.width() / scale
        small = wide < SMALL and not self.selected
        font = theme.font(3)
        if small:
            font.setPointSizeF(font.pointSizeF() * 0.82)
        words = f"{self.mark.sign} {self.how.value}".strip()
        if self.how is Standing.MAYBE and (self.selected or wide >= SMALL / 2):
            words = self.mark.sign + " ?" + DISMISS
        elif small and self.how in (Standing.UNKNOWN, Standing.MAYBE):
            words = self.mark.sign  # the line says the rest
        high = SMALL_TAG if small else TAG
        across = QFontMetricsF(font).horizontalAdvance(words) + (6 if small else 10)
        left = (wide - across) / 2 if small else -1
        room = (self._picture.width() - self._rect.left()) / scale - across
        left = max(min(left, room), -self._rect.left() / scale)
        above = 3 if self.mark.writing else 0
        top = -high - above if self._rect.top() > high * scale else 0
        return font, words, QRectF(left, top, across, high)

    def _paint_tag(self, painter: QPainter, scale: float) -> None:
        if self.how is Standing.WRITTEN and not self.selected:
            return  # harmless words: the line is enough
        font, words, tag = self._tag(scale)
        painter.save()
        painter.translate(self._rect.topLeft())
        painter.scale(scale, scale)
        painter.setFont(font)
        painter.setPen(QPen(QColor("#ffffff"), 1))
        painter.setBrush(QColor(_colour(self.how)))
        painter.drawRoundedRect(tag, 4, 4)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()

    def _paint_handles(self, painter: QPainter, scale: float) -> None:
        small = self._rect.width() / scale < SMALL
        side = (SMALL_HANDLE if small else HANDLE) * scale
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
    Standing.BLURRED: (3, Qt.PenStyle.DotLine),
    Standing.WRITTEN: (1, Qt.PenStyle.SolidLine),
    Standing.NAMED: (3, Qt.PenStyle.DashDotLine),
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
        Standing.WRITTEN: light.accent,
        Standing.NAMED: light.accent,
    }[how]


def _scene_rect(box: Box, picture: QPixmap) -> QRectF:
    width, height = picture.width(), picture.height()
    return QRectF(box.x * width, box.y * height, box.w * width, box.h * height)


def _pixelated(picture: QPixmap, mark: Mark) -> QPixmap:
    """What is in the box as it will be published: so few blocks that nobody can be told."""
    region = _scene_rect(widened(mark.box), picture).toAlignedRect().intersected(picture.rect())
    if region.isEmpty():
        return QPixmap()
    smooth = Qt.TransformationMode.SmoothTransformation
    whole = Qt.AspectRatioMode.IgnoreAspectRatio
    blocks = picture.copy(region).scaled(BLOCKS, BLOCKS, whole, smooth)
    return blocks.scaled(region.size(), whole, Qt.TransformationMode.FastTransformation)

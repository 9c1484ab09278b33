"""A picture with the boxes of its faces, drawn, moved and stretched by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene, QGraphicsView, QWidget

from smassistant.domain.pictures import Box, Face
from smassistant.i18n import _
from ui.widgets import boxes
from ui.widgets.boxes import Corner
from ui.widgets.face_box import HANDLE, FaceBox, standing

ZOOM = 1.25
MOST_ZOOM = 8.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PhotoView(QGraphicsView):
    """Says what the person does with boxes; whoever owns the faces changes them."""

    drawn = Signal(object)  # Box of a face that was missed
    moved = Signal(str, object)  # face id, Box
    chosen = Signal(str)  # face id
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        self.setAccessibleName(_("Picture with the boxes of its faces"))
        self.setAccessibleDescription(
            _("Arrow keys move the chosen box, Shift and arrow keys stretch it.")
        )
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setMouseTracking(True)
        self._picture = QPixmap()
        self._items: dict[str, FaceBox] = {}
        self._selected = ""
        self._fitted = True
        self._pressed: QPointF | None = None
        self._corner: Corner | None = None
        self._rubber: QGraphicsRectItem | None = None

    # --- what is shown ------------------------------------------------------------------------

    def show_picture(self, picture: QPixmap) -> None:
        """Show the pixels, without any box yet; a null pixmap empties the view."""
        self.scene().clear()
        self._items = {}
        self._rubber = None
        self._picture = picture
        self.scene().addPixmap(picture)
        self.scene().setSceneRect(QRectF(picture.rect()))
        self.fit()

    def show_faces(self, faces: Sequence[Face], refused: frozenset[str]) -> None:
        """Draw the boxes; `refused` are ids of faces whose person may not be shown."""
        for item in self._items.values():
            self.scene().removeItem(item)
        self._items = {}
        if self._picture.isNull():
            return
        for index, face in enumerate(faces):
            how = standing(face, face.id in refused)
            item = FaceBox(face, index + 1, how, self._picture)
            item.select(face.id == self._selected)
            self._items[face.id] = item
            self.scene().addItem(item)

    def select(self, face_id: str) -> None:
        """Show handles on one box and bring it into view."""
        self._selected = face_id
        for key, item in self._items.items():
            item.select(key == face_id)
        if face_id in self._items:
            self.ensureVisible(self._items[face_id].rect(), 40, 40)

    def box_on_screen(self, face_id: str) -> QRectF:
        """Where a face's box lies in the viewport."""
        return QRectF(self.mapFromScene(self._items[face_id].rect()).boundingRect())

    # --- zoom ---------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole picture."""
        self._fitted = True
        self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)

    def zoom(self, larger: bool) -> None:
        """Come closer or go further away."""
        now = self.transform().m11()
        if larger and now < MOST_ZOOM:
            self._fitted = False
            self.scale(ZOOM, ZOOM)
        elif not larger and not self._fitted:
            self.scale(1 / ZOOM, 1 / ZOOM)
            if (
                self.viewport()
                .rect()
                .contains(self.mapFromScene(self.sceneRect()).boundingRect().adjusted(2, 2, -2, -2))
            ):
                self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep showing the whole picture."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(event.angleDelta().y() > 0)
        else:
            super().wheelEvent(event)

    # --- mouse --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a corner or a box, or begin a new box on empty ground."""
        if event.button() is not Qt.MouseButton.LeftButton or self._picture.isNull():
            super().mousePressEvent(event)
            return
        point = self.mapToScene(event.position().toPoint())
        self._pressed = point
        self._corner = self._corner_at(point)
        if self._corner is None:
            hit = self._face_at(point)
            if hit is None:
                self._begin_box(point)
            else:
                self._choose(hit.face.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the box would be."""
        point = self.mapToScene(event.position().toPoint())
        if self._pressed is None:
            self._show_cursor(point)
        elif self._rubber is not None:
            self._rubber.setRect(self._rect(self._drawn_box(point)))
        elif self._selected in self._items:
            self._items[self._selected].show_rect(self._rect(self._dragged_box(point)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what the drag came to."""
        if self._pressed is None:
            super().mouseReleaseEvent(event)
            return
        point = self.mapToScene(event.position().toPoint())
        if self._rubber is not None:
            box = self._drawn_box(point)
            self.scene().removeItem(self._rubber)
            self._rubber = None
            if boxes.large_enough(box):
                self.drawn.emit(box)
        elif self._selected in self._items and point != self._pressed:
            self.moved.emit(self._selected, self._dragged_box(point))
        self._pressed = None
        self._corner = None

    def _begin_box(self, point: QPointF) -> None:
        pen = QPen(self.palette().highlight().color(), 2, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        self._rubber = self.scene().addRect(QRectF(point, point), pen)
        self._rubber.setZValue(3)

    def _choose(self, face_id: str) -> None:
        self.select(face_id)
        self.chosen.emit(face_id)

    def _face_at(self, point: QPointF) -> FaceBox | None:
        """The smallest box under the mouse; the chosen one before others."""
        hits = [item for item in self._items.values() if item.rect().contains(point)]
        return min(hits, key=_nearness, default=None)

    def _corner_at(self, point: QPointF) -> Corner | None:
        item = self._items.get(self._selected)
        reach = (HANDLE + 3) / max(self.transform().m11(), 1e-6)
        return item.corner_at(point, reach) if item is not None else None

    def _show_cursor(self, point: QPointF) -> None:
        corner = self._corner_at(point)
        if corner is not None:
            falling = corner.value[0] == corner.value[1]
            shape = Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor
        elif self._face_at(point) is not None:
            shape = Qt.CursorShape.SizeAllCursor
        else:
            shape = Qt.CursorShape.CrossCursor
        self.viewport().setCursor(shape)

    def _drawn_box(self, point: QPointF) -> Box:
        start = self._pressed or point
        return boxes.between(*self._share(start), *self._share(point))

    def _dragged_box(self, point: QPointF) -> Box:
        box = self._items[self._selected].face.box
        if self._corner is not None:
            return boxes.dragged(box, self._corner, *self._share(point))
        x, y = self._share(point)
        from_x, from_y = self._share(self._pressed or point)
        return boxes.moved(box, x - from_x, y - from_y)

    def _share(self, point: QPointF) -> tuple[float, float]:
        """A place in the scene as fractions of the picture."""
        return point.x() / self._picture.width(), point.y() / self._picture.height()

    def _rect(self, box: Box) -> QRectF:
        width, height = self._picture.width(), self._picture.height()
        return QRectF(box.x * width, box.y * height, box.w * width, box.h * height)

    # --- keyboard -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, stretch or remove the chosen box; plus and minus zoom."""
        key = Qt.Key(event.key())
        item = self._items.get(self._selected)
        if key in _ARROWS and item is not None:
            dx, dy = (boxes.STEP * way for way in _ARROWS[key])
            stretch = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            change = boxes.resized if stretch else boxes.moved
            self.moved.emit(self._selected, change(item.face.box, dx, dy))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and item is not None:
            self.removed.emit(self._selected)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(key is not Qt.Key.Key_Minus)
        elif key is Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)


def _nearness(item: FaceBox) -> tuple[bool, float]:
    """What is taken first where boxes overlap: the chosen one, then the smallest."""
    return (not item.selected, item.rect().width() * item.rect().height())

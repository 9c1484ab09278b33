"""A picture with the boxes of its faces, drawn, moved and stretched by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene, QWidget

from smassistant.domain.pictures import Box
from smassistant.i18n import _
from ui.widgets import boxes
from ui.widgets.boxes import Corner
from ui.widgets.face_box import HANDLE, FaceBox
from ui.widgets.photo_keys import digit_of, step_of
from ui.widgets.photo_marks import Mark
from ui.widgets.photo_zoom import ZoomView

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PhotoView(ZoomView):
    """Says what the person does with boxes; whoever owns the faces changes them.

    Boxes are fractions of the picture as shown, so after its edit.
    """

    drawn = Signal(object)  # Box of a face that was missed
    moved = Signal(str, object)  # id of a face, Box
    chosen = Signal(str)  # id of a face or writing
    removed = Signal(str)
    stepped = Signal(int)  # to the next (1) or previous (-1) that is open
    numbered = Signal(int)  # a number key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        self.setAccessibleName(_("Picture with the boxes of its faces"))
        self.setAccessibleDescription(
            _(
                "Arrow keys move the chosen box, Shift and arrow keys stretch it. N goes to the "
                "next face nobody has accounted for, P back. Plus and minus zoom, 0 shows the "
                "whole picture."
            )
        )
        self.setMouseTracking(True)
        self._picture = QPixmap()
        self._items: dict[str, FaceBox] = {}
        self._selected = ""
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

    def show_marks(self, marks: Iterable[Mark], words: Mapping[str, str]) -> None:
        """Draw the boxes; `words` say under the mouse how each stands, by its id."""
        for item in self._items.values():
            self.scene().removeItem(item)
        self._items = {}
        if self._picture.isNull():
            return
        for mark in marks:
            item = FaceBox(mark, self._picture)
            item.setToolTip(words.get(mark.id, ""))
            item.select(mark.id == self._selected)
            self._items[mark.id] = item
            self.scene().addItem(item)

    def select(self, mark_id: str) -> None:
        """Show handles on one box and bring it into view."""
        self._selected = mark_id
        for key, item in self._items.items():
            item.select(key == mark_id)
        if mark_id in self._items and self._pressed is None:
            self.ensureVisible(self._items[mark_id].rect(), 40, 40)

    def box_on_screen(self, mark_id: str) -> QRectF:
        """Where a box lies in the viewport."""
        return QRectF(self.mapFromScene(self._items[mark_id].rect()).boundingRect())

    # --- mouse --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a corner or a box, or begin a new box on empty ground."""
        left = event.button() is Qt.MouseButton.LeftButton
        if not left or self._picture.isNull() or self.grabbing:
            super().mousePressEvent(event)
            return
        point = self.mapToScene(event.position().toPoint())
        self._pressed = point
        self._corner = self._corner_at(point)
        if self._corner is not None:
            return
        dismissed = self._dismissed_at(point)
        hit = self._mark_at(point)
        if dismissed is not None:
            self._pressed = None
            self.removed.emit(dismissed.mark.id)
        elif hit is None:
            self._begin_box(point)
        else:
            self._choose(hit.mark.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the box would be."""
        point = self.mapToScene(event.position().toPoint())
        if self.grabbing:
            super().mouseMoveEvent(event)
        elif self._pressed is None:
            self._show_cursor(point)
        elif self._rubber is not None:
            self._rubber.setRect(self._rect(self._drawn_box(point)))
        elif self._movable():
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
        elif self._movable() and point != self._pressed:
            self.moved.emit(self._selected, self._dragged_box(point))
        self._pressed = None
        self._corner = None

    def _begin_box(self, point: QPointF) -> None:
        pen = QPen(self.palette().highlight().color(), 2, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        self._rubber = self.scene().addRect(QRectF(point, point), pen)
        self._rubber.setZValue(3)

    def _choose(self, mark_id: str) -> None:
        self.select(mark_id)
        self.chosen.emit(mark_id)

    def _movable(self) -> bool:
        """Whether a face is chosen; where writing is, the reader knows best."""
        item = self._items.get(self._selected)
        return item is not None and not item.mark.writing

    def _mark_at(self, point: QPointF) -> FaceBox | None:
        """The smallest box under the mouse; the chosen one before others, faces before writing."""
        hits = [item for item in self._items.values() if item.rect().contains(point)]
        return min(hits, key=_nearness, default=None)

    def _dismissed_at(self, point: QPointF) -> FaceBox | None:
        """What is perhaps a face and whose cross was hit."""
        scale = 1 / max(self.transform().m11(), 1e-6)
        return next((item for item in self._items.values() if item.dismisses(point, scale)), None)

    def _corner_at(self, point: QPointF) -> Corner | None:
        item = self._items.get(self._selected)
        reach = (HANDLE + 3) / max(self.transform().m11(), 1e-6)
        return item.corner_at(point, reach) if item is not None else None

    def _show_cursor(self, point: QPointF) -> None:
        corner = self._corner_at(point)
        if corner is not None:
            falling = corner.value[0] == corner.value[1]
            shape = Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor
        elif self._dismissed_at(point) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        elif (hit := self._mark_at(point)) is not None:
            writing = hit.mark.writing
            shape = Qt.CursorShape.PointingHandCursor if writing else Qt.CursorShape.SizeAllCursor
        else:
            shape = Qt.CursorShape.CrossCursor
        self.viewport().setCursor(shape)

    def _drawn_box(self, point: QPointF) -> Box:
        start = self._pressed or point
        return boxes.between(*self._share(start), *self._share(point))

    def _dragged_box(self, point: QPointF) -> Box:
        box = self._items[self._selected].mark.box
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
        """Move, stretch or remove the chosen box, go on to the next."""
        key = Qt.Key(event.key())
        item = self._items.get(self._selected)
        if key in _ARROWS and item is not None and self._movable():
            dx, dy = (boxes.STEP * way for way in _ARROWS[key])
            stretch = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            change = boxes.resized if stretch else boxes.moved
            self.moved.emit(self._selected, change(item.mark.box, dx, dy))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and item is not None:
            self.removed.emit(self._selected)
        elif step := step_of(event):
            self.stepped.emit(step)
        elif digit := digit_of(event):
            self.numbered.emit(digit)
        else:
            super().keyPressEvent(event)


def _nearness(item: FaceBox) -> tuple[bool, bool, float]:
    """What is taken first where boxes overlap: the chosen one, then the smallest face."""
    return (not item.selected, item.mark.writing, item.rect().width() * item.rect().height())

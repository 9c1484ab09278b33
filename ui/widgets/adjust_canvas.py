"""The picture being adjusted, with its crop, drawn and changed by mouse or keyboard."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from smassistant.domain.pictures import Box
from smassistant.i18n import _
from ui import theme
from ui.widgets import crop_frame
from ui.widgets.crop_frame import STEP, WHOLE, Handle

ROOM = 20  # around the picture, for the handles
REACH = 16  # how near a handle the mouse takes it, in pixels
GRID_LINES = 12
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_STOPS: tuple[Handle | None, ...] = (None, *Handle)


class AdjustCanvas(QWidget):
    """Says how the person crops; whoever owns the edit changes it.

    Tab goes from the whole crop to each of its handles and on; arrow keys move what is chosen,
    Shift and arrow keys stretch the crop.
    """

    cropped = Signal(object, str)  # Box, and a word that is the same for one pull or move
    taken = Signal()  # Enter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ratio: float | None = None
        self.handle: Handle | None = None
        self._image = QImage()
        self._whole: QImage | None = None
        self._crop = WHOLE
        self._grid = False
        self._words = ""
        self._held: Handle | None = None
        self._start: QPointF | None = None
        self._crop_at_start = WHOLE
        self._pulls = count(1)
        self._pull = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(320, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Crop of the picture"))

    # --- what is shown ----------------------------------------------------------------------------

    def show_edit(self, image: QImage, crop: Box, words: str) -> None:
        """The picture before the crop, the crop, and in words where it lies."""
        self._image, self._crop, self._words = image, crop, words
        self.setAccessibleDescription(self.said)
        self.update()

    def show_grid(self, shown: bool) -> None:
        """Lines to straighten by."""
        self._grid = shown
        self.update()

    def show_instead(self, image: QImage | None) -> None:
        """Another picture without any frame, or with None the one being adjusted again."""
        self._whole = image
        self.update()

    @property
    def said(self) -> str:
        """What is chosen, and where the crop lies."""
        return f"{self.handle.words}. {self._words}" if self.handle else self._words

    def sizeHint(self) -> QSize:
        """Room for a picture."""
        return QSize(640, 480)

    def frame(self) -> QRectF:
        """Where the picture is drawn."""
        image = self._whole or self._image
        room = QRectF(self.rect()).adjusted(ROOM, ROOM, -ROOM, -ROOM)
        if image.isNull() or room.isEmpty():
            return room
        scale = min(room.width() / image.width(), room.height() / image.height())
        size = QRectF(0, 0, image.width() * scale, image.height() * scale)
        size.moveCenter(room.center())
        return size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, shade outside the crop, lines and handles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = self.frame()
        painter.drawImage(frame, self._whole or self._image)
        if self._whole is None:
            self._paint_crop(painter, frame)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.colours().accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint_crop(self, painter: QPainter, frame: QRectF) -> None:
        crop = _within(frame, self._crop)
        shade = QColor(10, 14, 20, 150)
        for part in (
            QRectF(frame.topLeft(), QPointF(frame.right(), crop.top())),
            QRectF(QPointF(frame.left(), crop.bottom()), frame.bottomRight()),
            QRectF(QPointF(frame.left(), crop.top()), crop.bottomLeft()),
            QRectF(crop.topRight(), QPointF(frame.right(), crop.bottom())),
        ):
            painter.fillRect(part, shade)
        painter.setPen(QPen(QColor(255, 255, 255, 110), 1))
        lines = GRID_LINES if self._grid else 3
        area = frame if self._grid else crop
        for i in range(1, lines):
            x = area.left() + area.width() * i / lines
            y = area.top() + area.height() * i / lines
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(16, 20, 24), 4), (QColor("white"), 2)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(crop)
        for handle in Handle:
            self._paint_handle(painter, frame, handle)

    def _paint_handle(self, painter: QPainter, frame: QRectF, handle: Handle) -> None:
        x, y = handle.on(self._crop)
        chosen = handle is self.handle and self.hasFocus()
        side = 18 if chosen else 12
        middle = QPointF(frame.left() + x * frame.width(), frame.top() + y * frame.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(middle)
        painter.setPen(QPen(QColor(16, 20, 24), 2))
        painter.setBrush(QColor(theme.LIGHT.accent if chosen else "white"))
        painter.drawRect(square)

    # --- mouse ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a handle, or the crop itself."""
        if event.button() is not Qt.MouseButton.LeftButton or self._whole is not None:
            return
        at = event.position()
        self._held = self._handle_at(at)
        if self._held is not None or _within(self.frame(), self._crop).contains(at):
            self._start, self._crop_at_start = at, self._crop
            self._pull = f"pull {next(self._pulls)}"
            self.handle = self._held
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull or move what was taken."""
        at, frame = event.position(), self.frame()
        if self._start is None:
            self._show_cursor(at)
            return
        dx = (at.x() - self._start.x()) / max(frame.width(), 1)
        dy = (at.y() - self._start.y()) / max(frame.height(), 1)
        crop = self._crop_at_start
        if self._held is None:
            crop = crop_frame.moved(crop, dx, dy)
        else:
            x, y = self._held.on(crop)
            crop = crop_frame.pulled(crop, self._held, x + dx, y + dy, self.ratio)
        self.cropped.emit(crop, self._pull)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._start, self._held = None, None

    def _handle_at(self, at: QPointF) -> Handle | None:
        frame = self.frame()
        for handle in Handle:
            x, y = handle.on(self._crop)
            dx = frame.left() + x * frame.width() - at.x()
            dy = frame.top() + y * frame.height() - at.y()
            if abs(dx) <= REACH and abs(dy) <= REACH:
                return handle
        return None

    def _show_cursor(self, at: QPointF) -> None:
        handle = self._handle_at(at)
        if handle is None:
            inside = _within(self.frame(), self._crop).contains(at)
            self.setCursor(Qt.CursorShape.SizeAllCursor if inside else Qt.CursorShape.ArrowCursor)
            return
        across, down = handle.value
        if across and down:
            falling = across == down
            shape = Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor
        else:
            shape = Qt.CursorShape.SizeHorCursor if across else Qt.CursorShape.SizeVerCursor
        self.setCursor(shape)

    # --- keyboard ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move what is chosen, with Shift they stretch the crop; Enter is done."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
            return
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is None or self._whole is not None:
            super().keyPressEvent(event)
            return
        dx, dy = way[0] * STEP, way[1] * STEP
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            crop, how = crop_frame.stretched(self._crop, dx, dy, self.ratio), "stretch"
        elif self.handle is None:
            crop, how = crop_frame.moved(self._crop, dx, dy), "move"
        else:
            crop, how = self._pulled_by(dx, dy), self.handle.name
        self.cropped.emit(crop, how)
        self._speak()

    def _pulled_by(self, dx: float, dy: float) -> Box:
        """The chosen handle pulled a step; one key pulls a corner along both sides of a ratio."""
        handle = self.handle or Handle.BOTTOM_RIGHT
        across, down = handle.value
        if self.ratio is not None and across and down:
            if dx:
                dy = dx * across / self.ratio * down
            else:
                dx = dy * down * self.ratio * across
        x, y = handle.on(self._crop)
        return crop_frame.pulled(self._crop, handle, x + dx, y + dy, self.ratio)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes through the handles before it leaves."""
        stop = _STOPS.index(self.handle) + (1 if next else -1)
        if not 0 <= stop < len(_STOPS):
            self.handle = None
            return super().focusNextPrevChild(next)
        self.handle = _STOPS[stop]
        self.update()
        self._speak()
        return True

    def _speak(self) -> None:
        self.setAccessibleDescription(self.said)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.said))


def _within(frame: QRectF, box: Box) -> QRectF:
    """A box of fractions in the frame's coordinates."""
    return QRectF(
        frame.left() + box.x * frame.width(),
        frame.top() + box.y * frame.height(),
        box.w * frame.width(),
        box.h * frame.height(),
    )

"""The chosen face enlarged, so that a small one in a class photo can be told."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from smassistant.domain.pictures import Box
from smassistant.i18n import _
from ui import theme
from ui.widgets.boxes import widened

SIDE = 88
AROUND = 1.7  # of the face: hair and shoulders tell a person too


class Lens(QWidget):
    """A piece cut out of the picture around a box; empty without one."""

    def __init__(self, width: int = SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._box: Box | None = None
        self.setFixedHeight(SIDE)
        self.setMinimumWidth(SIDE)
        self.setMaximumWidth(width)
        self.setAccessibleName(_("What is chosen, enlarged"))

    def show_picture(self, picture: QPixmap) -> None:
        """The picture, as shown, that the lens lies on."""
        self._picture = picture
        self.update()

    def show_box(self, box: Box | None) -> None:
        """Enlarge what is in a box of the picture; nothing for None."""
        self._box = box
        self.setVisible(box is not None)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(self.maximumWidth(), SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cut-out with round corners."""
        if self._box is None or self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(frame, 8, 8)
        painter.fillPath(path, self.palette().light())
        painter.save()
        painter.setClipPath(path)
        shape = frame.width() / frame.height()
        source = cut_out(self._box, self._picture.width(), self._picture.height(), shape)
        share = min(frame.width() / source.width(), frame.height() / source.height())
        target = QRectF(0, 0, source.width() * share, source.height() * share)
        target.moveCenter(frame.center())
        painter.drawPixmap(target, self._picture, source)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.colours().border), 1))
        painter.drawPath(path)
        painter.end()


def cut_out(box: Box, width: int, height: int, shape: float = 1.0) -> QRectF:
    """The pixels around a box; `shape` is width over height where the picture has the room."""
    around = widened(box, AROUND)
    high = max(around.h * height, around.w * width / shape, 8)
    w, h = min(high * shape, width), min(high, height)
    x = min(max((box.x + box.w / 2) * width - w / 2, 0), width - w)
    y = min(max((box.y + box.h / 2) * height - h / 2, 0), height - h)
    return QRectF(x, y, w, h)

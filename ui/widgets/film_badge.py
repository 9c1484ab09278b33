"""The mark on a small picture that says it is a video, and how long it is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap, QPolygonF

from smassistant.domain.clips import length_of
from smassistant.domain.pictures import Picture

PAPER, INK = QColor(16, 20, 24, 216), QColor("#ffffff")
HEIGHT, MARGIN = 22, 6


def with_badge(pixmap: QPixmap, picture: Picture) -> QPixmap:
    """The small picture with a play sign and its length, if it is a video's."""
    if picture.clip is None:
        return pixmap
    badged = QPixmap(pixmap)
    painter = QPainter(badged)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(painter.font())
    font.setPixelSize(13)
    font.setBold(True)
    painter.setFont(font)
    words = length_of(picture.clip)
    width = painter.fontMetrics().horizontalAdvance(words) + HEIGHT + MARGIN
    height = badged.height() / badged.devicePixelRatio()
    box = QRectF(MARGIN, height - HEIGHT - MARGIN, width, HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PAPER)
    painter.drawRoundedRect(box, 4, 4)
    left, middle = box.left() + 8, box.center().y()
    sign = (QPointF(left, middle - 5), QPointF(left, middle + 5), QPointF(left + 8, middle))
    painter.setBrush(INK)
    painter.drawPolygon(QPolygonF(sign))
    painter.setPen(INK)
    painter.drawText(box.adjusted(HEIGHT - 2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
    painter.end()
    return badged

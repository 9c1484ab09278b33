"""A picture as its edit shows it, for the screen only; what is published is made elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage, QPainter, QTransform

from smassistant.domain.edits import crop_corners, light_curve, slant_of, slanted_size
from smassistant.domain.pictures import Edit

_FORMAT = QImage.Format.Format_RGB32


def edited_image(image: QImage, edit: Edit) -> QImage:
    """Turned, straightened, cut and lit; may run on a worker."""
    if edit == Edit():
        return image
    size = (image.width(), image.height())
    shape = image.convertToFormat(_FORMAT)
    if edit.turns % 4:
        shape = shape.transformed(QTransform().rotate(90 * (edit.turns % 4)))
    if slant_of(edit):
        shape = _straightened(shape, slant_of(edit), *slanted_size(edit, *size))
    left, top, right, bottom = crop_corners(edit, *size)
    shape = shape.copy(QRect(left, top, right - left, bottom - top))
    return lit(shape, edit.light) if edit.light else shape


def lit(image: QImage, light: float) -> QImage:
    """The picture lighter or darker, by the curve of the published copy."""
    shape = image.convertToFormat(_FORMAT)
    pixels = bytes(shape.constBits()).translate(bytes(light_curve(light)))
    line = shape.bytesPerLine()
    return QImage(pixels, shape.width(), shape.height(), line, _FORMAT).copy()


def _straightened(image: QImage, slant: float, width: int, height: int) -> QImage:
    """Turned by `slant` degrees around its middle, the middle of `width` × `height` kept."""
    result = QImage(width, height, _FORMAT)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(width / 2, height / 2)
    painter.rotate(slant)
    painter.drawImage(QPointF(-image.width() / 2, -image.height() / 2), image)
    painter.end()
    return result

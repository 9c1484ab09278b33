"""Icons from our own drawings, tinted with the colours in use."""

from __future__ import annotations

from functools import cache
from typing import Protocol, cast

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme

FOLDER = theme.RESOURCES / "icons"
SIZES = (16, 20, 24, 32, 48)
RATIOS = (1, 2)

_cache: dict[tuple[str, str], QIcon] = {}


class _HasIcon(Protocol):
    def setIcon(self, icon: QIcon) -> None: ...


def icon(name: str, colour: str = "text") -> QIcon:
    """The drawing `name` in a colour of the theme, given by its name ("text", "danger" …)."""
    key = (name, colour)
    if key not in _cache:
        _cache[key] = _tinted(name, colour)
    return _cache[key]


def pixmap(name: str, size: int, colour: str = "text") -> QPixmap:
    """The drawing as a picture of `size` pixels, for a label."""
    ratio = QApplication.primaryScreen().devicePixelRatio()
    result = QPixmap.fromImage(_draw(_drawing(name), getattr(theme.colours(), colour), size, ratio))
    result.setDevicePixelRatio(ratio)
    return result


def put(owner: QWidget | QAction, name: str, colour: str = "text") -> None:
    """Give a button or action its icon, and the same in other colours when the theme changes."""
    owner.setProperty("icon_name", name)
    owner.setProperty("icon_colour", colour)
    _show(owner)


def put_picture(label: QWidget, name: str, size: int, colour: str = "text") -> None:
    """Give a label a drawing of `size` pixels that follows the theme."""
    label.setProperty("icon_size", size)
    put(label, name, colour)


def repaint_all(app: QApplication) -> None:
    """After a change of theme: forget the old colours and redraw every icon in sight."""
    _cache.clear()
    for widget in app.allWidgets():
        owners: list[QWidget | QAction] = [widget, *widget.actions()]
        for owner in owners:
            if owner.property("icon_name"):
                _show(owner)
        widget.update()


def _show(owner: QWidget | QAction) -> None:
    name, colour = str(owner.property("icon_name")), str(owner.property("icon_colour"))
    size = owner.property("icon_size")
    if size:
        cast("_HasPixmap", owner).setPixmap(pixmap(name, int(size), colour))
    else:
        cast(_HasIcon, owner).setIcon(icon(name, colour))


class _HasPixmap(Protocol):
    def setPixmap(self, pixmap: QPixmap) -> None: ...


@cache
def _drawing(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def _tinted(name: str, colour: str) -> QIcon:
    colours = theme.colours()
    drawing, result = _drawing(name), QIcon()
    for mode, value in (
        (QIcon.Mode.Normal, getattr(colours, colour)),
        (QIcon.Mode.Disabled, colours.disabled),
    ):
        for size in SIZES:
            for ratio in RATIOS:
                picture = QPixmap.fromImage(_draw(drawing, value, size, ratio))
                picture.setDevicePixelRatio(ratio)
                result.addPixmap(picture, mode)
    return result


def _draw(drawing: str, colour: str, size: int, ratio: float) -> QImage:
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    pixels = QSize(size, size) * ratio
    image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image

"""A view of a picture that comes closer and further, and is drawn along while Space is held."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

ZOOM = 1.25
MOST_ZOOM = 8.0


class ZoomView(QGraphicsView):
    """Ctrl and the wheel, plus and minus zoom; 0 shows the whole picture again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grabbing = False
        self._fitted = True
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

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
            if self._holds_all():
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus and 0 zoom, Space takes the picture in hand."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(key is not Qt.Key.Key_Minus)
        elif key is Qt.Key.Key_0:
            self.fit()
        elif key is Qt.Key.Key_Space:
            self._grab(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Letting go of Space lets go of the picture."""
        if Qt.Key(event.key()) is Qt.Key.Key_Space and not event.isAutoRepeat():
            self._grab(False)
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nobody tells of a key that is let go elsewhere."""
        self._grab(False)
        super().focusOutEvent(event)

    def _grab(self, grabbing: bool) -> None:
        """While Space is held, the mouse draws the picture along."""
        if grabbing != self.grabbing:
            self.grabbing = grabbing
            mode = QGraphicsView.DragMode
            self.setDragMode(mode.ScrollHandDrag if grabbing else mode.NoDrag)

    def _holds_all(self) -> bool:
        """Whether the whole picture fits at this zoom."""
        shown = self.mapFromScene(self.sceneRect()).boundingRect().adjusted(2, 2, -2, -2)
        return bool(self.viewport().rect().contains(shown))

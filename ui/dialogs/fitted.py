"""A dialog that is always tall enough for its wrapped words, in every language."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget


class FittedDialog(QDialog):
    """Qt measures wrapped labels at their own idea of a width; this measures at the real one."""

    def fit(self) -> None:
        """Take exactly the height that the content needs at this width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            needed = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(needed, layout.totalMinimumSize().height()))

    def event(self, event: QEvent) -> bool:
        """Grow or shrink when something appears or goes."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit()
        return done

    def showEvent(self, event: QShowEvent) -> None:
        """Start at the right height, with the keyboard in the first field."""
        self.resize(max(self.width(), self.minimumWidth(), self.sizeHint().width()), self.height())
        self.fit()
        super().showEvent(event)


def chain(widgets: list[QWidget]) -> None:
    """Let the Tab key go through `widgets` in this order."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def tab_stops(parent: QWidget) -> list[QWidget]:
    """The children that the Tab key reaches, in its order."""
    inside = {id(child) for child in parent.findChildren(QWidget)}
    stops = []
    widget = parent.nextInFocusChain()
    while widget is not None and widget is not parent:
        if id(widget) in inside and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops

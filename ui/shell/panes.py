"""F6 goes round the parts of the window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget


def panes(root: QWidget) -> list[QWidget]:
    """The visible widgets marked as panes that can take the keyboard, top left first."""
    found = [
        widget
        for widget in root.findChildren(QWidget)
        if widget.property("pane") and widget.isVisible() and first_in(widget)
    ]
    inner = {id(p) for w in found for p in _ancestors(w, root)}
    leaves = [widget for widget in found if id(widget) not in inner]
    return sorted(leaves, key=lambda widget: _place(widget, root))


def go_round(root: QWidget, step: int) -> None:
    """Move the keyboard to the next (1) or previous (-1) pane."""
    around = panes(root)
    if not around:
        return
    focus = QApplication.focusWidget()
    inside = [n for n, pane in enumerate(around) if focus and _holds(pane, focus)]
    at = inside[0] if inside else (-1 if step > 0 else 0)
    target = around[(at + step) % len(around)]
    last: QWidget | None = target.focusWidget()
    widget = last if last is not None and _takes_keys(last) else first_in(target)
    if widget is not None:
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)


def first_in(pane: QWidget) -> QWidget | None:
    """The first widget of a pane, in the order of the Tab key, that takes the keyboard."""
    if _takes_keys(pane):
        return pane
    inside = {id(child) for child in pane.findChildren(QWidget)}
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        if id(widget) in inside and _takes_keys(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None


def _takes_keys(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isEnabled() and widget.isVisible()


def _ancestors(widget: QWidget, root: QWidget) -> list[QWidget]:
    found = []
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        found.append(parent)
        parent = parent.parentWidget()
    return found


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _place(widget: QWidget, root: QWidget) -> tuple[int, int]:
    point = widget.mapTo(root, QPoint(0, 0))
    return (point.y() // 40, point.x())

"""How a post's row looks: its first words in bold, what is said about it below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme

LINES = Qt.ItemDataRole.UserRole + 1  # a tuple of lines below the first words
SHAPE = 20
PAD = 10


class PostDelegate(QStyledItemDelegate):
    """A shape on the left if the row has one, then one bold line and up to two muted ones."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        rows = 1 + len(index.data(LINES) or ())
        return QSize(200, rows * (option.fontMetrics.height() + 3) + 2 * PAD)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        chosen = _paint_ground(painter, option)
        inside = option.rect.adjusted(14, PAD, -12, -PAD)
        shape = index.data(Qt.ItemDataRole.DecorationRole)
        height = option.fontMetrics.height() + 3
        if isinstance(shape, QIcon):
            shape.paint(painter, inside.left(), inside.top(), SHAPE, height)
            inside.setLeft(inside.left() + SHAPE + 10)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        ink = theme.colours()
        rows = (str(index.data()), *(index.data(LINES) or ()))
        for place, words in enumerate(rows):
            painter.setFont(option.font if place else bold)
            plain = ink.on_accent_soft if chosen else ink.muted
            painter.setPen(QColor(plain if place else ink.text))
            line = QRect(inside.left(), inside.top() + place * height, inside.width(), height)
            shown = painter.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


def dress_list(view: QListWidget, width: int) -> None:
    """Make a list of posts: our rows, no sideways scrolling."""
    view.setFixedWidth(width)
    view.setItemDelegate(PostDelegate(view))
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setUniformItemSizes(False)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> bool:
    """Behind the row: chosen, under the mouse, or nothing; whether it is chosen."""
    colours = theme.colours()
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    over = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if chosen or over:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent_soft if chosen else colours.raised))
        painter.drawRoundedRect(option.rect.adjusted(4, 2, -4, -2), 6, 6)
    if chosen and option.state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(QColor(colours.accent))
        bar = QRect(option.rect.left() + 4, option.rect.top() + 10, 3, option.rect.height() - 20)
        painter.drawRoundedRect(bar, 1, 1)
    return chosen

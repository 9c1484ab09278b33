"""How a picture of the library looks in the grid: itself, how it stands, what it shows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smassistant.i18n import _
from smassistant.services.listing_pictures import LibraryPicture
from ui import icons, theme, words
from ui.models.library import LINE, THUMBNAIL, SmallCopies, title
from ui.widgets.library_words import ICONS, standing_word

PAD = 10
BETWEEN = 6
SHAPE = 16


class PictureDelegate(QStyledItemDelegate):
    """A card as large as every other one, so that thousands scroll smoothly."""

    def __init__(self, view: QListView, copies: SmallCopies) -> None:
        super().__init__(view)
        self._view = view
        self._copies = copies

    def size(self) -> QSize:
        """The size of every card, with the gap around it."""
        lines = 2 * (self._view.fontMetrics().height() + 4)
        return QSize(
            THUMBNAIL.width() + 2 * PAD + theme.GAP,
            THUMBNAIL.height() + 2 * PAD + BETWEEN + lines + theme.GAP,
        )

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return self.size()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line = index.data(LINE)
        if not isinstance(line, LibraryPicture):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = theme.GAP // 2
        card = option.rect.adjusted(half, half, -half, -half)
        self._paint_ground(painter, option, card)
        frame = QRect(card.left() + PAD, card.top() + PAD, THUMBNAIL.width(), THUMBNAIL.height())
        self._paint_picture(painter, frame, line)
        top = frame.bottom() + 1 + BETWEEN
        self._paint_words(painter, option, QRect(frame.left(), top, frame.width(), 0), line)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, card: QRect) -> None:
        colours = theme.colours()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focus = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        ground = colours.accent_soft if chosen else colours.raised if over else colours.surface
        painter.setBrush(QColor(ground))
        edge = colours.accent if chosen else colours.border
        painter.setPen(QPen(QColor(edge), 2 if focus else 1))
        painter.drawRoundedRect(card, 6, 6)

    def _paint_picture(self, painter: QPainter, frame: QRect, line: LibraryPicture) -> None:
        colours = theme.colours()
        path = QPainterPath()
        path.addRoundedRect(frame, 4, 4)
        painter.fillPath(path, QColor(colours.raised))
        ratio = self._view.devicePixelRatioF()
        pixmap = self._copies.get(line.picture.photo_id, ratio)
        if pixmap is None:
            middle = QRect(0, 0, 32, 32)
            middle.moveCenter(frame.center())
            icons.icon("picture", "muted").paint(painter, middle)
            return
        painter.save()
        painter.setClipPath(path)
        painter.drawPixmap(frame, pixmap)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, row: QRect, line: LibraryPicture
    ) -> None:
        colours = theme.colours()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        height = option.fontMetrics.height() + 4
        row.setHeight(height)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(colours.text))
        _draw(painter, row, title(line))
        row.translate(0, height)
        shape, colour = ICONS[line.standing]
        icons.icon(shape, colour).paint(painter, row.left(), row.top(), SHAPE, height)
        painter.setFont(option.font)
        painter.setPen(QColor(colours.on_accent_soft if chosen else colours.muted))
        row.setLeft(row.left() + SHAPE + 6)
        parts = [standing_word(line.standing), words.short_day(line.day)]
        if line.picture.clip is not None:
            parts.insert(0, _("Video"))
        told = " · ".join(parts)
        if painter.fontMetrics().horizontalAdvance(told) > row.width():
            told = " · ".join(parts[:-1])  # half a day says nothing
        _draw(painter, row, told)


def _draw(painter: QPainter, row: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, row.width())
    painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, shown)

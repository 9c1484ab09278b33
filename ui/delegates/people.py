"""How a person's row looks: name and class on the left, the two answers on the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smassistant.domain.consents import Ruling
from smassistant.domain.people import Person
from smassistant.i18n import _
from smassistant.services.keeping_registry import PersonLine
from ui import icons, theme
from ui.models.people import LINE

HEIGHT = 56
SHAPE = 16


class PersonDelegate(QStyledItemDelegate):
    """Two lines of text and, for each answer, a shape with its word."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(240, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line = index.data(LINE)
        if not isinstance(line, PersonLine):
            return
        painter.save()
        self._paint_ground(painter, option)
        inside = option.rect.adjusted(12, 8, -12, -8)
        right = _paint_answers(painter, option, inside, line)
        inside.setRight(right - 12)
        _paint_words(painter, option, inside, line.person)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours = theme.colours()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or over:
            painter.setBrush(QColor(colours.accent_soft if chosen else colours.raised))
            painter.drawRoundedRect(option.rect.adjusted(4, 2, -4, -2), 6, 6)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(QColor(colours.accent))
            bar = QRect(option.rect.left() + 4, option.rect.top() + 10, 3, HEIGHT - 20)
            painter.drawRoundedRect(bar, 1, 1)


def _paint_words(
    painter: QPainter, option: QStyleOptionViewItem, inside: QRect, person: Person
) -> None:
    colours = theme.colours()
    bold = QFont(option.font)
    bold.setWeight(QFont.Weight.DemiBold)
    half = inside.height() // 2
    top = QRect(inside.left(), inside.top(), inside.width(), half)
    bottom = top.translated(0, half)
    elide = Qt.TextElideMode.ElideRight
    painter.setFont(bold)
    painter.setPen(QColor(colours.text))
    name = painter.fontMetrics().elidedText(person.shown_name, elide, top.width())
    painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, name)
    painter.setFont(option.font)
    painter.setPen(QColor(colours.muted))
    more = painter.fontMetrics().elidedText(group_words(person), elide, bottom.width())
    painter.drawText(bottom, Qt.AlignmentFlag.AlignVCenter, more)


def _paint_answers(
    painter: QPainter, option: QStyleOptionViewItem, inside: QRect, line: PersonLine
) -> int:
    """Paint the answers and return where the words must end."""
    if line.person.restricted:
        entries = [(_("Never publish"), "block", "danger")]
    else:
        entries = [_answer(_("Name"), line.name), _answer(_("Photo"), line.photo)]
    painter.setFont(option.font)
    half = inside.height() // 2
    width = max(painter.fontMetrics().horizontalAdvance(text) for text, _i, _c in entries)
    left = inside.right() - width - SHAPE - 6
    for row, (text, shape, colour) in enumerate(entries):
        y = inside.top() + row * half + (half if len(entries) == 1 else 0) // 2
        icons.icon(shape, colour).paint(painter, left, y + (half - SHAPE) // 2, SHAPE, SHAPE)
        painter.setPen(QColor(getattr(theme.colours(), colour)))
        box = QRect(left + SHAPE + 6, y, width, half)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
    return left


def _answer(what: str, ruling: Ruling) -> tuple[str, str, str]:
    if ruling.permitted:
        return (_("{what}: yes").format(what=what), "ok", "ok")
    return (_("{what}: no").format(what=what), "no", "danger")


def group_words(person: Person) -> str:
    """Class, grade and number: what tells people of one name apart."""
    grade = _("Grade {grade}").format(grade=person.grade) if person.grade else ""
    parts = (person.homeroom, grade, person.school, person.number)
    return " · ".join(part for part in parts if part)

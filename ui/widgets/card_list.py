"""A scrolling column of cards: drawing, title, one line, and buttons with verbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.forms import card, symbol


@dataclass(frozen=True)
class Act:
    """A button on a card; `spoken` also names what it is about."""

    text: str
    spoken: str
    call: Callable[[], None]
    role: str = ""


@dataclass(frozen=True)
class Row:
    """One card."""

    icon: str
    title: str
    text: str
    acts: Sequence[Act] = ()
    colour: str = "accent"


class CardList(QScrollArea):
    """Shows rows; replaced as a whole."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.rows: tuple[Row, ...] = ()
        self.show_rows(())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace every card."""
        self.rows = tuple(rows)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.GAP)
        for row in rows:
            column.addWidget(_card(row))
        column.addStretch()
        self.setWidget(inside)


def _card(row: Row) -> QFrame:
    frame, column = card()
    title, text = QLabel(row.title), theme.note(row.text)
    title.setFont(theme.font(2))
    words = QVBoxLayout()
    theme.pad(words, 0, 2)
    words.addWidget(title)
    words.addWidget(text)
    line = QHBoxLayout()
    line.setSpacing(theme.SPACE)
    line.addWidget(symbol(row.icon, 24, row.colour))
    line.addLayout(words, 1)
    for act in row.acts:
        button = QPushButton(act.text)
        button.setAccessibleName(act.spoken)
        if act.role:
            button.setProperty("role", act.role)
        button.clicked.connect(act.call)
        line.addWidget(button)
    column.addLayout(line)
    return frame

"""What stands before the pages: a card in the middle of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from smassistant.i18n import _
from ui import theme
from ui.shell.choices import ChoicesButton
from ui.widgets.forms import card, symbol


class Gate(QWidget):
    """A centred column with the program's name and the choices; subclasses fill `column`."""

    scheme_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, scheme: str, width: int = 440) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.choices = ChoicesButton(scheme)
        self.choices.scheme_chosen.connect(self.scheme_chosen)
        self.choices.language_chosen.connect(self.language_chosen)
        self.frame, self.column = card()
        self.column.setContentsMargins(32, 28, 32, 28)
        self.column.setSpacing(theme.SPACE)
        self.body = QVBoxLayout()
        theme.pad(self.body, 0, theme.SPACE)
        self.body.addWidget(_brand())
        self.body.addWidget(self.frame)
        self._lay_out(width)

    def _lay_out(self, width: int) -> None:
        top = QHBoxLayout()
        theme.pad(top, theme.GAP)
        top.addStretch()
        top.addWidget(self.choices)
        middle = QWidget()
        middle.setFixedWidth(width)
        middle.setLayout(self.body)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        rows = QVBoxLayout(inside)
        theme.pad(rows, theme.GAP)
        rows.addStretch(2)
        centred = QHBoxLayout()  # not an alignment: that would measure the text at full width
        centred.addStretch()
        centred.addWidget(middle)
        centred.addStretch()
        rows.addLayout(centred)
        rows.addStretch(3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        theme.pad(whole, 0, 0)
        whole.addLayout(top)
        whole.addWidget(scroll)

    def primary(self) -> QWidget | None:
        """What takes the keyboard first."""
        return None

    def keep(self) -> None:
        """Write down what was typed, before the gate is built again in another language."""

    def forget(self) -> None:
        """Empty every field that holds a secret."""


def _brand() -> QWidget:
    brand = QWidget()
    row = QHBoxLayout(brand)
    theme.pad(row, 0, 12)
    name = QLabel(_("SM Assistant"))
    name.setFont(theme.font(1))
    row.addStretch()
    row.addWidget(symbol("app", 36))
    row.addWidget(name)
    row.addStretch()
    return brand

"""The question asked most, answered in one look: may this person be shown or named there today?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from smassistant.i18n import _
from smassistant.services.looking_up import AccountAnswer
from ui import theme
from ui.widgets.forms import card, symbol


class TodayCard(QWidget):
    """A line with its symbol for each answer; hidden where the school has no account."""

    def __init__(self) -> None:
        super().__init__()
        self._frame: QFrame
        self._frame, inside = card()
        self._title = theme.heading(_("Today"), 2)
        self._grid = QGridLayout()
        theme.pad(self._grid, 0, theme.GAP)
        self._grid.setColumnStretch(1, 1)
        inside.addWidget(self._title)
        inside.addLayout(self._grid)
        around = QGridLayout(self)
        theme.pad(around)
        around.addWidget(self._frame)
        self.lines: list[QLabel] = []

    def show_answers(self, answers: Sequence[AccountAnswer]) -> None:
        """Show the sentences; those of before are gone."""
        self._clear()
        for row, answer in enumerate(answers):
            shape = ("ok", "ok") if answer.permitted else ("no", "danger")
            sign, line = symbol(shape[0], 20, shape[1]), QLabel(answer.sentence)
            line.setWordWrap(True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(line, row, 1)
            self.lines.append(line)
        self.setVisible(bool(answers))

    def forget(self) -> None:
        """Drop every sentence."""
        self._clear()
        self.hide()

    def _clear(self) -> None:
        self.lines = []
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

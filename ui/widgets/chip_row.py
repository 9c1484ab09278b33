"""Small buttons side by side that change often; they are kept and used again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from ui.widgets.flow_layout import FlowLayout


class ChipRow(QWidget):
    """`buttons` are those that are shown now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: list[QPushButton] = []
        self._calls: list[Callable[[], object]] = []
        self.buttons: list[QPushButton] = []
        self._flow = FlowLayout(self, spacing=6)
        self.hide()

    def show_buttons(self, wanted: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Show a button for each text, in this order, and what a click on it does."""
        while len(self._made) < len(wanted):
            self._made.append(self._make(len(self._made)))
        self._calls = [call for _text, call in wanted]
        self.buttons = self._made[: len(wanted)]
        for button, (text, _call) in zip(self.buttons, wanted, strict=True):
            button.setText(text)
        for place, button in enumerate(self._made):
            button.setVisible(place < len(wanted))
        self.setVisible(bool(wanted))
        self.updateGeometry()

    def _make(self, place: int) -> QPushButton:
        button = QPushButton()
        button.setAutoDefault(False)
        button.setProperty("role", "chip")
        button.clicked.connect(lambda: self._calls[place]())
        self._flow.addWidget(button)
        return button

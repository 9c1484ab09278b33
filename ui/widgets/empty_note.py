"""The calm words in an empty place: a drawing, what it means, what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import icons, theme


class EmptyNote(QWidget):
    """A centred drawing, a heading, one line, and what can be done about it."""

    def __init__(self, icon: str, colour: str = "muted", below: QWidget | None = None) -> None:
        super().__init__()
        self._shape = QLabel()
        self._shape.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icons.put_picture(self._shape, icon, 48, colour)
        self._title = theme.heading("", 2)
        self._title.setWordWrap(True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._line = theme.note()
        self._line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.MARGIN, theme.GAP)
        layout.addStretch()
        layout.addWidget(self._shape)
        layout.addWidget(self._title)
        layout.addWidget(self._line)
        if below is not None:
            layout.addSpacing(theme.GAP)
            layout.addWidget(below, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()

    def show_words(self, title: str, line: str = "") -> None:
        """Say what is empty and what comes next."""
        self._title.setText(title)
        self._line.setText(line)
        self._line.setVisible(bool(line))

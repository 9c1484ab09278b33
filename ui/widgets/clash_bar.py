"""Two versions of one post: the person says which one goes on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from smassistant.i18n import _
from ui import icons, theme


class ClashBar(QFrame):
    """Hidden until the post was changed elsewhere."""

    theirs = Signal()
    mine = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "warning")
        shape = QLabel()
        icons.put_picture(shape, "warning", 20, "warning")
        words = QLabel(
            _("This post was changed elsewhere while you were writing. Nothing of yours is lost.")
        )
        words.setWordWrap(True)
        self.copy = QPushButton(_("Keep mine as a new post"))
        self.copy.clicked.connect(self.mine)
        self.other = QPushButton(_("Open the other version"))
        self.other.clicked.connect(self.theirs)
        self.setAccessibleName(words.text())
        row = QHBoxLayout(self)
        theme.pad(row, theme.GAP, theme.GAP)
        row.addWidget(shape)
        row.addWidget(words, 1)
        row.addWidget(self.other)
        row.addWidget(self.copy)
        self.hide()

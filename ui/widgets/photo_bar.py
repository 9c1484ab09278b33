"""The top of the photo page: which picture, what is open in it, and the way to the others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from smassistant.domain.pictures import Picture
from smassistant.i18n import _
from ui import icons, theme
from ui.shortcuts import Shortcuts
from ui.widgets.photo_marks import open_faces


class PhotoBar(QWidget):
    """`turned` asks for the picture before (-1) or after (1)."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = (1, 1)
        self.title = theme.heading("", 1)
        self.before = _way("back", _("Previous picture"), Shortcuts.PICTURE_BEFORE)
        self.after = _way("next", _("Next picture"), Shortcuts.PICTURE_AFTER)
        self.before.clicked.connect(lambda: self.turned.emit(-1))
        self.after.clicked.connect(lambda: self.turned.emit(1))
        self.adjust = QPushButton(_("Adjust picture"))
        self.adjust.setToolTip(
            _("Crop, turn, straighten, light ({keys})").format(keys=Shortcuts.ADJUST.shown)
        )
        icons.put(self.adjust, "crop")
        self.back = QPushButton(_("Done"))
        self.back.setToolTip(_("Back to the post"))
        self.back.setProperty("role", "primary")
        row = QHBoxLayout(self)
        theme.pad(row)
        row.addWidget(self.title, 1)
        for button in (self.before, self.after, self.adjust, self.back):
            row.addWidget(button)

    def busy(self, adjusting: bool) -> None:
        """While the picture is adjusted, that is finished first."""
        for button in (self.before, self.after, self.adjust, self.back):
            button.setVisible(not adjusting)
        if not adjusting:
            self._show_ways()

    def _show_ways(self) -> None:
        number, total = self._place
        for button in (self.before, self.after):
            button.setVisible(total > 1)
        self.before.setEnabled(number > 1)
        self.after.setEnabled(number < total)

    def show_picture(self, picture: Picture, number: int, total: int) -> None:
        """Say which picture it is and what is open."""
        self.title.setText(title_words(picture, number, total))
        self._place = (number, total)
        if self.adjust.isVisibleTo(self):
            self._show_ways()


def title_words(picture: Picture, number: int, total: int) -> str:
    """Which picture of how many, and how many faces in it are open."""
    n = len(open_faces(picture))
    if n:
        return _("Picture {number} of {total}: {n} open").format(number=number, total=total, n=n)
    if not picture.looked:
        words = _("Picture {number} of {total}: look for others")
    else:
        words = _("Picture {number} of {total}: all accounted for")
    return words.format(number=number, total=total)


def _way(icon: str, words: str, shortcut: Shortcuts) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(words)
    button.setToolTip(f"{words} ({shortcut.shown})")
    icons.put(button, icon)
    return button

"""What is looked for in the library: words, how a picture stands, how long ago it was used."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from smassistant.i18n import _
from smassistant.services.listing_pictures import LibraryPicture, Standing, find
from ui import icons, theme
from ui.widgets.forms import line
from ui.widgets.library_words import standing_word

PAUSE_MS = 120


class LibraryFinder(QWidget):
    """Says when something else is looked for, after a pause in typing."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = line(placeholder=_("People, words of the post, description or file name"))
        self.search.setAccessibleName(_("Search pictures"))
        self.search.setClearButtonEnabled(True)
        lens = self.search.addAction(
            icons.icon("search", "muted"), self.search.ActionPosition.LeadingPosition
        )
        icons.put(lens, "search", "muted")
        self.standing = _chooser(_("How it stands"))
        for standing in (None, *Standing):
            self.standing.addItem(standing_word(standing) if standing else _("Any"), standing)
        self.since = _chooser(_("Last used"))
        for days, words in (
            (0, _("Any time")), (30, _("In the last 30 days")), (365, _("In the last 12 months")),
        ):  # fmt: skip
            self.since.addItem(words, days)
        row = QHBoxLayout(self)
        theme.pad(row, 0, theme.GAP)
        row.addWidget(self.search, 1)
        for chooser in (self.standing, self.since):
            label = QLabel(chooser.accessibleName())
            label.setBuddy(chooser)
            row.addSpacing(theme.GAP)
            row.addWidget(label)
            row.addWidget(chooser)
            chooser.currentIndexChanged.connect(self.asked)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.asked)
        self.search.textChanged.connect(lambda _words: self._timer.start())

    def fitting(
        self, pictures: tuple[LibraryPicture, ...], today: date
    ) -> tuple[LibraryPicture, ...]:
        """Those that fit what is looked for."""
        self._timer.stop()
        days = int(self.since.currentData() or 0)
        since = today - timedelta(days=days) if days else None
        standing = self.standing.currentData()  # Qt gives a plain word back
        return find(pictures, self.search.text(), Standing(standing) if standing else None, since)

    def forget(self) -> None:
        """Look for nothing any more."""
        self.search.clear()
        self._timer.stop()
        self.standing.setCurrentIndex(0)
        self.since.setCurrentIndex(0)


def _chooser(name: str) -> QComboBox:
    chooser = QComboBox()
    chooser.setAccessibleName(name)
    chooser.setMinimumHeight(theme.TARGET)
    return chooser

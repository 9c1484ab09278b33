"""The list of pages on the left: icon, word, and how much waits there."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.i18n import _, ngettext
from ui import icons, theme
from ui.pages.page import Page


class NavButton(QPushButton):
    """One page; the number of things that wait there is spoken with its name."""

    def __init__(self, page: type[Page]) -> None:
        super().__init__(page.title())
        self._title = page.title()
        self._icon = page.icon
        self.key = page.key
        self.setProperty("role", "nav")
        self.setCheckable(True)
        self.setIconSize(theme.ICON)
        self.badge = QLabel()
        self.badge.setProperty("role", "badge")
        self.badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch()
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self.toggled.connect(self._tint)
        self._tint(False)
        self.set_count(0)

    def set_count(self, n: int) -> None:
        """Show and speak `n` waiting things; 0 shows nothing."""
        self.badge.setText(str(n) if n < 100 else "99+")
        self.badge.setVisible(n > 0)
        spoken = ngettext("{n} waiting", "{n} waiting", n).format(n=n)
        self.setAccessibleName(f"{self._title}, {spoken}" if n else self._title)

    def _tint(self, chosen: bool) -> None:
        icons.put(self, self._icon, "on_accent_soft" if chosen else "muted")


class Sidebar(QFrame):
    """The pages a person may use; arrow keys go through them without opening any.

    A QButtonGroup would open each page that an arrow key passes.
    """

    chosen = Signal(str)

    def __init__(self, pages: Iterable[type[Page]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sidebar")
        self.setProperty("pane", True)
        self.setAccessibleName(_("Pages"))
        self._buttons: dict[str, NavButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(2)
        for page in pages:
            if page.key == "help":
                column.addStretch()
            button = NavButton(page)
            self._buttons[page.key] = button
            button.clicked.connect(lambda _on=False, key=page.key: self.chosen.emit(key))
            column.addWidget(button)
        self._fit()

    def show_chosen(self, key: str) -> None:
        """Mark the page that is shown."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def set_count(self, key: str, n: int) -> None:
        """Show how much waits on a page, if it is listed."""
        if key in self._buttons:
            self._buttons[key].set_count(n)

    def button(self, key: str) -> NavButton:
        """The button of a page."""
        return self._buttons[key]

    def _fit(self) -> None:
        """Wide enough for the longest word in bold with a badge, in any language."""
        metrics = QFontMetrics(theme.font(3))
        words = [metrics.horizontalAdvance(button.text()) for button in self._buttons.values()]
        self.setFixedWidth(max(184, max(words, default=0) + 100))

"""The small menu for appearance and language, on every gate and in the header."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from smassistant.i18n import LANGUAGES, _, language
from ui import icons, theme


class ChoicesButton(QToolButton):
    """Offers light, dark or the system's colours, and the languages."""

    scheme_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, scheme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "quiet")
        icons.put(self, "settings")
        self.setIconSize(theme.ICON)
        self.setToolTip(_("Appearance and language"))
        self.setAccessibleName(_("Appearance and language"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._offer(menu, _("Appearance"), _schemes(), scheme, self.scheme_chosen)
        menu.addSeparator()
        self._offer(menu, _("Language"), LANGUAGES, language(), self.language_chosen)
        self.setMenu(menu)

    def _offer(
        self, menu: QMenu, title: str, choices: dict[str, str], current: str, chosen: object
    ) -> None:
        heading = menu.addAction(title)
        heading.setEnabled(False)
        group = QActionGroup(menu)
        for key, text in choices.items():
            action = QAction(text, group)
            action.setCheckable(True)
            action.setChecked(key == current)
            action.setData(key)
            menu.addAction(action)
        signal = self.scheme_chosen if chosen is self.scheme_chosen else self.language_chosen
        group.triggered.connect(lambda action: signal.emit(action.data()))


def _schemes() -> dict[str, str]:
    return {
        theme.Scheme.SYSTEM: _("As the system"),
        theme.Scheme.LIGHT: _("Light"),
        theme.Scheme.DARK: _("Dark"),
    }

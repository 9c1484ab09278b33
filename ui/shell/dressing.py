"""The program's colours and language, and remembering which were chosen."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from smassistant.i18n import language, set_language
from ui import theme
from ui.memory import Memory


class Dressing(QObject):
    """Applies the remembered scheme and language to the program; `relabelled` asks to rebuild."""

    relabelled = Signal()

    def __init__(self, app: QApplication, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._memory = memory
        self._words = QTranslator(self)
        self.scheme = _scheme(memory.get("scheme"))
        self._speak(memory.get("language") or QLocale.system().name())
        theme.apply(app, self.scheme)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    def choose_scheme(self, scheme: str) -> None:
        """Dress in other colours, now and next time."""
        self.scheme = _scheme(scheme)
        self._memory.set("scheme", self.scheme)
        theme.apply(self._app, self.scheme)

    def choose_language(self, code: str) -> None:
        """Speak another language, now and next time."""
        self._memory.set("language", code)
        if code != language():
            self._speak(code)
            self.relabelled.emit()

    def prefer_language(self, code: str) -> None:
        """Speak the school's language where this person never chose one."""
        if not self._memory.get("language") and code != language():
            self._speak(code)

    def _speak(self, code: str) -> None:
        set_language(code)
        self._app.removeTranslator(self._words)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._words.load(f"qtbase_{language()}", folder):
            self._app.installTranslator(self._words)
        country = QLocale.Country.Canada
        spoken = QLocale.Language.French if language() == "fr" else QLocale.Language.English
        QLocale.setDefault(QLocale(spoken, country))

    def _follow(self) -> None:
        """The system went dark or light."""
        if self.scheme is theme.Scheme.SYSTEM:
            theme.apply(self._app, self.scheme)


def _scheme(word: str) -> theme.Scheme:
    known = set(theme.Scheme)
    return theme.Scheme(word) if word in known else theme.Scheme.SYSTEM

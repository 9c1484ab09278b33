"""Sizes, places and choices of this window, remembered in a file of the data folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter, QWidget


class Memory:
    """An ini file; nothing in it is about a student or a post."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def get(self, name: str, default: str = "") -> str:
        """A remembered word."""
        return str(self._settings.value(name, default))

    def set(self, name: str, value: str) -> None:
        """Remember a word."""
        self._settings.setValue(name, value)

    def restore_size(self, widget: QWidget, name: str) -> bool:
        """Give a window its last size and place; False where nothing is remembered."""
        state = self._settings.value(f"geometry/{name}")
        return isinstance(state, QByteArray) and widget.restoreGeometry(state)

    def keep_size(self, widget: QWidget, name: str) -> None:
        """Remember a window's size and place."""
        self._settings.setValue(f"geometry/{name}", widget.saveGeometry())

    def follow_splitter(self, splitter: QSplitter, name: str) -> None:
        """Restore a splitter, and remember it whenever somebody moves it."""
        key = f"splitter/{name}"
        state = self._settings.value(key)
        if isinstance(state, QByteArray):
            splitter.restoreState(state)
        splitter.splitterMoved.connect(lambda: self._settings.setValue(key, splitter.saveState()))

    def save(self) -> None:
        """Write to disk now."""
        self._settings.sync()

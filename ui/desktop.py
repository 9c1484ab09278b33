"""The rest of the desktop: the clipboard, the browser, a folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication


def copy(text: str) -> None:
    """Put text on the clipboard; locking clears it while it is still ours."""
    QGuiApplication.clipboard().setText(text)


def open_address(address: str) -> bool:
    """Open a web address in the browser; only http and https, whatever was stored."""
    url = QUrl(address)
    return url.scheme() in ("http", "https") and _open(url)


def open_folder(folder: Path) -> bool:
    """Show a folder in the file manager."""
    return _open(QUrl.fromLocalFile(str(folder)))


def open_file(path: Path) -> bool:
    """Open a file that the program wrote in what this computer opens such files with."""
    return _open(QUrl.fromLocalFile(str(path)))


def _open(url: QUrl) -> bool:
    """Without a screen (the tour, tests) there is no desktop to open anything with."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return False
    return QDesktopServices.openUrl(url)

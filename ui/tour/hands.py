"""Presses, types and waits in the real window, as a person's hands and eyes would."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.pages.page import Page
from ui.shell.desk import Desk

W = TypeVar("W", bound=QWidget)

PATIENCE = 60_000  # milliseconds before a step counts as failed


class Album:
    """Numbered pictures in a folder; `say` is told each file's name."""

    def __init__(self, folder: Path, say: Callable[[str], object]) -> None:
        self._folder, self._say = folder, say
        self._taken = 0

    def add(self, widget: QWidget, name: str) -> None:
        """Write a picture of a widget as the next number."""
        self._taken += 1
        file = self._folder / f"{self._taken:02d}-{name}.png"
        if not widget.grab().save(str(file)):
            raise OSError(f"{file.name} could not be written")
        self._say(f"{file}\n")


class Hands:
    """Drives one window; `picture` puts what it shows into the album."""

    def __init__(self, desk: Desk, album: Album, size: tuple[int, int]) -> None:
        self.desk, self.window = desk, desk.window
        self._album = album
        self.window.resize(*size)

    def wait(self, seen: Callable[[], object], what: str) -> None:
        """Let the window live until `seen` is true; raises TimeoutError naming `what`."""
        deadline = QDeadlineTimer(PATIENCE)
        while not seen():
            if deadline.hasExpired():
                raise TimeoutError(f"waited in vain for {what}")
            QTest.qWait(5)  # sleeps in between, so that the workers get the processor

    def settle(self) -> None:
        """Wait until no work is running and everything is painted."""
        calm = QDeadlineTimer(200)  # longer than every debounce of the pages

        def quiet() -> bool:
            if not self.desk.jobs.idle():
                calm.setRemainingTime(200)
            return calm.hasExpired()

        self.wait(quiet, "the work to end")

    def picture(self, name: str, of: QWidget | None = None) -> None:
        """Picture the window, or the dialog `of`, once everything has settled."""
        self.settle()
        self._album.add(of or self.window, name)

    def page(self, key: str, kind: type[W]) -> W:
        """Go to a page by its entry in the sidebar."""
        workspace = self.desk.workspace
        assert workspace is not None, "nobody is signed in"  # noqa: S101
        workspace.go_to(key)
        page = workspace.page(key)
        assert isinstance(page, kind)  # noqa: S101
        self.settle()
        return page

    def press(self, button: QAbstractButton) -> None:
        """Click a button that can be clicked."""
        self.wait(lambda: button.isEnabled() and button.isVisible(), button.text())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def type(self, widget: QWidget, text: str) -> None:
        """Type into what has the keyboard's place."""
        widget.setFocus()
        QTest.keyClicks(widget, text)

    def key(self, widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press one key."""
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.keyClick(widget, key, held)

    def button(self, words: str, inside: QWidget | None = None) -> QAbstractButton:
        """The visible button whose text, name or tip holds the words."""
        found: list[QAbstractButton] = []

        def look() -> bool:
            found[:] = [
                button
                for button in (inside or self.window).findChildren(QAbstractButton)
                if button.isVisible() and _holds(button, words)
            ]
            return bool(found)

        self.wait(look, f"a button “{words}”")
        return found[0]

    def sign_in(self, name: str) -> None:
        """Sign in by the card of a made-up member of staff."""
        self.press(self.button(name))
        self.wait(lambda: self.desk.workspace is not None, f"{name}'s window")
        self.settle()

    def lock(self) -> None:
        """Lock the window."""
        self.desk.lock()
        self.wait(lambda: self.desk.workspace is None, "the lock")


def shown(page: Page, kind: type[W]) -> W:
    """The visible widget of a kind inside a page."""
    return next(widget for widget in page.findChildren(kind) if widget.isVisible())


def _holds(button: QAbstractButton, words: str) -> bool:
    plain = re.sub("&(?!&)", "", button.text())
    return any(words in text for text in (plain, button.accessibleName(), button.toolTip()))

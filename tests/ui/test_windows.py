"""Pages are made without any window beside the program's own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import Seat, shown_words
from tests.ui.test_accessible import come_to
from ui.pages import ALL_PAGES
from ui.pages.page import Page


class NewWindows(QObject):
    """Hears of every window that is shown, however shortly."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        opened = event.type() is QEvent.Type.Show and isinstance(watched, QWidget)
        if opened and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} “{shown_words(watched)[:40]}”")
        return False


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.key)
def test_a_page_opens_no_window_beside_it(seat: Seat, page: type[Page], qapp: QApplication) -> None:
    """A widget shown before it has a parent flashes as a window and takes the keyboard away."""
    windows = NewWindows()
    qapp.installEventFilter(windows)
    come_to(seat, page)
    qapp.removeEventFilter(windows)
    assert windows.shown == []

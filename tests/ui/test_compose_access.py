"""Everything on the writing pages has a name and is reached by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.writing_rig import NAME, THREE, Window, open_window
from ui import theme


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path) as made:
        yield made


def show_desk(window: Window) -> None:
    text = f"{NAME} won. The lawsuit goes on. Write to ada.lowe@gmail.com."
    window.open_with(window.picture(*THREE), window.picture(alt_text=""), text=text)


def show_faces(window: Window) -> None:
    show_desk(window)
    window.compose.open_faces(window.post.pictures[0].id)
    window.settle()


def show_preview(window: Window) -> None:
    show_desk(window)
    window.compose.show_preview()
    window.settle()


def show_start(window: Window) -> None:
    window.shell.go_to("compose")
    window.settle()


def show_posts(window: Window) -> None:
    window.school.write("Words")
    window.shell.go_to("posts")
    window.until(window.session.jobs.idle)


STATES = [show_desk, show_faces, show_preview, show_start, show_posts]


def focusable(window: Window) -> list[QWidget]:
    page = window.shell.stack.currentWidget()
    assert page is not None
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.focusProxy(), QWidget)
    ]


@pytest.mark.parametrize("show", STATES)
def test_everything_that_takes_the_keyboard_has_a_name(window: Window, show: object) -> None:
    show(window)  # type: ignore[operator]
    nameless = []
    for widget in focusable(window):
        known = QAccessible.queryAccessibleInterface(widget)
        if not known.text(QAccessible.Text.Name).strip():
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert focusable(window)
    assert nameless == []


@pytest.mark.parametrize("show", STATES)
def test_the_tab_key_reaches_everything(window: Window, qtbot: QtBot, show: object) -> None:
    show(window)  # type: ignore[operator]
    wanted = set(focusable(window))
    next(iter(wanted)).setFocus()
    reached: set[QWidget] = set()
    for _press in range(120):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert wanted - reached == set()


@pytest.mark.parametrize("show", STATES)
def test_what_is_clicked_is_large_enough(window: Window, show: object) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Scheme.LIGHT)
    try:
        show(window)  # type: ignore[operator]
        small = [
            (button.accessibleName() or button.text(), button.height())
            for button in focusable(window)
            if isinstance(button, QAbstractButton) and button.height() < theme.TARGET
        ]
        assert small == []
    finally:
        app.setStyleSheet("")


def test_f6_goes_round_the_parts_of_the_desk(window: Window, qtbot: QtBot) -> None:
    show_desk(window)
    desk = window.compose.desk
    parts = (desk.places, desk.editor, desk.strip, desk.panel)
    seen = set()
    for _press in range(10):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen |= {part for part in parts if part is focus or part.isAncestorOf(focus)}
        qtbot.keyClick(focus, Qt.Key.Key_F6)
    assert seen == set(parts)


def test_the_page_fits_a_small_screen(window: Window) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Scheme.LIGHT)
    try:
        show_faces(window)
        assert window.shell.minimumSizeHint().width() <= 1024
        assert window.shell.minimumSizeHint().height() <= 640
    finally:
        app.setStyleSheet("")

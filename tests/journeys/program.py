"""The whole program started by its own `main()`, driven by hands, closed like a window."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import ui.app
from smassistant.bootstrap import data_folder
from smassistant.log import NAME as LOG
from tests.journeys.steps import activate, words
from ui.entry import main
from ui.shell.desk import Desk
from ui.shell.window import Window
from ui.tour.hands import Album, Hands

SIZE = (1366, 768)
PATIENCE = 20_000  # milliseconds, far more than any step takes

Walk = Callable[[Hands], None]


class StrayWindows(QObject):
    """Notes every widget that shows up as a window of its own before it has its place.

    On a screen it flashes and takes the keyboard away from the window.
    """

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            popup = bool(watched.windowType().value & Qt.WindowType.Popup.value & ~1)
            if watched.isWindow() and not popup and not isinstance(watched, Window | QDialog):
                self.seen.append("".join(traceback.format_stack(limit=6)))
        return False


class Program:
    """Starts the program, walks through its window and closes it; as often as asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._patch = monkeypatch
        self._album = Album(folder, lambda _file: None)

    def run(self, walk: Walk, *arguments: str, logs: str = "") -> None:
        """One start; what goes wrong in `walk` and whatever the program logs comes out here,
        but for lines with the words `logs`."""
        failures: list[BaseException] = []
        desks: list[Desk] = []

        def open_desk(*given: object) -> Desk:
            desk = Desk(*given)  # type: ignore[arg-type]
            desks.append(desk)
            QTimer.singleShot(0, lambda: go(desk))
            return desk

        def go(desk: Desk) -> None:
            try:
                hands = Hands(desk, self._album, SIZE)
                activate(hands, desk.window)
                walk(hands)
            except BaseException as error:  # noqa: BLE001 - raised again once main() is through
                error.add_note(f"The window says:\n{words(desk.window)}")
                failures.append(error)
            finally:
                desk.window.close()

        stray, app = StrayWindows(), QApplication.instance()
        assert app is not None
        app.installEventFilter(stray)
        hook = sys.excepthook
        with self._patch.context() as patch:
            patch.setattr(ui.app, "Desk", open_desk)
            patch.setattr("ui.tour.hands.PATIENCE", PATIENCE)
            patch.setattr(ui.app, "log_defect", failures.append)
            patch.setattr("ui.jobs.log_defect", failures.append)
            status = main(list(arguments))
        sys.excepthook = hook
        app.removeEventFilter(stray)
        for desk in desks:  # a window that stays is dressed again in every later test
            desk.window.deleteLater()
            desk.deleteLater()
        _let_loops_run(app)
        if failures:
            raise failures[0]
        assert status == 0
        assert not stray.seen, "\n".join(stray.seen)
        log = data_folder() / LOG
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        assert [line for line in lines if not logs or logs not in line] == []


def _let_loops_run(app: QCoreApplication) -> None:
    """Once quit, Qt ends every later event loop at once, until the application has run again."""
    QTimer.singleShot(0, app.quit)
    app.exec()

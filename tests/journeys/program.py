"""The whole program started by its own `main()`, driven by hands, closed like a window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

import ui.app
from smassistant.bootstrap import data_folder
from smassistant.log import NAME as LOG
from tests.journeys.steps import activate, words
from ui.entry import main
from ui.shell.desk import Desk
from ui.tour.hands import Album, Hands

SIZE = (1366, 768)
PATIENCE = 20_000  # milliseconds, far more than any step takes

Walk = Callable[[Hands], None]


class Program:
    """Starts the program, walks through its window and closes it; as often as asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._patch = monkeypatch
        self._album = Album(folder, lambda _file: None)

    def run(self, walk: Walk, *arguments: str) -> None:
        """One start; what goes wrong in `walk`, and every defect the program logs, comes out."""
        failures: list[BaseException] = []

        def open_desk(*given: object) -> Desk:
            desk = Desk(*given)  # type: ignore[arg-type]
            QTimer.singleShot(0, lambda: go(desk))
            return desk

        def go(desk: Desk) -> None:
            try:
                hands = Hands(desk, self._album, SIZE)
                activate(hands, desk.window)
                walk(hands)
            except BaseException as error:
                error.add_note(f"The window says:\n{words(desk.window)}")
                failures.append(error)
            finally:
                desk.window.close()

        hook = sys.excepthook
        with self._patch.context() as patch:
            patch.setattr(ui.app, "Desk", open_desk)
            patch.setattr("ui.tour.hands.PATIENCE", PATIENCE)
            patch.setattr(ui.app, "log_defect", failures.append)
            patch.setattr("ui.jobs.log_defect", failures.append)
            status = main(list(arguments))
        sys.excepthook = hook
        if failures:
            raise failures[0]
        assert status == 0
        log = data_folder() / LOG
        assert not log.exists(), log.read_text(encoding="utf-8")

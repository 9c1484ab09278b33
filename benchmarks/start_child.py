"""Starts one window, says when it was painted and how much memory it took, and ends.

python -m benchmarks.start_child ours|bare
"""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import Namespace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class FirstPaint(QObject):
    """Reports once, right after the first window has painted itself."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        painted = event.type() is QEvent.Type.Paint and isinstance(watched, QPushButton)
        if painted and not self._seen:
            self._seen = True
            QTimer.singleShot(0, report)
        return False


def report() -> None:
    """Write the instant and the resident memory, then leave without tidying up."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    sys.stdout.write(json.dumps({"at": time.monotonic(), "mb": pages * 4096 / 1e6}))
    sys.stdout.flush()
    os._exit(0)


def bare() -> None:
    """The least window with the widgets of a sign-in page."""
    app = QApplication([])
    app.installEventFilter(FirstPaint(app))
    window, middle = QMainWindow(), QWidget()
    layout = QVBoxLayout(middle)
    for widget in (QLineEdit(), QLineEdit(), QPushButton("Sign in")):
        layout.addWidget(widget)
    window.setCentralWidget(middle)
    window.show()
    app.exec()


def ours() -> None:
    """The program as `main.py` opens it."""
    from ui.app import make_application, open_window

    app = make_application()
    app.installEventFilter(FirstPaint(app))
    open_window(Namespace(demo=False))


if __name__ == "__main__":
    {"ours": ours, "bare": bare}[sys.argv[1]]()

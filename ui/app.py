"""Sets Qt up and runs the window."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from smassistant import __version__
from smassistant.homes import data_folder
from smassistant.log import close_log, log_defect, open_log
from ui import icons
from ui.garbage import Collector
from ui.memory import Memory
from ui.shell.desk import Desk


def open_window(args: Namespace) -> int:
    """Open the window and stay until it is closed; returns the exit status."""
    app = make_application()
    folder = Path(tempfile.mkdtemp(prefix="smassistant-window-")) if args.demo else data_folder()
    open_log(folder)
    desk = Desk(app, folder, Memory(folder), args.demo)
    desk.left.connect(app.quit)
    collector = Collector(app)
    sys.setswitchinterval(0.001)  # a worker makes the window wait a fifth of the usual time
    _watch_defects(desk)
    _leave_when_told(desk)
    desk.begin()
    try:
        return app.exec()
    finally:
        collector.stop()
        close_log()
        if args.demo:
            shutil.rmtree(folder, ignore_errors=True)


def make_application() -> QApplication:
    """The one QApplication; Fusion looks the same on every system."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QApplication.setApplicationName("SM Assistant")
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("smassistant")
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    app.setWindowIcon(icons.icon("app"))
    app.setQuitOnLastWindowClosed(False)  # the desk quits, after everything is saved
    return app


def _leave_when_told(desk: Desk) -> None:
    """Save, stop and tidy up also when the system ends the program.

    Python hears of a signal only while it runs: the collector's timer sees to that.
    """

    def leave(_number: int, _frame: object) -> None:
        desk.window.close()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)


def _watch_defects(desk: Desk) -> None:
    """Whatever goes wrong in a slot is logged without its content and told in plain words."""

    def tell(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            desk.window.close()
            return
        log_defect(error)
        desk.tell_unexpected()

    sys.excepthook = tell

"""The log: what went wrong where, never what was in it."""

from __future__ import annotations

import logging
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path

NAME = "smassistant.log"
LOGGERS = ("smassistant", "ui")
LIMIT = 500_000  # bytes of one file; one older file is kept

_log = logging.getLogger(__name__)


class _Discreet(logging.Formatter):
    """Writes exceptions by kind and place: their messages may hold a student's name."""

    def formatException(self, ei: object) -> str:
        error = ei[1] if isinstance(ei, tuple) else None
        return places(error) if isinstance(error, BaseException) else ""


def open_log(folder: Path) -> Path:
    """Keep the program's warnings in `folder`; the file appears with the first one."""
    close_log()
    path = folder / NAME
    handler = _Shy(path)
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
    return path


def close_log() -> None:
    """Keep nothing any more."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        for handler in [each for each in logger.handlers if isinstance(each, _Shy)]:
            logger.removeHandler(handler)
            handler.close()
        logger.propagate = True


class _Shy(RotatingFileHandler):
    """A log file that is opened only when there is something to write, and never complains."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LIMIT, backupCount=1, encoding="utf-8", delay=True)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk must not end the program."""


def log_defect(error: BaseException) -> None:
    """Log a defect of the program by kind and place, never by its message."""
    thread = threading.current_thread().name
    _log.error("on %s: %s", thread, places(error))


def places(error: BaseException) -> str:
    """The error's kind and where it came through, innermost first."""
    found = []
    frame = error.__traceback__
    while frame:
        code = frame.tb_frame.f_code
        found.append(f"{Path(code.co_filename).name}:{frame.tb_lineno} {code.co_name}")
        frame = frame.tb_next
    return f"{type(error).__name__} at " + " < ".join(reversed(found))

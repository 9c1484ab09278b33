"""A person at the writing page, in a program of its own that the crash test kills.

Argument: an empty folder for a school's database. Types 300 characters at a fast person's pace and
prints a line for each key ("typed N SECONDS") and for each save ("saved N"), N characters.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from smassistant.services.drafting import start_post
from smassistant.services.keeping_settings import get_settings
from tests.unit.services.conftest import open_school
from ui.changes import Changes
from ui.jobs import JobRunner
from ui.memory import Memory
from ui.session import Session
from ui.shell.workspace import Workspace

TEXT = ("The whole school ran, jumped and cheered. " * 8)[:300]
PACE_MS = 8


def main() -> None:
    """Type until the text is done, then wait to be killed."""
    folder = Path(sys.argv[1])
    app = QApplication([])
    school = open_school(folder)
    shell = Workspace()
    session = Session(
        school.context, school.author, JobRunner(), Changes(school.context.store), school.reviewer,
        get_settings(school.context), shell, Memory(folder),
    )  # fmt: skip
    shell.settle(session, "light")
    shell.show()
    page = shell.page("compose")
    page.edit(start_post(school.context, school.author))  # type: ignore[attr-defined]
    page.writing.draft.saved.connect(  # type: ignore[attr-defined]
        lambda stored: _say(f"saved {len(stored.text)}")
    )
    keys = iter(enumerate(TEXT, 1))

    def press() -> None:
        number, sign = next(keys, (0, ""))
        if not number:
            timer.stop()
            _say("done")
            return
        QTest.keyClick(page.desk.editor, sign)  # type: ignore[attr-defined]
        _say(f"typed {number} {time.monotonic()}")

    timer = QTimer(interval=PACE_MS)
    timer.timeout.connect(press)
    timer.start()
    app.exec()


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

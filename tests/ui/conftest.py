"""A window on a small school with a real database, as the program itself opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from smassistant.domain.users import User
from smassistant.log import close_log, open_log
from smassistant.services.importing import import_roster, preview_roster
from tests.unit.services.conftest import School, open_school
from ui import theme
from ui.memory import Memory
from ui.pages.page import Page
from ui.shell.desk import Desk
from ui.shell.opening import School as OpenSchool
from ui.shell.workspace import Workspace

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "roster.csv"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """Every window test looks like the program."""
    qapp.setStyle("Fusion")
    theme.apply(qapp, theme.Scheme.LIGHT)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The program's log file, kept while the test runs."""
    yield open_log(tmp_path)
    close_log()


@dataclass
class Seat:
    """Somebody at the window: what a test reaches for."""

    qtbot: QtBot
    desk: Desk
    school: School

    def wait(self, true: Callable[[], Any], timeout: int = 10_000) -> None:
        """Let the window work until something holds."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=timeout)

    def settle(self) -> None:
        """Let the window work until no worker has anything left to say."""
        self.wait(self.desk.jobs.idle)

    def sign_in(self, user: User) -> Workspace:
        """Come in without the slow password check."""
        self.desk.begin_work(user)
        self.wait(lambda: self.desk.workspace)
        self.settle()
        return self.workspace

    def show(self, key: str, **where: object) -> Page:
        """The page `key`, loaded."""
        self.workspace.go_to(key, **where)
        self.settle()
        return self.workspace.page(key)

    @property
    def workspace(self) -> Workspace:
        assert self.desk.workspace is not None
        return self.desk.workspace

    @property
    def dialog(self) -> QDialog:
        """The dialog that is open."""
        found = [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QDialog) and widget.isVisible()
        ]
        assert len(found) == 1, found
        return found[0]

    def gone(self, dialog: QDialog) -> None:
        """Wait until a dialog has closed; by then it may have been destroyed too."""
        self.wait(lambda: not isValid(dialog) or not dialog.isVisible())

    def import_sample(self) -> None:
        """The made-up school's roster, so that there are people to look at."""
        context = self.school.context
        import_roster(context, self.school.records, preview_roster(context, SAMPLE))


@pytest.fixture
def seat(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    """The window at its sign-in page, the school open behind it."""
    school = open_school(tmp_path)
    desk = Desk(qapp, tmp_path, Memory(tmp_path))
    context = school.context
    desk.window.resize(1366, 768)
    desk.window.show()
    desk.entrance.show_sign_in()
    desk.entrance.enter(OpenSchool(context, school.reviewer, True, context.store.close))
    desk.window.activateWindow()
    sitting = Seat(qtbot, desk, school)
    sitting.settle()
    yield sitting
    desk.leave()
    desk.window.deleteLater()
    desk.deleteLater()
    qapp.processEvents()


def shown_words(root: QWidget | None = None) -> str:
    """All that widgets say or hold: texts, names, tool tips, cells of models."""
    roots = [root] if root else QApplication.topLevelWidgets()
    widgets = [widget for top in roots for widget in (top, *top.findChildren(QWidget))]
    return "\n".join(word for widget in widgets for word in _words(widget))


def _words(widget: QWidget) -> Iterator[str]:
    for name in ("text", "toPlainText", "title", "currentText", "placeholderText"):
        said = getattr(widget, name, None)
        if callable(said):
            yield str(said())
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    yield widget.windowTitle()
    model = getattr(widget, "model", None)
    found = model() if callable(model) else None
    if found is not None:
        table = not isinstance(found, QAbstractListModel)
        for row in range(found.rowCount()):
            for column in range(found.columnCount() if table else 1):
                index = found.index(row, column)
                yield str(index.data())
                yield str(index.data(Qt.ItemDataRole.AccessibleTextRole))

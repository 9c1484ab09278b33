"""The frame of bringing a roster in: one step at a time, what it would do always in sight."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.importing import RosterPreview
from ui import theme
from ui.dialogs.roster.columns_step import ColumnsStep
from ui.dialogs.roster.step import RosterStep
from ui.models.roster_reading import RosterReading
from ui.roster_words import effect_words
from ui.widgets.forms import rule
from ui.widgets.notice import Notice
from ui.widgets.progress import ProgressLine
from ui.widgets.step_bar import StepBar

if TYPE_CHECKING:
    from smassistant.services.roster_headings import Column

WIDTH, HEIGHT = 1080, 660
LEAST_WIDTH, LEAST_HEIGHT = 820, 520


class RosterWizard(QDialog):
    """Walks through `steps`; the last one's button says `verb` and calls `finish_up`."""

    def __init__(
        self, reading: RosterReading, steps: Sequence[RosterStep], verb: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Bring in a roster"))
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(WIDTH, HEIGHT)
        self.reading = reading
        self.steps = list(steps)
        self._verb = verb
        self._fresh = False
        self.bar = StepBar([step.title() for step in steps])
        self.stack = QStackedWidget()
        for step in steps:
            self.stack.addWidget(step)
        self.notice = Notice()
        self.progress = ProgressLine()
        self.progress.cancel.setText(_("Stop"))
        self.effect = theme.note()
        self.cancel, self.back, self.next = (
            QPushButton(_("Cancel")), QPushButton(_("Back")), QPushButton(_("Next")),
        )  # fmt: skip
        self.next.setProperty("role", "primary")
        self.next.setDefault(True)
        self._lay_out()
        self._connect()
        self.show_step(0)

    @property
    def step(self) -> RosterStep:
        """The step that is shown."""
        return self.steps[self.stack.currentIndex()]

    @property
    def number(self) -> int:
        """Which step is shown, from 0."""
        return self.stack.currentIndex()

    def read(self, path: Path) -> None:
        """Begin with a file."""
        self.reading.read(path)

    def show_step(self, number: int) -> None:
        """Show a step and put the keyboard into it."""
        self.stack.setCurrentIndex(number)
        self.bar.show_step(number)
        self.step.shown()
        self.name_buttons()
        first = self.step.first()
        if first is not None:
            first.setFocus()

    def go_on(self) -> None:
        """The next step; after the last the work is done."""
        if not self.next.isEnabled():
            return
        self.notice.clear()
        if self.number + 1 < len(self.steps):
            self.show_step(self.number + 1)
        else:
            self.finish_up()

    def go_back(self) -> None:
        """The step before."""
        self.notice.clear()
        self.show_step(max(0, self.number - 1))

    def finish_up(self) -> None:
        """What the last button does."""
        self.accept()

    def stop(self) -> None:
        """The person stopped what was going on."""
        self.reading.stop()
        self.name_buttons()

    def name_buttons(self) -> None:
        """The buttons fit the step and what has been read."""
        last = self.number + 1 == len(self.steps)
        ready = self.reading.preview is not None and not self.reading.busy
        self.back.setVisible(self.number > 0)
        self.next.setText(self._verb if last else _("Next"))
        self.next.setDefault(not last)  # Return in a list must not bring anything in
        self.next.setEnabled(ready if last else self.reading.preview is not None)

    def done(self, result: int) -> None:
        """However it ends, no name stays in the window."""
        self.forget()
        super().done(result)

    def forget(self) -> None:
        """Drop every name."""
        for step in self.steps:
            step.forget()
        self.effect.setText("")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addWidget(theme.heading(_("Bring in a roster"), 1))
        column.addWidget(self.bar)
        column.addWidget(rule())
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)
        column.addWidget(self.progress)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self.effect, 1)
        for button in (self.cancel, self.back, self.next):
            button.setAutoDefault(button is self.next)
            buttons.addWidget(button)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.reading.begun.connect(self._follow)
        self.reading.progressed.connect(self.progress.show_progress)
        self.reading.previewed.connect(self.show_read)
        self.reading.failed.connect(self._refuse)
        self.reading.unread.connect(self.ask_columns)
        self.progress.cancel.clicked.connect(self.stop)

    def _follow(self, task: Task) -> None:
        self.notice.clear()
        name = self.reading.path.name if self.reading.path else ""
        self._fresh = self.reading.preview is None
        self.progress.follow(task, _("Reading {file}…").format(file=name))
        self.name_buttons()

    def show_read(self, preview: RosterPreview | None) -> None:
        """Show what was read on every step."""
        self.progress.finish()
        if preview is not None:
            for step in self.steps:
                step.show_preview(preview)
            self.effect.setText(effect_words(preview))
            if self._fresh and self.number == 0 and len(self.steps) > 1:
                self.show_step(1)
            self._fresh = False
        self.name_buttons()

    def ask_columns(self, columns: tuple[Column, ...]) -> None:
        """The file is a table, but somebody has to say what is in it."""
        for number, step in enumerate(self.steps):
            if isinstance(step, ColumnsStep):
                step.show_columns(columns)
                if self.number < number:
                    self.show_step(number)
        self.effect.setText("")

    def _refuse(self, error: UserError) -> None:
        self.progress.finish()
        self.notice.tell(error)
        self.name_buttons()

"""The wizard's frame: one step at a time, Back and Next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.errors import UserError
from smassistant.i18n import _
from ui import theme
from ui.shell.gate import Gate
from ui.shell.wizard.beginning import SchoolStep, WelcomeStep
from ui.shell.wizard.keys import KeyStep, RecoveryStep
from ui.shell.wizard.people import DoneStep, LeaderStep, RosterStep
from ui.shell.wizard.setup import Setup, Step


class WizardGate(Gate):
    """Leads through the steps; `finished` when the leader can start working."""

    finished = Signal()
    recovery_asked = Signal()

    def __init__(self, scheme: str, setup: Setup) -> None:
        super().__init__(scheme, 640)
        self.setup = setup
        welcome = WelcomeStep(setup)
        welcome.language_chosen.connect(self.language_chosen)
        welcome.recovery_asked.connect(self.recovery_asked)
        roster = RosterStep(setup)
        roster.next_changed.connect(self.name_next)
        self.steps: list[Step] = [
            welcome, SchoolStep(setup), KeyStep(setup), RecoveryStep(setup), LeaderStep(setup),
            roster, DoneStep(setup),
        ]  # fmt: skip
        self._count = theme.note()
        self._bar = QProgressBar()
        self._bar.setRange(0, len(self.steps))
        self._bar.setTextVisible(False)
        self.back = QPushButton(_("Back"))
        self.next = QPushButton()
        self.next.setProperty("role", "primary")
        self.next.setMinimumHeight(40)
        self.back.setMinimumHeight(40)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self._lay_out_steps()
        self._show_step()

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self.setup.step]

    def go_back(self) -> None:
        """Show the step before; what was typed stays."""
        self.step.keep()
        self.setup.step -= 1
        self._show_step()

    def go_on(self) -> None:
        """Leave the step if it is complete; the last one ends the wizard."""
        step = self.step
        step.notice.clear()
        step.keep()
        if step.valid():
            self._wait(True)
            step.finish(self._advance, self._refuse)

    def keep(self) -> None:
        """Write down what was typed on every step, before the wizard is rebuilt."""
        for step in self.steps:
            step.keep()

    def primary(self) -> QWidget | None:
        """The shown step's first field."""
        return self.step.first() or self.next

    def _lay_out_steps(self) -> None:
        steps = QVBoxLayout()
        theme.pad(steps, 0, 0)
        for step in self.steps:
            steps.addWidget(step)
            step.hide()
            for entry in step.findChildren(QLineEdit):
                entry.returnPressed.connect(self.go_on)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch()
        buttons.addWidget(self.next)
        self.column.addWidget(self._count)
        self.column.addWidget(self._bar)
        self.column.addLayout(steps)
        self.column.addLayout(buttons)

    def _show_step(self) -> None:
        number = self.setup.step
        for step in self.steps:
            step.setVisible(step is self.step)
        text = _("Step {n} of {all}").format(n=number + 1, all=len(self.steps))
        self._count.setText(text)
        self._bar.setValue(number + 1)
        self._bar.setAccessibleName(text)
        self.step.shown()
        self.back.setVisible(0 < number < len(self.steps) - 1)
        self.name_next()
        first = self.primary()
        if first is not None:
            first.setFocus()

    def name_next(self) -> None:
        """The primary button says what it does on this step."""
        self.next.setText(self.step.next_text() or _("Next"))

    def _advance(self) -> None:
        self._wait(False)
        if self.setup.step + 1 < len(self.steps):
            self.setup.step += 1
            self._show_step()
        else:
            self.finished.emit()

    def _refuse(self, error: UserError) -> None:
        self._wait(False)
        self.step.notice.tell(error)

    def _wait(self, waiting: bool) -> None:
        self.next.setEnabled(not waiting)
        self.back.setEnabled(not waiting)
        self.choices.setEnabled(not waiting)

"""Leads through the gates to an open school."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from smassistant.errors import UserError
from smassistant.homes import home_state
from smassistant.i18n import _
from smassistant.jobs import Task
from ui.jobs import JobRunner
from ui.shell import opening
from ui.shell.dressing import Dressing
from ui.shell.gate import Gate
from ui.shell.opening import School
from ui.shell.sign_in import SignInGate
from ui.shell.trouble import PassphraseGate, RecoveryGate, TroubleGate
from ui.shell.window import Window

if TYPE_CHECKING:
    from ui.shell.wizard.setup import Setup


class Entrance(QObject):
    """Shows one gate at a time. `opened` carries the school, `asked` a sign-in attempt."""

    opened = Signal(object)  # School
    asked = Signal(str, str)
    set_up = Signal(object)  # User: the wizard is through

    def __init__(
        self, window: Window, jobs: JobRunner, dressing: Dressing, folder: Path, demo: bool
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._dressing = window, jobs, dressing
        self._folder, self._demo = folder, demo
        self._school: School | None = None
        self._rebuild: Callable[[], None] = self.look_at_home
        self.gate: Gate | None = None

    def look_at_home(self) -> None:
        """Choose the first gate by what the data folder holds, and open what opens by itself."""
        if self._demo:
            self.show_sign_in()
            self._wait(_("Getting the made-up school ready…"))
            self._open(opening.make_up_school, self._show_trouble)
            return
        try:
            state = home_state(self._folder)
        except UserError as error:
            self._show_trouble(error)
            return
        if state.new:
            self._set_up()
        elif state.passphrase:
            self._show_passphrase()
        else:
            self.show_sign_in()
            self._open(partial(opening.open_school, self._folder, ""), self._show_trouble)

    def show_sign_in(self, locked_for: str = "") -> SignInGate:
        """Ask who is there; `locked_for` is the sign-in name of who was."""
        gate = SignInGate(self._dressing.scheme, locked_for)
        gate.asked.connect(self.asked)
        if self._school is not None and self._school.sign_ins:
            gate.offer(self._school.sign_ins)
        self._show(gate, lambda: self.show_sign_in(locked_for))
        return gate

    def close(self) -> None:
        """The gate is left for the workspace."""
        if self.gate is not None:
            self.gate.forget()
            self.gate = None

    def rebuild(self) -> None:
        """Show the same gate again in another language."""
        if self.gate is not None:
            self.gate.keep()
        self._rebuild()

    def _show(self, gate: Gate, rebuild: Callable[[], object]) -> None:
        self.close()
        self.gate = gate
        self._rebuild = lambda: (rebuild(), None)[1]
        gate.scheme_chosen.connect(self._dressing.choose_scheme)
        gate.language_chosen.connect(self._dressing.choose_language)
        self._window.show_only(gate)
        first = gate.primary()
        if first is not None:
            first.setFocus()

    def _wait(self, text: str) -> None:
        if isinstance(self.gate, SignInGate):
            self.gate.wait(text)

    def _show_passphrase(self) -> None:
        gate = PassphraseGate(self._dressing.scheme)
        gate.asked.connect(
            lambda word: self._open(partial(opening.open_school, self._folder, word), gate.refuse)
        )
        gate.recovery_asked.connect(self._ask_keyring)
        self._show(gate, self._show_passphrase)

    def _ask_keyring(self) -> None:
        self._jobs.start(
            self, lambda _task: opening.has_keyring(), self._show_recovery, self._show_trouble
        )

    def _show_recovery(self, keyring: bool) -> None:
        gate = RecoveryGate(self._dressing.scheme, keyring)
        gate.asked.connect(
            lambda key, word: self._open(
                partial(opening.recover_school, self._folder, key, word), gate.refuse
            )
        )
        gate.back_asked.connect(self.look_at_home)
        self._show(gate, lambda: self._show_recovery(keyring))

    def _show_trouble(self, error: UserError) -> None:
        gate = TroubleGate(self._dressing.scheme, error, recovery=not self._demo)
        gate.retry_asked.connect(self.look_at_home)
        gate.recovery_asked.connect(self._ask_keyring)
        self._show(gate, lambda: self._show_trouble(error))

    def _set_up(self, school: School | None = None) -> None:
        """Begin the wizard, or go on with a school that was left half-way.

        Its steps are imported only here: a computer with a school never needs them.
        """
        from ui.shell.wizard.setup import Setup

        self._show_wizard(Setup(self._folder, self._jobs, self._take_school, school))

    def _show_wizard(self, setup: Setup) -> None:
        from ui.shell.wizard.gate import WizardGate

        gate = WizardGate(self._dressing.scheme, setup)
        gate.recovery_asked.connect(self._ask_keyring)
        gate.finished.connect(lambda: self.set_up.emit(setup.user))
        self._show(gate, lambda: self._show_wizard(setup))

    def _open(self, call: Callable[[Task], School], failed: Callable[[UserError], None]) -> None:
        self._jobs.start(self, call, self.enter, failed)

    def enter(self, school: School) -> None:
        """The school is open: sign in, or finish setting it up."""
        self._take_school(school)
        if not school.ready:
            self._set_up(school)
        elif isinstance(self.gate, SignInGate):
            self._wait("")
            if school.sign_ins:
                self.gate.offer(school.sign_ins)
        else:
            self.show_sign_in()

    def _take_school(self, school: School) -> None:
        self._school = school
        self.opened.emit(school)

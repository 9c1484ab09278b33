"""The first start on a computer with no school yet."""

from __future__ import annotations

from smassistant.demo import PASSWORD, SAMPLE
from ui.shell.wizard.beginning import SchoolStep, WelcomeStep
from ui.shell.wizard.gate import WizardGate
from ui.shell.wizard.keys import KeyStep, RecoveryStep
from ui.shell.wizard.people import DoneStep, LeaderStep, RosterStep
from ui.tour.hands import Hands

NAMES = {
    SchoolStep: "school",
    KeyStep: "key",
    RecoveryStep: "recovery",
    LeaderStep: "leader",
    RosterStep: "roster",
    DoneStep: "done",
}
PASSPHRASE = "four quiet herons by the river"  # noqa: S105 - the made-up school's


def walk_wizard(hands: Hands) -> None:
    """Set a school up under a passphrase, bring its roster in, and start working."""
    hands.desk.begin()
    hands.picture("first-start")
    gate = hands.desk.entrance.gate
    assert isinstance(gate, WizardGate)  # noqa: S101
    for step in gate.steps:
        if isinstance(step, SchoolStep):
            hands.type(step.name.entry, "Heron Creek School")
            hands.type(step.division.entry, "Coulee Plains School Division")
        elif isinstance(step, KeyStep):
            hands.settle()
            step.seal.setChecked(True)
            hands.type(step.passphrase.entry, PASSPHRASE)
            hands.type(step.again.entry, PASSPHRASE)
        elif isinstance(step, RecoveryStep):
            step.kept.setChecked(True)
        elif isinstance(step, LeaderStep):
            hands.type(step.name.entry, "Alma Fontaine")
            hands.type(step.sign_in.entry, "a.fontaine")
            hands.type(step.password.first.entry, PASSWORD)
            hands.type(step.password.second.entry, PASSWORD)
        elif isinstance(step, RosterStep) and step.picker is not None:
            step.picker.read(SAMPLE / "roster.csv")
        if not isinstance(step, WelcomeStep):
            hands.picture(f"first-start-{NAMES[type(step)]}")
        hands.press(gate.next)
        hands.settle()
    hands.wait(lambda: hands.desk.workspace is not None, "the new school's window")
    hands.picture("first-start-ready")

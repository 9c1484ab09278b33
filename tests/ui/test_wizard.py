"""The first start, from an empty folder to a signed-in leader, with and without a keyring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from smassistant.bootstrap import open_home
from smassistant.i18n import language
from smassistant.services.keeping_registry import find_people
from smassistant.services.keeping_settings import get_settings
from tests.ui.conftest import SAMPLE
from tests.ui.writing_rig import drop, mime
from ui.memory import Memory
from ui.shell.desk import Desk
from ui.shell.sign_in import SignInGate
from ui.shell.trouble import PassphraseGate, RecoveryGate, TroubleGate
from ui.shell.wizard.gate import WizardGate
from ui.shell.wizard.keys import KeyStep, RecoveryStep
from ui.shell.wizard.people import DoneStep, LeaderStep, RosterStep

PASSPHRASE = "gravel lantern picnic otter"
PASSWORD = "Harbour-quilt-82-sparrow"


class MemoryKeyring(KeyringBackend):
    """A keyring of the test's own; it bears a real one's name to pass the gate."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


MemoryKeyring.__module__, MemoryKeyring.__qualname__ = "keyring.backends.libsecret", "Keyring"


@pytest.fixture
def usable_keyring() -> Iterator[MemoryKeyring]:
    before, mine = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@dataclass
class FirstRun:
    """Drives the wizard the way a person does: types, presses Return, presses the buttons."""

    qtbot: QtBot
    desk: Desk

    @property
    def gate(self) -> WizardGate:
        assert isinstance(self.desk.entrance.gate, WizardGate)
        return self.desk.entrance.gate

    def wait(self, true: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=20_000)

    def settle(self) -> None:
        self.wait(self.desk.jobs.idle)

    def type(self, entry: QLineEdit, text: str) -> None:
        entry.setFocus()
        entry.selectAll()
        self.qtbot.keyClicks(entry, text)

    def next(self) -> None:
        """Press the primary button and come to the next step."""
        before = self.gate.setup.step
        self.qtbot.mouseClick(self.gate.next, Qt.MouseButton.LeftButton)
        self.wait(lambda: self.gate.setup.step == before + 1)
        self.settle()

    def stay(self) -> None:
        """Press the primary button and be told to stay."""
        before = self.gate.setup.step
        self.qtbot.mouseClick(self.gate.next, Qt.MouseButton.LeftButton)
        self.settle()
        assert self.gate.setup.step == before

    def step(self, kind: type[Any]) -> Any:
        assert isinstance(self.gate.step, kind)
        return self.gate.step

    def to_key(self) -> KeyStep:
        self.next()
        self.type(self.gate.step.entries()[0], "Lakeview School")
        self.next()
        return self.step(KeyStep)

    def to_leader(self) -> LeaderStep:
        key = self.to_key()
        if not key.keyring.isEnabled():
            self.type(key.passphrase.entry, PASSPHRASE)
            self.type(key.again.entry, PASSPHRASE)
        self.next()
        recovery = self.step(RecoveryStep)
        self.type(recovery.last_group.entry, recovery.key.text()[-4:].lower())
        self.next()
        return self.step(LeaderStep)

    def to_roster(self) -> RosterStep:
        leader = self.to_leader()
        self.type(leader.name.entry, "Lena Achebe")
        self.type(leader.sign_in.entry, "l.achebe")
        self.type(leader.password.first.entry, PASSWORD)
        self.type(leader.password.second.entry, PASSWORD)
        self.next()
        return self.step(RosterStep)

    def finish(self) -> None:
        self.next()
        self.step(DoneStep)
        self.qtbot.mouseClick(self.gate.next, Qt.MouseButton.LeftButton)
        self.wait(lambda: self.desk.workspace)
        self.settle()


Open = Callable[[], FirstRun]


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    """Start the program on the same folder, as often as needed; the run before ends first."""
    running: list[Desk] = []

    def begin() -> FirstRun:
        end()
        desk = Desk(qapp, tmp_path / "home", Memory(tmp_path / "home"))
        running.append(desk)
        desk.begin()
        run = FirstRun(qtbot, desk)
        run.settle()
        return run

    def end() -> None:
        while running:
            desk = running.pop()
            desk.leave()
            desk.window.deleteLater()
            desk.deleteLater()
            qapp.processEvents()

    yield begin
    end()


def test_with_a_passphrase_from_nothing_to_work(start: Open, tmp_path: Path) -> None:
    first = start()
    roster = first.to_roster()
    assert roster.picker is not None
    assert first.gate.next.text() == "Finish without a roster"
    drop(roster.picker.drop, mime(files=(SAMPLE,)))
    first.wait(lambda: roster.picker.preview)
    assert first.gate.next.text() == "Bring in and finish"
    first.finish()

    user, school = first.desk.user, first.desk.school
    assert user is not None
    assert user.name == "Lena Achebe"
    assert school is not None
    assert find_people(school.context, user).total == 75
    assert get_settings(school.context).school == "Lakeview School"
    assert (tmp_path / "home" / "key.json").is_file()

    second = start()
    gate = second.desk.entrance.gate
    assert isinstance(gate, PassphraseGate)
    second.type(gate.passphrase.entry, "not the passphrase")
    second.qtbot.keyClick(gate.passphrase.entry, Qt.Key.Key_Return)
    second.wait(lambda: gate.notice.text)
    assert gate.passphrase.entry.text() == ""
    second.type(gate.passphrase.entry, PASSPHRASE)
    second.qtbot.keyClick(gate.passphrase.entry, Qt.Key.Key_Return)
    second.wait(lambda: isinstance(second.desk.entrance.gate, SignInGate))
    sign_in(second)
    assert second.desk.user == user


def sign_in(run: FirstRun) -> None:
    """Type name and password, with Return after each."""
    gate = run.desk.entrance.gate
    assert isinstance(gate, SignInGate)
    run.type(gate.name.entry, "l.achebe")
    run.qtbot.keyClick(gate.name.entry, Qt.Key.Key_Return)
    assert gate.password.entry.hasFocus()
    run.type(gate.password.entry, PASSWORD)
    run.qtbot.keyClick(gate.password.entry, Qt.Key.Key_Return)
    run.wait(lambda: run.desk.workspace)
    run.settle()


def test_with_a_keyring_nothing_is_asked_at_the_second_start(
    start: Open, tmp_path: Path, usable_keyring: MemoryKeyring
) -> None:
    first = start()
    first.to_roster()
    first.finish()
    assert not (tmp_path / "home" / "key.json").exists()
    assert len(usable_keyring.kept) == 1  # the master key; the probe is gone

    second = start()
    assert isinstance(second.desk.entrance.gate, SignInGate)
    sign_in(second)


def test_return_in_a_field_is_next_and_nothing_is_lost_on_back(start: Open) -> None:
    run = start()
    leader = run.to_leader()
    run.type(leader.name.entry, "Lena Achebe")
    for _step in range(4):
        run.qtbot.mouseClick(run.gate.back, Qt.MouseButton.LeftButton)
    assert not run.gate.back.isVisible()
    run.next()
    school = run.gate.step.entries()[0]
    assert school.text() == "Lakeview School"
    run.type(school, "Harbour School")
    run.qtbot.keyClick(school, Qt.Key.Key_Return)
    key = run.step(KeyStep)
    assert key.passphrase.entry.text() == PASSPHRASE
    assert not key.passphrase.isEnabled()  # the key is made already
    run.next()
    assert run.gate.setup.kept
    run.next()
    assert run.step(LeaderStep).name.entry.text() == "Lena Achebe"
    assert run.gate.setup.name == "Harbour School"


def test_what_is_missing_is_said_beside_its_field(start: Open) -> None:
    run = start()
    run.next()
    run.stay()
    assert run.gate.step.name.wrong  # type: ignore[attr-defined]
    run.type(run.gate.step.entries()[0], "Lakeview School")
    run.next()
    key = run.step(KeyStep)
    run.type(key.passphrase.entry, "short")
    run.stay()
    assert key.passphrase.wrong
    assert key.again.wrong
    run.type(key.passphrase.entry, PASSPHRASE)
    run.type(key.again.entry, PASSPHRASE)
    run.next()
    recovery = run.step(RecoveryStep)
    run.type(recovery.last_group.entry, "AAAA")
    run.stay()
    assert recovery.last_group.wrong
    recovery.kept.setChecked(True)
    run.next()
    leader = run.step(LeaderStep)
    run.stay()
    assert leader.name.wrong
    assert leader.sign_in.wrong
    assert leader.password.first.wrong


def test_a_weak_password_is_told_while_it_is_typed_and_refused(start: Open) -> None:
    run = start()
    leader = run.to_leader()
    run.type(leader.name.entry, "Lena Achebe")
    run.type(leader.sign_in.entry, "l.achebe")
    for entry in (leader.password.first.entry, leader.password.second.entry):
        run.type(entry, "lakeview1234")
    run.wait(lambda: leader.password.strength)
    assert leader.password.strength != "Strong enough"
    run.stay()
    assert leader.password.first.wrong
    for entry in (leader.password.first.entry, leader.password.second.entry):
        run.type(entry, PASSWORD)
    run.wait(lambda: leader.password.strength == "Strong enough")
    run.next()


def test_a_file_that_is_no_roster_is_explained_and_can_be_left_out(
    start: Open, tmp_path: Path
) -> None:
    run = start()
    roster = run.to_roster()
    assert roster.picker is not None
    (tmp_path / "holiday.csv").write_bytes(bytes(range(256)))
    drop(roster.picker.drop, mime(files=(tmp_path / "holiday.csv",)))
    run.wait(lambda: roster.picker.notice.text)
    assert run.gate.next.text() == "Finish without a roster"
    run.finish()
    assert run.desk.user is not None


def test_a_set_up_that_was_left_half_way_goes_on_and_shows_the_recovery_key_again(
    start: Open, tmp_path: Path
) -> None:
    first = start()
    first.to_leader()
    key = first.desk.school.recovery if first.desk.school else ""
    second = start()
    gate = second.desk.entrance.gate
    assert isinstance(gate, PassphraseGate)
    second.type(gate.passphrase.entry, PASSPHRASE)
    gate.ask()
    second.wait(lambda: isinstance(second.desk.entrance.gate, WizardGate))
    second.next()
    second.type(second.gate.step.entries()[0], "Lakeview School")
    second.next()
    second.next()
    assert second.step(RecoveryStep).key.text() == key != ""


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_key(
    start: Open, tmp_path: Path
) -> None:
    first = start()
    first.to_roster()
    first.finish()
    key = first.desk.school.recovery if first.desk.school else ""

    second = start()
    gate = second.desk.entrance.gate
    assert isinstance(gate, PassphraseGate)
    gate.recovery_asked.emit()
    second.wait(lambda: isinstance(second.desk.entrance.gate, RecoveryGate))
    recovery = second.desk.entrance.gate
    assert isinstance(recovery, RecoveryGate)
    second.type(recovery.recovery.entry, key[:-1] + ("0" if key[-1] != "0" else "1"))
    for entry in (recovery.passphrase.entry, recovery.again.entry):
        second.type(entry, "another four words here")
    recovery.ask()
    second.wait(lambda: recovery.notice.text)
    second.type(recovery.recovery.entry, key.lower().replace("-", " "))
    recovery.ask()
    second.wait(lambda: isinstance(second.desk.entrance.gate, SignInGate))
    start()
    opened = open_home(tmp_path / "home", "another four words here")
    opened.context.store.close()


def test_a_keyring_that_is_gone_is_explained_and_the_recovery_key_offered(
    start: Open, usable_keyring: MemoryKeyring
) -> None:
    first = start()
    first.to_roster()
    first.finish()
    usable_keyring.kept.clear()
    second = start()
    second.wait(lambda: isinstance(second.desk.entrance.gate, TroubleGate))
    gate = second.desk.entrance.gate
    assert isinstance(gate, TroubleGate)
    assert "keyring" in gate.notice.text
    second.wait(gate.recovery.isVisible)


def test_another_language_keeps_what_was_typed(start: Open) -> None:
    run = start()
    run.next()
    run.type(run.gate.step.entries()[0], "École du Lac")
    run.gate.language_chosen.emit("fr")
    run.settle()
    assert language() == "fr"
    assert run.gate.step.entries()[0].text() == "École du Lac"
    run.gate.language_chosen.emit("en")


def test_the_recovery_key_can_be_copied_and_saved(
    start: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start()
    key = run.to_key()
    run.type(key.passphrase.entry, PASSPHRASE)
    run.type(key.again.entry, PASSPHRASE)
    run.next()
    step = run.step(RecoveryStep)
    text, page = tmp_path / "key.txt", tmp_path / "key.pdf"
    answers = iter((text, page, tmp_path / "nowhere" / "key.txt"))
    monkeypatch.setattr("ui.shell.wizard.keys.choose_new_file", lambda *_args: next(answers))
    step.copy.click()
    assert QApplication.clipboard().text() == step.key.text()
    step.save.click()
    assert step.key.text() in text.read_text(encoding="utf-8")
    step.print.click()
    assert page.read_bytes().startswith(b"%PDF-")
    step.save.click()
    assert "could not be written" in step.notice.text

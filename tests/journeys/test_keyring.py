"""The school's key in a real keyring: opened, lost, locked, and found again by the recovery key."""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt

from smassistant.bootstrap import create_home, open_home, open_with_recovery
from smassistant.domain.places import Account
from smassistant.errors import UserError
from smassistant.security.keyring_key import SERVICE
from smassistant.services.keeping_accounts import connect_account
from smassistant.services.setting_up import SetUp, set_up
from tests.journeys.homes import LEADER, LEADER_NAME, PASSPHRASE, PASSWORD, SCHOOL
from tests.journeys.program import Program
from tests.journeys.steps import gate, open_school, sign_in, words
from tests.servers.bluesky import Bluesky
from tests.servers.keyring import run_keyring
from ui.shell.sign_in import SignInGate
from ui.shell.trouble import PassphraseGate, RecoveryGate, TroubleGate
from ui.shell.wizard.gate import WizardGate
from ui.shell.wizard.keys import KeyStep, RecoveryStep
from ui.tour.hands import Hands

PLAN = SetUp(SCHOOL, "Coulee Plains", LEADER_NAME, LEADER, PASSWORD)


def make_school(folder: Path) -> str:
    """A school whose key lies in the keyring; its recovery key."""
    made = create_home(folder)
    set_up(made.context, PLAN)
    made.context.store.close()
    return made.recovery


def install_of(folder: Path) -> str:
    return str(json.loads((folder / "home.json").read_text(encoding="utf-8"))["install"])


@pytest.mark.keyring
def test_key_and_secrets_lie_in_the_keyring_only(data_dir: Path, bluesky: Bluesky) -> None:
    made, known = create_home(data_dir), bluesky.accounts[0]
    leader = set_up(made.context, PLAN)
    wanted = Account("", "bluesky", "bluesky", SCHOOL, SCHOOL, known.handle, service=bluesky.url)
    account = connect_account(made.context, leader, wanted, known.app_password)
    made.context.store.close()
    install = install_of(data_dir)
    assert keyring.get_password(install, account.id) == known.app_password
    key = keyring.get_password(SERVICE, install)
    assert key is not None
    for path in data_dir.rglob("*"):
        if path.is_file():
            assert known.app_password.encode() not in path.read_bytes()
            assert key.encode() not in path.read_bytes()
    again = open_home(data_dir).context
    assert again.credentials.get(account.id) == known.app_password
    again.store.close()


@pytest.mark.keyring
def test_recovery_key_opens_a_copy_whose_keyring_is_lost(data_dir: Path, tmp_path: Path) -> None:
    recovery = make_school(data_dir)
    copy = tmp_path / "another computer"
    shutil.copytree(data_dir, copy)
    keyring.delete_password(SERVICE, install_of(data_dir))
    with pytest.raises(UserError, match="not in this computer's keyring"):
        open_home(copy)
    before = (copy / "home.json").read_bytes()
    mistyped = recovery[:-1] + ("A" if recovery[-1] != "A" else "B")
    with pytest.raises(UserError, match="mistyped"):
        open_with_recovery(copy, mistyped)
    assert (copy / "home.json").read_bytes() == before
    context = open_with_recovery(copy, recovery.lower().replace("-", " ")).context
    with context.store.read() as work:
        assert [user.name for user in work.users.list()] == [LEADER_NAME]
    context.store.close()
    open_home(copy).context.store.close()


@pytest.mark.keyring
def test_window_opens_without_a_question(program: Program, data_dir: Path) -> None:
    make_school(data_dir)

    def come_in(hands: Hands) -> None:
        gate(hands, SignInGate)
        sign_in(hands, LEADER)

    program.run(come_in)


@pytest.mark.keyring
def test_wizard_left_half_way_goes_on(program: Program, data_dir: Path) -> None:
    """The key was made but nobody can sign in yet: the recovery key is shown once more."""
    shown: list[str] = []

    def begin(hands: Hands) -> None:
        wizard = gate(hands, WizardGate)
        hands.press(wizard.next)
        hands.type(hands.window.focusWidget(), SCHOOL)
        hands.press(wizard.next)
        hands.wait(lambda: isinstance(wizard.step, KeyStep), "the step about the key")
        step = wizard.step
        hands.wait(step.keyring.isEnabled, "the keyring")
        hands.settle()
        assert step.keyring.isChecked()
        hands.press(wizard.next)
        shown.append(recovery_shown(hands, wizard))

    def go_on(hands: Hands) -> None:
        wizard = gate(hands, WizardGate)
        while not isinstance(wizard.step, KeyStep):
            hands.settle()
            hands.type(hands.window.focusWidget(), SCHOOL)
            hands.press(wizard.next)
        hands.press(wizard.next)
        shown.append(recovery_shown(hands, wizard))

    program.run(begin)
    program.run(go_on)
    assert shown[0] == shown[1]


def recovery_shown(hands: Hands, wizard: WizardGate) -> str:
    hands.wait(lambda: isinstance(wizard.step, RecoveryStep), "the recovery key")
    step = wizard.step
    assert isinstance(step, RecoveryStep)
    assert len(step.key.text().split("-")) == 14
    return step.key.text()


# A keyring that is locked, and none at all


@contextmanager
def locked_keyring(folder: Path, patch: pytest.MonkeyPatch, school: Path) -> Iterator[str]:
    """A keyring of one's own that holds the school's key and is locked; the recovery key.

    Nobody is there to answer the prompt that would unlock it again.
    """
    import secretstorage

    folder.mkdir()
    with run_keyring(folder) as variables:
        for name, value in variables.items():
            patch.setenv(name, value)
        recovery = make_school(school)
        with closing(secretstorage.dbus_init()) as bus:
            secretstorage.get_default_collection(bus).lock()
        yield recovery
    gc.collect()


@pytest.mark.keyring
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the keyring package leaves sockets open
def test_locked_keyring_is_explained_and_got_around(
    program: Program, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with locked_keyring(tmp_path / "locked", monkeypatch, data_dir) as recovery:

        def recover(hands: Hands) -> None:
            trouble = gate(hands, TroubleGate)
            assert "keyring is locked" in words(trouble)
            assert "Unlock the keyring and try again" in words(trouble)
            hands.press(trouble.button)
            hands.settle()
            hands.press(gate(hands, TroubleGate).recovery)
            asked = gate(hands, RecoveryGate)
            assert not asked.seal.isEnabled(), "without a keyring only a passphrase remains"
            hands.type(asked.recovery.entry, recovery)
            hands.type(asked.passphrase.entry, PASSPHRASE)
            hands.type(asked.again.entry, PASSPHRASE)
            hands.press(asked.button)
            gate(hands, SignInGate)
            sign_in(hands, LEADER)

        def next_day(hands: Hands) -> None:
            gate(hands, PassphraseGate)
            open_school(hands)
            sign_in(hands, LEADER)

        program.run(recover, logs="KeyringLocked")
        program.run(next_day, logs="KeyringLocked")


def test_without_a_keyring_the_wizard_offers_a_passphrase(program: Program) -> None:
    def look(hands: Hands) -> None:
        wizard = gate(hands, WizardGate)
        hands.press(wizard.next)
        hands.type(hands.window.focusWidget(), SCHOOL)
        hands.press(wizard.next)
        hands.wait(lambda: isinstance(wizard.step, KeyStep), "the step about the key")
        step = wizard.step
        assert isinstance(step, KeyStep)
        hands.wait(lambda: step.notice.isVisible(), "the word about the keyring")
        assert not step.keyring.isEnabled()
        assert step.seal.isChecked()
        assert "no keyring" in words(step.notice)
        assert "passphrase" in words(step.notice)
        hands.type(step.passphrase.entry, "too short")
        hands.key(step.passphrase.entry, Qt.Key.Key_Return)
        assert "12" in step.passphrase.wrong
        assert wizard.step is step

    program.run(look)

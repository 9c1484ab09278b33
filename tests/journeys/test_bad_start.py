"""Something is wrong with the school's data: the window says what and what to do, and keeps all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from smassistant.bootstrap import recovery_of
from smassistant.homes import DATABASE_URL
from tests.journeys import harm
from tests.journeys.homes import LEADER, PASSPHRASE, Home, environment
from tests.journeys.program import Program
from tests.journeys.steps import gate, open_school, sign_in, words
from tests.servers.processes import free_port
from ui.shell.trouble import PassphraseGate, RecoveryGate, TroubleGate
from ui.tour.hands import Hands

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("happened", "title", "next_step"),
    [
        (harm.cut_off, "database is damaged", "restore the newest backup"),
        (harm.make_newer, "newer version of the program", "Update the program"),
        (harm.take_away, "no longer where it was", "Put it back"),
        (harm.lose_key, "key of the school's database can't be read", "recovery key"),
    ],
)
def test_school_that_does_not_open(
    program: Program, home: Home, happened: harm.Harm, title: str, next_step: str
) -> None:
    happened(home.folder)
    before = harm.contents(home.folder)

    def look(hands: Hands) -> None:
        entrance = gate(hands, PassphraseGate)
        hands.type(entrance.passphrase.entry, PASSPHRASE)
        hands.press(entrance.button)
        hands.wait(entrance.notice.isVisible, "the explanation")
        assert title in words(entrance.notice)
        assert next_step in words(entrance.notice)
        assert not entrance.passphrase.entry.text()
        assert hands.button("Use the recovery key").isEnabled()

    program.run(look)
    assert harm.contents(home.folder) == before


def test_wrong_passphrase_can_be_typed_again(program: Program, home: Home) -> None:
    def come_in(hands: Hands) -> None:
        entrance = gate(hands, PassphraseGate)
        hands.type(entrance.passphrase.entry, PASSPHRASE.upper())
        hands.press(entrance.button)
        hands.wait(entrance.notice.isVisible, "the refusal")
        assert "passphrase is not right" in words(entrance.notice)
        assert entrance.passphrase.entry.hasFocus()
        open_school(hands)
        sign_in(hands, LEADER)

    program.run(come_in)


def test_broken_home_file_is_got_around_with_the_recovery_key(program: Program, home: Home) -> None:
    recovery = recovery_of(home.folder, PASSPHRASE)
    harm.break_home(home.folder)
    before = harm.contents(home.folder)

    def look(hands: Hands) -> None:
        trouble = gate(hands, TroubleGate)
        assert "home.json" in words(trouble)
        assert "recovery key" in words(trouble)
        assert trouble.button.hasFocus()
        hands.press(trouble.button)
        hands.settle()
        gate(hands, TroubleGate)

    def recover(hands: Hands) -> None:
        hands.press(gate(hands, TroubleGate).recovery)
        asked = gate(hands, RecoveryGate)
        hands.type(asked.recovery.entry, recovery)
        hands.type(asked.passphrase.entry, PASSPHRASE)
        hands.type(asked.again.entry, PASSPHRASE)
        hands.press(asked.button)
        sign_in(hands, LEADER)

    def next_day(hands: Hands) -> None:
        open_school(hands)
        sign_in(hands, LEADER)

    program.run(look)
    assert harm.contents(home.folder) == before
    program.run(recover)
    program.run(next_day)


def test_server_that_can_not_be_reached(
    program: Program, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"postgresql://somebody:secret@127.0.0.1:{free_port()}/school"
    monkeypatch.setenv(DATABASE_URL, url)

    def look(hands: Hands) -> None:
        entrance = gate(hands, PassphraseGate)
        hands.type(entrance.passphrase.entry, PASSPHRASE)
        hands.press(entrance.button)
        hands.wait(entrance.notice.isVisible, "the explanation")
        assert "server can't be reached" in words(entrance.notice)
        assert "Check the network" in words(entrance.notice)
        assert "secret" not in words(hands.window)

    program.run(look, logs="database error")


# What only another process can live through: a disk without room, a folder without rights


def shown(home: Home, *options: object, before: tuple[str, ...] = ()) -> str:
    """What the window of a process of its own says on this school."""
    line = [sys.executable, "-m", "tests.journeys.shown", str(home.folder), *map(str, options)]
    done = subprocess.run(
        [*before, *line], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=90,
        env={**os.environ, **environment()},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
def test_read_only_folder(home: Home) -> None:
    paths = [home.folder, *home.folder.rglob("*")]
    before = harm.contents(home.folder)
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        said = shown(home, before=tuple(harm.as_a_person(())))
    finally:
        for path in paths:
            path.chmod(0o755)
    assert "The school's database can't be written." in said
    assert "Ask for write access" in said
    assert harm.contents(home.folder) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no way to make a small disk there")
def test_full_disk(home: Home, tmp_path: Path) -> None:
    """No free page is left: what was saved is there again once somebody makes room."""
    if harm.can_mount(tmp_path / "mnt"):
        full, again = on_a_small_disk(home, tmp_path / "kept")
        assert "The disk is full." in full
        assert "Free some space" in full
    else:
        full, again = shown(home, "--largest", 4096), shown(home)
        assert "The disk could not be read or written." in full
        assert "Check the drive" in full
    assert "Sign-in name" not in full
    assert "Sign-in name" in again


def on_a_small_disk(home: Home, kept: Path) -> tuple[str, str]:
    """What the window says on a disk of the school's size that is full, and after making room."""
    shutil.copytree(home.folder, kept)
    size = sum(path.stat().st_size for path in kept.rglob("*")) // 1024 + 64
    steps = (
        f"mount -t tmpfs -o size={size}k tmpfs {home.folder} && cp -a {kept}/. {home.folder}",
        f'"$@" {home.folder} --fill {home.folder}/spare',
        f"rm {home.folder}/spare; echo ====",
        f'"$@" {home.folder}',
    )
    line = [sys.executable, "-m", "tests.journeys.shown"]
    done = subprocess.run(
        ["unshare", "--mount", "--", "sh", "-e", "-c", "\n".join(steps), "sh", *line],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=90,
        env={**os.environ, **environment()},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    full, again = done.stdout.split("====")
    return full, again

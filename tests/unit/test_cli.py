"""The command line: one sentence for every failure, and nothing loaded that is not needed."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from types import ModuleType

import pytest

import smassistant.commands
from smassistant import __version__, cli
from smassistant.errors import UserError
from smassistant.i18n import language
from smassistant.log import close_log

ROOT = Path(__file__).resolve().parents[2]


def run(*argv: str, window: cli.Run | None = None, tour: cli.Run | None = None) -> int:
    try:
        return cli.main(argv, window or _unexpected, tour or _unexpected)
    finally:
        close_log()


def _unexpected(args: Namespace) -> int:
    raise AssertionError(f"this was not asked for: {args}")


def command(monkeypatch: pytest.MonkeyPatch, act: cli.Run) -> None:
    """Let `verify` be a command that does `act`."""
    module = ModuleType("verify")
    module.HELP = "act"  # type: ignore[attr-defined]
    module.add_arguments = lambda parser: None  # type: ignore[attr-defined]
    module.run = act  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "smassistant.commands.verify", module)


def test_without_a_command_the_window_opens() -> None:
    assert run(window=lambda args: 7 if not args.demo else 0) == 7
    assert run("--demo", window=lambda args: 8 if args.demo else 0) == 8


def test_the_tour_gets_its_folder_language_colours_and_size() -> None:
    seen: list[Namespace] = []
    tour = ("tour", "shots", "--language", "fr", "--dark", "--size", "1366x768")
    assert run(*tour, tour=lambda args: seen.append(args) or 0) == 0
    (args,) = seen
    assert (args.folder, args.language, args.dark, args.size) == (
        Path("shots"), "fr", True, (1366, 768),
    )  # fmt: skip


def test_help_and_version_say_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert __version__ in capsys.readouterr().out
    assert run("--help") == 0
    said = capsys.readouterr().out
    for name in (*cli.COMMANDS, "tour"):
        assert name in said.split()


@pytest.mark.parametrize("name", [*cli.COMMANDS, "tour"])
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(name, "--help") == 0
    said = capsys.readouterr().out
    assert name in said
    assert len(said.splitlines()) > 3


def test_every_command_module_is_listed() -> None:
    folder = Path(smassistant.commands.__file__ or "").parent
    found = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    named = {name.replace("-", "_") for name in cli.COMMANDS}
    assert {name for name in found if hasattr(cli._module(name), "HELP")} == named


@pytest.mark.parametrize(
    "argv",
    [
        ("dance",),
        ("--dance",),
        ("tour",),
        ("tour", "x", "--size", "big"),
        ("tour", "x", "--size", "1x1"),
        ("tour", "x", "--language", "de"),
        ("roster",),
        ("verify", "--loudly"),
    ],
)
def test_bad_usage_is_one_sentence_and_2(
    argv: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "--help" in err


def test_a_user_error_is_its_own_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def act(args: Namespace) -> int:
        raise UserError("The file is empty.", "It has no rows.\n", "Export it again.")

    command(monkeypatch, act)
    assert run("verify") == 2
    assert capsys.readouterr().err == "The file is empty. It has no rows. Export it again.\n"


def test_a_defect_names_the_log_and_keeps_its_content_out_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data_dir: Path
) -> None:
    def act(args: Namespace) -> int:
        raise KeyError("Emma Smith")

    command(monkeypatch, act)
    assert run("verify") == 2
    said = capsys.readouterr().err
    log = data_dir / "smassistant.log"
    assert said.count("\n") == 1
    assert str(log) in said
    written = log.read_text()
    assert "KeyError" in written
    assert "test_cli.py" in written
    assert "Emma" not in said + written


def test_a_defect_is_told_even_where_no_log_can_be_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SMASSISTANT_DATA_DIR", str(tmp_path / "file" / "data"))

    def act(args: Namespace) -> int:
        raise KeyError

    command(monkeypatch, act)
    assert run("verify") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_interrupt_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def act(args: Namespace) -> int:
        raise KeyboardInterrupt

    command(monkeypatch, act)
    assert run("verify") == 130
    assert capsys.readouterr().err == ""


def test_the_status_of_a_command_is_the_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    command(monkeypatch, lambda args: 1)
    assert run("verify") == 1


def test_the_systems_language_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL")
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    spoken: list[str] = []
    run(window=lambda args: spoken.append(language()) or 0)
    assert spoken == ["fr"]


def test_a_reader_that_closes_the_pipe_is_no_failure_of_ours(data_dir: Path) -> None:
    code = (
        "import sys; from smassistant import cli\n"
        "def flood(args):\n"
        "    while True: sys.stdout.write('line\\n')\n"
        "sys.exit(cli.main([], flood, flood))"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.readline()
    program.stdout.close()
    assert program.wait(20) == 141
    assert program.stderr.read() == b""
    program.stderr.close()


def test_names_come_through_a_pipe_whatever_the_locale(data_dir: Path) -> None:
    code = (
        "import sys; from smassistant import cli\n"
        "def say(args): sys.stdout.write('Zoë Łukasz\\n'); return 0\n"
        "sys.exit(cli.main([], say, say))"
    )
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    said = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, env=env)
    assert said.decode() == "Zoë Łukasz\n"

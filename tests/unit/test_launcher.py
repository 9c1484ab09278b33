"""The launcher: what is asked for, what is missing, what is set up, what it says."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from launcher import environment, packages, pip, starting, system
from launcher.console import CannotStart
from launcher.environment import Environment

ROOT = packages.ROOT
NONE: frozenset[str] = frozenset()
TEST = frozenset({"test"})
OFFLINE = (
    "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError('Failed to"
    " establish a new connection: [Errno -3] Temporary failure in name resolution')'\n"
    "ERROR: No matching distribution found for PySide6-Essentials\n"
)


@pytest.fixture
def home(tmp_path: Path) -> Environment:
    """An environment as if made by this Python, still without a stamp."""
    made = Environment(tmp_path / "with space" / ".venv")
    made.python.parent.mkdir(parents=True)
    made.python.symlink_to(sys.executable)
    (made.folder / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.12.1\n")
    return made


class FakePip:
    """A runner that answers each call with the next text and exit status; keeps the commands."""

    def __init__(self, *answers: tuple[str, int]) -> None:
        self.answers = list(answers)
        self.commands: list[Sequence[str]] = []

    def __call__(self, command: Sequence[str]) -> Iterator[str | int]:
        self.commands.append(command)
        text, status = self.answers.pop(0)
        yield from text.splitlines(keepends=True)
        yield status


@pytest.mark.parametrize(
    ("argv", "command"),
    [
        ([], "window"),
        (["--demo"], "window"),
        (["tour", "out"], "tour"),
        (["check", "--json"], "check"),
        (["--version"], "help"),
        (["check", "--help"], "help"),
        (["test", "--help"], "test"),
    ],
)
def test_what_is_asked_for(argv: list[str], command: str) -> None:
    assert starting.command_of(argv) == command


@pytest.mark.parametrize(
    ("platform", "variables", "none"),
    [
        ("linux", {}, True),
        ("linux", {"DISPLAY": ""}, True),
        ("linux", {"DISPLAY": ":0"}, False),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, False),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, False),
        ("win32", {}, False),
        ("darwin", {}, False),
    ],
)
def test_a_screen_is_looked_for_on_linux(
    platform: str, variables: dict[str, str], none: bool
) -> None:
    assert starting.no_screen(platform, variables) is none


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, False),
        ("darwin", {"DISPLAY": ":0"}, False),
    ],
)
def test_the_x11_libraries_are_wanted_only_for_x11(
    platform: str, variables: dict[str, str], expected: bool
) -> None:
    assert starting.on_x11(platform, variables) is expected


def test_an_environment_is_ready_only_with_its_stamp(home: Environment) -> None:
    assert not home.has(NONE)
    home.stamp(TEST)
    assert home.has(NONE)
    assert home.has(TEST)
    home.unstamp()
    assert not home.has(NONE)


def test_the_program_alone_is_not_enough_for_the_tests(home: Environment) -> None:
    home.stamp(NONE)
    assert home.has(NONE)
    assert not home.has(TEST)


@pytest.mark.parametrize("name", ["PROJECT", "LOCK"])
def test_other_packages_make_it_stale(
    home: Environment, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.stamp(NONE)
    changed = tmp_path / "changed"
    changed.write_bytes(getattr(packages, name).read_bytes() + b"\n# newer\n")
    monkeypatch.setattr(packages, name, changed)
    assert not home.has(NONE)


def test_another_python_makes_it_stale(home: Environment) -> None:
    home.stamp(NONE)
    (home.folder / "pyvenv.cfg").write_text("version = 3.13.0\n")
    assert not home.has(NONE)


def test_a_python_that_was_removed_makes_it_useless(home: Environment) -> None:
    home.stamp(NONE)
    home.python.unlink()
    home.python.symlink_to("gone")
    assert home.version() == ""
    assert not home.has(NONE)


@pytest.mark.parametrize("text", ["", "version = 3.9.2\n", "version = x\n", "\x00\xff"])
def test_an_odd_environment_is_useless(home: Environment, text: str) -> None:
    (home.folder / "pyvenv.cfg").write_text(text)
    assert home.version() == ""


@pytest.mark.parametrize("text", ["", "{", "[]", '{"digest": 1}', '{"digest": null, "extras": 3}'])
def test_a_spoilt_stamp_is_no_stamp(home: Environment, text: str) -> None:
    (home.folder / "set-up.json").write_text(text)
    assert home.extras() is None


def test_making_anew_keeps_the_lock_and_nothing_else(home: Environment) -> None:
    (home.folder / environment.LOCK_NAME).touch()
    (home.folder / "rest.txt").touch()
    home.make(with_pip=False)
    assert not (home.folder / "rest.txt").exists()
    assert (home.folder / environment.LOCK_NAME).exists()
    assert home.version() == f"{sys.version_info[0]}.{sys.version_info[1]}"


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    beside, elsewhere = Environment(tmp_path / "file" / ".venv"), Environment(tmp_path / "else")
    assert environment.writable([beside, elsewhere]) is elsewhere
    with pytest.raises(CannotStart, match="SMASSISTANT_DATA_DIR"):
        environment.writable([beside])


def test_elsewhere_is_the_data_folder_and_one_for_each_checkout(data_dir: Path) -> None:
    one, other = (environment.possible(Path(root))[1] for root in ("/a/x", "/b/x"))
    assert one.folder.parent == other.folder.parent == data_dir / "environments"
    assert one != other


def test_two_starts_set_up_one_after_the_other(
    home: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.writable([home])
    order: list[str] = []
    waiting = threading.Thread(target=lambda: _note_when_locked(home, order))
    with environment.locked(home):
        waiting.start()
        waiting.join(0.2)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]
    assert "waiting" in capsys.readouterr().err


def _note_when_locked(home: Environment, order: list[str]) -> None:
    with environment.locked(home):
        order.append("second")


def test_the_extra_of_an_extra_is_asked_for_too() -> None:
    plain, tests = packages.requirements(NONE), packages.requirements(TEST)
    assert set(plain) < set(tests)
    assert any(entry.startswith("psycopg") for entry in tests)
    assert not any(entry.startswith("smassistant") for entry in tests)


def test_packages_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert packages.missing_here(TEST) == []
    monkeypatch.setitem(packages.IMPORT_NAMES[""], "zxcvbn", "not_to_be_found")
    assert packages.missing_here(NONE) == ["zxcvbn"]


def test_pip_is_held_to_the_lock_and_told_in_short(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = FakePip(
        (
            "Looking in links: somewhere\nCollecting numpy<3,>=2 (from x)\n"
            "  Downloading numpy-2.whl (16.9 MB)\nInstalling collected packages: a, b, c\n"
            "Successfully installed a b c\n",
            0,
        )
    )
    pip.install(["pip"], ["numpy>=2"], packages.LOCK, tmp_path / "log", fake)
    assert fake.commands[0][:2] == ["pip", "install"]
    assert fake.commands[0][-3:] == ["-c", str(packages.LOCK), "numpy>=2"]
    shown = capsys.readouterr().err.splitlines()
    assert shown == ["  fetching numpy", "    16.9 MB", "  installing 3 packages …"]
    assert "Successfully installed" in (tmp_path / "log").read_text(encoding="utf-8")


def test_a_locked_version_that_is_not_to_be_had_is_let_go(tmp_path: Path) -> None:
    fake = FakePip(("ERROR: No matching distribution found for numpy==2.4.6\n", 1), ("", 0))
    pip.install(["pip"], ["numpy>=2"], packages.LOCK, tmp_path / "log", fake)
    assert "-c" in fake.commands[0]
    assert "-c" not in fake.commands[1]


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        (OFFLINE, "Connect it to the internet"),
        ("ERROR: [SSL: CERTIFICATE_VERIFY_FAILED] unable to get local issuer", "PIP_CERT"),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full"),
    ],
)
def test_a_known_failure_says_what_to_do(tmp_path: Path, output: str, advice: str) -> None:
    fake = FakePip((output, 1))
    with pytest.raises(pip.NotInstalled, match=advice) as failed:
        pip.install(["pip"], ["numpy>=2"], packages.LOCK, tmp_path / "log", fake)
    assert failed.value.known
    assert len(fake.commands) == 1


def test_an_unknown_failure_quotes_pip_and_names_the_log(tmp_path: Path) -> None:
    fake = FakePip(("ERROR: something odd\n", 1))
    with pytest.raises(pip.NotInstalled, match="something odd") as failed:
        pip.install(["pip"], ["numpy>=2"], packages.LOCK, tmp_path / "log", fake)
    assert str(tmp_path / "log") in str(failed.value)
    assert not failed.value.known


def test_missing_libraries_are_those_that_do_not_load() -> None:
    def load(name: str) -> object:
        if name in ("libEGL.so.1", "libxcb-icccm.so.4"):
            raise OSError(name)
        return name

    assert system.missing_libraries(False, load) == {"libEGL.so.1": "libegl1"}
    assert set(system.missing_libraries(True, load).values()) == {"libegl1", "libxcb-icccm4"}


def test_without_root_the_exact_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(CannotStart) as told:
        system.install(["libegl1", "libgl1"], "the window needs libEGL.so.1")
    line = "  sudo apt-get install -y --no-install-recommends libegl1 libgl1"
    assert str(told.value).splitlines()[-1] == line


def test_on_other_systems_the_names_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(CannotStart, match=r"package manager.*libegl1"):
        system.install(["libegl1"], "the window needs libEGL.so.1")


def run_main(argv: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": "/usr/bin:/bin", **variables}
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *argv],
        env=env, cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a screen")
def test_without_a_screen_it_names_what_works(data_dir: Path) -> None:
    done = run_main([], SMASSISTANT_DATA_DIR=str(data_dir))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "tour" in done.stderr
    assert "check" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="X11 is Linux's")
def test_a_screen_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    with pytest.raises(CannotStart, match=r"The screen :4711 .* does not answer"):
        system.ensure_screen()


def test_pytests_status_and_closing_line_are_passed_on(tmp_path: Path) -> None:
    (tmp_path / "test_little.py").write_text("def test():\n    assert not 1\n")
    done = run_main(["test", "-q", "--rootdir", str(tmp_path), "-c", "/dev/null", str(tmp_path)])
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("1 failed in ")


def test_an_older_python_is_told_in_one_sentence() -> None:
    """main.py must be readable for it: no words newer than its own."""
    import ast

    ast.parse((ROOT / "main.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    code = (
        "import sys, main; main.OLDEST = main.NEWEST = (9, 9); main.fits = lambda: False;"
        " sys.exit(main.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("SM Assistant needs Python 3.11")
    assert done.stderr.count("\n") == 1

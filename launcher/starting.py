"""From `python3 main.py …` to the running program: check, set up, hand over."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

from launcher import environment, packages, pip, system
from launcher.console import CannotStart, say
from launcher.environment import WINDOWS, Environment

# Two at a time on a school PC's cores; whoever debugs one test says -n0.
SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal")
NEED_QT = ("window", "tour", "test")
SET_UP_DONE = "SMASSISTANT_SET_UP_DONE"  # told to the process we hand over to: never loop


def start(argv: list[str]) -> int:
    """Run the command `argv` (without the program's name), set up first if need be."""
    try:
        return _start(argv)
    except CannotStart as problem:
        say(str(problem))
        return 2


def _start(argv: list[str]) -> int:
    command = command_of(argv)
    if command == "window" and no_screen(sys.platform, os.environ):
        raise CannotStart(
            "There is no screen here to open the window on; `main.py tour DIR` walks through the"
            " program without one, and `main.py check` checks posts."
        )
    if command == "help":
        with suppress(ModuleNotFoundError):  # telling the version needs no set-up
            return run_program(argv)
    extras = frozenset({"test"} if command == "test" else ())
    homes = environment.possible()
    if fit_here(homes, extras):
        return go_on(command, argv)
    if os.environ.get(SET_UP_DONE):
        missing = ", ".join(packages.missing_here(extras)) or "none by name"
        raise CannotStart(
            f"The set-up ended, yet packages are missing ({missing}). Delete the folder"
            f" {sys.prefix} and start again."
        )
    home = next((home for home in homes if home.has(extras)), None) or set_up(homes, extras)
    os.environ[SET_UP_DONE] = "1"
    return hand_over([str(home.python), str(packages.ROOT / "main.py"), *argv])


def go_on(command: str, argv: list[str]) -> int:
    """Run the command in this Python, which has every package it needs."""
    os.environ.pop(SET_UP_DONE, None)
    if command in NEED_QT:
        on_screen = command == "window" and on_x11(sys.platform, os.environ)
        system.ensure_qt(with_screen=on_screen)
        if on_screen:
            system.ensure_screen()
    if command == "test":
        os.chdir(packages.ROOT)
        return hand_over([sys.executable, "-m", "pytest", *SIDE_BY_SIDE, *argv[1:]])
    return run_program(argv)


def command_of(argv: Sequence[str]) -> str:
    """What is asked for: "window", "help" or the sub-command's name."""
    named = argv[0] if argv and not argv[0].startswith("-") else "window"
    if named != "test" and {"-h", "--help", "--version"} & set(argv):
        return "help"
    return named


def no_screen(platform: str, variables: Mapping[str, str]) -> bool:
    """Whether a window has nowhere to open."""
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return platform == "linux" and not any(variables.get(name) for name in known)


def on_x11(platform: str, variables: Mapping[str, str]) -> bool:
    """Whether Qt will open the window through X11."""
    plugin = variables.get("QT_QPA_PLATFORM") or "xcb"
    others = platform != "linux" or variables.get("WAYLAND_DISPLAY")
    return plugin == "xcb" and bool(variables.get("DISPLAY")) and not others


def fit_here(homes: Sequence[Environment], extras: frozenset[str]) -> bool:
    """Whether this very Python can go on: it has all packages and, if ours, the right ones."""
    if packages.missing_here(extras):
        return False
    ours = next((home for home in homes if home.is_this_python() and home.stamped()), None)
    return ours is None or ours.has(extras)


def set_up(homes: Sequence[Environment], extras: frozenset[str]) -> Environment:
    """Make or mend the program's environment in the first place that can be written."""
    home = environment.writable(homes)
    try:
        with environment.locked(home):
            if not home.has(extras):  # else another start has done it meanwhile
                say(f"Setting up the program's packages in {home.folder} (once, a few minutes) …")
                _fill(home, extras | (home.extras() or frozenset()))
                say("Ready.")
    except KeyboardInterrupt:
        raise CannotStart("Stopped half-way; the next start goes on from there.") from None
    except (OSError, subprocess.CalledProcessError) as problem:
        raise CannotStart(f"The set-up in {home.folder} failed: {problem}.") from problem
    return home


def _fill(home: Environment, extras: frozenset[str]) -> None:
    home.unstamp()
    wanted = packages.requirements(extras)
    command = pip.serving(home.python) if home.version() else []
    if command:
        try:
            pip.install(command, wanted, packages.LOCK, home.log)
        except pip.NotInstalled as problem:
            if problem.known or home.is_this_python():
                raise
            say("The environment that was there can't be mended; making it anew …")
            command = []
    if not command:
        _make(home)
        pip.install(pip.serving(home.python), wanted, packages.LOCK, home.log)
    home.stamp(extras)


def _make(home: Environment) -> None:
    own_pip = _has("ensurepip")
    if not _has("venv") or not (own_pip or _has("pip")):
        name = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        system.install([name], "this Python has no pip to install packages with")
        importlib.invalidate_caches()
        own_pip = True
    home.make(with_pip=own_pip)


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def hand_over(command: Sequence[str]) -> int:
    """Become `command`, or on Windows wait for it; its exit status."""
    sys.stdout.flush()
    if not WINDOWS:
        os.execv(command[0], list(command))  # noqa: S606 - no shell is wanted
    return subprocess.call(command)


def run_program(argv: list[str]) -> int:
    """The program itself, in this process."""
    from ui.entry import main

    return main(argv)

"""Starts SM Assistant from its folder: python3 main.py, or main.py --help for the commands.

This file is read by Pythons that are too old (or too new) for the program, so it keeps to words
they all know and only looks for a fitting one; the package `launcher` does the rest.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 14)  # from 3.15 on the encrypted database (sqlcipher3) has no wheel
FOLDER = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - older than pathlib


def fits() -> bool:
    """Whether this Python can run the program."""
    if sys.version_info[:2] < OLDEST:
        return False
    if sys.version_info[:2] <= NEWEST:
        return True
    import importlib.util

    return importlib.util.find_spec("sqlcipher3") is not None


def other_python() -> str:
    """The path of a Python on this computer that fits, "" if there is none."""
    commands = [[os.path.join(FOLDER, ".venv", "bin", "python")]]  # noqa: PTH118
    for minor in (13, 12, 14, 11):
        commands.append(["python3.{}".format(minor)])
        if sys.platform == "win32":
            commands.append(["py", "-3.{}".format(minor)])
    question = "import sys; print(int({} <= sys.version_info[:2] <= {}), sys.executable)"
    for command in commands:
        if shutil.which(command[0]) is None:
            continue
        asked = [*command, "-c", question.format(OLDEST, NEWEST)]
        try:
            answer = subprocess.check_output(asked, stderr=subprocess.DEVNULL).decode().strip()
        except (OSError, subprocess.CalledProcessError):
            continue  # a name that leads nowhere, as pyenv's shims may
        if answer.startswith("1 "):
            return answer[2:]
    return ""


def main() -> int:
    """Go on in this Python if it fits, else in another; the exit status."""
    if fits():
        from launcher.starting import start

        return start(sys.argv[1:])
    python = other_python()
    if python:
        command = [python, os.path.abspath(__file__), *sys.argv[1:]]  # noqa: PTH100
        if os.name != "nt":
            os.execv(python, command)  # noqa: S606
        return subprocess.call(command)
    advice = "SM Assistant needs Python 3.11, 3.12, 3.13 or 3.14; this one is {}.{} and no other"
    advice += " was found. Install one from https://www.python.org/downloads/ and start again.\n"
    sys.stderr.write(advice.format(*sys.version_info[:2]))
    return 2


if __name__ == "__main__":
    sys.exit(main())

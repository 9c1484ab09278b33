"""Installing packages with pip, told in one line a package and not in a wall of text."""

from __future__ import annotations

import contextlib
import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from launcher.console import CannotStart, say

# Runs a command: yields its lines as they come, then its exit status as the last item.
Runner = Callable[[Sequence[str]], Iterator[str | int]]

REASONS = (
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "The network's certificate is not trusted (a school's filter often has its own): ask your"
        " IT staff for the certificate file, set PIP_CERT to it and start again.",
    ),
    (
        r"NewConnectionError|NameResolutionError|name resolution|getaddrinfo failed|ProxyError|"
        r"Network is unreachable|No route to host|Connection refused|ConnectTimeout|Read timed out",
        "This computer can't reach the place Python packages come from. Connect it to the internet"
        " (or set pip's index-url to your school's mirror) and start again: it goes on where it"
        " stopped.",
    ),
    (
        r"No space left on device|Errno 28|disk full",
        "The disk is full: about 900 MB are needed. Make room and start again.",
    ),
)


class NotInstalled(CannotStart):
    """pip failed; `known` if the text says what the person can do about it."""

    def __init__(self, text: str, known: bool) -> None:
        super().__init__(text)
        self.known = known


def run(command: Sequence[str]) -> Iterator[str | int]:
    """The real runner."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", errors="replace", close_fds=False,
    ) as process:  # fmt: skip
        yield from process.stdout or ()
    yield process.returncode


def serving(python: Path) -> list[str]:
    """The command of a pip that installs for `python`: its own, else this Python's; [] if none."""
    own = [str(python), "-m", "pip"]
    with contextlib.suppress(OSError):
        if subprocess.run([*own, "--version"], capture_output=True, check=False).returncode == 0:
            return own
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", str(python)]
    return []


def install(
    pip: Sequence[str], wanted: Sequence[str], lock: Path, log: Path, runner: Runner = run
) -> None:
    """Install `wanted` with the command `pip`, in the locked versions; else NotInstalled.

    Where the package index does not hold one of those versions, the newest that fit are taken.
    The whole of pip's output goes to `log`.
    """
    base = [*pip, "install", "--progress-bar", "off", "--no-color", "--no-input"]
    base += ["--disable-pip-version-check", "--only-binary", ":all:", "--retries", "2"]
    attempts = [[*base, "-c", str(lock), *wanted], [*base, *wanted]]
    if not lock.exists():
        del attempts[0]
    with log.open("w", encoding="utf-8") as file:
        for command in attempts:
            status, output = _tell(runner(command), file.write)
            if status == 0:
                return
            advice = advice_on(output)
            if advice or "No matching distribution" not in output:
                break
            say("A version the makers tried is not to be had here; taking the newest that fit.")
    advice = advice or f"{_last_error(output.splitlines())}Everything pip said is in {log}."
    raise NotInstalled(f"The packages could not be installed. {advice}", bool(advice_on(output)))


def _tell(lines: Iterable[str | int], record: Callable[[str], object]) -> tuple[int, str]:
    """Show the progress in pip's `lines` and record them; the exit status and the whole text."""
    status, output = 1, []
    for line in lines:
        if isinstance(line, int):
            status = line
            continue
        record(line)
        output.append(line)
        if shown := progress(line):
            say(shown)
    return status, "".join(output)


def progress(line: str) -> str:
    """What to show of one line of pip's, "" for nothing."""
    line = line.strip()
    if found := re.match(r"Collecting ([\w.-]+)", line):
        return f"  fetching {found[1]}"
    if found := re.match(r"Downloading .*\((\d+(?:\.\d+)? [MG]B)\)", line):
        return f"    {found[1]}"
    if found := re.match(r"Installing collected packages: (.*)", line):
        return f"  installing {len(found[1].split(','))} packages …"
    return ""


def advice_on(output: str) -> str:
    """What to do about pip's failure, "" if nobody knows."""
    return next((advice for reason, advice in REASONS if re.search(reason, output)), "")


def _last_error(lines: Iterable[str]) -> str:
    errors = [line.strip() for line in lines if line.startswith("ERROR:")]
    return f"pip says: {errors[-1]}. " if errors else ""

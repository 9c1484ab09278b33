"""Starting a server, waiting until it says it is ready, and stopping it."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

HERE = Path(__file__).resolve().parent


class ServerFailed(Exception):
    """A server ended or stayed silent instead of getting ready."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def missing_programs(*names: str) -> list[str]:
    """Those of `names` that are not on the PATH."""
    return [name for name in names if shutil.which(name) is None]


@contextmanager
def running(
    command: Sequence[str], log: Path, seconds: float = 60, env: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """Run `command` until the block ends; yields the JSON ready line it printed.

    Standard error goes to `log`; its end is told when the server fails. The whole process group
    is stopped, so a server's own children go too.
    """
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=dict(os.environ if env is None else env),
            start_new_session=True,
        )
    try:
        yield json.loads(_ready_line(process, log, seconds))
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    """End the process and its group, politely first."""
    _signal_group(process, signal.SIGTERM)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        _signal_group(process, signal.SIGKILL)
        process.wait()
    if process.stdout:
        process.stdout.close()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)


def _ready_line(process: subprocess.Popen[bytes], log: Path, seconds: float) -> str:
    assert process.stdout is not None
    deadline = monotonic() + seconds
    line = b""
    while not line.endswith(b"\n"):
        left = deadline - monotonic()
        if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
            raise ServerFailed(f"{process.args!r} was not ready after {seconds:.0f} s")
        piece = os.read(process.stdout.fileno(), 65536)
        if not piece:
            end = log.read_text(errors="replace")[-2000:]
            raise ServerFailed(f"{process.args!r} ended with {process.wait()}: {end}")
        line += piece
    return line.decode()

"""Starting a server, waiting until it says it is ready, and stopping it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
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
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.terminate()
    else:
        os.killpg(process.pid, number)


def _ready_line(process: subprocess.Popen[bytes], log: Path, seconds: float) -> str:
    output, lines = process.stdout, []
    assert output is not None
    reader = threading.Thread(target=lambda: lines.append(output.readline()), daemon=True)
    reader.start()
    reader.join(seconds)
    if reader.is_alive():
        raise ServerFailed(f"{process.args!r} was not ready after {seconds:.0f} s")
    if not lines[0]:
        end = log.read_text(errors="replace")[-2000:]
        raise ServerFailed(f"{process.args!r} ended with {process.wait()}: {end}")
    return lines[0].decode()

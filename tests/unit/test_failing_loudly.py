"""The suite's own rules bite: each of these little tests must fail, and for the reason given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BAD = {
    "threads still running": """
        import threading
        def test():
            threading.Thread(target=threading.Event().wait, daemon=True).start()
        """,
    "timers still running": """
        from PySide6.QtCore import QTimer
        kept = []
        def test(qapp):
            kept.append(QTimer())
            kept[0].start(60000)
        """,
    "Qt messages with level WARNING": """
        from PySide6.QtCore import qWarning
        def test(qapp):
            qWarning("a grumble")
        """,
    "asked for the address of 'school.example'": """
        import socket
        def test():
            socket.create_connection(("school.example", 80), timeout=1)
        """,
    'host "192.0.2.1"': """
        import socket
        def test():
            socket.socket().connect(("192.0.2.1", 80))
        """,
    "DeprecationWarning: old": """
        import warnings
        def test():
            warnings.warn("old", DeprecationWarning)
        """,
    "NoKeyringError": """
        import keyring
        def test():
            keyring.get_password("x", "y")
        """,
    "skipped in CI, so failed": """
        import pytest
        def test():
            pytest.skip("no server")
        """,
    "not found in `markers`": """
        import pytest
        @pytest.mark.keyrinng
        def test():
            pass
        """,
}


def run_pytest(folder: Path, source: str, ci: str) -> subprocess.CompletedProcess[str]:
    lines = source.replace("\n        ", "\n")
    (folder / "test_little.py").write_text(lines)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider",
         "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), str(folder)],
        cwd=ROOT, env={**os.environ, "CI": ci}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_test_fails(tmp_path: Path, reason: str) -> None:
    done = run_pytest(tmp_path, BAD[reason], ci="true")
    assert done.returncode in (1, 2), done.stdout + done.stderr
    assert reason in done.stdout


def test_a_skip_outside_ci_is_no_failure(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, BAD["skipped in CI, so failed"], ci="")
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout

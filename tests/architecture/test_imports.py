"""Who may import whom (the contracts are in pyproject.toml), and who stays out of the start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

HEAVY = {"PySide6", "sqlalchemy", "alembic", "cv2", "PIL", "requests", "keyring", "python_calamine"}


def test_the_contracts_hold() -> None:
    check = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", ["ui.entry", "smassistant.cli", "launcher.starting"])
def test_starting_loads_nothing_heavy(module: str) -> None:
    ask = (
        f"import sys, {module}; sys.stdout.write(' '.join(m for m in sys.modules if '.' not in m))"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(done.stdout.split())


@pytest.mark.parametrize("argv", [["--version"], ["--help"], ["check", "--help"]])
def test_it_tells_about_itself_before_any_package_is_there(argv: list[str], data_dir: Path) -> None:
    bare = [sys.executable, "-S", str(ROOT / "main.py"), *argv]  # -S: no installed packages
    done = subprocess.run(bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert done.stderr == ""

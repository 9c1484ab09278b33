"""A fast start: the sign-in page is painted with Qt alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Each costs 30 to 440 ms; none is needed before somebody types.
SLOW = ("alembic", "sqlalchemy", "python_calamine", "openpyxl", "requests", "cv2", "PIL", "zxcvbn",
        "numpy", "argon2", "nacl", "keyring", "smassistant.storage", "smassistant.matching",
        "smassistant.imaging", "ui.pages")  # fmt: skip

PROGRAM = """
import sys
from argparse import Namespace
from pathlib import Path
from PySide6.QtCore import QTimer
import ui.app, ui.jobs
from ui.jobs import JobRunner

# The worker that opens the school would import what the page does without.
JobRunner.start = lambda *args, **more: None
Path({folder!r}).mkdir()
Path({folder!r}, "home.json").write_text('{{"install": "x", "key": "keyring"}}')

def report():
    window = next(w for w in ui.app.QApplication.topLevelWidgets() if w.isVisible())
    assert not window.grab().isNull()
    sys.stdout.write(type(window.centralWidget()).__name__ + " ")
    sys.stdout.write(" ".join(name for name in {slow!r} if name in sys.modules))
    window.close()

QTimer.singleShot(0, report)
sys.exit(ui.app.open_window(Namespace(demo=False)))
"""


def test_the_sign_in_page_needs_none_of_the_slow_libraries(data_dir: Path) -> None:
    code = PROGRAM.format(folder=str(data_dir), slow=SLOW)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    gate, *loaded = done.stdout.split()
    assert gate == "SignInGate"
    assert loaded == []


def test_a_headless_command_loads_no_qt(data_dir: Path) -> None:
    code = (
        "import sys; from ui.entry import main; main(['verify']);"
        "sys.exit(sum(name.startswith(('PySide6', 'shiboken6')) for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr

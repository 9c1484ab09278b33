"""From nothing to the painted sign-in page, beside a bare PySide6 window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.rows import Row

ROUNDS = 9
PEER = "bare PySide6 window"


def run() -> list[Row]:
    """Start and memory; the two kinds of start take turns."""
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    memory: dict[str, list[float]] = {"ours": [], "bare": []}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        # A school whose key lies in the keyring: the sign-in page is the first thing shown.
        (home / "home.json").write_text(
            json.dumps({"install": "benchmark", "key": "keyring"}), encoding="utf-8"
        )
        for turn in range(ROUNDS + 1):
            for kind in times:
                seconds, megabytes = _start(kind, home)
                if turn:  # the first fills the caches
                    times[kind].append(seconds)
                    memory[kind].append(megabytes)
    return [
        Row("start to painted sign-in page", median(times["ours"]), median(times["bare"]), "s",
            PEER, 2.0),
        Row("memory at the sign-in page", median(memory["ours"]), median(memory["bare"]), "MB",
            PEER, 1.6),
    ]  # fmt: skip


def _start(kind: str, home: Path) -> tuple[float, float]:
    """Seconds from the start of the process to the first paint, and megabytes then."""
    variables = {**os.environ, "SMASSISTANT_DATA_DIR": str(home), "QT_QPA_PLATFORM": "offscreen"}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.start_child", kind],
        env=variables, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    said = json.loads(done.stdout)
    return said["at"] - began, said["mb"]

"""A program that is killed while somebody types loses at most the last second."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from smassistant.domain.posts import PostState
from smassistant.storage.engine import open_sqlite
from smassistant.storage.store import SqlStore
from tests.fakes.clock import HandClock

ROOT = Path(__file__).resolve().parents[2]
LOST_AT_MOST = 1.0  # seconds of typing


def stored_text(folder: Path) -> str:
    store = SqlStore(open_sqlite(folder / "school.db", bytes(32)), HandClock(), bytes(32))
    try:
        with store.read() as work:
            (post,) = work.posts.list(PostState)
        return post.text
    finally:
        store.close()


def test_a_killed_program_loses_at_most_the_last_second(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.ui.typist", str(tmp_path)]
    typed: dict[int, float] = {}
    saved = 0
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."}
    ) as typist:
        assert typist.stdout is not None
        for line in typist.stdout:
            match line.split():
                case ["typed", number, at]:
                    typed[int(number)] = float(at)
                case ["saved", number]:
                    saved = int(number)
                case ["done"]:
                    break
        typist.kill()
        killed = time.monotonic()
        typist.wait()
    assert len(typed) == 300
    kept = len(stored_text(tmp_path))
    assert kept >= saved > 0
    assert kept >= max(number for number, at in typed.items() if at <= killed - LOST_AT_MOST)

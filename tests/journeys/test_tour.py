"""`main.py tour` walks the whole main job and pictures every step."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
STEPS = (
    "sign-in", "compose-findings", "compose-mended", "compose-places", "compose-picture",
    "photo-faces", "photo-class", "photo-named", "photo-blurred", "photo-adjust",
    "compose-ready", "preview", "submitted",
    "my-posts", "compose-subject", "ask-office", "my-question", "not-a-problem",
    "locked", "queue", "published", "by-hand", "published-by-hand", "library", "takedowns",
    "accounts", "staff", "settings", "trail", "help", "registry", "person", "person-history",
    "record-decision", "record-withdrawal", "edit-person", "correct-mistake", "class-chosen",
    "decide-for-many", "renew-permissions", "look-alikes", "bring-in-roster", "chase-expiring",
    "chase-no-answer", "chase-conflicting", "chase-no-signer", "withdrawn", "take-down",
    "being-taken-down", "questions", "answered-questions", "rules", "feedback", "exception",
    "rule-saved",
    "first-start", "first-start-school", "first-start-key", "first-start-recovery",
    "first-start-leader", "first-start-roster", "first-start-done", "first-start-ready",
)  # fmt: skip
DIALOGS = (
    "record-decision", "record-withdrawal", "edit-person", "correct-mistake", "decide-for-many",
    "renew-permissions", "look-alikes", "bring-in-roster", "ask-office",
)  # fmt: skip


@pytest.mark.timeout(300)
def test_the_tour_pictures_every_step(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    command = ["tour", str(folder), "--language", "fr", "--dark", "--size", "1280x760"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *command],
        capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    pictures = sorted(folder.iterdir())
    assert [picture.name for picture in pictures] == [
        f"{number:02d}-{name}.png" for number, name in enumerate(STEPS, 1)
    ]
    for picture in pictures:
        with Image.open(picture) as image:
            if picture.stem[3:] not in DIALOGS:
                assert image.size == (1280, 760), picture.name
            assert len(image.getcolors(1 << 24) or ()) > 20, f"{picture.name} is empty"
    assert sorted(tmp_path.glob("smassistant-*")) == []

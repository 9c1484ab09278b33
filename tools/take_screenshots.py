"""Makes the pictures of `docs/screenshots/` from the tour, light and dark.

python tools/take_screenshots.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SHOWN = (
    "sign-in", "compose-findings", "photo-named", "photo-blurred", "compose-ready", "preview",
    "queue", "published", "by-hand", "person", "trail", "first-start-key", "take-down",
    "chase-no-answer",
)  # fmt: skip


def main() -> None:
    """Walk the tour twice and keep the pictures that the pages show."""
    for scheme, options in (("light", ()), ("dark", ("--dark",))):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, str(ROOT / "main.py"), "tour", folder, *options]
            subprocess.run(command, check=True)
            keep(Path(folder), ROOT / "docs" / "screenshots" / scheme)


def keep(taken: Path, to: Path) -> None:
    """Copy the shown pictures without their numbers, so that a new step renames none."""
    to.mkdir(parents=True, exist_ok=True)
    for file in taken.glob("*.png"):
        name = file.stem.partition("-")[2]
        if name in SHOWN:
            with Image.open(file) as picture:
                picture.convert("RGB").save(to / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()

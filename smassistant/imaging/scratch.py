"""The folders in which videos are written anew, and that nothing of them stays behind."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "smassistant-clip-"


def scratch_folder() -> Path:
    """A new folder of this process, which removes it; `clear_scratch` does where it was killed."""
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def clear_scratch(process: int | None = None) -> None:
    """Remove the folders that the ended process of that number left, or those of all."""
    whose = "*" if process is None else f"{process}-*"
    for left in Path(tempfile.gettempdir()).glob(_PREFIX + whose):
        shutil.rmtree(left, ignore_errors=True)

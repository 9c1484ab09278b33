"""The data folder of one person on one computer, read with the standard library only."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from smassistant.errors import UserError
from smassistant.i18n import _

DATABASE_URL = "SMASSISTANT_DATABASE_URL"
DATA_DIR = "SMASSISTANT_DATA_DIR"


@dataclass(frozen=True, slots=True)
class HomeState:
    """What a data folder holds: nothing yet, a passphrase to ask for, a shared server."""

    new: bool
    passphrase: bool
    server: bool


def data_folder() -> Path:
    """Where this person's school data lies on this computer."""
    if given := os.environ.get(DATA_DIR):
        return Path(given)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "smassistant"


def home_state(folder: Path) -> HomeState:
    """What the folder holds; cheap enough to ask before the first window."""
    home = read_home(folder)
    server = bool(os.environ.get(DATABASE_URL))
    return HomeState(home is None, home is not None and home["key"] == "passphrase", server)


def read_home(folder: Path) -> dict[str, str] | None:
    """Which installation this is ("install") and where its key lies ("key"); None before set-up."""
    path = folder / "home.json"
    try:
        home = json.loads(path.read_text(encoding="utf-8"))
        return {"install": str(home["install"]), "key": str(home["key"])}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            _("The file “home.json” in the data folder can't be read."),
            _("It says where the school's key lies; the school's data itself is untouched."),
            _("Move that file away and open the school with the printed recovery key."),
        ) from error


def make_folder(folder: Path) -> None:
    """Make the data folder for this person alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise UserError(
            _("The data folder can't be made."),
            error.strerror or "",
            _("Check the rights on the folder, or name another in SMASSISTANT_DATA_DIR."),
        ) from error


def write_whole(path: Path, text: str) -> None:
    """Write a small file whole or not at all."""
    part = path.with_suffix(".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(
            _("The data folder can't be written."),
            error.strerror or "",
            _("Free some space or check the rights, then try again."),
        ) from error

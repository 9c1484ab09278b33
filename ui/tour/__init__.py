"""Walks the main job through the real window, without a screen, and pictures every step."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from smassistant.errors import UserError
from smassistant.i18n import _


def walk(args: Namespace) -> int:
    """Walk the made-up school from signing in to the audit trail; returns the exit status."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder: Path = args.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            _("The folder for the pictures can't be made."),
            error.strerror or "",
            _("Name a folder you may write to."),
        ) from error
    home = Path(tempfile.mkdtemp(prefix="smassistant-tour-"))
    try:
        _walk(home, args)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return 0


def _hear(_kind: object, _where: object, message: str) -> None:
    """Qt's complaints go on, but for the one that only says that there is no screen."""
    if "propagateSizeHints" not in message:
        sys.stderr.write(message + "\n")


def _walk(home: Path, args: Namespace) -> None:
    """Set the window up as `ui.app` does, and go."""
    from PySide6.QtCore import qInstallMessageHandler

    from ui.app import make_application
    from ui.memory import Memory
    from ui.shell.desk import Desk
    from ui.theme import Scheme
    from ui.tour.hands import Album, Hands
    from ui.tour.steps import walk_demo
    from ui.tour.wizard import walk_wizard

    qInstallMessageHandler(_hear)
    app = make_application()
    album = Album(args.folder, sys.stdout.write)
    for number, walk_through in enumerate((walk_demo, walk_wizard)):
        memory = Memory(home / str(number))
        desk = Desk(app, home / str(number), memory, demo=walk_through is walk_demo)
        desk.dressing.choose_scheme(Scheme.DARK if args.dark else Scheme.LIGHT)
        desk.dressing.choose_language(args.language)
        hands = Hands(desk, album, args.size)
        try:
            walk_through(hands)
        finally:
            desk.leave()
            desk.deleteLater()

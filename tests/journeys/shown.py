"""What the window says at its start: python -m tests.journeys.shown FOLDER.

Opens the window without a screen on the school in FOLDER, types the passphrase from the
environment where it is asked for, prints what then stands there, and closes the window. With
`--fill` the disk under FOLDER is filled to the brim with the file SPARE first; with `--largest`
no file can be written beyond so many bytes, which is as near as one comes without a small disk.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

import ui.app
from smassistant.commands.publish_due import passphrase
from smassistant.homes import DATA_DIR
from tests.journeys.harm import fill_pages
from tests.journeys.steps import words
from ui.entry import main
from ui.shell.desk import Desk
from ui.shell.sign_in import SignInGate
from ui.shell.trouble import PassphraseGate, TroubleGate
from ui.tour.hands import Album, Hands


def look(hands: Hands) -> None:
    """Go as far as it goes, and print what is shown."""
    entrance = hands.desk.entrance
    if isinstance(entrance.gate, PassphraseGate):
        hands.type(entrance.gate.passphrase.entry, passphrase())
        hands.press(entrance.gate.button)

    def through() -> bool:
        gate = entrance.gate
        refused = isinstance(gate, PassphraseGate) and gate.notice.isVisible()
        return refused or (isinstance(gate, TroubleGate | SignInGate) and gate.isVisible())

    hands.wait(through, "an answer")
    hands.settle()
    sys.stdout.write(words(hands.window) + "\n")


def limit_files(size: int) -> None:
    """Let no file grow beyond `size` bytes."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def start() -> int:
    """Open the window with somebody at it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fill", type=Path)
    parser.add_argument("--largest", type=int)
    args = parser.parse_args()
    os.environ[DATA_DIR] = str(args.folder)
    if args.fill:
        fill_pages(args.fill)
    if args.largest:
        limit_files(args.largest)

    def open_desk(*given: object) -> Desk:
        desk = Desk(*given)  # type: ignore[arg-type]
        QTimer.singleShot(0, lambda: go(desk))
        return desk

    def go(desk: Desk) -> None:
        try:
            look(Hands(desk, Album(args.folder, print), (1366, 768)))
        finally:
            desk.window.close()

    ui.app.Desk = open_desk  # type: ignore[assignment,misc]
    return main([])


if __name__ == "__main__":
    sys.exit(start())

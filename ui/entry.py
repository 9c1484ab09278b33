"""The program's entry: the command line, with the window and the tour behind it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from smassistant.cli import main as run_command


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status. Qt is loaded only where a window is."""
    return run_command(sys.argv[1:] if argv is None else argv, _open_window, _walk_tour)


def _open_window(args: Namespace) -> int:
    from ui.app import open_window

    return open_window(args)


def _walk_tour(args: Namespace) -> int:
    from ui.tour import walk

    return walk(args)

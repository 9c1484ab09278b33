"""What the launcher says; on standard error, so that results on standard output stay clean."""

from __future__ import annotations

import sys


class CannotStart(Exception):
    """The program can't be started; the text says why and what to do."""


def say(text: str) -> None:
    """Write one line at once."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()

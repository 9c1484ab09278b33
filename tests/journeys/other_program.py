"""Another run of the program on the same data: python -m tests.journeys.other_program FOLDER.

Opens the school (passphrase from the environment), says "ready", waits for a line on standard
input, and publishes what is due, once for each `--later MINUTES` that its clock is ahead. Says
each state boundary it reaches and is killed, as by a power cut, at the one named by `--die-at`.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from smassistant.bootstrap import open_home
from smassistant.commands.publish_due import passphrase
from smassistant.security.clock import SystemClock
from smassistant.services.delivering import publish_due
from smassistant.services.reviewing import Reviewer

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows ends a process at once with either


class LateClock(SystemClock):
    """The real clock, some time ahead."""

    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead


def main() -> None:
    """Publish until done or killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--later", type=float, nargs="+", default=[0])
    parser.add_argument("--die-at", default="")
    args = parser.parse_args()
    clock = LateClock()
    context = replace(open_home(args.folder, passphrase()).context, clock=clock)
    reviewer = Reviewer(context)

    def at(boundary: str) -> None:
        _say(boundary)
        if boundary == args.die_at:
            os.kill(os.getpid(), KILL)

    _say("ready")
    sys.stdin.readline()
    for minutes in args.later:
        clock.ahead = timedelta(minutes=minutes)
        publish_due(context, reviewer, at=at)
    context.store.close()


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

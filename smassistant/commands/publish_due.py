"""`publish-due`: send what is due, for a task scheduler."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import threading

from smassistant.i18n import N_, _

HELP = N_("send what is due, once, and end")

PASSPHRASE = "SMASSISTANT_PASSPHRASE"  # noqa: S105 - the name of a variable
EVERY = 30.0  # seconds between rounds with --watch


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("--watch", action="store_true", help=_("stay and look every half minute"))


def run(args: argparse.Namespace) -> int:
    """Publish; 0 all well, 1 a delivery needs a person."""
    from smassistant.bootstrap import open_here
    from smassistant.jobs import Task
    from smassistant.services.delivering import publish_due
    from smassistant.services.reviewing import Reviewer

    context = open_here(passphrase)
    stop = threading.Event()
    try:
        reviewer = Reviewer(context)
        while True:
            report = publish_due(context, reviewer, Task())
            told = _("published {published}, waiting {waiting}, needing a person {failed}").format(
                published=report.published, waiting=report.waiting, failed=report.failed
            )
            sys.stdout.write(told + "\n")
            sys.stdout.flush()
            if not args.watch:
                return 1 if report.failed else 0
            stop.wait(EVERY)
    finally:
        context.close()


def passphrase() -> str:
    """The passphrase of a home without a keyring: from the environment, else asked for."""
    given = os.environ.get(PASSPHRASE)
    return given if given is not None else getpass.getpass(_("Passphrase") + ": ")

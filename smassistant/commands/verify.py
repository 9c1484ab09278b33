"""`verify`: prove that database and audit trail are whole."""

from __future__ import annotations

import argparse
import sys

from smassistant.i18n import N_, _

HELP = N_("prove that database and audit trail are whole")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no options of its own."""


def run(args: argparse.Namespace) -> int:
    """Check everything; 0 whole, 1 something is wrong and named on standard output."""
    from smassistant.bootstrap import open_here
    from smassistant.commands.publish_due import passphrase
    from smassistant.services.auditing import faults

    context = open_here(passphrase)
    try:
        found = faults(context)
    finally:
        context.close()
    for fault in found:
        sys.stdout.write(fault + "\n")
    if not found:
        sys.stdout.write(_("The database and the audit trail are whole.") + "\n")
    return 1 if found else 0

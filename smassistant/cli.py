"""The command line: finds the command, runs it, and turns every failure into one sentence."""

from __future__ import annotations

import io
import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from smassistant import __version__
from smassistant.errors import UserError
from smassistant.i18n import LANGUAGES, _, set_language

# Each is a module of smassistant.commands with HELP (for `_`), add_arguments(parser), run(args).
COMMANDS = ("check", "photo", "export", "roster", "publish-due", "verify")

DONE, BAD_USAGE = 0, 2
PIPE_CLOSED, INTERRUPTED = 128 + 13, 128 + 2  # as shells count a signal

Run = Callable[[Namespace], int]


class _Parser(ArgumentParser):
    """Says what is wrong with the arguments in one sentence."""

    def error(self, message: str) -> NoReturn:
        hint = _("“{program} --help” shows what is possible.").format(program=self.prog)
        raise UserError(message.rstrip(".") + ".", "", hint)


def main(argv: Sequence[str], open_window: Run, walk_tour: Run) -> int:
    """Run what `argv` asks for (without the program's name); returns the exit status.

    0 done, 1 done and something needs a person, 2 bad usage or unreadable input.
    """
    _prepare_streams()
    set_language(system_language())
    try:
        status = _run(argv, open_window, walk_tour)
        sys.stdout.flush()
    except UserError as error:
        return _complain(str(error))
    except BrokenPipeError:
        _silence_stdout()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a person must never see a traceback
        return _complain(_log(error))
    return status


def system_language() -> str:
    """The language the system is set to, as its environment says; English where it doesn't."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    return "en"


def _run(argv: Sequence[str], open_window: Run, walk_tour: Run) -> int:
    try:
        args = _parser(argv, open_window, walk_tour).parse_args(argv)
    except SystemExit:  # --help and --version have said everything
        return DONE
    run: Run = args.run
    return run(args)


def _parser(argv: Sequence[str], open_window: Run, walk_tour: Run) -> ArgumentParser:
    """The parser for `argv`; only the command that is named gets its module and arguments."""
    parser = _Parser(
        description=_("Publish on a school's social media without harming a child."),
        epilog=_("Without a command the window opens."),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"SM Assistant {__version__}")
    parser.add_argument(
        "--demo", action="store_true", help=_("open the window on a made-up school")
    )
    parser.set_defaults(run=open_window)
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), dest="command")
    named = next((word for word in argv if not word.startswith("-")), "")
    for name in COMMANDS:
        if named in ("", name):
            module = _module(name)
            added = commands.add_parser(name, help=_(module.HELP), description=_(module.HELP))
            module.add_arguments(added)
            added.set_defaults(run=module.run)
        else:
            commands.add_parser(name)
    _add_tour(commands.add_parser("tour", help=_tour_help(), description=_tour_help()), walk_tour)
    return parser


def _module(name: str) -> ModuleType:
    return import_module(f"smassistant.commands.{name.replace('-', '_')}")


def _tour_help() -> str:
    return _("walk the main job on a made-up school and write a picture of every step")


def _add_tour(parser: ArgumentParser, walk_tour: Run) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help=_("where the pictures go"))
    parser.add_argument("--language", choices=sorted(LANGUAGES), default="en")
    parser.add_argument("--dark", action="store_true", help=_("with dark colours"))
    parser.add_argument("--size", type=_size, default=(1366, 768), metavar="1366x768")
    parser.set_defaults(run=walk_tour)


def _size(text: str) -> tuple[int, int]:
    """A size such as 1366x768, in pixels."""
    width, height = (int(part) for part in text.lower().split("x"))
    if not (320 <= width <= 7680 and 240 <= height <= 4320):
        raise ValueError(text)
    return width, height


def _prepare_streams() -> None:
    """Names hold every letter, whatever a pipe on this system would assume."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _silence_stdout() -> None:
    """The reader is gone: what Python still wants to write at its end must go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _complain(sentence: str) -> int:
    sys.stderr.write(" ".join(sentence.split()) + "\n")
    return BAD_USAGE


def _log(error: Exception) -> str:
    """Log a defect without its content; the sentence that says where."""
    from smassistant.bootstrap import data_folder
    from smassistant.log import log_defect, open_log

    path = open_log(data_folder())
    log_defect(error)
    return _("Something went wrong inside the program; {file} says where.").format(file=path)

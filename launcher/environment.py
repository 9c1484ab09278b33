"""The program's own environment: `.venv` beside main.py, made, mended and locked.

Where that folder can't be written the environment lies in `environments/` of the data folder
(`SMASSISTANT_DATA_DIR`, else the system's usual one), one for each checkout.

The stamp is written last, so an interrupted set-up is never taken for a finished one: no stamp,
or one of other packages or another Python, and the next start mends the environment.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher import packages
from launcher.console import CannotStart, say
from smassistant.homes import data_folder

WINDOWS = sys.platform == "win32"
LOCK_NAME = ".set-up-lock"
OLDEST = (3, 11)


@dataclass(frozen=True)
class Environment:
    """One virtual environment, made or not yet."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")

    @property
    def log(self) -> Path:
        """Everything pip said."""
        return self.folder / "set-up.log"

    @property
    def _stamp(self) -> Path:
        return self.folder / "set-up.json"

    def version(self) -> str:
        """Its Python, such as "3.12"; "" if it is missing, broken or of no use to the program."""
        if not os.access(self.python, os.X_OK):  # also a link to a Python that was removed
            return ""
        with contextlib.suppress(OSError, ValueError):
            for line in (self.folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines():
                key, _, value = line.partition("=")
                if key.strip() in ("version", "version_info"):
                    major, minor = map(int, value.split(".")[:2])
                    return f"{major}.{minor}" if (major, minor) >= OLDEST else ""
        return ""

    def extras(self) -> frozenset[str] | None:
        """The extras it was set up with; None if its set-up is unfinished or out of date."""
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
            if stamp["digest"] == packages.digest(self.version()):
                return frozenset(stamp["extras"])
        return None

    def has(self, extras: frozenset[str]) -> bool:
        """Whether it is set up with (at least) these extras."""
        found = self.extras() if self.version() else None
        return found is not None and extras <= found

    def stamp(self, extras: frozenset[str]) -> None:
        """Note that it is complete."""
        text = json.dumps({"digest": packages.digest(self.version()), "extras": sorted(extras)})
        self._stamp.write_text(text, encoding="utf-8")

    def unstamp(self) -> None:
        """Note that it is being changed."""
        self._stamp.unlink(missing_ok=True)

    def stamped(self) -> bool:
        """Whether this launcher ever finished it, for whatever packages."""
        return self._stamp.exists()

    def is_this_python(self) -> bool:
        """Whether this very process runs in it."""
        return Path(sys.prefix).resolve() == self.folder.resolve()

    def make(self, with_pip: bool) -> None:
        """Make it anew from this Python; whatever was there goes."""
        import venv

        for entry in self.folder.iterdir():
            if entry.name == LOCK_NAME:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        venv.EnvBuilder(with_pip=with_pip, symlinks=not WINDOWS).create(self.folder)


def possible(root: Path = packages.ROOT) -> tuple[Environment, Environment]:
    """The environments the checkout `root` may have: beside it, or in the data folder."""
    name = hashlib.sha256(str(root).encode()).hexdigest()[:12]
    folder = data_folder().absolute() / "environments" / name
    return Environment(root / ".venv"), Environment(folder)


def writable(choices: Sequence[Environment]) -> Environment:
    """The first of `choices` whose folder can be written; makes that folder."""
    for choice in choices:
        try:
            choice.folder.mkdir(parents=True, exist_ok=True)
            (choice.folder / LOCK_NAME).touch()
        except OSError:
            continue
        return choice
    folders = " nor ".join(str(choice.folder) for choice in choices)
    raise CannotStart(
        f"Neither {folders} can be written, so the packages the program needs have no place."
        " Set SMASSISTANT_DATA_DIR to a folder you can write and start again."
    )


@contextlib.contextmanager
def locked(environment: Environment) -> Iterator[None]:
    """Only one start sets an environment up; a second one waits for it."""
    with (environment.folder / LOCK_NAME).open("r+b") as file:
        if not _try_lock(file.fileno(), wait=False):
            say("Another start is setting things up; waiting for it …")
            while not _try_lock(file.fileno(), wait=True):
                pass  # Windows gives up after ten seconds
        # Inherited by pip: should only this process be killed, the next start waits for pip's end.
        os.set_inheritable(file.fileno(), True)
        yield  # closing the file unlocks it, also after a crash


if sys.platform == "win32":  # spelt out for mypy, which then skips the other system's half
    import msvcrt

    def _try_lock(descriptor: int, wait: bool) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

"""Whether a folder can hold an embedded database: there, writable, on a disk of this computer."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path

from smassistant.errors import UserError
from smassistant.storage import troubles

_REMOTE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.sshfs", "9p"}
)
_WINDOWS_REMOTE_DRIVE = 4  # GetDriveType's DRIVE_REMOTE


def check_folder(path: Path) -> None:
    """Raise a `UserError` unless the database file `path` can be opened, made and written."""
    folder = path.parent
    if not folder.is_dir():
        raise troubles.missing_folder()
    if is_remote(folder):
        raise troubles.network_folder()
    try:
        # The only true test: rights, a read-only drive and a full disk all show here.
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".smassistant-") as probe:
            probe.write(b"x" * 4096)
            probe.flush()
            os.fsync(probe.fileno())
        if path.exists():
            os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        raise _told(error) from None


def _told(error: OSError) -> UserError:
    """The folder's trouble in plain words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return troubles.disk_full()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return troubles.read_only()
    return troubles.disk_failing()


def is_remote(folder: Path) -> bool:
    """Whether the folder lies on a network drive, as far as this system tells."""
    place = folder.resolve()
    if sys.platform == "win32":  # pragma: no cover - runs on Windows only
        import ctypes

        drive = place.anchor
        if drive.startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(drive) == _WINDOWS_REMOTE_DRIVE)
    mounts = Path("/proc/mounts")
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # no such list on this system
        return False
    return mounted_system(place, lines) in _REMOTE_SYSTEMS


def mounted_system(place: Path, mounts: list[str]) -> str:
    """The file system `place` lies on, by the lines of /proc/mounts; empty when none fits."""
    best, system = -1, ""
    for line in mounts:
        parts = line.split()
        if len(parts) < 3:
            continue
        point = Path(parts[1].replace("\\040", " "))
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, system = len(point.parts), parts[2]
    return system

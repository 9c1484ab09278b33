"""System libraries and packages that pip can't bring, on Linux."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

from launcher.console import CannotStart, say

# Shared library → the Debian/Ubuntu package that holds it.
QT = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libbrotlidec.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
SCREEN = {  # without one of these Qt ends the process and blames only the first
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def missing_libraries(
    with_screen: bool, load: Callable[[str], object] = ctypes.CDLL
) -> dict[str, str]:
    """The libraries Qt lacks here, each with its Debian package."""
    missing = {}
    for library, package in {**QT, **(SCREEN if with_screen else {})}.items():
        try:
            load(library)
        except OSError:
            missing[library] = package
    return missing


def ensure_qt(with_screen: bool) -> None:
    """Have what Qt needs, installing it as root on Debian; else CannotStart says how."""
    if sys.platform != "linux":
        return
    missing = missing_libraries(with_screen)
    if not missing:
        return
    install(sorted(set(missing.values())), f"the window needs {', '.join(missing)}")
    if left := missing_libraries(with_screen):
        raise CannotStart(f"Still missing after the installation: {', '.join(left)}.")


def ensure_screen() -> None:
    """Have an X server that answers at DISPLAY: where none does, Qt would end the process."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if failed:
        raise CannotStart(
            f"The screen {os.environ.get('DISPLAY')} (DISPLAY) does not answer; `main.py tour DIR`"
            " walks through the program without one, and `main.py check` checks posts."
        )


def install(packages: Sequence[str], why: str) -> None:
    """Install system packages as root on Debian or Ubuntu; else CannotStart says how."""
    apt = shutil.which("apt-get")
    if apt is None:
        raise CannotStart(
            f"Something is missing on this computer: {why}. Install it with the system's package"
            f" manager (Debian's names: {' '.join(packages)}) and start again."
        )
    command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0:
        raise CannotStart(
            f"Something is missing on this computer: {why}. Type this, then start again:\n"
            f"  sudo {command}"
        )
    say(f"Installing system packages ({why}):")
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        _run_apt([apt, *step], command)


def _run_apt(command: Sequence[str], by_hand: str) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    env["PATH"] = env.get("PATH", os.defpath) + ":/usr/sbin:/sbin"
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=env, encoding="utf-8", errors="replace",
    ) as process:  # fmt: skip
        lines = []
        for line in process.stdout or ():
            lines.append(line.strip())
            if line.startswith("Unpacking "):
                say(f"  installing {line.split()[1]}")
    if process.returncode and command[1] == "install":  # a stale list may still do
        last = next((line for line in reversed(lines) if line.startswith("E:")), "")
        raise CannotStart(
            f"System packages could not be installed. {last} Try it by hand, then start again:\n"
            f"  {by_hand}"
        )

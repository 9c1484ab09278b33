"""Every test runs sealed off, and whatever it leaves behind or grumbles about makes it fail."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.leftovers import LeftoverTimers, leftover_threads

pytest_plugins = ["tests.servers.fixtures"]

NO_KEYRING = "keyring.backends.fail.Keyring"
LOOPBACK = {"127.0.0.1", "::1", "localhost", None, ""}

os.environ.update(LANG="C.UTF-8", LC_ALL="C.UTF-8", TZ="America/Edmonton")
os.environ["PYTHON_KEYRING_BACKEND"] = NO_KEYRING
for name in ("LANGUAGE", "DBUS_SESSION_BUS_ADDRESS", "SMASSISTANT_DATABASE_URL"):
    os.environ.pop(name, None)
if hasattr(time, "tzset"):
    time.tzset()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--headed", action="store_true", help="show the windows on the screen")


@pytest.hookimpl(tryfirst=True)  # before pytest-qt loads Qt
def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("headed"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        del os.environ["QT_QPA_PLATFORM"]
    _set_up_hypothesis()


def _set_up_hypothesis() -> None:
    from hypothesis import HealthCheck, settings

    # Shared, slow machines: how long one example takes says nothing about the program.
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile("local", deadline=None, suppress_health_check=slow)
    settings.register_profile("ci", parent=settings.get_profile("local"), derandomize=True)
    settings.load_profile("ci" if os.environ.get("CI") else "local")


# In CI everything the tests need is installed: a skipped test is a test that was lost.


def _skipped(terminalreporter: Any) -> list[Any]:
    return terminalreporter.stats.get("skipped", []) if os.environ.get("CI") else []


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and session.exitstatus == pytest.ExitCode.OK and _skipped(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if skipped := _skipped(terminalreporter):
        terminalreporter.section("skipped in CI, so failed", red=True)
        for report in skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
            terminalreporter.write_line(f"{report.nodeid}: {reason}", red=True)


# Sealed off


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This test's own state folder (`SMASSISTANT_DATA_DIR`), not yet made."""
    folder = tmp_path / "data-dir"
    monkeypatch.setenv("SMASSISTANT_DATA_DIR", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A test that changes the language does not change it for the next."""
    yield
    from smassistant.i18n import set_language

    set_language("en")


@pytest.fixture(autouse=True)
def no_name_lookups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking the network where a host is already tells it something (connecting is refused too)."""
    look_up = socket.getaddrinfo

    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in LOOPBACK:
            raise AssertionError(f"a test asked for the address of {name!r}")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", guarded)


@pytest.fixture(autouse=True)
def keyring_of_the_tests(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """No keyring, or for a test marked `keyring` an empty one made for the tests."""
    if request.node.get_closest_marker("keyring") is None:
        yield
        return
    for name, value in request.getfixturevalue("keyring_bus").items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    import keyring.backends.fail
    import keyring.core

    _forget_keyrings()
    keyring.core.init_backend()
    yield
    _forget_keyrings()
    keyring.core.set_keyring(keyring.backends.fail.Keyring())


def _forget_keyrings() -> None:
    from keyring.backend import get_all_keyring

    with suppress(KeyError):  # it looks once and remembers; nothing to forget if it never looked
        get_all_keyring.reset()


# Nothing left behind


@pytest.fixture(autouse=True)
def no_leftover_threads() -> Iterator[None]:
    """A thread that outlives its test works on in the next one."""
    before = set(threading.enumerate())
    yield
    if left := leftover_threads(before):
        pytest.fail(f"threads still running: {left}")


@pytest.fixture(autouse=True)
def no_leftover_timers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A QTimer that outlives its test fires in the next one."""
    if "PySide6.QtCore" not in sys.modules:
        yield
        return
    timers = LeftoverTimers(monkeypatch)
    yield
    if left := timers.still_active():
        pytest.fail(f"timers still running: {left}")


@pytest.fixture(autouse=True)
def empty_clipboard() -> Iterator[None]:
    """Clipboard data that Python made and left behind crashes the end of the process."""
    yield
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        if QGuiApplication.instance() is not None:
            QGuiApplication.clipboard().clear()

"""What the journeys share: a school on a real server, and programs beside this one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.homes import Home, make_home
from tests.journeys.program import Program
from tests.servers.bluesky import Bluesky


@pytest.fixture(scope="session")
def pattern_home(tmp_path_factory: pytest.TempPathFactory, bluesky: Bluesky) -> Home:
    """The school every test copies."""
    return make_home(tmp_path_factory.mktemp("pattern") / "home", bluesky)


@pytest.fixture
def home(pattern_home: Home, data_dir: Path) -> Home:
    """A school of this test's own in the data folder that the environment names."""
    return pattern_home.copy(data_dir)


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program, to be started as often as a test needs."""
    return Program(monkeypatch, tmp_path)

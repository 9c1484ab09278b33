"""The master key under a passphrase."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from smassistant.errors import UserError
from smassistant.security.passphrase import (
    FILE_NAME,
    Cost,
    has_passphrase,
    open_master,
    seal_master,
)

CHEAP = Cost(passes=1, memory=8192)
MASTER = bytes(range(32))


def seal(folder: Path, passphrase: str = "correct horse") -> Path:
    seal_master(folder, MASTER, passphrase, CHEAP)
    return folder / FILE_NAME


def test_the_passphrase_opens_the_key(tmp_path: Path) -> None:
    assert not has_passphrase(tmp_path)
    file = seal(tmp_path, "Élan vital ☂")
    assert has_passphrase(tmp_path)
    assert open_master(tmp_path, "Élan vital ☂") == MASTER
    assert open_master(tmp_path, "E\u0301lan vital ☂") == MASTER  # typed on another system
    assert MASTER.hex() not in file.read_text()
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("passphrase", ["", "correct hors", "Correct horse", "correct horse "])
def test_a_wrong_passphrase_is_told(tmp_path: Path, passphrase: str) -> None:
    seal(tmp_path)
    with pytest.raises(UserError, match="passphrase is not right"):
        open_master(tmp_path, passphrase)


def test_the_passphrase_can_be_changed(tmp_path: Path) -> None:
    seal(tmp_path)
    seal(tmp_path, "battery staple")
    assert open_master(tmp_path, "battery staple") == MASTER
    with pytest.raises(UserError):
        open_master(tmp_path, "correct horse")


def test_the_cost_is_kept_in_the_file(tmp_path: Path) -> None:
    file = seal(tmp_path)
    data = json.loads(file.read_text())
    assert (data["passes"], data["memory"]) == (1, 8192)
    assert Cost().memory >= 2**28  # what a real one costs


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    assert stat.S_IMODE(seal(tmp_path).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"method": "md5"},
        {"memory": 2**40},
        {"memory": "much"},
        {"passes": 0},
        {"salt": "AAAA"},
        {"salt": "é"},
        {"sealed": ""},
        {"sealed": 7},
    ],
)
def test_a_damaged_file_is_told(tmp_path: Path, changes: dict[str, object]) -> None:
    file = seal(tmp_path)
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))
    with pytest.raises(UserError, match="can't be read"):
        open_master(tmp_path, "correct horse")


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "{}"])
def test_a_file_that_is_none_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    with pytest.raises(UserError, match="can't be read"):
        open_master(tmp_path, "correct horse")
    (tmp_path / FILE_NAME).unlink()
    with pytest.raises(UserError, match="can't be read"):
        open_master(tmp_path, "correct horse")


def test_a_changed_sealed_key_does_not_open(tmp_path: Path) -> None:
    file = seal(tmp_path)
    data = json.loads(file.read_text())
    first = "B" if data["sealed"][0] == "A" else "A"
    file.write_text(json.dumps(data | {"sealed": first + data["sealed"][1:]}))
    with pytest.raises(UserError, match="not right"):
        open_master(tmp_path, "correct horse")


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(tmp_path)

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(UserError, match="could not be saved"):
        seal(tmp_path, "battery staple")
    assert open_master(tmp_path, "correct horse") == MASTER
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="could not be saved"):
        seal(tmp_path / "no")

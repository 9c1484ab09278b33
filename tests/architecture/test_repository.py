"""What the repository ships: no traces of a machine, the right libraries, nobody recognised."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import pytest

from launcher import packages
from tests.architecture.sources import ROOT, named, tracked_files

# Split, so that this file doesn't find itself.
TRACES = re.compile(
    r"(?<!\w)/" + r"(?:work|root|home|Users)/\w|[A-Za-z]:\\Users|/opt/" + r"(?:wheels|pypi)|"
    r"https?://[^\s\"'<>]*(?:artifactory|nexus|/simple/|/repository/)"
)
DATA = {".png", ".jpg", ".jpeg", ".onnx", ".heic", ".xlsx", ".mo", ".pdf", ".svg", ".webp"}
RECOGNISES = ("face-recognition", "dlib", "insightface", "deepface", "facenet-pytorch", "mtcnn")
WEIGHTS = {".onnx", ".pb", ".tflite", ".pt", ".pth", ".caffemodel", ".h5", ".dat"}
FACE_DETECTOR = "yunet"


def project() -> dict[str, list[str]]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"": table["dependencies"], **table["optional-dependencies"]}


def distribution(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def locked() -> set[str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return {distribution(line) for line in lines if line and not line.startswith("#")}


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found = {}
    for path in tracked_files():
        if path.suffix in DATA or path == Path(__file__):
            continue
        if match := TRACES.search(path.read_text(encoding="utf-8", errors="replace")):
            found[named(path)] = match[0]
    assert not found


def test_the_lock_pins_every_dependency() -> None:
    """But those of the peers that benchmarks may have beside them."""
    tables = {extra: entries for extra, entries in project().items() if extra != "bench"}
    wanted = {distribution(entry) for entries in tables.values() for entry in entries}
    assert wanted - {"smassistant"} <= locked()


def test_the_lock_names_no_host() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.mark.parametrize("extra", ["", "test"])
def test_the_launcher_looks_for_every_package(extra: str) -> None:
    wanted = {distribution(entry) for entry in packages.requirements({extra} - {""})}
    if extra:
        wanted -= {distribution(entry) for entry in project()[""]}
    not_imported = {"tzdata", "types-requests", "types-defusedxml"}
    assert set(packages.IMPORT_NAMES[extra]) == wanted - not_imported


def test_the_launcher_knows_what_each_package_is_imported_as() -> None:
    names = [name for table in packages.IMPORT_NAMES.values() for name in table.values()]
    assert [name for name in names if find_spec(name) is None] == []


def test_opencv_brings_no_qt_of_its_own() -> None:
    installed = {distribution(dist.metadata["Name"]) for dist in metadata.distributions()}
    assert "opencv-python-headless" in installed
    assert not installed & {"opencv-python", "opencv-contrib-python"}


def test_nothing_here_recognises_a_face() -> None:
    assert not [name for name in locked() if name in RECOGNISES]
    weights = {named(path) for path in tracked_files() if path.suffix in WEIGHTS}
    (detector,) = weights - {"resources/hints/model.onnx"}  # which reads words
    assert Path(detector).stem.split("_")[0] == FACE_DETECTOR
    sources = [path for path in tracked_files() if path.suffix == ".py" and path != Path(__file__)]
    recognisers = re.compile(r"FaceRecognizer|face_recognition|createLBPH|createEigenFace|SFace")
    assert not [named(p) for p in sources if recognisers.search(p.read_text(encoding="utf-8"))]


def test_void_qt_calls_take_nothing_from_none(qapp: object) -> None:
    """PySide6 6.12 on Python 3.11 drops a reference to None a call and at last the process."""
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(300):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 200

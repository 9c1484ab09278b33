"""Which packages the program needs, and whether this Python has them."""

from __future__ import annotations

import hashlib
import importlib.util
import platform
import re
import sys
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
LOCK = ROOT / "requirements.lock"

# Distribution → what it is imported as. A test holds this against pyproject.toml.
IMPORT_NAMES = {
    "": {
        "pyside6-essentials": "PySide6",
        "sqlalchemy": "sqlalchemy",
        "alembic": "alembic",
        "sqlcipher3": "sqlcipher3",
        "keyring": "keyring",
        "pynacl": "nacl",
        "argon2-cffi": "argon2",
        "zxcvbn": "zxcvbn",
        "requests": "requests",
        "pillow": "PIL",
        "pi-heif": "pi_heif",
        "opencv-python-headless": "cv2",
        "numpy": "numpy",
        "defusedxml": "defusedxml",
        "python-calamine": "python_calamine",
        "openpyxl": "openpyxl",
        "onnxruntime": "onnxruntime",
        "rapidocr": "rapidocr",
        "chunspell": "hunspell",
    },
    "test": {
        "psycopg": "psycopg",
        "pytest": "pytest",
        "pytest-qt": "pytestqt",
        "pytest-randomly": "pytest_randomly",
        "pytest-socket": "pytest_socket",
        "pytest-timeout": "pytest_timeout",
        "pytest-xdist": "xdist",
        "hypothesis": "hypothesis",
        "import-linter": "importlinter",
        "mypy": "mypy",
        "ruff": "ruff",
        "babel": "babel",
        "exifread": "exifread",
    },
}


def missing_here(extras: Collection[str]) -> list[str]:
    """The needed packages that this Python can't import; looks only, imports nothing."""
    names = dict(IMPORT_NAMES[""])
    for extra in extras:
        names.update(IMPORT_NAMES[extra])
    if sys.version_info >= (3, 15):
        del names["sqlcipher3"]
    if not _has_hunspell():
        del names["chunspell"]
    if sys.platform == "darwin" and platform.machine() != "arm64":
        del names["onnxruntime"], names["rapidocr"]
    return [package for package, module in names.items() if not importlib.util.find_spec(module)]


def _has_hunspell() -> bool:
    """Whether there is a wheel of it for this computer, as pyproject.toml says."""
    here = {"win32": "AMD64", "darwin": "arm64"}.get(sys.platform, platform.machine())
    return sys.version_info < (3, 15) and platform.machine() == here


def requirements(extras: Collection[str]) -> list[str]:
    """What pyproject.toml asks for, with the extras, as requirement strings for pip."""
    import tomllib

    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    pending = sorted(extras)
    for extra in pending:
        for requirement in project["optional-dependencies"][extra]:
            own = re.fullmatch(rf"{project['name']}\[([\w,-]+)\]", requirement)
            if own:  # an extra of our own, named by another one
                pending += own[1].split(",")
            else:
                wanted.append(requirement)
    return wanted


def digest(version: str) -> str:
    """Changes whenever another set of packages is due in an environment of Python `version`."""
    parts = [PROJECT.read_bytes(), LOCK.read_bytes() if LOCK.exists() else b"", version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()

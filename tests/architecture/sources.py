"""The project's own files, for the tests about them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("smassistant", "ui", "launcher", "benchmarks", "tools")


@cache
def product_files() -> tuple[Path, ...]:
    """Every Python file that is not a test."""
    files = [path for folder in PRODUCT for path in (ROOT / folder).rglob("*.py")]
    return (ROOT / "main.py", *sorted(files))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def named(path: Path) -> str:
    """The path as a person would write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tracked_files() -> tuple[Path, ...]:
    """What the repository holds; outside a checkout, what lies here and is no build product."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listing.returncode == 0:
        paths = [ROOT / name for name in listing.stdout.split("\0") if name]
    else:
        paths = [ROOT / name for name in ("main.py", "pyproject.toml", "requirements.lock")]
        paths += [
            p for f in (*PRODUCT, "tests", "docs", "resources") for p in (ROOT / f).rglob("*")
        ]
    return tuple(path for path in paths if path.is_file() and "__pycache__" not in path.parts)

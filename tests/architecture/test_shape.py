"""No module, function or class grows into something nobody can read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import named, parsed, product_files

LONGEST_FILE = 300
LONGEST_FUNCTION = 40  # lines, without the docstring
MOST_METHODS = 15  # public ones; overrides of Qt's (camelCase) don't count
QT_OVERRIDE = re.compile(r"[a-z]+[A-Z]\w*")


def test_files_are_short() -> None:
    lengths = {
        named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in product_files()
    }
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_every_module_says_in_one_line_what_it_is() -> None:
    first = {
        named(path): (ast.get_docstring(parsed(path)) or "").split("\n")[0]
        for path in product_files()
    }
    assert not {name: line for name, line in first.items() if not line.endswith((".", "?"))}


def test_functions_are_short() -> None:
    lengths = {
        f"{named(path)}: {name}": lines
        for path in product_files()
        for name, lines in functions(parsed(path))
    }
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION}


def test_classes_have_few_public_methods() -> None:
    counts = {
        f"{named(path)}: {node.name}": len(public_methods(node))
        for path in product_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
    }
    assert not {name: count for name, count in counts.items() if count > MOST_METHODS}


def functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Each function with its lines, the docstring left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if ast.get_docstring(node):
                words = node.body[0]
                lines -= (words.end_lineno or words.lineno) - words.lineno + 1
            yield node.name, lines


def public_methods(node: ast.ClassDef) -> set[str]:
    """The names of its methods that others may call."""
    names = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
    return {n for n in names if not n.startswith("_") and not QT_OVERRIDE.fullmatch(n)}

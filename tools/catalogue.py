"""Keep the catalogue of words: `update` gathers the messages, `compile` writes what programs read.

    python tools/catalogue.py update    # after English words changed; then translate in the .po
    python tools/catalogue.py compile   # after the translation changed

Messages are the texts of `_`, `N_` and `ngettext` in both packages and the `message` of each rule.
No line numbers, dates or fuzzy guesses are kept, so a change shows only what changed.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
TEMPLATE = FOLDER / "smassistant.pot"
CODES = (ROOT / "smassistant", ROOT / "ui")
RULES = ROOT / "resources" / "rules"
_FORMS = {"_": 1, "N_": 1, "ngettext": 2}  # how many texts each takes
_SINCE = datetime(2026, 11, 24, tzinfo=UTC)  # a .mo has a date; a fixed one keeps it the same
_WIDTH = 100
_TEMPLATE_HEAD = """\
# The words of SM Assistant, gathered by tools/catalogue.py; not edited by hand.
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"
"""

Key = str | tuple[str, str]


def po_file(language: str) -> Path:
    """Where the translation into `language` is kept."""
    return FOLDER / language / "LC_MESSAGES" / "smassistant.po"


def messages() -> dict[Key, list[str]]:
    """Every message, singular and plural as a pair, with the files that use it."""
    used: dict[Key, list[str]] = {}
    for path, found in _sources():
        name = path.relative_to(ROOT).as_posix()
        for message in found:
            files = used.setdefault(message, [])
            if name not in files:
                files.append(name)
    return dict(sorted(used.items(), key=lambda item: (item[1][0], "".join(item[0]))))


def _sources() -> Iterator[tuple[Path, Iterable[Key]]]:
    for folder in CODES:
        for path in sorted(folder.rglob("*.py")):
            yield path, code_messages(path.read_text(encoding="utf-8"))
    for path in sorted(RULES.glob("*.toml")):
        rules = tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
        yield path, [rule["message"] for rule in rules]


def code_messages(code: str) -> Iterator[Key]:
    """The messages of Python code, also inside f-strings; a computed text is none."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        wanted = _FORMS.get(node.func.id, 0)
        texts = [str(part.value) for part in node.args[:wanted] if isinstance(part, ast.Constant)]
        if wanted and len(texts) == wanted:
            yield texts[0] if wanted == 1 else (texts[0], texts[1])


def template() -> Catalog:
    """The messages without translation."""
    catalog = Catalog(charset="utf-8")
    for message, files in messages().items():
        catalog.add(message, locations=[(name, 0) for name in files])
    return catalog


def read(path: Path) -> Catalog:
    """The catalogue of a .po file, which lies in the folder of its language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    catalog.creation_date = _SINCE
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def update() -> None:
    """Write the template and carry each translation over; say what came and what went."""
    fresh = template()
    _write(TEMPLATE, _TEMPLATE_HEAD, fresh)
    for path in _translations():
        catalog = read(path)
        before = texts(catalog)
        catalog.update(fresh, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        head, _blank, _messages = path.read_text(encoding="utf-8").partition("\n\n")
        _write(path, head + "\n", catalog)
        after = texts(catalog)
        for gone in before.keys() - after.keys():
            sys.stdout.write(f"gone  {gone!r} = {before[gone]!r}\n")
        for new in (key for key, said in after.items() if not any(said)):
            sys.stdout.write(f"new   {new!r}\n")
        sys.stdout.write(f"{path.parent.parent.name}: {len(after)} messages\n")


def compile_all() -> None:
    """Write the .mo beside each .po."""
    for path in _translations():
        path.with_suffix(".mo").write_bytes(compiled(read(path)))


def texts(catalog: Catalog) -> dict[Key, tuple[str, ...]]:
    """The forms of each translation."""
    found: dict[Key, tuple[str, ...]] = {}
    for message in catalog:
        said = message.string or ""
        if message.id:
            key = message.id if isinstance(message.id, str) else (message.id[0], message.id[1])
            found[key] = (said,) if isinstance(said, str) else tuple(said)
    return found


def _translations() -> list[Path]:
    return sorted(FOLDER.glob("*/LC_MESSAGES/smassistant.po"))


def _write(path: Path, head: str, catalog: Catalog) -> None:
    """The head stays as its editor left it: Babel would fill it with places for addresses."""
    with path.open("wb") as file:
        file.write(f"{head}\n".encode())
        write_po(file, catalog, width=_WIDTH, include_lineno=False, omit_header=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("step", choices=("update", "compile"))
    if parser.parse_args().step == "update":
        update()
    else:
        compile_all()

"""Rule packs as files: what may not be posted, in words anybody can edit.

A pack is a TOML file of `[[rule]]` tables:

    id        names the rule, such as "legal.lawsuit"
    code      the finding's code ("topic.legal"); `clause` and `severity` likewise
    any       phrases (see `phrases`), each of which fires the rule
    near      if given, one of these has to stand in the same sentence
    not_in    phrases that make the words harmless where they are part of them
    unless    phrases that make the whole sentence harmless
    message   one plain sentence for the author
    fires, quiet   example sentences, run as tests
    masked    true: the words of `any` are also found behind signs ("f**k")
    weak      true: silent where a rule of another subject, as grave, fires in the same text
    off       true: the rule rests
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from smassistant.checks.phrases import PhraseError, compile_phrase
from smassistant.domain.findings import Severity
from smassistant.domain.rules import KINDS, Pack, Rule
from smassistant.errors import UserError
from smassistant.i18n import _

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "rules"
LARGEST = 2_000_000  # characters of a pack; the largest shipped one has 25,000
_TEXTS = ("id", "code", "clause", "severity", "message")
_LISTS = (*KINDS, "fires", "quiet")
_SWITCHES = ("masked", "weak", "off")
_NEEDED = (*_TEXTS, "any", "fires")
_ORDER = ("id", "code", "clause", "severity", *_SWITCHES, *KINDS, "message", "fires", "quiet")
_TABLE = re.compile(r"[ \t]*\[\[[ \t]*rule[ \t]*\]\]")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


@dataclass(frozen=True, slots=True)
class Assembled:
    """The packs in force, by name, and what was wrong with those that are not."""

    packs: tuple[Pack, ...]
    troubles: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of every pack."""
        return tuple(rule for pack in self.packs for rule in pack.rules)


# Reading


def read_pack(path: Path) -> Pack:
    """The pack of a file. Raises UserError naming file, line and rule where it has a mistake."""
    return parse_pack(path.stem, read_text(path))


def read_text(path: Path) -> str:
    """The text of a pack's file. Raises UserError naming the file where it is no text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        why = error.strerror or "" if isinstance(error, OSError) else _("It is not UTF-8 text.")
        raise _mistake(path.stem, why) from error
    return text


def parse_pack(name: str, text: str) -> Pack:
    """The pack `name` of a file's text. Raises UserError as `read_pack` does."""
    if len(text) > LARGEST:
        raise _mistake(name, _("it is too large"))
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _mistake(name, str(error)) from error
    tables = data.get("rule", [])
    if not isinstance(tables, list):
        raise _mistake(name, _("rules are written as [[rule]]"))
    if others := data.keys() - {"rule"}:
        raise _mistake(name, _("unknown key “{key}”").format(key=min(others)))
    lines = _lines(text, len(tables))
    rules: dict[str, Rule] = {}
    for number, table in enumerate(tables, start=1):
        line = lines[number - 1]
        rule = _rule(_Place(name, line), table, number)
        if rule.id in rules:
            raise _mistake(name, _("another rule has the same id"), rule.id, line)
        rules[rule.id] = rule
    return Pack(name, tuple(rules.values()))


def is_pack_name(name: str) -> bool:
    """Whether a pack can be called so on every system."""
    return bool(_NAME.fullmatch(name))


def _lines(text: str, tables: int) -> list[int]:
    """The line of each `[[rule]]`; 0 where they can't be told (one may stand inside a text)."""
    found = [at for at, line in enumerate(text.split("\n"), start=1) if _TABLE.match(line)]
    return found if len(found) == tables else [0] * tables


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a rule is written."""

    pack: str
    line: int


def _rule(place: _Place, table: Any, number: int) -> Rule:
    """The rule of one table, checked."""

    def mistake(what: str) -> UserError:
        return _mistake(place.pack, what, name, place.line)

    name = str(number)
    if not isinstance(table, dict):
        raise mistake(_("rules are written as [[rule]]"))
    name = str(table.get("id", _("number {number}").format(number=number)))
    if unknown := table.keys() - {*_TEXTS, *_LISTS, *_SWITCHES}:
        raise mistake(_("unknown key “{key}”").format(key=min(unknown)))
    for key in _NEEDED:
        if not table.get(key):
            raise mistake(_("“{key}” is missing").format(key=key))
    for key in _TEXTS:
        if not isinstance(table[key], str):
            raise mistake(_("“{key}” has to be text in quotes").format(key=key))
    values = {key: table[key] for key in _TEXTS}
    for key in _LISTS:
        entries = table.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise mistake(_("“{key}” has to be a list of texts").format(key=key))
        values[key] = tuple(entries)
    for key in _SWITCHES:
        values[key] = table.get(key, False)
        if not isinstance(values[key], bool):
            raise mistake(_("“{key}” is true or false").format(key=key))
    rule = Rule(**values)
    if wrong := next(mistakes_of(rule), ""):
        raise mistake(wrong)
    return rule


def mistakes_of(rule: Rule) -> Iterator[str]:
    """What is wrong with the rule's severity and phrases, each in words."""
    if rule.severity not in set(Severity):
        yield _("severity is block, warn or advice")
    for phrase in (text for key in KINDS for text in getattr(rule, key)):
        try:
            compile_phrase(phrase)
        except PhraseError as error:
            yield str(error)


def _mistake(pack: str, what: str, rule: str = "", line: int = 0) -> UserError:
    where = what
    if rule and line:
        where = _("line {line}, rule “{rule}”: {what}").format(line=line, rule=rule, what=what)
    elif rule:
        where = _("rule “{rule}”: {what}").format(rule=rule, what=what)
    return UserError(
        _("The rule pack {file} has a mistake.").format(file=f"{pack}.toml"),
        where[:1].upper() + where[1:].rstrip(".") + ".",
        _("Mend the file, or put the shipped one back."),
    )


# Writing


def write_pack(pack: Pack) -> str:
    """The pack as the text of a TOML file, every phrase on a line of its own."""
    return "\n".join("".join(f"{line}\n" for line in _written(rule)) for rule in pack.rules)


def _written(rule: Rule) -> Iterator[str]:
    yield "[[rule]]"
    for key in _ORDER:
        value = getattr(rule, key)
        if isinstance(value, bool):
            if value:
                yield f"{key} = true"
        elif isinstance(value, str):
            yield f"{key} = {_quoted(value)}"
        elif value:
            yield f"{key} = ["
            yield from (f"    {_quoted(entry)}," for entry in value)
            yield "]"


def _quoted(text: str) -> str:
    """A TOML string. Half a character, which no file can hold, becomes a question mark."""
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    if sign in _ESCAPED:
        return _ESCAPED[sign]
    if "\ud800" <= sign <= "\udfff":
        return "?"
    return f"\\u{ord(sign):04X}" if sign < " " or sign == "\x7f" else sign


# Putting packs together


def assemble(versions: Mapping[str, Iterable[str]]) -> Assembled:
    """The packs in force: those shipped, each replaced by the division's version of that name.

    `versions` are texts of a pack, the newest first; an empty one means the one shipped. The
    first that can be read counts, else the one shipped.
    """
    shipped = {pack.name: pack for pack in shipped_packs()}
    names = sorted(shipped.keys() | versions.keys(), key=lambda name: (name in versions, name))
    packs: dict[str, Pack] = {}
    troubles: list[str] = []
    taken: set[str] = set()
    for name in names:
        pack = _first_good(name, versions.get(name, ()), shipped.get(name), taken, troubles)
        if pack is not None:
            packs[name] = pack
            taken |= {rule.id for rule in pack.rules}
    return Assembled(tuple(packs[name] for name in sorted(packs)), tuple(troubles))


def _first_good(
    name: str, texts: Iterable[str], shipped: Pack | None, taken: set[str], troubles: list[str]
) -> Pack | None:
    for text in texts:
        if not text:
            break
        try:
            pack = parse_pack(name, text)
            refuse_taken(pack, taken)
        except UserError as error:
            troubles.append(f"{error.title} {error.explanation}")
        else:
            return pack
    return shipped


def refuse_taken(pack: Pack, taken: Iterable[str]) -> None:
    """Raise UserError where a rule of the pack has an id that another pack has."""
    known = set(taken)
    for rule in pack.rules:
        if rule.id in known:
            raise _mistake(pack.name, _("another rule has the same id"), rule.id)


@cache
def shipped_packs() -> tuple[Pack, ...]:
    """The packs of resources/rules."""
    return load_packs(FOLDER)


def load_packs(folder: Path) -> tuple[Pack, ...]:
    """The packs of a folder, by name. Raises UserError where one has a mistake."""
    packs: list[Pack] = []
    for path in sorted(folder.glob("*.toml")):
        pack = read_pack(path)
        refuse_taken(pack, (rule.id for earlier in packs for rule in earlier.rules))
        packs.append(pack)
    return tuple(packs)

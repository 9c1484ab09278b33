"""Rules of what may not be posted, the packs they stand in, and why a rule fires or stays quiet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# The lists of phrases a rule has, in the order in which they are read.
KINDS = ("any", "near", "not_in", "unless")
# The pack for rules that a division writes itself.
OWN_PACK = "division"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack, with its phrases as written. A rule that is `off` never fires.

    `any` fires it; where `near` is given, one of those has to stand in the same sentence;
    `not_in` makes the words harmless where they are part of it, `unless` the whole sentence.
    `fires` and `quiet` are its examples. `masked` also finds the words behind signs ("f**k").
    A `weak` rule is silent where one of another subject, as grave, fires in the same text.
    """

    id: str
    code: str
    clause: str
    severity: str
    message: str
    any: tuple[str, ...]
    near: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    fires: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    masked: bool = False
    weak: bool = False
    off: bool = False

    @property
    def kind(self) -> str:
        """The subject the rule speaks of, whatever its exact code."""
        return kind_of(self.code)


def kind_of(code: str) -> str:
    """What the codes of one subject share: "legal" of "topic.legal", "tone" of "tone.rude"."""
    family, _dot, rest = code.partition(".")
    return rest if family == "topic" else family


@dataclass(frozen=True, slots=True)
class Pack:
    """Rules of one file; `name` is the file's name without its ending."""

    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class PackText:
    """One version of a division's pack, as a TOML file. An empty text puts the shipped one back."""

    name: str
    version: int
    text: str
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """What a rule made of some words of a text; offsets are code points.

    `phrase` is the one of `any` that fits. The rule fires unless `reason` is one of "near" (none
    of these stands in the sentence), "not_in", "unless" or "weak"; `by` is then the phrase that
    says so (the id of a rule, for "weak"); where the rule fires, the phrase of `near` nearby.
    """

    rule_id: str
    start: int
    end: int
    surface: str
    phrase: str
    reason: str = ""
    by: str = ""

    @property
    def fires(self) -> bool:
        """Whether the words are reported."""
        return not self.reason

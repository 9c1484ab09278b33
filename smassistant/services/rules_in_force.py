"""The rules that count now: those shipped, each pack replaced by the division's version."""

from __future__ import annotations

from dataclasses import dataclass

from smassistant.checks.rule_files import Assembled, assemble
from smassistant.checks.rules import RuleBook, load_rules
from smassistant.ports import Work


@dataclass(frozen=True)
class InForce:
    """The compiled rules as of one stamp of the division's packs."""

    stamp: int
    book: RuleBook


def read_packs(work: Work) -> Assembled:
    """The packs in force, and what is wrong with versions that are not."""
    versions = work.rule_packs.versions()
    return assemble({name: [pack.text for pack in packs] for name, packs in versions.items()})


def read_rules(work: Work, known: InForce | None) -> InForce:
    """The rules in force; `known` itself while no pack was saved since."""
    stamp = work.rule_packs.stamp()
    if known is not None and known.stamp == stamp:
        return known
    return InForce(stamp, RuleBook(read_packs(work).rules) if stamp else load_rules())

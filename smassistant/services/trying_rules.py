"""Trying rules out before they count: on a text of one's own, and on their own examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from smassistant.checks.rule_files import mistakes_of
from smassistant.checks.rules import RuleBook
from smassistant.domain.rules import Rule, Trace
from smassistant.errors import UserError
from smassistant.i18n import _


class Bench:
    """Compiled rules to try texts on; the one being edited is compiled anew each time."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._book = RuleBook(rules)

    def try_out(self, text: str, edited: Rule | None, replaces: str = "") -> tuple[Trace, ...]:
        """What the rules make of `text`, with `edited` in place of the rule `replaces`.

        Raises UserError where a phrase of `edited` can't be compiled.
        """
        hidden = {replaces, edited.id} if edited else set()
        traces = [one for one in self._book.traces(text) if one.rule_id not in hidden]
        if edited is not None:
            refuse_broken(edited)
            traces += RuleBook([edited]).traces(text)
        return tuple(sorted(traces, key=lambda one: (not one.fires, one.start, one.end)))


def refuse_broken(rule: Rule) -> None:
    """Raise UserError where the rule's severity or a phrase of it can't be used."""
    for wrong in mistakes_of(rule):
        raise _refusal(rule, wrong[:1].upper() + wrong[1:].rstrip(".") + ".")


def refuse_misbehaving(rule: Rule) -> None:
    """Raise UserError unless the rule is whole and does what its own examples say."""
    missing = (
        (rule.id.strip(), _("It has no name.")),
        (rule.message.strip(), _("It says nothing to the author.")),
        (rule.clause.strip(), _("It names no clause.")),
        (rule.code.strip(), _("It has no subject.")),
        (rule.any, _("It has no phrase that fires it.")),
        (rule.fires, _("It has no example that has to fire.")),
    )
    for there, wrong in missing:
        if not there:
            raise _refusal(rule, wrong)
    refuse_broken(rule)
    book = RuleBook([replace(rule, off=False)])
    for example in rule.fires:
        if not book.hits(example):
            raise _refusal(rule, _("“{text}” has to fire, but doesn’t.").format(text=example))
    for example in rule.quiet:
        for hit in book.hits(example)[:1]:
            raise _refusal(
                rule,
                _("“{text}” has to stay quiet, but “{words}” fires.").format(
                    text=example, words=hit.surface
                ),
            )


def _refusal(rule: Rule, why: str) -> UserError:
    name = rule.id.strip() or _("without a name")
    return UserError(_("The rule “{rule}” can’t be saved.").format(rule=name), why)

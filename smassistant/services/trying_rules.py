"""Trying rules out before they count: on a text of one's own, and on their own examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from smassistant.checks.phrases import PhraseError, compile_phrase, words_in
from smassistant.checks.rule_files import mistakes_of
from smassistant.checks.rules import RuleBook
from smassistant.domain.folding import fold
from smassistant.domain.rules import Rule, Trace
from smassistant.errors import UserError
from smassistant.i18n import _

_MOST_GUESSES = 5
_TELLING = 4  # letters of a word that says more than "the"


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


def with_exception(rule: Rule, sentence: str) -> Rule:
    """The rule with a phrase to be quiet in `sentence`, which becomes an example of that.

    The phrase is a first guess, for a person to mend: the words found with a neighbour each.
    """
    quiet = rule.quiet if sentence in rule.quiet else (*rule.quiet, sentence)
    guessed = rule
    for _round in range(_MOST_GUESSES):
        fired = [trace for trace in RuleBook([guessed]).traces(sentence) if trace.fires]
        if not fired:
            break
        phrase = _with_neighbour(sentence, fired[0])
        if not phrase or phrase in guessed.not_in:
            break
        guessed = replace(guessed, not_in=(*guessed.not_in, phrase))
    return replace(guessed, quiet=quiet)


def _with_neighbour(sentence: str, trace: Trace) -> str:
    """The words of the trace with the telling word beside them, as a phrase; "" for none."""
    folded = fold(sentence)
    words = words_in(folded.text)
    spans = [folded.span(word.start, word.end) for word in words]
    inside = [at for at, span in enumerate(spans) if span[0] < trace.end and trace.start < span[1]]
    if not inside:
        return ""
    first, last = inside[0], inside[-1]
    beside = [at for at in (first - 1, last + 1) if 0 <= at < len(words)]
    beside = [at for at in beside if words[at].sentence == words[first].sentence]
    telling = [at for at in beside if len(words[at].key) >= _TELLING] or beside
    chosen = sorted({*inside, *telling[:1]})
    phrase = " ".join(words[at].key for at in chosen)
    try:
        compile_phrase(phrase)
    except PhraseError:
        return ""
    return phrase

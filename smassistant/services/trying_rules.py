"""Trying rules out before they count: on a text of one's own, and on their own examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
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
_BESIDE = 3  # words on each side


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

    The phrase is a guess, for a person to mend: the words found with their neighbours, as few as
    leave the rule's own examples firing.
    """
    quiet = rule.quiet if sentence in rule.quiet else (*rule.quiet, sentence)
    guessed = rule
    for _round in range(_MOST_GUESSES):
        fired = [trace for trace in RuleBook([guessed]).traces(sentence) if trace.fires]
        tried = (
            replace(guessed, not_in=(*guessed.not_in, phrase))
            for phrase in (_with_neighbours(sentence, fired[0]) if fired else ())
        )
        better = next((one for one in tried if _still_fires(one)), None)
        if better is None:
            break
        guessed = better
    return replace(guessed, quiet=quiet)


def _still_fires(rule: Rule) -> bool:
    book = RuleBook([rule])
    return all(book.hits(example) for example in rule.fires)


def _with_neighbours(sentence: str, trace: Trace) -> Iterator[str]:
    """The words of the trace with words beside them, as phrases: the shortest first."""
    folded = fold(sentence)
    words = words_in(folded.text)
    spans = [folded.span(word.start, word.end) for word in words]
    inside = [at for at, span in enumerate(spans) if span[0] < trace.end and trace.start < span[1]]
    if not inside:
        return
    same = [at for at, word in enumerate(words) if word.sentence == words[inside[0]].sentence]
    before = [at for at in same if at < inside[0]][-_BESIDE:]
    after = [at for at in same if at > inside[-1]][:_BESIDE]
    pieces = [(left, right) for left in range(len(before) + 1) for right in range(len(after) + 1)]
    pieces = [piece for piece in pieces if piece != (0, 0)]
    # The word before says more than the one behind, unless it is as short as "the".
    telling = bool(before) and len(words[before[-1]].key) >= _TELLING
    pieces.sort(key=lambda piece: (sum(piece), -piece[0] if telling else piece[0]))
    for left, right in pieces:
        chosen = [*before[len(before) - left :], *inside, *after[:right]]
        phrase = " ".join(words[at].key for at in chosen)
        with suppress(PhraseError):
            compile_phrase(phrase)
            yield phrase

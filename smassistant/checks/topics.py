"""Subjects, tone and advertising that the rule packs find (clauses 4, 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.checks.mentions import anchor_at, texts_of
from smassistant.checks.ways_on import ways_on
from smassistant.domain.facts import Check, Facts, TopicHit
from smassistant.domain.findings import Finding, Mend, MendKind, ResolutionKind, Severity
from smassistant.domain.posts import Draft
from smassistant.i18n import _

_GRAVITY = {Severity.ADVICE: 0, Severity.WARN: 1, Severity.BLOCK: 2}


def find_topics(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each rule that fires in a text, at the first place where it does.

    Words that a wider finding of the same kind holds already are not told twice.
    """
    for where, text in texts_of(draft):
        seen: set[str] = set()
        hits = facts.topics.hits(text)
        for hit in hits:
            if hit.rule_id in seen or any(_covers(other, hit) for other in hits):
                continue
            finding = _finding(where, text, hit, draft, facts)
            if not is_settled(finding, draft):
                seen.add(hit.rule_id)
                yield finding


def _covers(wide: TopicHit, hit: TopicHit) -> bool:
    """Whether `wide` says the same about more words, as gravely."""
    return (
        wide.code == hit.code
        and wide.start <= hit.start
        and hit.end <= wide.end
        and wide.end - wide.start > hit.end - hit.start
        and _GRAVITY[Severity(wide.severity)] >= _GRAVITY[Severity(hit.severity)]
    )


def _finding(where: str, text: str, hit: TopicHit, draft: Draft, facts: Facts) -> Finding:
    severity = Severity(hit.severity)
    return Finding(
        code=hit.code,
        clause=hit.clause,
        severity=severity,
        where=where,
        message=_message(hit),
        start=hit.start,
        end=hit.end,
        surface=hit.surface,
        places=draft.places,
        mends=(*ways_on(hit.code, severity, facts), not_a_problem()),
        anchor=anchor_at(where, text, hit.start, hit.end),
        rule=hit.rule_id,
    )


def not_a_problem() -> Mend:
    """What a finding of a rule or a hint offers to whoever thinks it is wrong."""
    return Mend(MendKind.NOT_A_PROBLEM, _("Not a problem"))


def is_settled(finding: Finding, draft: Draft) -> bool:
    """Whether the author called it no problem, which is enough for advice alone."""
    return finding.severity is Severity.ADVICE and any(
        given.kind is ResolutionKind.NOT_A_PROBLEM
        and (given.code, given.anchor) == (finding.code, finding.anchor)
        for given in draft.resolutions
    )


def _message(hit: TopicHit) -> str:
    words = _("“{words}”: {message}").format(words=hit.surface, message=_(hit.message))
    if hit.code.startswith("topic."):
        return words + " " + _("If in doubt, don’t post it, and ask the privacy office first.")
    return words


CHECK = Check("topic", "6", "Subjects that are not for posts", find_topics)

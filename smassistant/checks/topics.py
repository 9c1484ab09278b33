"""Subjects, tone and advertising that the rule packs find (clauses 4, 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.checks.mentions import anchor_at, texts_of
from smassistant.checks.ways_on import ways_on
from smassistant.domain.facts import Check, Facts, TopicHit
from smassistant.domain.findings import Finding, Mend, MendKind, ResolutionKind, Severity
from smassistant.domain.posts import Draft
from smassistant.i18n import _


def find_topics(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each rule that fires in a text, at the first place where it does."""
    for where, text in texts_of(draft):
        seen: set[str] = set()
        for hit in facts.topics.hits(text):
            if hit.rule_id in seen:
                continue
            finding = _finding(where, text, hit, draft, facts)
            if not _is_settled(finding, draft):
                seen.add(hit.rule_id)
                yield finding


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


def _is_settled(finding: Finding, draft: Draft) -> bool:
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

"""Subjects, tone and advertising that the rule packs find (clauses 4, 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.checks.mentions import anchor_at, texts_of
from smassistant.domain.facts import Check, Facts, TopicHit
from smassistant.domain.findings import Finding, Mend, MendKind, Severity
from smassistant.domain.posts import Draft
from smassistant.i18n import _


def find_topics(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each rule that fires in a text, at the first place where it does."""
    for where, text in texts_of(draft):
        seen: set[str] = set()
        for hit in facts.topics.hits(text):
            if hit.rule_id not in seen:
                seen.add(hit.rule_id)
                yield _finding(where, text, hit, draft)


def _finding(where: str, text: str, hit: TopicHit, draft: Draft) -> Finding:
    severity = Severity(hit.severity)
    reason = Mend(MendKind.GIVE_REASON, _("Say why it may be posted"))
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
        mends=(reason,) if severity is Severity.WARN else (),
        anchor=anchor_at(where, text, hit.start, hit.end),
    )


def _message(hit: TopicHit) -> str:
    words = _("“{words}”: {message}").format(words=hit.surface, message=_(hit.message))
    if hit.code.startswith("topic."):
        return words + " " + _("If in doubt, don’t post it, and ask the privacy office first.")
    return words


CHECK = Check("topic", "6", "Subjects that are not for posts", find_topics)

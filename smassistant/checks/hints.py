"""What a post reads like to the trained reader, where no rule says it already (clause 6)."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.checks.mentions import texts_of
from smassistant.checks.topics import is_settled, not_a_problem
from smassistant.checks.ways_on import ways_on
from smassistant.domain.facts import Check, Facts, Hint
from smassistant.domain.findings import Anchor, Finding, Severity
from smassistant.domain.posts import Draft
from smassistant.domain.rules import kind_of as kind_of  # a hint is of one kind with rules
from smassistant.i18n import _, quoted

# The code of a hint and its clause; the family before the dot is that of the rules.
_CODES = {
    "legal": ("topic.legal", "6"),
    "controversial": ("topic.controversial", "6"),
    "policy": ("topic.policy", "6"),
    "contractual": ("topic.contractual", "6"),
    "crisis": ("topic.crisis", "6"),
    "personal_information": ("personal.information", "6"),
    "tone": ("tone.disrespectful", "5"),
    "promotion": ("promotion.advertising", "7"),
}
_SURE = 0.95  # a post that a rule holds anyway gets no hint that is less sure
_SHOWN = 90  # characters of an example


def find_hints(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A piece of advice for each category a text reads like."""
    if facts.hints is None:
        return
    for where, text in texts_of(draft):
        held = bool(facts.topics.hits(text))
        for hint in facts.hints.read(text):
            if held and hint.score < _SURE:
                continue
            finding = _finding(where, text, hint, draft, facts)
            if not is_settled(finding, draft):
                yield finding


def _finding(where: str, text: str, hint: Hint, draft: Draft, facts: Facts) -> Finding:
    code, clause = _CODES[hint.category]
    return Finding(
        code=code,
        clause=clause,
        severity=Severity.ADVICE,
        where=where,
        message=_message(hint, facts),
        places=draft.places,
        mends=(*ways_on(code, Severity.ADVICE, facts), not_a_problem()),
        anchor=Anchor(where, text),
        rule=f"hint:{hint.category}",
    )


def _message(hint: Hint, facts: Facts) -> str:
    likeness = _subject(hint.category)
    if hint.examples:
        likeness += " " + _("The likest one it learned from: {post}").format(
            post=quoted(_short(hint.examples[0]))
        )
    doubt = _("If in doubt, don’t post it, and ask the {office}.")
    return f"{likeness} {doubt.format(office=facts.policies.office)}"


def _subject(category: str) -> str:
    return {
        "legal": _("This reads like posts about legal matters."),
        "controversial": _("This reads like posts that take sides."),
        "policy": _("This reads like posts about the division’s policies and procedures."),
        "contractual": _("This reads like posts about staff, pay and contracts."),
        "crisis": _("This reads like posts about a crisis."),
        "personal_information": _("This reads like posts that tell private things."),
        "tone": _("This reads like posts that hurt somebody."),
        "promotion": _("This reads like advertising."),
    }[category]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN].rsplit(" ", 1)[0] + " …"


CHECK = Check("hint", "6", "Posts that read like what is not for posts", find_hints)

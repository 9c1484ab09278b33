"""The ways on that a finding of words offers: say why, or ask the privacy office (clause 6)."""

from __future__ import annotations

from smassistant.domain.facts import Facts
from smassistant.domain.findings import Mend, MendKind, Severity
from smassistant.domain.referrals import HOLDING
from smassistant.i18n import _


def ways_on(code: str, severity: Severity, facts: Facts) -> tuple[Mend, ...]:
    """What a finding of this code offers, the likeliest first.

    A reason lets a warning go, but one about a subject only where a leader may then decide.
    """
    policies = facts.policies
    ask = Mend(MendKind.REFER, _("Ask the {office}").format(office=policies.office))
    reason = Mend(MendKind.GIVE_REASON, _("Say why it may be posted"))
    if severity is not Severity.WARN:
        return (ask,)
    if code.split(".")[0] != HOLDING:
        return (reason, ask)
    return (ask, reason) if policies.leader_may_decide else (ask,)

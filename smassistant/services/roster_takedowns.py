"""What has to come down because a roster no longer permits it (clause 4.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from smassistant.context import Context
from smassistant.domain.consents import Use
from smassistant.domain.users import Right, User
from smassistant.jobs import Task
from smassistant.services.acting import require
from smassistant.services.reviewing import Reviewer
from smassistant.services.taking_down import open_for_denial
from smassistant.services.touching import Touched, touched_by
from smassistant.services.weighing import Worsened


def touched_by_roster(
    context: Context,
    reviewer: Reviewer | None,
    worse: Iterable[Worsened],
    task: Task | None = None,
) -> tuple[Touched, ...]:
    """The posts that need a permission which somebody loses, published ones first."""
    lost: dict[str, set[Use]] = {}
    for item in worse:
        lost.setdefault(item.person.id, set()).add(item.use)
    return _needing(touched_by(context, reviewer, lost, task), lost)


def take_down_after_roster(
    context: Context,
    actor: User,
    reviewer: Reviewer | None,
    person_ids: Iterable[str],
    reason: str,
) -> int:
    """Put the published posts on the take-down list that the registry no longer permits.

    `person_ids` are those whose permissions an import made worse; how many were put there.
    """
    require(actor, Right.KEEP_REGISTRY)
    touched = [one for one in touched_by(context, reviewer, person_ids) if one.live]
    if not touched:
        return 0
    with context.store.write() as work:
        return open_for_denial(context, work, actor, touched, reason)


def _needing(
    touched: Iterable[Touched], lost: Mapping[str, Collection[Use]]
) -> tuple[Touched, ...]:
    """Those posts that need one of the lost permissions."""
    return tuple(one for one in touched if not one.uses.isdisjoint(lost.get(one.person_id, ())))

"""Setting several mistaken lines of one person's history right as one step (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from smassistant.context import Context
from smassistant.domain.consents import Answer
from smassistant.domain.statements import decision_id
from smassistant.domain.users import Right, User
from smassistant.i18n import _
from smassistant.services.acting import gone, new_id, record, require
from smassistant.services.deciding import correction
from smassistant.services.keeping_registry import PersonRecord, open_person
from smassistant.services.reviewing import Reviewer
from smassistant.services.taking_down import open_for_denial
from smassistant.services.touching import touched_by


def correct_decisions(
    context: Context,
    actor: User,
    person_id: str,
    decision_ids: Iterable[str],
    answer: Answer | None,
    note: str = "",
    reviewer: Reviewer | None = None,
) -> PersonRecord:
    """Set lines right by new ones that name them; None: nothing of it was ever said.

    All of them or none: UserError when one was corrected already or is not this person's.
    """
    require(actor, Right.KEEP_REGISTRY)
    touched = touched_by(context, reviewer, [person_id])
    statement, now = new_id(), context.clock.now()
    with context.store.write() as work:
        history = work.consents.of(person_id)
        corrected = {line.corrects for line in history}
        standing = {line.id: line for line in history if line.id not in corrected}
        new = []
        for wrong_id in dict.fromkeys(decision_ids):
            wrong = standing.get(wrong_id)
            if wrong is None:
                raise gone(_("This decision"))
            line_id = decision_id(statement, wrong.use, wrong.channel)
            new.append(correction(wrong, answer, note.strip(), actor, now, line_id))
        work.consents.add(new)
        said = answer.value if answer is not None else "unsaid"
        for line in new:
            details = {"answer": said, "corrects": str(line.corrects)}
            record(context, work, actor, "decision.corrected", person_id, details)
        reason = _("A permission was entered by mistake")
        takedowns = open_for_denial(context, work, actor, touched, reason)
    return replace(open_person(context, actor, person_id), touched=touched, takedowns=takedowns)

"""Recording a decision and its scan on a worker, for one person or for many."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from smassistant.domain.scans import Scan
from smassistant.jobs import Task
from smassistant.services.drafting import read_file
from smassistant.services.keeping_registry import (
    BulkResult,
    PersonRecord,
    attach_scan,
    record_decision,
    record_for_many,
)
from smassistant.services.keeping_scans import checked_media
from ui.dialogs.decision import Decided
from ui.session import Session


def decide_for_one(session: Session, record: PersonRecord, decided: Decided) -> PersonRecord:
    """Record the decision about the person of `record`, then keep the scan of its form."""
    person_id = record.person.id
    data = read_file(decided.scan) if decided.scan is not None else b""
    if decided.scan is not None:
        checked_media(data)  # before anything is recorded
    after = record_decision(
        session.context, session.user, person_id, decided.uses, decided.channels,
        decided.answer, decided.source, decided.signer, decided.valid_from,
        decided.valid_until, decided.note, session.reviewer,
    )  # fmt: skip
    if decided.scan is not None:
        known = {line.id for line in record.history}
        new = tuple(line.id for line in after.history if line.id not in known)
        attach_scan(session.context, session.user, person_id, new, decided.scan.name, data)
    return after


def decide_for_many(
    session: Session, person_ids: Iterable[str], decided: Decided, task: Task
) -> BulkResult:
    """Record the decision about everybody of `person_ids` as one step."""
    return record_for_many(
        session.context, session.user, tuple(person_ids), decided.uses, decided.channels,
        decided.answer, decided.source, decided.signer, decided.valid_from,
        decided.valid_until, decided.note, task, session.reviewer,
    )  # fmt: skip


def keep_scan(session: Session, person_id: str, decision_ids: Iterable[str], path: Path) -> Scan:
    """Keep the scan of a form with the decisions it proves."""
    data = read_file(path)
    return attach_scan(
        session.context, session.user, person_id, tuple(decision_ids), path.name, data
    )

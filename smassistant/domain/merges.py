"""Two records that were one person, made into one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smassistant.domain.people import Person


@dataclass(frozen=True, slots=True)
class Merge:
    """`gone` was merged into the person `kept_id`; both are kept as they were, for the way back.

    `moved` are the statements, `scans` the scans that went over. `added_in` and `saved_in` are
    the registry's revisions of the gone record, `kept_saved_in` that of the kept one before,
    `revision` that of the merge.
    """

    id: str
    at: datetime
    actor: str
    kept_id: str
    before: Person
    gone: Person
    moved: tuple[str, ...]
    scans: tuple[str, ...]
    takedowns: tuple[str, ...]
    added_in: int
    saved_in: int
    kept_saved_in: int
    revision: int
    undone: bool = False

"""What was brought into the registry in one step, and how a file of one source is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Act(StrEnum):
    """What a step that can be undone as a whole was."""

    ROSTER = "roster"
    BULK = "bulk"


@dataclass(frozen=True, slots=True)
class RosterChoices:
    """What the person importing chose for files of one source.

    `mapping` goes from heading to field, `values` from answer to yes (True), no (False)
    or no answer at all (None).
    `blank_permitted`: a blank answer counts as yes. `day_first` settles dates that can be read
    in two ways (None: nobody has said; the earlier day counts). `ends` is the last day of what
    is granted in rows that tell no expiry; it is for this file only and not kept for the source.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, bool | None] = field(default_factory=dict)
    blank_permitted: bool = False
    day_first: bool | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """A roster that was brought in, or many people decided about in one step.

    `added`, `changed` and `decisions` are how many people and permissions it touched. `revision`
    is the registry's: everything the step wrote bears it.
    """

    id: str
    at: datetime
    actor: str
    file_name: str
    source: str
    added: int
    changed: int
    decisions: int
    undone: bool = False
    act: Act = Act.ROSTER
    revision: int = 0

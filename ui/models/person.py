"""Everything the person panel shows, read in one go on a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smassistant.context import Context
from smassistant.domain.scans import Scan
from smassistant.domain.users import User
from smassistant.services.keeping_registry import PersonRecord, open_person
from smassistant.services.keeping_users import user_names
from smassistant.services.looking_up import AccountAnswer, answers_today, scans_of


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person's record with today's answers for each account, scans, and the names of staff."""

    record: PersonRecord
    answers: tuple[AccountAnswer, ...]
    scans: tuple[Scan, ...]
    names: Mapping[str, str]


def load_person(context: Context, actor: User, person_id: str) -> PersonView:
    """Read it; UserError when the person is gone."""
    return PersonView(
        open_person(context, actor, person_id),
        answers_today(context, actor, person_id),
        scans_of(context, actor, person_id),
        user_names(context),
    )

"""The first start: a school, its division and its first leader."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from smassistant.context import Context
from smassistant.domain.users import Role, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.acting import new_id, record
from smassistant.services.signing_in import hash_strong


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the first-run wizard asks."""

    school: str
    division: str
    leader_name: str
    sign_in: str
    password: str = field(repr=False)
    language: str = "en"


def is_set_up(context: Context) -> bool:
    """Whether somebody can sign in already."""
    with context.store.read() as work:
        return bool(work.users.list())


def set_up(context: Context, plan: SetUp) -> User:
    """Store school and division and make the first leader, who may also keep the registry.

    Refused once anybody exists, so that it can't be used to walk around signing in.
    """
    for value, what in (
        (plan.school, _("the school's name")),
        (plan.leader_name, _("the leader's name")),
        (plan.sign_in, _("a sign-in name")),
    ):
        if not value.strip():
            raise UserError(_("Please give {what}.").format(what=what))
    hashed = hash_strong(context, plan.password, (plan.school, plan.leader_name, plan.sign_in))
    roles = frozenset({Role.LEADER, Role.RECORDS})
    leader = User(
        new_id(), plan.sign_in.strip(), plan.leader_name.strip(), plan.school.strip(), roles
    )
    with context.store.write() as work:
        if work.users.list():
            raise UserError(
                _("This school is already set up."), "", _("Sign in with your own name.")
            )
        settings = replace(
            work.settings.get(),
            school=plan.school.strip(),
            division=plan.division.strip(),
            language=plan.language,
        )
        work.settings.save(settings)
        work.users.add(leader, hashed)
        record(context, work, leader, "school.set_up", "settings")
    return leader

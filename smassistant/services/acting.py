"""What every service does first and last: ask for the right, write the trail."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from smassistant.context import Context
from smassistant.domain.users import Right, User
from smassistant.errors import NotAllowed, UserError
from smassistant.i18n import _
from smassistant.ports import Work

PROGRAM = "program"  # who acts in the trail when nobody is signed in: the publisher


def require(actor: User, *rights: Right) -> None:
    """Raise `NotAllowed` unless the person has one of the rights."""
    if not any(actor.may(right) for right in rights):
        raise NotAllowed(
            _("This is not part of your role."),
            _("Your sign-in does not include the right to do this."),
            _("Ask your school leader to do it or to change your roles."),
        )


def new_id() -> str:
    """A fresh identifier."""
    return uuid4().hex


def new_step_id() -> str:
    """A fresh identifier of a step; short, since the ids of all that it adds begin with it."""
    return uuid4().hex[:12]


def record(
    context: Context,
    work: Work,
    actor: User | None,
    action: str,
    subject: str,
    details: Mapping[str, str] | None = None,
) -> None:
    """Append one line to the trail in the same unit of work as the act."""
    who = actor.id if actor is not None else PROGRAM
    work.trail.append(context.clock.now(), who, action, subject, details or {})


def gone(what: str) -> UserError:
    """The error for something that somebody else has taken away."""
    return UserError(
        _("{what} is no longer there.").format(what=what),
        _("Somebody else may have removed it."),
        _("Go back to the list and look again."),
    )

"""Staff sign-ins and their roles (clauses 3, 3.4)."""

from __future__ import annotations

from smassistant.context import Context
from smassistant.domain.users import Right, Role, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.acting import gone, new_id, record, require
from smassistant.services.signing_in import hash_strong


def list_users(context: Context, actor: User) -> tuple[User, ...]:
    """Everybody with a sign-in, by name."""
    require(actor, Right.KEEP_USERS)
    with context.store.read() as work:
        return work.users.list()


def user_names(context: Context) -> dict[str, str]:
    """Names of staff by user id, for showing who did what."""
    with context.store.read() as work:
        return {user.id: user.name for user in work.users.list()}


def add_user(
    context: Context, actor: User, name: str, sign_in: str, roles: frozenset[Role], password: str
) -> User:
    """Give a member of staff a sign-in."""
    require(actor, Right.KEEP_USERS)
    if not name.strip() or not sign_in.strip():
        raise UserError(_("Please give a name and a sign-in name."))
    if not roles:
        raise UserError(_("Please choose at least one role."))
    hashed = hash_strong(context, password, (name, sign_in, actor.school))
    user = User(new_id(), sign_in.strip(), name.strip(), actor.school, roles)
    with context.store.write() as work:
        if work.users.by_sign_in(user.sign_in) is not None:
            raise UserError(
                _("This sign-in name is taken."), "", _("Choose another, such as a.lastname.")
            )
        work.users.add(user, hashed)
        record(context, work, actor, "user.added", user.id, {"roles": _listed(roles)})
    return user


def save_user(context: Context, actor: User, user: User) -> User:
    """Store changed name, roles or activity; the last active leader can't be lost."""
    require(actor, Right.KEEP_USERS)
    with context.store.write() as work:
        others = [other for other in work.users.list() if other.id != user.id]
        if not user.may(Right.KEEP_USERS) and not any(o.may(Right.KEEP_USERS) for o in others):
            raise UserError(
                _("A school needs at least one leader."),
                _("This is the last sign-in that can change others."),
                _("Make somebody else a leader first."),
            )
        saved = work.users.save(user)
        record(context, work, actor, "user.saved", user.id, {"roles": _listed(user.roles)})
    return saved


def reset_password(context: Context, actor: User, user_id: str, password: str) -> None:
    """Set a new password for somebody who forgot theirs."""
    require(actor, Right.KEEP_USERS)
    with context.store.read() as work:
        user = work.users.get(user_id)
    if user is None:
        raise gone(_("This sign-in"))
    hashed = hash_strong(context, password, (user.name, user.sign_in))
    with context.store.write() as work:
        work.users.set_password_hash(user_id, hashed)
        record(context, work, actor, "password.reset", user_id)


def _listed(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(roles))

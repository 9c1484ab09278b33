"""Signing in and passwords (clause 3.4)."""

from __future__ import annotations

from collections.abc import Sequence

from smassistant.context import Context
from smassistant.domain.users import User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.acting import record


def sign_in(context: Context, sign_in: str, password: str) -> User:
    """The user behind the sign-in name and password.

    A wrong name and a wrong password answer with the same words after the same time, so that
    nobody learns who has a sign-in here.
    """
    with context.store.read() as work:
        user = work.users.by_sign_in(sign_in.strip())
        stored = work.users.password_hash(user.id) if user is not None else None
    right = context.passwords.matches(stored, password)
    known = user is not None and user.active and right
    with context.store.write() as work:
        record(context, work, user, "signed_in" if known else "sign_in_refused", "sign_in")
    if user is None or not known:
        raise UserError(
            _("That sign-in name and password do not go together."),
            "",
            _("Check both and try again, or ask your school leader for a new password."),
        )
    return user


def change_password(context: Context, actor: User, old: str, new: str) -> None:
    """Replace the actor's own password; the old one has to be right and the new one strong."""
    with context.store.read() as work:
        stored = work.users.password_hash(actor.id)
    if not context.passwords.matches(stored, old):
        raise UserError(_("The old password is not right."), "", _("Type it again."))
    hashed = hash_strong(context, new, (actor.name, actor.sign_in))
    with context.store.write() as work:
        work.users.set_password_hash(actor.id, hashed)
        record(context, work, actor, "password.changed", actor.id)


def password_weakness(context: Context, password: str, own_words: Sequence[str] = ()) -> str:
    """Why the password is too weak, in plain words; empty when it is strong enough."""
    return context.passwords.weakness(password, own_words)


def hash_strong(context: Context, password: str, own_words: Sequence[str]) -> str:
    """The hash of a password that is strong enough; UserError says why one is not."""
    weakness = context.passwords.weakness(password, own_words)
    if weakness:
        raise UserError(
            _("This password is too weak."), weakness, _("Choose a longer or rarer one.")
        )
    return context.passwords.hash(password)

"""The school's accounts on places, and proving that their secrets work (clause 3)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smassistant.context import Context
from smassistant.domain.places import PLACES, Account
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.acting import gone, new_id, record, require


@dataclass(frozen=True, slots=True)
class ConnectorChoice:
    """One way of publishing that an account can be given."""

    key: str
    title: str
    by_hand: bool


def list_accounts(context: Context, actor: User) -> tuple[Account, ...]:
    """All approved accounts, by name."""
    require(
        actor, Right.WRITE_POSTS, Right.APPROVE_POSTS, Right.KEEP_ACCOUNTS, Right.ANSWER_REFERRALS
    )
    with context.store.read() as work:
        return tuple(account for account in work.accounts.list() if account.approved)


def connector_choices(context: Context) -> tuple[ConnectorChoice, ...]:
    """Every way of publishing the program knows."""
    return tuple(
        ConnectorChoice(connector.key, connector.title, connector.by_hand)
        for connector in context.connectors.values()
    )


def connect_account(context: Context, actor: User, account: Account, secret: str = "") -> Account:
    """Keep an account (new when its id is empty) after the platform accepted its secret.

    The secret goes to the credentials only; nothing is stored when the platform refuses it.
    """
    require(actor, Right.KEEP_ACCOUNTS)
    _check(context, account)
    connector = context.connectors[account.connector]
    new = not account.id
    account = replace(account, id=account.id or new_id(), school=account.school or actor.school)
    if not connector.by_hand:
        if not secret:
            raise UserError(_("Please give the app password of the account."))
        account = replace(account, handle=connector.identify(account, secret))
        context.credentials.set(account.id, secret)
    with context.store.write() as work:
        if new:
            work.accounts.add(account)
        else:
            account = work.accounts.save(account)
        record(
            context, work, actor, "account.connected", account.id,
            {"place": account.place, "name": account.name},
        )  # fmt: skip
    return account


def disconnect_account(context: Context, actor: User, account_id: str) -> None:
    """Publish nothing more to the account and forget its secret; its history stays."""
    require(actor, Right.KEEP_ACCOUNTS)
    with context.store.write() as work:
        account = work.accounts.get(account_id)
        if account is None:
            raise gone(_("This account"))
        work.accounts.save(replace(account, approved=False))
        record(context, work, actor, "account.disconnected", account_id)
    context.credentials.delete(account_id)


def _check(context: Context, account: Account) -> None:
    """Refuse an account without a name or with a place or connector nobody knows."""
    if not account.name.strip():
        raise UserError(_("Please give the account a name, such as the school's name."))
    if account.place not in PLACES or account.connector not in context.connectors:
        raise UserError(_("Please choose where the account is and how it is published to."))

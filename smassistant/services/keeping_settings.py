"""The division's and school's settings."""

from __future__ import annotations

from dataclasses import replace

from smassistant.context import Context
from smassistant.domain.settings import Settings
from smassistant.domain.users import Right, User
from smassistant.errors import NotAllowed
from smassistant.i18n import _
from smassistant.services.acting import record, require


def get_settings(context: Context) -> Settings:
    """The settings as they stand; readable before anybody signs in."""
    with context.store.read() as work:
        return work.settings.get()


def save_settings(context: Context, actor: User, settings: Settings) -> None:
    """Replace the settings.

    Whether a leader may decide about subjects is for the privacy office to say, and nothing else
    is (clause 6).
    """
    require(actor, Right.KEEP_USERS, Right.KEEP_ACCOUNTS, Right.ANSWER_REFERRALS)
    with context.store.write() as work:
        before = work.settings.get()
        own = settings.leader_may_decide != before.leader_may_decide
        if own and not actor.may(Right.ANSWER_REFERRALS):
            raise NotAllowed(
                _("Whether a leader may decide is not yours to say."),
                _("Clause 6 leaves it to the privacy office."),
                _("Ask the {office} to change it.").format(office=_(before.privacy_office)),
            )
        if replace(settings, leader_may_decide=before.leader_may_decide) != before:
            require(actor, Right.KEEP_USERS, Right.KEEP_ACCOUNTS)
        work.settings.save(settings)
        record(context, work, actor, "settings.saved", "settings")

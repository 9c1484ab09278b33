"""The division's and school's settings."""

from __future__ import annotations

from smassistant.context import Context
from smassistant.domain.settings import Settings
from smassistant.domain.users import Right, User
from smassistant.services.acting import record, require


def get_settings(context: Context) -> Settings:
    """The settings as they stand; readable before anybody signs in."""
    with context.store.read() as work:
        return work.settings.get()


def save_settings(context: Context, actor: User, settings: Settings) -> None:
    """Replace the settings."""
    require(actor, Right.KEEP_USERS, Right.KEEP_ACCOUNTS)
    with context.store.write() as work:
        work.settings.save(settings)
        record(context, work, actor, "settings.saved", "settings")

"""Opening a school on a worker, and what belongs to it while it is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from smassistant.jobs import Task

if TYPE_CHECKING:
    from smassistant.bootstrap import Opened
    from smassistant.context import Context
    from smassistant.demo import DemoSignIn
    from smassistant.services.reviewing import Reviewer


@dataclass(frozen=True)
class School:
    """An open school. `ready` says that somebody can sign in already."""

    context: Context
    reviewer: Reviewer
    ready: bool
    close: Callable[[], None]
    recovery: str = field(default="", repr=False)
    sign_ins: tuple[DemoSignIn, ...] = field(default=(), repr=False)


def open_school(folder: Path, passphrase: str, task: Task) -> School:
    """The school of the data folder, its key from the keyring or the passphrase."""
    from smassistant.bootstrap import open_home, recovery_of

    school = _school(open_home(folder, passphrase))
    # The set-up was left half-way: the recovery key has to be shown again.
    return school if school.ready else replace(school, recovery=recovery_of(folder, passphrase))


def recover_school(folder: Path, recovery: str, passphrase: str, task: Task) -> School:
    """The school whose recovery key was typed in."""
    from smassistant.bootstrap import open_with_recovery

    return _school(open_with_recovery(folder, recovery, passphrase))


def make_school(folder: Path, passphrase: str, task: Task) -> School:
    """A new, empty school with a new key."""
    from smassistant.bootstrap import create_home

    return _school(create_home(folder, passphrase))


def make_up_school(task: Task) -> School:
    """The made-up school of the demo."""
    from smassistant.bootstrap import open_demo

    demo = open_demo()
    reviewer = _reviewer(demo.context)
    return School(demo.context, reviewer, True, demo.close, sign_ins=demo.sign_ins)


def warm_up(school: School, task: Task) -> None:
    """Load what the first sign-in and the first check need, while the person types."""
    import ui.shell.workspace  # noqa: F401 - and with it every page and service

    school.context.passwords.matches(None, "")
    school.reviewer.warm_up()


def tidy(school: School, task: Task) -> None:
    """Forget the pictures and videos that no post has used for a day."""
    from smassistant.services.drafting import forget_unused_photos

    forget_unused_photos(school.context)


def has_keyring() -> bool:
    """Whether this computer's keyring may hold the school's key."""
    from smassistant.bootstrap import keyring_state

    return keyring_state().usable


def _school(opened: Opened) -> School:
    from smassistant.services.setting_up import is_set_up

    context = opened.context
    try:
        ready = is_set_up(context)
        return School(context, _reviewer(context), ready, context.close, recovery=opened.recovery)
    except BaseException:
        context.close()
        raise


def _reviewer(context: Context) -> Reviewer:
    from smassistant.services.reading_hints import HintShelf
    from smassistant.services.reviewing import Reviewer

    return Reviewer(context, HintShelf(context))

"""What every page is handed: who is signed in, and how to reach the rest of the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from smassistant.context import Context
from smassistant.domain.settings import Settings
from smassistant.domain.users import User
from ui.changes import Changes
from ui.jobs import JobRunner
from ui.memory import Memory

if TYPE_CHECKING:
    from smassistant.services.reviewing import Reviewer

Kind = Literal["info", "warning", "error"]


class ShellPort(Protocol):
    """What a page may ask of the window around it."""

    def show_banner(
        self,
        text: str,
        next_step: str = "",
        action_text: str = "",
        action: Callable[[], None] | None = None,
        kind: Kind = "info",
    ) -> None:
        """Say something above the page, with one button where `action_text` names it."""
        ...

    def hide_banner(self) -> None:
        """Take the banner away."""
        ...

    def undo(self, text: str, call: Callable[[], None]) -> None:
        """Say what was done, with an Undo button that runs `call`."""
        ...

    def go_to(self, page_key: str, **where: object) -> None:
        """Show a page; `where` goes to its `open`."""
        ...

    def confirm(self, title: str, text: str, verb: str) -> bool:
        """Ask before something that can't be undone; Cancel is the default."""
        ...

    def set_count(self, page_key: str, n: int) -> None:
        """Show how many things wait on a page, in the sidebar; 0 shows nothing."""
        ...


@dataclass
class Session:
    """One person's time between signing in and locking."""

    context: Context
    user: User
    jobs: JobRunner
    changes: Changes
    reviewer: Reviewer
    settings: Settings
    shell: ShellPort
    memory: Memory

"""The base of every page."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from smassistant.context import Context
from smassistant.domain.users import Right, User
from ui.session import Session


class Page(QWidget):
    """One entry of the sidebar. A page starts its loading in `open`, never when it is made."""

    key: ClassVar[str]
    icon: ClassVar[str]
    right: ClassVar[Right | None] = None

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setObjectName(self.key)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar, in the language spoken now."""
        raise NotImplementedError

    @classmethod
    def open_to(cls, user: User) -> bool:
        """Whether the page stands in this person's sidebar."""
        return cls.right is None or user.may(cls.right)

    @classmethod
    def waiting(cls, context: Context, user: User) -> int:
        """How many things wait here for the user, shown in the sidebar; runs on a worker."""
        return 0

    def open(self, **where: object) -> None:
        """Called each time the page is shown; `where` says at what."""

    def close_down(self) -> None:
        """Save and drop everything, synchronously: the window locks, changes language or closes."""

    def primary(self) -> QWidget | None:
        """What takes the keyboard first."""
        return None

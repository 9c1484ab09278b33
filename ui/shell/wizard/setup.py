"""What the wizard has been told so far, kept when steps are left or rebuilt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from smassistant.context import Context
from smassistant.domain.users import User
from smassistant.errors import UserError
from ui import theme
from ui.jobs import JobRunner
from ui.shell.opening import School
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from smassistant.bootstrap import KeyringReport
    from smassistant.services.importing import RosterPreview


@dataclass
class Setup:
    """Answers, and what came of them. `take_school` is told once the school's data is made."""

    folder: Path
    jobs: JobRunner
    take_school: Callable[[School], None]
    school: School | None = None
    step: int = 0
    name: str = ""
    division: str = ""
    keyring: KeyringReport | None = None
    sealed: bool = False
    passphrase: str = field(default="", repr=False)
    kept: bool = False
    leader: str = ""
    sign_in: str = ""
    password: str = field(default="", repr=False)
    preview: RosterPreview | None = field(default=None, repr=False)
    user: User | None = None
    imported: str = ""


class Step(QWidget):
    """One page of the wizard. It reads `setup` when made and writes it in `keep`."""

    def __init__(self, setup: Setup, title: str, intro: str = "") -> None:
        super().__init__()
        self.setup = setup
        self.title = title
        self.column = QVBoxLayout(self)
        theme.pad(self.column, 0, theme.SPACE)
        self.column.addWidget(theme.heading(title, 1))
        if intro:
            self.column.addWidget(theme.note(intro))
        self.notice = Notice()
        self.column.addWidget(self.notice)

    def context(self) -> Context | None:
        """The school's context, once its data is made."""
        return self.setup.school.context if self.setup.school else None

    def entries(self) -> list[QLineEdit]:
        """The fields in which Return means Next."""
        return self.findChildren(QLineEdit)

    def next_text(self) -> str:
        """Another word for Next, where this step has one."""
        return ""

    def shown(self) -> None:
        """Called each time the step is entered."""

    def keep(self) -> None:
        """Write what was typed into `setup`."""

    def valid(self) -> bool:
        """Whether the step may be left; says what is wrong beside the fields."""
        return True

    def finish(self, go: Callable[[], None], fail: Callable[[UserError], None]) -> None:
        """Do what the step is for, then `go`."""
        go()

    def first(self) -> QWidget | None:
        """What takes the keyboard."""
        entries = self.entries()
        return entries[0] if entries else None

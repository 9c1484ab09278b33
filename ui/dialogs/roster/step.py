"""One step of bringing a roster in."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from smassistant.services.importing import RosterPreview
from ui import theme
from ui.models.roster_reading import RosterReading


class RosterStep(QWidget):
    """Shows one side of the file that `reading` reads; choices go to it and come back read."""

    def __init__(self, reading: RosterReading) -> None:
        super().__init__()
        self.reading = reading
        self.column = QVBoxLayout(self)
        theme.pad(self.column, 0, theme.SPACE)

    def title(self) -> str:
        """The word in the line of steps."""
        raise NotImplementedError

    def show_preview(self, preview: RosterPreview) -> None:
        """Show what was read."""

    def forget(self) -> None:
        """Drop every name."""

    def shown(self) -> None:
        """Called each time the step is entered."""

    def first(self) -> QWidget | None:
        """What takes the keyboard."""
        return None

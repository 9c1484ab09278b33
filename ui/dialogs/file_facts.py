"""What a picture's file says about itself, in a dialog that only tells."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smassistant.domain.pictures import Picture
from smassistant.i18n import _
from ui import theme
from ui.dialogs.fitted import FittedDialog
from ui.widgets.file_facts import FileFacts, file_lines

WIDTH = 480


class FileFactsDialog(FittedDialog):
    """Closes with Enter or Esc."""

    def __init__(self, picture: Picture, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        title = _("What the file of picture {n} says").format(n=number)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        facts = FileFacts()
        facts.show_picture(picture)
        self.close_button = QPushButton(_("Close"))
        self.close_button.setProperty("role", "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self.setAccessibleDescription(". ".join(": ".join(line) for line in file_lines(picture)))
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.MARGIN, theme.SPACE)
        layout.addWidget(theme.heading(title, 2))
        layout.addWidget(facts)
        layout.addStretch()
        layout.addLayout(buttons)
        self.finished.connect(self.deleteLater)

"""One file to be attached: chosen with a button or dropped, its name shown, taken off again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from smassistant.i18n import _
from ui import icons, theme
from ui.dialogs.files import choose_file
from ui.widgets.drop_area import dropped_path

FORMS = "(*.pdf *.jpg *.jpeg *.png)"


class Attachment(QWidget):
    """The scan of a signed form: a PDF, JPEG or PNG."""

    chosen = Signal(object)  # Path or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.setAcceptDrops(True)
        self.choose_button = QPushButton(_("Attach the scanned form…"))
        icons.put(self.choose_button, "file")
        self.choose_button.clicked.connect(self.choose)
        self._name = theme.note(_("PDF, JPEG or PNG; kept encrypted."))
        self.remove = QPushButton(_("Take it off"))
        self.remove.setProperty("role", "quiet")
        self.remove.clicked.connect(lambda: self.take(None))
        self.remove.hide()
        row = QHBoxLayout(self)
        theme.pad(row, 0, theme.GAP)
        row.addWidget(self.choose_button)
        row.addWidget(self._name, 1)
        row.addWidget(self.remove)

    def choose(self) -> None:
        """Ask for the file."""
        if path := choose_form(self):
            self.take(path)

    def take(self, path: Path | None) -> None:
        """Have this file, or none."""
        self.path = path
        self._name.setText(path.name if path else _("PDF, JPEG or PNG; kept encrypted."))
        self.remove.setVisible(path is not None)
        self.chosen.emit(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_path(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := dropped_path(event):
            event.acceptProposedAction()
            self.take(path)


def choose_form(parent: QWidget) -> Path | None:
    """Ask for the scan of a signed form."""
    return choose_file(parent, _("Attach the scanned form"), f"{_('Scanned forms')} {FORMS}")

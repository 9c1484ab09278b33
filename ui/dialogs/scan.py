"""Looking at the scan of a signed form; it never leaves the database unless a copy is asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.scans import Scan
from smassistant.i18n import _
from ui import theme
from ui.dialogs.files import choose_new_file
from ui.widgets.empty_note import EmptyNote
from ui.widgets.notice import Notice

SIZE = (720, 640)


class ScanDialog(QDialog):
    """A picture is shown; a PDF, which the program can't draw, can only be saved as a copy."""

    def __init__(self, scan: Scan, data: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(scan.name)
        self.resize(*SIZE)
        self._scan, self._data = scan, data
        self.notice = Notice()
        self.save = QPushButton(_("Save a copy…"))
        self.save.setAutoDefault(False)
        self.close_button = QPushButton(_("Close"))
        self.close_button.setDefault(True)
        self.save.clicked.connect(self.save_copy)
        self.close_button.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addWidget(theme.heading(scan.name, 1))
        column.addWidget(self.notice)
        column.addWidget(self._sheet(), 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        column.addLayout(buttons)
        self.finished.connect(self.deleteLater)

    def save_copy(self) -> None:
        """Write the form to a file of the person's choice, which is not encrypted any more."""
        path = choose_new_file(self, _("Save a copy"), "", self._scan.name)
        if path is None:
            return
        try:
            path.write_bytes(self._data)
        except OSError as error:
            self.notice.say(_("The copy could not be saved."), error.strerror or "", "error")
            return
        self.notice.say(
            _("The copy is saved."),
            _("It is not encrypted: delete it when you no longer need it."),
            "warning",
        )

    def _sheet(self) -> QWidget:
        picture = QPixmap()
        if not self._scan.media.startswith("image/") or not picture.loadFromData(self._data):
            note = EmptyNote("file")
            note.show_words(
                _("This form is a PDF"), _("Save a copy to open it in your PDF program.")
            )
            return note
        label = QLabel()
        label.setAccessibleName(_("The scanned form"))
        width = SIZE[0] - 2 * theme.MARGIN - 24
        if picture.width() > width:
            picture = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        label.setPixmap(picture)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setAccessibleName(_("The scanned form"))
        area.setWidgetResizable(True)
        area.setWidget(label)
        return area

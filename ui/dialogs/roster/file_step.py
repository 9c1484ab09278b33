"""Step 1: the file, and the rosters that were brought in before, each with its way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from smassistant.domain.imports import Import
from smassistant.i18n import _, ngettext
from smassistant.services.importing import RosterPreview
from ui import theme, words
from ui.dialogs.roster.step import RosterStep
from ui.models.roster_reading import RosterReading
from ui.roster_words import form_words
from ui.widgets.drop_area import DropArea
from ui.widgets.forms import card
from ui.widgets.words import number_words

MOST = 6  # earlier rosters that are listed


class FileStep(RosterStep):
    """`undo_asked` carries the earlier roster that is to be taken back."""

    undo_asked = Signal(object)  # Import

    def __init__(self, reading: RosterReading, zone: str) -> None:
        super().__init__(reading)
        self._zone = zone
        self.drop = DropArea(
            _("Drop the school's roster here: a CSV, TSV or XLSX file."),
            _("Rosters") + " (*.csv *.tsv *.txt *.xlsx)",
        )
        self.drop.chosen.connect(reading.read)
        self.file = QLabel()
        self.file.setWordWrap(True)
        self.file.hide()
        self.undo_buttons: list[QPushButton] = []
        self._earlier, self._lines = card()
        self._lines.addWidget(theme.heading(_("Brought in before"), 3))
        self._earlier.hide()
        self.column.addWidget(
            theme.note(
                _(
                    "Export the roster from the student system with the permissions in it, or the "
                    "answers from a form. Exports of PowerSchool, Skyward, OneRoster, Google Forms "
                    "and Microsoft Forms are understood, and any other list with headings."
                )
            )
        )
        self.column.addWidget(self.drop)
        self.column.addWidget(self.file)
        self.column.addWidget(self._earlier)
        self.column.addStretch()

    def title(self) -> str:
        return _("File")

    def first(self) -> QWidget | None:
        return self.drop.button

    def show_preview(self, preview: RosterPreview) -> None:
        path = self.reading.path or Path()
        self.file.setText(_("{file}: {form}").format(file=path.name, form=form_words(preview)))
        self.file.show()

    def forget(self) -> None:
        self.file.setText("")
        self.file.hide()

    def show_earlier(self, imports: tuple[Import, ...]) -> None:
        """List what was brought in before, the newest first."""
        for row in self._earlier.findChildren(_EarlierRow):
            row.deleteLater()
        self.undo_buttons = []
        for item in imports[:MOST]:
            row = _EarlierRow(item, self._zone, self.undo_asked.emit)
            self._lines.addWidget(row)
            self.undo_buttons.append(row.undo)
        self._earlier.setVisible(bool(imports))


class _EarlierRow(QWidget):
    """One earlier roster: when, which file, what it did, and Undo."""

    def __init__(self, item: Import, zone: str, undo: Callable[[Import], None]) -> None:
        super().__init__()
        text = earlier_words(item, zone)
        label = QLabel(text)
        label.setWordWrap(True)
        self.undo = QPushButton(_("Undo"))
        self.undo.setAccessibleName(_("Undo: {what}").format(what=text))
        self.undo.setVisible(not item.undone)
        self.undo.clicked.connect(lambda: undo(item))
        row = QHBoxLayout(self)
        theme.pad(row, 0, theme.SPACE)
        row.addWidget(label, 1)
        row.addWidget(self.undo)


def earlier_words(item: Import, zone: str) -> str:
    """What an earlier roster was and did, in one line."""
    text = _("{when}, {file}: {did}").format(
        when=words.time_word(item.at, zone), file=item.file_name or _("a roster"),
        did=did_words(item.added, item.changed, item.decisions),
    )  # fmt: skip
    return _("{what} (undone)").format(what=text) if item.undone else text


def did_words(added: int, changed: int, decisions: int) -> str:
    """What bringing a roster in did, in numbers."""
    parts = (
        ngettext("{n} new", "{n} new", added).format(n=number_words(added)),
        ngettext("{n} changed", "{n} changed", changed).format(n=number_words(changed)),
        ngettext("{n} permission", "{n} permissions", decisions).format(n=number_words(decisions)),
    )
    return ", ".join(parts)

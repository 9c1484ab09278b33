"""One of two records that may be the same person, with what tells them apart in bold."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smassistant.domain.consents import Channel, Use
from smassistant.i18n import _, ngettext
from smassistant.services.keeping_registry import PersonRecord
from ui import icons, theme, words
from ui.models.history import acts
from ui.models.people import said
from ui.widgets.forms import card


class RecordCard(QWidget):
    """The facts of a record; `keep` makes the other one part of it."""

    def __init__(self) -> None:
        super().__init__()
        frame, inside = card()
        self._name = theme.heading("", 2)
        self._name.setWordWrap(True)
        self._grid = QGridLayout()
        theme.pad(self._grid, 0, 6)
        self._grid.setHorizontalSpacing(theme.SPACE)
        self._grid.setColumnStretch(1, 1)
        self.keep = QPushButton(_("Keep this record"))
        self.keep.setAutoDefault(False)
        icons.put(self.keep, "check")
        inside.addWidget(self._name)
        inside.addLayout(self._grid)
        inside.addSpacing(theme.GAP)
        inside.addWidget(self.keep)
        column = QVBoxLayout(self)
        theme.pad(column)
        column.addWidget(frame)

    def show_record(self, record: PersonRecord, other: PersonRecord) -> None:
        """Show a record; what `other` has differently stands out and is marked for ears too."""
        self._name.setText(record.person.shown_name)
        self.keep.setAccessibleDescription(record.person.described)
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row, (mine, theirs) in enumerate(zip(facts(record), facts(other), strict=True)):
            name, value = QLabel(mine[0]), QLabel(mine[1] or "–")
            name.setProperty("role", "muted")
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)
            if mine != theirs:
                font = QFont(value.font())
                font.setWeight(QFont.Weight.DemiBold)
                value.setFont(font)
                value.setAccessibleDescription(_("differs"))
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1)


def facts(record: PersonRecord) -> list[tuple[str, str]]:
    """What is compared, each with its name."""
    person = record.person
    photo = record.rulings[Use.PHOTO, Channel.SOCIAL_MEDIA]
    name = record.rulings[Use.FULL_NAME, Channel.SOCIAL_MEDIA]
    entries = len(acts(record.history))
    return [
        (_("First name"), person.first_name),
        (_("Last name"), person.last_name),
        (_("Other names"), ", ".join(filter(None, (person.preferred_name, *person.other_names)))),
        (_("Kind of person"), words.kind_word(person.kind)),
        (_("Number"), person.number),
        (_("Homeroom"), person.homeroom),
        (_("Grade"), person.grade),
        (_("School"), person.school),
        (_("Photo"), said(photo)),
        (_("Full name"), said(name)),
        (_("History"), ngettext("{n} entry", "{n} entries", entries).format(n=entries)),
    ]

"""One person of the registry: what is permitted where and why, and how it came about."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smassistant.domain.people import Person
from smassistant.i18n import _, labelled, ngettext
from ui import icons, theme, words
from ui.delegates.people import group_words
from ui.models.history import acts, conflict_words
from ui.models.person import PersonView
from ui.widgets.forms import card
from ui.widgets.history_list import HistoryList
from ui.widgets.notice import Notice
from ui.widgets.permission_table import PermissionTable
from ui.widgets.today_card import TodayCard

MOST_TOLD = 3  # contradictions; the history shows the rest


class PersonPanel(QWidget):
    """Shows a `PersonView`; what may be changed depends on the right to keep the registry."""

    decision_asked = Signal()
    edit_asked = Signal()
    restriction_asked = Signal(bool)

    def __init__(self, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setProperty("role", "scrolled")
        self.setAccessibleName(_("The chosen person"))
        self._name = theme.heading("", 1)
        self._name.setWordWrap(True)
        self._group = theme.note()
        self._more = theme.note()
        self.record_button = _button(_("Record a decision…"), "write", may_change)
        self.record_button.clicked.connect(self.decision_asked)
        self.edit_button = _button(_("Edit…"), "person", may_change)
        self.edit_button.clicked.connect(self.edit_asked)
        self.restricted = QCheckBox(_("Never publish this person"))
        self.restricted.setEnabled(may_change)
        self.restricted.clicked.connect(self.restriction_asked)
        self.warning = Notice()
        self.today = TodayCard()
        self.table = PermissionTable()
        self.past = HistoryList(may_change)
        self._lay_out()

    @property
    def history(self) -> QWidget:
        """The list of what was recorded."""
        return self.past.list

    def show_view(self, view: PersonView, zone: str) -> None:
        """Show a person with today's answers."""
        record = view.record
        person = record.person
        self._name.setText(person.shown_name)
        kind = words.kind_word(person.kind)
        self._group.setText(" · ".join(part for part in (kind, group_words(person)) if part))
        self._more.setText("\n".join(_remarks(person)))
        self._more.setVisible(bool(self._more.text()))
        self.restricted.setChecked(person.restricted)
        self.today.show_answers(view.answers)
        self._warn([conflict_words(found) for found in record.conflicts])
        self.table.show_rulings(record.rulings)
        self.past.show_acts(acts(record.history), view.scans, view.names, zone)

    def forget(self) -> None:
        """Drop the name and everything said about the person."""
        for label in (self._name, self._group, self._more):
            label.setText("")
        self.warning.clear()
        self.today.forget()
        self.table.forget()
        self.past.forget()

    def _warn(self, contradictions: list[str]) -> None:
        """Answers that contradict each other are told above everything else."""
        if contradictions:
            more = "\n".join(contradictions[:MOST_TOLD])
            self.warning.say(_("Two answers contradict each other"), more, "warning")
        else:
            self.warning.clear()

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        theme.pad(names, 0, 2)
        for label in (self._name, self._group, self._more):
            names.addWidget(label)
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addLayout(names, 1)
        for button in (self.edit_button, self.record_button):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        permissions, inside = card()
        inside.addWidget(theme.heading(_("What is permitted today"), 2))
        inside.addWidget(self.table)
        inside.addWidget(self.restricted)
        past, lines = card()
        lines.addWidget(theme.heading(_("History"), 2))
        lines.addWidget(self.past, 1)
        column = QVBoxLayout(self)
        theme.pad(column, 0, theme.SPACE)
        column.addLayout(top)
        column.addWidget(self.warning)
        column.addWidget(self.today)
        column.addWidget(permissions)
        column.addWidget(past, 1)


def _remarks(person: Person) -> list[str]:
    """What else is worth knowing; names to avoid are counted, never shown."""
    found = []
    if person.other_names:
        found.append(labelled(_("Also called"), ", ".join(person.other_names)))
    if person.preferred_name and person.preferred_name != person.first_name:
        found.append(labelled(_("First name in the roster"), person.first_name))
    if person.signs_for_self:
        found.append(_("Signs for themself."))
    if person.avoid_names:
        found.append(
            ngettext(
                "{n} former name is looked for in posts and never shown.",
                "{n} former names are looked for in posts and never shown.",
                len(person.avoid_names),
            ).format(n=len(person.avoid_names))
        )
    return found


def _button(text: str, icon: str, shown: bool) -> QPushButton:
    button = QPushButton(text)
    if not shown:
        button.hide()  # a button without a parent that is shown would be a window
    icons.put(button, icon)
    return button

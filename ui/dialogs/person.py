"""Adding a person to the registry, or changing what is known about one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from smassistant.domain.people import Kind, Person
from smassistant.i18n import _
from smassistant.services.keeping_registry import save_person
from ui import theme, words
from ui.dialogs.form_dialog import FormDialog
from ui.session import Session
from ui.widgets.forms import Field, line

BETWEEN = ", "  # between several names in one field


class PersonDialog(FormDialog):
    """`saved` carries the person as stored; with `person` None a new one is added."""

    def __init__(self, session: Session, person: Person | None, parent: QWidget) -> None:
        new = person is None
        title = _("Add a person") if person is None else _("Edit {name}").format(
            name=person.shown_name
        )  # fmt: skip
        super().__init__(session, title, _("Add") if new else _("Save"), parent)
        self.setMinimumWidth(640)
        self.person = person or Person("", "", "", "", kind=Kind.STAFF, school=session.user.school)
        known = self.person
        self.first = Field(_("First name"), line(known.first_name))
        self.last = Field(_("Last name"), line(known.last_name))
        preferred = [known.preferred_name] if known.preferred_name else []
        self.preferred = Field(
            _("Preferred and other names"),
            line(BETWEEN.join((*preferred, *known.other_names))),
            _("With commas between; the first one is shown."),
        )
        self.avoid = Field(
            _("Names to avoid"),
            line(BETWEEN.join(known.avoid_names)),
            _("Former names: posts are searched for them, and they are never shown."),
        )
        self.kind = QComboBox()
        for kind in Kind:
            self.kind.addItem(words.kind_word(kind), kind)
        self.kind.setCurrentIndex(self.kind.findData(known.kind))
        self.number = Field(_("Number"), line(known.number))
        self.grade = Field(_("Grade"), line(known.grade))
        self.homeroom = Field(_("Homeroom"), line(known.homeroom))
        self.school = Field(_("School"), line(known.school))
        self.signs = QCheckBox(_("Signs for themself (an adult student, staff, a volunteer)"))
        self.signs.setChecked(known.signs_for_self)
        self._lay_out()

    def save(self) -> None:
        """Check the names, then store the person."""
        person = self.filled()
        for field, name in ((self.first, person.first_name), (self.last, person.last_name)):
            field.say("" if name else _("Please type this name."))
        if not person.first_name or not person.last_name:
            return
        session = self.session
        self.work(lambda _task: save_person(session.context, session.user, person), _("Saving…"))

    def filled(self) -> Person:
        """The person as the fields say."""
        preferred = _names(self.preferred)
        shown = preferred[0] if preferred else ""
        if not self.person.preferred_name and self.preferred.entry.text() == BETWEEN.join(
            self.person.other_names
        ):
            shown, preferred = "", ("", *preferred)  # other names stay other names until edited
        return replace(
            self.person,
            first_name=_text(self.first),
            last_name=_text(self.last),
            preferred_name=shown,
            other_names=preferred[1:],
            avoid_names=_names(self.avoid),
            kind=Kind(self.kind.currentData()),
            number=_text(self.number),
            grade=_text(self.grade),
            homeroom=_text(self.homeroom),
            school=_text(self.school),
            signs_for_self=self.signs.isChecked(),
        )

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE)
        grid.setVerticalSpacing(12)
        kind = Field(_("Kind of person"), self.kind)
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self.first, self.last), (self.preferred,), (self.avoid,), (kind, self.number),
            (self.grade, self.homeroom), (self.school,),
        )  # fmt: skip
        for row, fields in enumerate(rows):
            for column, field in enumerate(fields):
                grid.addWidget(field, row, column, 1, 3 - len(fields) if column == 0 else 1)
        self.column.addLayout(grid)
        self.column.addWidget(self.signs)


def _text(field: Field[QLineEdit]) -> str:
    return " ".join(field.entry.text().split())


def _names(field: Field[QLineEdit]) -> tuple[str, ...]:
    """The names of a field, once each."""
    names = (" ".join(name.split()) for name in field.entry.text().split(","))
    return tuple(dict.fromkeys(name for name in names if name))

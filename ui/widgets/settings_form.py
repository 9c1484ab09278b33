"""The division's settings as fields: the school, what may be published at most, the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.policies import grade_key
from smassistant.domain.settings import Settings
from smassistant.i18n import LANGUAGES, N_, _
from ui import theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.forms import Field, card, inset, line
from ui.widgets.year_end import YearEnd

GRADES = ("K", *(str(number) for number in range(1, 13)))
EARLY = GRADES[:7]  # K to 6
LONGEST_IDLE = 60  # minutes
_ZONES = {
    "America/St_Johns": N_("Newfoundland"),
    "America/Halifax": N_("Atlantic"),
    "America/Toronto": N_("Eastern"),
    "America/Winnipeg": N_("Central"),
    "America/Regina": N_("Saskatchewan"),
    "America/Edmonton": N_("Mountain"),
    "America/Whitehorse": N_("Yukon"),
    "America/Vancouver": N_("Pacific"),
}


class SettingsForm(QWidget):
    """Shows settings and gives back what was changed; `edited` at every change by hand."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self._shown = Settings()
        self.school = Field(_("School"), line(), _("As it signs its posts."))
        self.division = Field(_("School division"), line())
        self.zone = Field(_("Time zone"), _combo({key: _(name) for key, name in _ZONES.items()}))
        self.office = Field(
            _("Who answers privacy questions"), line(), _("The office's name, as staff know it.")
        )
        self.contacts = Field(
            _("The school's own contacts"),
            _area(),
            _(
                "What may be published, one a line: domains, phone numbers, e-mail and street "
                "addresses, hashtags, pages of staff."
            ),
        )
        self.words = Field(
            _("The school's own words"),
            _area(),
            _("Right to the spelling check, one a line. Names of the registry are right already."),
        )
        self.surname = QCheckBox(_("Never a student's surname beside a photo"))
        self.events = QCheckBox(_("A public event may be a leader's reason to show a student"))
        self.grades = {grade: QCheckBox(_(grade)) for grade in GRADES}
        self.early = QPushButton(_("Choose K to 6"))
        self.ends = YearEnd()
        self.leader = QCheckBox(_("A school leader may decide about subjects"))
        self._others: list[QWidget] = []
        self.idle = Field(
            _("Lock an unused window after"), _minutes(), _("Staff share computers (clause 3.4).")
        )
        self.language = Field(
            _("Language"), _combo(LANGUAGES), _("Everybody may choose their own in the header.")
        )
        self._lay_out()
        self._listen()
        self.show_settings(Settings())

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        self.blockSignals(True)
        self._shown = settings
        self.school.entry.setText(settings.school)
        self.school.say("")
        self.division.entry.setText(settings.division)
        self.office.entry.setText(_(settings.privacy_office))
        self.contacts.entry.setPlainText("\n".join(settings.own_contacts))
        self.words.entry.setPlainText("\n".join(settings.own_words))
        _choose(self.zone.entry, settings.zone)
        _choose(self.language.entry, settings.language)
        self.surname.setChecked(not settings.surname_beside_photo)
        self.events.setChecked(settings.public_events)
        chosen = {grade_key(grade) for grade in settings.first_name_grades}
        for grade, box in self.grades.items():
            box.setChecked(grade_key(grade) in chosen)
        self.ends.show_day(settings.permission_ends)
        self.leader.setChecked(settings.leader_may_decide)
        self.idle.entry.setMaximum(max(LONGEST_IDLE, settings.idle_minutes))
        self.idle.entry.setValue(settings.idle_minutes)
        self.blockSignals(False)

    def allow(self, office: bool, others: bool) -> None:
        """Who is signed in: the privacy office's own choice is theirs alone, all else is not."""
        self.leader.setEnabled(office)
        for group in self._others:
            group.setEnabled(others)

    def changed(self) -> dict[str, object]:
        """The fields of `Settings` that now hold something else than was shown."""
        shown = self._shown
        return {
            name: value for name, value in self._values().items() if value != getattr(shown, name)
        }

    def valid(self) -> bool:
        """Whether it can be saved; what is wrong is said beside its field."""
        named = bool(self.school.entry.text().strip()) or not self.school.isEnabled()
        self.school.say("" if named else _("Type the school's name."))
        if not named:
            self.school.entry.setFocus()
        return named

    def _values(self) -> dict[str, object]:
        shown = self._shown
        office = self.office.entry.text().strip()
        return {
            "school": self.school.entry.text().strip(),
            "division": self.division.entry.text().strip(),
            "zone": self.zone.entry.currentData(),
            "language": self.language.entry.currentData(),
            "privacy_office": (
                office if office and office != _(shown.privacy_office) else shown.privacy_office
            ),
            "own_contacts": _lines(self.contacts.entry),
            "own_words": _lines(self.words.entry),
            "surname_beside_photo": not self.surname.isChecked(),
            "public_events": self.events.isChecked(),
            "first_name_grades": self._chosen_grades(),
            "permission_ends": self.ends.day(),
            "leader_may_decide": self.leader.isChecked(),
            "idle_minutes": self.idle.entry.value(),
        }

    def _chosen_grades(self) -> tuple[str, ...]:
        """What was shown, if it means the same grades; a grade without a box stays."""
        shown = self._shown.first_name_grades
        boxes = {grade_key(grade) for grade in GRADES}
        others = tuple(grade for grade in shown if grade_key(grade) not in boxes)
        now = tuple(grade for grade, box in self.grades.items() if box.isChecked())
        before = {grade_key(grade) for grade in shown} & boxes
        return shown if {grade_key(grade) for grade in now} == before else (*now, *others)

    # Layout

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        most = _group(
            _("What may be published at most"),
            theme.note(_("The division's own limits, whatever families have permitted.")),
            self.surname,
            self.events,
            self._grades_field(),
            self.ends,
        )
        school = _group(
            _("School and division"), self.school, self.division, self.zone, self.office
        )
        program = _group(_("This program"), self.idle, self.language)
        contacts, spelling = _group(_("Contacts"), self.contacts), _group(_("Spelling"), self.words)
        self._others = [school, program, most, contacts, spelling]
        subjects = _group(
            _("Subjects of clause 6"),
            self.leader,
            theme.note(
                _(
                    "Instead of asking the privacy office: the author gives a reason, and the "
                    "leader who approves decides in words that are kept. Only that office "
                    "switches this."
                )
            ),
        )
        for column, groups in (
            (left, (school, program, spelling)),
            (right, (most, subjects, contacts)),
        ):
            theme.pad(column, 0, theme.SPACE)
            for group in groups:
                column.addWidget(group)
            column.addStretch()
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, theme.GAP, 0)
        both.setSpacing(theme.SPACE)
        both.addLayout(left, 1)
        both.addLayout(right, 1)

    def _grades_field(self) -> QWidget:
        field = QWidget()
        column = QVBoxLayout(field)
        theme.pad(column, 0, 4)
        column.addWidget(theme.heading(_("First names only in these grades"), 3))
        boxes = FlowLayout(spacing=2)
        for grade, box in self.grades.items():
            spoken = _("First names only in grade {grade}").format(grade=_(grade))
            box.setAccessibleName(spoken)
            boxes.addWidget(box)
        column.addLayout(boxes)
        self.early.setProperty("role", "link")
        self.early.clicked.connect(self._choose_early)
        column.addWidget(self.early, alignment=Qt.AlignmentFlag.AlignLeft)
        return field

    def _choose_early(self) -> None:
        for grade in EARLY:
            self.grades[grade].setChecked(True)

    def _listen(self) -> None:
        for field in (self.school, self.division, self.office):
            field.entry.textChanged.connect(self.edited)
        for combo in (self.zone, self.language):
            combo.entry.currentIndexChanged.connect(self.edited)
        for box in (self.surname, self.events, self.leader, *self.grades.values()):
            box.toggled.connect(self.edited)
        for lines in (self.contacts, self.words):
            lines.entry.textChanged.connect(self.edited)
        self.idle.entry.valueChanged.connect(self.edited)
        self.ends.edited.connect(self.edited)


def _group(title: str, *rows: QWidget) -> QWidget:
    frame, column = card()
    column.setSpacing(theme.SPACE)
    column.addWidget(theme.heading(title, 2))
    for row in rows:
        column.addWidget(row)
    return frame


def _area() -> QPlainTextEdit:
    """A field of several lines that Tab leaves."""
    area = QPlainTextEdit()
    area.setTabChangesFocus(True)
    area.setFixedHeight(96)
    return area


def _lines(entry: QPlainTextEdit) -> tuple[str, ...]:
    """What stands on the lines of a field."""
    lines = entry.toPlainText().splitlines()
    return tuple(text for line in lines if (text := line.strip()))


def _combo(choices: dict[str, str]) -> QComboBox:
    combo = QComboBox()
    combo.setMinimumHeight(theme.TARGET)
    for key, text in choices.items():
        combo.addItem(text, key)
    return combo


def _choose(combo: QComboBox, key: str) -> None:
    """Show the entry of a key; one that was never offered is offered now, as it is."""
    if combo.findData(key) < 0:
        combo.addItem(key, key)
    combo.setCurrentIndex(combo.findData(key))


def _minutes() -> QSpinBox:
    before, _mark, after = _("{n} min").partition("{n}")
    spin = QSpinBox()
    spin.setRange(1, LONGEST_IDLE)
    spin.setPrefix(before)
    spin.setSuffix(after)
    inset(spin)
    return spin

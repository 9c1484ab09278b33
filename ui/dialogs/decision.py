"""Recording what a parent, guardian or adult student decided (clause 4.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.consents import Answer, Channel, Source, Use
from smassistant.errors import UserError
from smassistant.i18n import _, labelled
from ui import theme, words
from ui.dialogs.fitted import FittedDialog
from ui.widgets.forms import Field, line, rule
from ui.widgets.notice import Notice

SOURCES = (Source.FORM, Source.CALL, Source.LETTER, Source.EMAIL)
_EXPLAINED = {
    Answer.GRANTED: lambda: _("may be published"),
    Answer.REFUSED: lambda: _("may not be published"),
    Answer.WITHDRAWN: lambda: _("was permitted before and is no longer"),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What the dialog was told."""

    uses: frozenset[Use]
    channels: frozenset[Channel]
    answer: Answer
    source: Source
    signer: str
    valid_from: date
    valid_until: date | None
    note: str


class DecisionDialog(FittedDialog):
    """Stays open until `record` succeeded; `record(decided, done, failed)` does the work."""

    def __init__(
        self,
        who: str,
        today: date,
        record: Callable[[Decided, Callable[[], None], Callable[[UserError], None]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Record a decision"))
        self.setMinimumWidth(560)
        self._record = record
        self.notice = Notice()
        self.answers = {answer: _radio(answer) for answer in Answer}
        self.answers[Answer.GRANTED].setChecked(True)
        self.uses = {use: QCheckBox(words.use_word(use)) for use in Use}
        self.channels = {channel: QCheckBox(words.channel_word(channel)) for channel in Channel}
        self.signer = Field(
            _("Who decided"), line(), _("The parent, guardian or adult student who said so.")
        )
        self.source = QComboBox()
        for source in SOURCES:
            self.source.addItem(words.source_word(source), source)
        day = QDate(today.year, today.month, today.day)
        self.begins = _day_edit(day)
        self.ends = _day_edit(day.addYears(1))
        self.ends.setEnabled(False)
        self.ends.setAccessibleName(_("Last day"))
        self.limited = QCheckBox(_("Only until"))
        self.limited.toggled.connect(self.ends.setEnabled)
        self.note = Field(_("Note"), line(), _("For the school's own use; leave out reasons."))
        self.cancel, self.save = QPushButton(_("Cancel")), QPushButton(_("Record"))
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.record)
        self._lay_out(who)
        self.answers[Answer.GRANTED].toggled.connect(self._show_end)

    def record(self) -> None:
        """Hand the decision over; what is wrong with it is said in the dialog."""
        self.notice.clear()
        self.save.setEnabled(False)
        self._record(self.decided(), self.accept, self._refuse)

    def decided(self) -> Decided:
        """What is chosen now."""
        ends = self.limited.isChecked() and self.answers[Answer.GRANTED].isChecked()
        return Decided(
            frozenset(use for use, box in self.uses.items() if box.isChecked()),
            frozenset(channel for channel, box in self.channels.items() if box.isChecked()),
            next(answer for answer, radio in self.answers.items() if radio.isChecked()),
            SOURCES[self.source.currentIndex()],
            self.signer.entry.text().strip(),
            _date(self.begins),
            _date(self.ends) if ends else None,
            self.note.entry.text().strip(),
        )

    def _refuse(self, error: UserError) -> None:
        self.save.setEnabled(True)
        self.notice.tell(error)

    def _show_end(self, granted: bool) -> None:
        self.limited.setVisible(granted)
        self.ends.setVisible(granted)

    def _lay_out(self, who: str) -> None:
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addWidget(theme.heading(_("Record a decision"), 1))
        column.addWidget(theme.note(who))
        column.addWidget(self.notice)
        answers = QVBoxLayout()
        theme.pad(answers, 0, 0)
        for radio in self.answers.values():
            answers.addWidget(radio)
        column.addLayout(answers)
        column.addWidget(rule())
        column.addLayout(self._choices())
        column.addWidget(rule())
        column.addLayout(self._details())
        column.addWidget(self.note)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column.addLayout(buttons)

    def _choices(self) -> QGridLayout:
        """What and where, side by side."""
        choices = QGridLayout()
        choices.setHorizontalSpacing(theme.MARGIN)
        choices.setVerticalSpacing(0)
        choices.addWidget(theme.heading(_("What"), 3), 0, 0)
        choices.addWidget(theme.heading(_("Where"), 3), 0, 1)
        for number, box in enumerate(self.uses.values(), 1):
            choices.addWidget(box, number, 0)
        for number, box in enumerate(self.channels.values(), 1):
            choices.addWidget(box, number, 1)
        return choices

    def _details(self) -> QVBoxLayout:
        """Who said so and how, from when until when."""
        column = QVBoxLayout()
        theme.pad(column, 0, theme.SPACE)
        who_and_how = QHBoxLayout()
        who_and_how.setSpacing(theme.SPACE)
        who_and_how.addWidget(self.signer, 1)
        how = Field(_("How it reached the school"), self.source)
        who_and_how.addWidget(how, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(who_and_how)
        days = QHBoxLayout()
        days.setSpacing(theme.SPACE)
        days.addWidget(Field(_("From"), self.begins), 1)
        until = QVBoxLayout()
        theme.pad(until, 0, 4)
        until.addWidget(self.limited)
        until.addWidget(self.ends)
        days.addLayout(until, 1)
        column.addLayout(days)
        return column


def _radio(answer: Answer) -> QRadioButton:
    return QRadioButton(labelled(words.answer_word(answer), _EXPLAINED[answer]()))


def _day_edit(day: QDate) -> QDateEdit:
    edit = QDateEdit(day)
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("d MMMM yyyy")
    edit.setLocale(words.locale())
    edit.setMinimumHeight(theme.TARGET)
    return edit


def _date(edit: QDateEdit) -> date:
    day = edit.date()
    return date(day.year(), day.month(), day.day())

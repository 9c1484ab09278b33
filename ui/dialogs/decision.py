"""Recording what a parent, guardian or adult student decided (clause 4.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate
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
from ui.widgets.attachment import Attachment
from ui.widgets.forms import Field, line, rule
from ui.widgets.notice import Notice
from ui.widgets.touched_list import TouchedList

SOURCES = (Source.FORM, Source.CALL, Source.LETTER, Source.EMAIL)
_EXPLAINED = {
    Answer.GRANTED: lambda: _("may be published"),
    Answer.REFUSED: lambda: _("may not be published"),
    Answer.WITHDRAWN: lambda: _("was permitted before and is no longer"),
}

Done = Callable[[], None]
Failed = Callable[[UserError], None]


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
    scan: Path | None = None


Decide = Callable[[Decided, Done, Failed], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """About whom the dialog asks: in words, who signs for them, today, the school year's end."""

    who: str
    signer: str
    today: date
    year_end: date
    one: bool = True


class DecisionDialog(FittedDialog):
    """Stays open until `record` succeeded; `record(decided, done, failed)` does the work."""

    def __init__(self, asked: Asked, record: Decide, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Record a decision"))
        self.setMinimumWidth(840)
        self._record = record
        self.notice = Notice()
        self.answers = {answer: _radio(answer) for answer in Answer}
        self.answers[Answer.GRANTED].setChecked(True)
        self.uses = {use: QCheckBox(words.use_word(use)) for use in Use}
        self.channels = {channel: QCheckBox(words.channel_word(channel)) for channel in Channel}
        self.everything = QPushButton(_("Choose everything"))
        self.everything.setProperty("role", "link")
        self.everything.clicked.connect(self._choose_everything)
        hint = _("The parent, guardian or adult student who said so.")
        self.signer = Field(_("Who decided"), line(asked.signer), hint)
        self.source = QComboBox()
        for source in SOURCES:
            self.source.addItem(words.source_word(source), source)
        self.begins = day_edit(asked.today)
        self.ends = day_edit(asked.year_end)
        self.ends.setAccessibleName(_("Last day"))
        self.limited = QCheckBox(_("Only until"))
        self.limited.setChecked(True)
        self.limited.toggled.connect(self.ends.setEnabled)
        self.note = Field(_("Note"), line(), _("For the school's own use; leave out reasons."))
        self.scan = Attachment()
        if not asked.one:
            self.scan.hide()
        self.touched = TouchedList()
        self.touched.hide()
        self.cancel, self.save = QPushButton(_("Cancel")), QPushButton(_("Record"))
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.record)
        self._lay_out(asked.who)
        for radio in self.answers.values():
            radio.toggled.connect(self._suit)

    def record(self) -> None:
        """Hand the decision over; what is wrong with it is said in the dialog."""
        self.notice.clear()
        self.save.setEnabled(False)
        self._record(self.decided(), self.accept, self._refuse)

    def decided(self) -> Decided:
        """What is chosen now."""
        ends = self.limited.isChecked() and self.answer is Answer.GRANTED
        return Decided(
            frozenset(use for use, box in self.uses.items() if box.isChecked()),
            frozenset(channel for channel, box in self.channels.items() if box.isChecked()),
            self.answer,
            SOURCES[self.source.currentIndex()],
            self.signer.entry.text().strip(),
            day_of(self.begins),
            day_of(self.ends) if ends else None,
            self.note.entry.text().strip(),
            self.scan.path,
        )

    @property
    def answer(self) -> Answer:
        """The chosen answer."""
        return next(answer for answer, radio in self.answers.items() if radio.isChecked())

    def _refuse(self, error: UserError) -> None:
        self.save.setEnabled(True)
        self.notice.tell(error)

    def _choose_everything(self) -> None:
        for box in (*self.uses.values(), *self.channels.values()):
            box.setChecked(True)

    def _suit(self) -> None:
        """Only a grant ends; only what takes a permission away touches posts."""
        granted = self.answer is Answer.GRANTED
        self.limited.setVisible(granted)
        self.ends.setVisible(granted)
        self.touched.setVisible(not granted)

    def _lay_out(self, who: str) -> None:
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addWidget(theme.heading(_("Record a decision"), 1))
        column.addWidget(theme.note(who))
        column.addWidget(self.notice)
        both = QHBoxLayout()
        both.setSpacing(2 * theme.MARGIN)
        both.addLayout(self._left(), 1)
        both.addLayout(self._right(), 1)
        column.addLayout(both)
        column.addWidget(self.touched)
        column.addStretch()
        buttons = QHBoxLayout()
        buttons.addWidget(self.scan, 1)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column.addLayout(buttons)

    def _left(self) -> QVBoxLayout:
        """What was decided, about what and where."""
        left = QVBoxLayout()
        theme.pad(left, 0, theme.SPACE)
        answers = QVBoxLayout()
        theme.pad(answers, 0, 0)
        for radio in self.answers.values():
            answers.addWidget(radio)
        left.addLayout(answers)
        left.addWidget(rule())
        left.addLayout(self._choices())
        left.addStretch()
        return left

    def _right(self) -> QVBoxLayout:
        """Who said so, how and since when."""
        right = QVBoxLayout()
        theme.pad(right, 0, theme.SPACE)
        right.addWidget(self.signer)
        right.addWidget(Field(_("How it reached the school"), self.source))
        right.addLayout(self._days())
        right.addWidget(self.note)
        right.addStretch()
        return right

    def _choices(self) -> QGridLayout:
        choices = QGridLayout()
        choices.setHorizontalSpacing(theme.MARGIN)
        choices.setVerticalSpacing(0)
        choices.addWidget(theme.heading(_("What"), 3), 0, 0)
        choices.addWidget(theme.heading(_("Where"), 3), 0, 1)
        for number, box in enumerate(self.uses.values(), 1):
            choices.addWidget(box, number, 0)
        for number, box in enumerate(self.channels.values(), 1):
            choices.addWidget(box, number, 1)
        choices.addWidget(self.everything, len(self.uses), 1)
        return choices

    def _days(self) -> QHBoxLayout:
        days = QHBoxLayout()
        days.setSpacing(theme.SPACE)
        days.addWidget(Field(_("From"), self.begins), 1)
        until = QVBoxLayout()
        theme.pad(until, 0, 4)
        until.addWidget(self.limited)
        until.addWidget(self.ends)
        days.addLayout(until, 1)
        return days


def _radio(answer: Answer) -> QRadioButton:
    return QRadioButton(labelled(words.answer_word(answer), _EXPLAINED[answer]()))


def day_edit(day: date) -> QDateEdit:
    """A field for a calendar day, written out in the language spoken now."""
    edit = QDateEdit(QDate(day.year, day.month, day.day))
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("d MMMM yyyy")
    edit.setLocale(words.locale())
    edit.setMinimumHeight(theme.TARGET)
    return edit


def day_of(edit: QDateEdit) -> date:
    """The day such a field shows."""
    day = edit.date()
    return date(day.year(), day.month(), day.day())

"""Step 3: what each answer means, what a blank means, which way round dates are, the end."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.settings import Settings
from smassistant.i18n import _, ngettext
from smassistant.services.importing import RosterPreview
from ui import theme, words
from ui.delegates.choice import ChoiceView
from ui.dialogs.roster.step import RosterStep
from ui.models.roster_reading import RosterReading
from ui.models.roster_tables import AnswerLine, AnswersModel
from ui.widgets.forms import card
from ui.widgets.words import number_words

LEFT, RIGHT = 1, 1


class AnswersStep(RosterStep):
    """The school's own way of answering, asked and not guessed. `ends` is offered as the end."""

    def __init__(self, reading: RosterReading, ends: date) -> None:
        super().__init__(reading)
        self.model = AnswersModel(self)
        self.model.chosen.connect(self._map)
        self.answers = ChoiceView(self.model, _("Answers in the file"))
        self.nothing = theme.note(
            _("The file holds no answers to permissions: nobody in it may be published yet.")
        )
        self.blank = Question(
            _("What does a blank answer mean?"),
            (
                (False, _("Not permitted (the safe way)")),
                (True, _("Permitted: our form only asks for refusals")),
            ),
        )
        self.blank.answered.buttonClicked.connect(self._tell)
        self.dates = Question(_("Which comes first in dates, the day or the month?"), ())
        self.dates.answered.buttonClicked.connect(self._tell)
        self.limited = QCheckBox(_("Permissions for which the file tells no end hold until"))
        self.ends = QDateEdit(QDate(ends.year, ends.month, ends.day))
        self.ends.setAccessibleName(_("Last day of permissions without an end"))
        self._lay_out()
        self.limited.toggled.connect(self._tell)
        self.ends.dateChanged.connect(self._tell)

    def title(self) -> str:
        return _("Answers")

    def first(self) -> QWidget | None:
        return self.answers if self.model.lines else self.blank.buttons[0]

    def show_preview(self, preview: RosterPreview) -> None:
        self.model.show_preview(preview)
        self.answers.setVisible(bool(preview.answers))
        self.nothing.setVisible(not preview.answers)
        choices = self.reading.choices
        if choices is None:
            return
        self.blank.show_answer(choices.blank_permitted)
        self.blank.setVisible(preview.has_permissions)
        self._ask_dates(preview, choices.day_first)
        self._show_end(preview, choices.ends)
        bar = self._area.verticalScrollBar().sizeHint().width()
        self._area.setMinimumWidth(self._scrolled.minimumSizeHint().width() + bar)

    def forget(self) -> None:
        self.model.show_lines([])

    def _ask_dates(self, preview: RosterPreview, day_first: bool | None) -> None:
        count, example = preview.ambiguous_dates, preview.date_example
        self.dates.setVisible(bool(count))
        if not count:
            return
        both = preview.roster.example_days
        days = tuple(map(words.day_word, both)) if both else (example, example)
        note = ngettext(
            "{n} date in the file can be read in two ways.",
            "{n} dates in the file can be read in two ways.",
            count,
        )
        self.dates.ask(
            (
                (None, _("Nobody knows: the earlier day counts")),
                (True, _("The day: {text} is {day}").format(text=example, day=days[0])),
                (False, _("The month: {text} is {day}").format(text=example, day=days[1])),
            ),
            note.format(n=number_words(count)),
        )
        self.dates.show_answer(day_first)

    def _show_end(self, preview: RosterPreview, ends: date | None) -> None:
        for widget in (self.limited, self.ends):
            widget.blockSignals(True)
        self.limited.setChecked(ends is not None)
        self.ends.setEnabled(ends is not None)
        if ends is not None:
            self.ends.setDate(QDate(ends.year, ends.month, ends.day))
        for widget in (self.limited, self.ends):
            widget.blockSignals(False)
        self._end.setVisible(preview.has_permissions)

    def _map(self, line: AnswerLine, meaning: bool | None) -> None:
        self.reading.map_answer(line.answer, meaning)

    def _tell(self) -> None:
        day = self.ends.date()
        self.ends.setEnabled(self.limited.isChecked())
        self.reading.choose(
            blank_permitted=bool(self.blank.answer()),
            day_first=self.dates.answer(),
            ends=date(day.year(), day.month(), day.day()) if self.limited.isChecked() else None,
        )

    def _lay_out(self) -> None:
        self.ends.setCalendarPopup(True)
        self.ends.setDisplayFormat("d MMMM yyyy")
        self.ends.setLocale(words.locale())
        self.ends.setMinimumHeight(theme.TARGET)
        left = QVBoxLayout()
        theme.pad(left, 0, theme.GAP)
        left.addWidget(theme.heading(_("What each answer means"), 3))
        left.addWidget(self.nothing)
        left.addWidget(self.answers, 1)
        self.answers.setColumnWidth(0, 210)
        self._end, inside = card()
        inside.addWidget(theme.heading(_("Until when?"), 3))
        inside.addWidget(self.limited)
        inside.addWidget(self.ends)
        scrolled = QWidget()
        scrolled.setProperty("role", "scrolled")
        right = QVBoxLayout(scrolled)
        theme.pad(right, 0, theme.SPACE)
        for widget in (self.blank, self.dates, self._end):
            right.addWidget(widget)
        right.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(scrolled)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area, self._scrolled = area, scrolled
        row = QHBoxLayout()
        row.setSpacing(theme.MARGIN)
        row.addLayout(left, LEFT)
        row.addWidget(area, RIGHT)
        self.column.addLayout(row, 1)


class Question(QFrame):
    """A card with a question and its possible answers."""

    def __init__(self, text: str, options: tuple[tuple[bool | None, str], ...]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._column = QVBoxLayout(self)
        theme.pad(self._column, theme.SPACE, 4)
        self._text = text
        self._column.addWidget(theme.heading(text, 3))
        self._note = theme.note()
        self._note.hide()
        self._column.addWidget(self._note)
        self.answered = QButtonGroup(self)
        self.buttons: list[QRadioButton] = []
        self._values: list[bool | None] = []
        self.ask(options)

    def ask(self, options: tuple[tuple[bool | None, str], ...], note: str = "") -> None:
        """Offer other answers; those that stay keep their buttons and so the keyboard."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        while len(self.buttons) < len(options):
            button = QRadioButton()
            self.answered.addButton(button)
            self.buttons.append(button)
            self._column.addWidget(button)
        for button, (_value, words_of_it) in zip(self.buttons, options, strict=True):
            button.setText(words_of_it)
            button.setAccessibleName(f"{self._text} {words_of_it}")
        self._values = [value for value, _words in options]

    def show_answer(self, value: bool | None) -> None:
        """Mark an answer."""
        if value in self._values:
            self.buttons[self._values.index(value)].setChecked(True)

    def answer(self) -> bool | None:
        """The marked answer; None where there is none."""
        marked = (
            v for v, button in zip(self._values, self.buttons, strict=True) if button.isChecked()
        )
        return next(marked, None)


def end_of_permissions(settings: Settings, today: date) -> date:
    """The next end of a school year, as the division has set it (month and day)."""
    month, day = map(int, settings.permission_ends.split("-"))
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)

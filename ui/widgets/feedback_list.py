"""What authors called "not a problem", by rule, with what can be made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.feedback import Feedback, FeedbackState
from smassistant.i18n import _, ngettext, quoted
from ui import theme
from ui.widgets.delivery_words import moment
from ui.widgets.empty_note import EmptyNote
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.forms import card

MOST = 60  # cards at once


class FeedbackList(QWidget):
    """Cards grouped by rule, the rule with the most feedback first."""

    exception_asked = Signal(object)  # Feedback
    settled = Signal(object, object)  # Feedback, FeedbackState

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[Feedback, ...] = ()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        empty = EmptyNote("ok", "ok")
        empty.show_words(
            _("No feedback waits"),
            _("When an author says that a finding is not a problem, its sentence appears here."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self._scroll)
        column = QVBoxLayout(self)
        theme.pad(column, 0, 0)
        column.addWidget(self._stack)

    def show_feedback(
        self,
        feedback: Sequence[Feedback],
        rules: frozenset[str],
        names: Mapping[str, str],
        zone: str,
        editable: bool,
    ) -> None:
        """Replace every card; `rules` are the ids that an exception can be made in."""
        focused = self._focused_row()
        self.shown = _ordered(feedback)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.GAP)
        for rule, some in groupby(self.shown[:MOST], key=lambda one: one.rule):
            column.addWidget(theme.heading(rule, 2))
            for one in some:
                who = names.get(one.by, _("Somebody"))
                said = _("{who}, {when}").format(who=who, when=moment(one.at, zone))
                place = " · ".join(part for part in (said, one.school) if part)
                column.addWidget(self._card(one, place, rule in rules, editable))
        more = len(self.shown) - MOST
        if more > 0:
            words = ngettext("{n} more follows.", "{n} more follow.", more)
            column.addWidget(theme.note(words.format(n=more)))
        column.addStretch()
        self._scroll.setWidget(inside)
        self._stack.setCurrentIndex(1 if self.shown else 0)
        self._focus_row(focused)

    def _card(self, one: Feedback, place: str, known: bool, editable: bool) -> QFrame:
        frame, column = card()
        sentence = QLabel(quoted(one.sentence))
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        found = theme.note(_("Found: {words}").format(words=quoted(one.words)) + " · " + place)
        found.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(sentence)
        column.addWidget(found)
        if editable:
            row = FlowLayout(spacing=6)
            for button in self._buttons(one, known):
                row.addWidget(button)
            column.addLayout(row)
        return frame

    def _buttons(self, one: Feedback, known: bool) -> list[QPushButton]:
        keep = _button(_("Keep as an example"), one)
        keep.clicked.connect(lambda: self.settled.emit(one, FeedbackState.KEPT))
        dismiss = _button(_("Dismiss"), one)
        dismiss.clicked.connect(lambda: self.settled.emit(one, FeedbackState.DISMISSED))
        if not known:  # the rule is gone, or a hint found it
            return [keep, dismiss]
        exception = _button(_("Make an exception…"), one)
        exception.clicked.connect(lambda: self.exception_asked.emit(one))
        return [exception, keep, dismiss]

    def _all_buttons(self) -> list[QPushButton]:
        inside = self._scroll.widget()
        return inside.findChildren(QPushButton) if inside else []

    def _focused_row(self) -> int:
        """Which button has the keyboard; -1 where none has."""
        buttons = self._all_buttons()
        return next((at for at, button in enumerate(buttons) if button.hasFocus()), -1)

    def _focus_row(self, at: int) -> None:
        """The keyboard stays where it was among the cards."""
        buttons = self._all_buttons()
        if at >= 0 and buttons:
            buttons[min(at, len(buttons) - 1)].setFocus()


def _button(text: str, one: Feedback) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(f"{text} {quoted(one.sentence)}")
    return button


def _ordered(feedback: Sequence[Feedback]) -> tuple[Feedback, ...]:
    """By rule, the rule with the most feedback first, newest first within it."""
    often: dict[str, int] = {}
    for one in feedback:
        often[one.rule] = often.get(one.rule, 0) + 1
    return tuple(sorted(feedback, key=lambda one: (-often[one.rule], one.rule)))

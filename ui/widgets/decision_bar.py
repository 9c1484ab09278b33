"""What a leader does with a post: approve for now or later, return, refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QTime, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.posts import Due
from smassistant.i18n import _
from ui import icons, theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.forms import Field


class DecisionBar(QFrame):
    """Approving always takes a press of its own button: no single key does it."""

    approved = Signal(object)  # Due, or None for as soon as it is approved
    returned = Signal(str)
    refused = Signal(str, bool)  # why, and whether its pictures may not be used again
    asked = Signal(str)  # the question to the privacy office

    def __init__(self, zone: str, now: Callable[[], datetime], office: str) -> None:
        super().__init__()
        self._zone, self._now = zone, now
        self.setProperty("role", "card")
        self.approve = QPushButton(_("Approve"))
        self.approve.setProperty("role", "primary")
        self.give_back = QPushButton(_("Return with comment…"))
        self.refuse = QPushButton(_("Refuse…"))
        self.refuse.setProperty("role", "danger")
        self.ask = QPushButton(_("Ask the {office}…").format(office=office))
        icons.put(self.approve, "approve", "on_accent")
        icons.put(self.give_back, "return")
        icons.put(self.ask, "question")
        self.later = QCheckBox(_("Publish later, at"))
        self.when = QDateTimeEdit(_in_an_hour(now(), zone))
        self.when.setCalendarPopup(True)
        self.when.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.when.setAccessibleName(_("Day and time of publication"))
        self.when.setEnabled(False)
        self.later.toggled.connect(self.when.setEnabled)
        self.approve.clicked.connect(lambda: self.approved.emit(self._due()))
        self.give_back.clicked.connect(lambda: self._ask(self.returned))
        self.refuse.clicked.connect(lambda: self._ask(self.refused))
        self.ask.clicked.connect(lambda: self._ask(self.asked))
        schedule = QHBoxLayout()
        schedule.setSpacing(theme.GAP)
        schedule.addWidget(self.later)
        schedule.addWidget(self.when)
        schedule.addStretch()
        buttons = FlowLayout()
        for widget in (self.approve, self.give_back, self.ask, self.refuse):
            buttons.addWidget(widget)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.SPACE, theme.GAP)
        layout.addWidget(self._decision_row())
        layout.addLayout(schedule)
        layout.addLayout(buttons)
        self._words = self._words_row()
        layout.addWidget(self._words)
        layout.addWidget(self.with_pictures)

    def reset(self) -> None:
        """Forget what was said about the post before: nothing of it goes to the next one."""
        self.later.setChecked(False)
        self.when.setDateTime(_in_an_hour(self._now(), self._zone))
        self._has_pictures = False
        self._hide_words()
        self.show_subjects(needed=False)

    def show_pictures(self, there: bool) -> None:
        """Whether the post has pictures that a refusal may bar from being used again."""
        self._has_pictures = there

    def resume(self, possible: bool) -> None:
        """After a decision that did not count: what is missing takes the keyboard."""
        self.setEnabled(possible)
        if possible and self.isVisible():
            missing = self._decision.isVisible() and not self.decision.text().strip()
            (self.decision if missing else self.approve).setFocus()

    def show_subjects(self, needed: bool) -> None:
        """Ask for the leader's own decision about the post's subjects, where it is `needed`."""
        self.decision.clear()
        self._decision.setVisible(needed)

    def _decision_row(self) -> QWidget:
        """The line for a decision about subjects, in the leader's own words (clause 6)."""
        label = _("Your own decision about the subject (clause 6)")
        self.decision = QLineEdit()
        self.decision.setMinimumHeight(theme.TARGET)
        self.decision.setPlaceholderText(_("Why may it go out? Your words are kept."))
        self._decision = Field(label, self.decision)
        self._decision.hide()
        return self._decision

    def _words_row(self) -> QWidget:
        """The line that opens for a comment or a reason."""
        row = QWidget()
        self.words = QLineEdit()
        self.words.setAccessibleName(_("What the author should know"))
        self.send_words = QPushButton(_("Send"))
        self.send_words.setEnabled(False)
        cancel = QPushButton(_("Cancel"))
        self.words.textChanged.connect(lambda text: self.send_words.setEnabled(bool(text.strip())))
        self.words.returnPressed.connect(self.send_words.click)
        self.send_words.clicked.connect(self._send)
        cancel.clicked.connect(self._close_words)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.words, 1)
        line.addWidget(self.send_words)
        line.addWidget(cancel)
        row.hide()
        self._asked: SignalInstance | None = None
        self._has_pictures = False
        self.with_pictures = QCheckBox(_("The pictures may not be used again"))
        self.with_pictures.hide()
        return row

    def _ask(self, signal: object) -> None:
        """Open the line for the words that go with a decision."""
        asking = (
            (self.returned, _("What should the author change?"), _("Return to the author")),
            (self.refused, _("Why may it not go out?"), _("Refuse for good")),
            (self.asked, _("What would you like to know?"), _("Send question")),
        )
        self._asked, said, verb = next(each for each in asking if each[0] == signal)
        self.words.setPlaceholderText(said)
        self.send_words.setText(verb)
        self._words.show()
        self.with_pictures.setChecked(True)
        self.with_pictures.setVisible(self._has_pictures and signal == self.refused)
        self.words.setFocus()

    def _send(self) -> None:
        words = self.words.text().strip()
        if not words:
            return
        if self._asked == self.refused:
            self.refused.emit(words, self.with_pictures.isChecked())
        elif self._asked is not None:
            self._asked.emit(words)
        self._close_words()

    def _close_words(self) -> None:
        self._hide_words()
        self.approve.setFocus()

    def _hide_words(self) -> None:
        self.words.clear()
        self._words.hide()
        self.with_pictures.hide()

    def _due(self) -> Due | None:
        if not self.later.isChecked():
            return None
        chosen = self.when.dateTime()
        day, time = chosen.date(), chosen.time()
        wall = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute())  # noqa: DTZ001 - wall time, its zone beside it
        return Due(wall, self._zone)


def _in_an_hour(now: datetime, zone: str) -> QDateTime:
    """The school's wall time in an hour, on the quarter."""
    then = now.astimezone(ZoneInfo(zone)) + timedelta(hours=1)
    quarter = then.minute // 15 * 15
    return QDateTime(QDate(then.year, then.month, then.day), QTime(then.hour, quarter))

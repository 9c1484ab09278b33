"""One person of the registry: what is permitted where and why, and how it came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.consents import Answer, Channel, Decision, Ruling, Use
from smassistant.i18n import _
from smassistant.services.keeping_registry import PersonRecord, explain
from ui import icons, theme, words
from ui.delegates.people import group_words
from ui.widgets.forms import card

ROW = 40


class PersonPanel(QWidget):
    """Shows a `PersonRecord`; what may be changed depends on the right to keep the registry."""

    decision_asked = Signal()
    restriction_asked = Signal(bool)

    def __init__(self, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setProperty("role", "scrolled")
        self.setAccessibleName(_("The chosen person"))
        self._name = theme.heading("", 1)
        self._group = theme.note()
        for label in (self._name, self._group):
            label.setWordWrap(False)  # a wrapped label would make the scroll area ask for more
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.record_button = QPushButton(_("Record a decision…"))
        icons.put(self.record_button, "write")
        self.record_button.clicked.connect(self.decision_asked)
        self.restricted = QCheckBox(_("Never publish this person"))
        self.restricted.setEnabled(may_change)
        self.restricted.clicked.connect(self.restriction_asked)
        self.table = _matrix_table()
        self.history = QListWidget()
        self.history.setAccessibleName(_("History of decisions, newest first"))
        self.history.setWordWrap(True)
        self.history.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.history.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.history.setProperty("role", "plain")
        self.history.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._lay_out()
        self.record_button.setVisible(may_change)

    def show_record(self, record: PersonRecord, names: Mapping[str, str], zone: str) -> None:
        """Show a person with today's answers."""
        person = record.person
        self._name.setText(person.shown_name)
        kind = words.kind_word(person.kind)
        self._group.setText(" · ".join(part for part in (kind, group_words(person)) if part))
        self.restricted.setChecked(person.restricted)
        for row, use in enumerate(Use):
            for column, channel in enumerate(Channel):
                _fill(self.table.item(row, column), use, channel, record.rulings[use, channel])
        self.history.clear()
        for sentence in history_sentences(record.history, names, zone):
            self.history.addItem(QListWidgetItem(sentence))
        if not record.history:
            self.history.addItem(_("Nothing has been recorded: nothing is permitted."))

    def forget(self) -> None:
        """Drop the name and everything said about the person."""
        self._name.setText("")
        self._group.setText("")
        self.history.clear()
        for row in range(self.table.rowCount()):
            for column in range(self.table.columnCount()):
                item = self.table.item(row, column)
                if item is not None:
                    item.setText("")
                    item.setData(Qt.ItemDataRole.AccessibleTextRole, "")

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        theme.pad(names, 0, 2)
        names.addWidget(self._name)
        names.addWidget(self._group)
        top = QHBoxLayout()
        top.addLayout(names, 1)
        top.addWidget(self.record_button, 0, Qt.AlignmentFlag.AlignTop)
        permissions, inside = card()
        inside.addWidget(theme.heading(_("What is permitted today"), 2))
        inside.addWidget(self.table)
        inside.addWidget(self.restricted)
        self.history.setMinimumHeight(96)
        past, lines = card()
        lines.addWidget(theme.heading(_("History"), 2))
        lines.addWidget(self.history)
        column = QVBoxLayout(self)
        theme.pad(column, 0, theme.SPACE)
        column.addLayout(top)
        column.addWidget(permissions)
        column.addWidget(past, 1)


def _matrix_table() -> QTableWidget:
    table = QTableWidget(len(Use), len(Channel))
    table.setAccessibleName(_("Permissions by use and place"))
    table.setHorizontalHeaderLabels([words.channel_word(channel) for channel in Channel])
    table.setVerticalHeaderLabels([words.use_word(use) for use in Use])
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    table.horizontalHeader().setHighlightSections(False)
    table.verticalHeader().setHighlightSections(False)
    table.verticalHeader().setDefaultSectionSize(ROW)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setCornerButtonEnabled(False)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setProperty("role", "plain")
    for row in range(len(Use)):
        for column in range(len(Channel)):
            table.setItem(row, column, QTableWidgetItem())
    table.setFixedHeight(ROW * len(Use) + table.horizontalHeader().sizeHint().height() + 4)
    return table


def _fill(item: QTableWidgetItem | None, use: Use, channel: Channel, ruling: Ruling) -> None:
    if item is None:
        return
    word, reason = words.permitted_word(ruling), explain(ruling)
    shape = ("ok", "ok") if ruling.permitted else ("no", "danger")
    item.setIcon(icons.icon(*shape))
    item.setText(f"{word}\n{words.because(ruling)}")
    spoken = _("{use} on {channel}: {word}, {reason}").format(
        use=words.use_word(use), channel=words.channel_word(channel), word=word, reason=reason
    )
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    item.setToolTip(spoken)


def history_sentences(
    history: Iterable[Decision], names: Mapping[str, str], zone: str
) -> list[str]:
    """The history in sentences, newest first; lines recorded in one act are one sentence."""
    lines = sorted(history, key=_act, reverse=True)
    return [_sentence(list(group), names, zone) for _key, group in groupby(lines, key=_act)]


def _act(line: Decision) -> tuple[datetime, str, str, str, str]:
    end = line.valid_until.isoformat() if line.valid_until else ""
    return (line.recorded_at, line.answer.value, line.source.value, line.signer, end)


def _sentence(lines: list[Decision], names: Mapping[str, str], zone: str) -> str:
    first = lines[0]
    end = first.valid_until if first.answer is Answer.GRANTED else None
    since = words.day_word(first.valid_from)
    span = (
        _("from {day} until {end}").format(day=since, end=words.day_word(end))
        if end
        else _("from {day}").format(day=since)
    )
    who = names.get(first.recorded_by, _("somebody"))
    text = _("{answer} {span}: {what}. {source}{signer}; recorded by {who} on {day}.").format(
        answer=words.answer_word(first.answer),
        span=span,
        what=_what(lines),
        source=words.source_word(first.source),
        signer=_(", {name}").format(name=first.signer) if first.signer else "",
        who=who,
        day=words.time_word(first.recorded_at, zone),
    )
    return f"{text} {first.note}".strip()


def _what(lines: list[Decision]) -> str:
    """ "Photo and video on the website" as plain lists; one list per channel that differs."""
    by_channel: dict[Channel, list[Use]] = {}
    for line in lines:
        by_channel.setdefault(line.channel, []).append(line.use)
    grouped: dict[tuple[Use, ...], list[Channel]] = {}
    for channel in Channel:
        if channel in by_channel:
            uses = tuple(use for use in Use if use in by_channel[channel])
            grouped.setdefault(uses, []).append(channel)
    return "; ".join(
        _("{uses} on {channels}").format(
            uses=_everything(uses), channels=", ".join(words.channel_word(c) for c in channels)
        )
        for uses, channels in grouped.items()
    )


def _everything(uses: tuple[Use, ...]) -> str:
    if len(uses) == len(Use):
        return _("Everything")
    return ", ".join(words.use_word(use) for use in uses)


def restriction_question(name: str, restricted: bool) -> tuple[str, str, str]:
    """Title, text and verb of the question asked before the mark is set or taken off."""
    if restricted:
        return (
            _("Never publish {name}?").format(name=name),
            _("No name, picture, video or work may go out, whatever else was permitted."),
            _("Never publish"),
        )
    return (
        _("Take the mark off {name}?").format(name=name),
        _("What was permitted before counts again."),
        _("Take the mark off"),
    )

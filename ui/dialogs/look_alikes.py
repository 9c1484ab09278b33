"""Records that are probably one person: side by side, made one with a click, taken back again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.keeping_registry import PersonRecord, open_person
from smassistant.services.merging import Pair, look_alikes, merge_people, undo_merge
from ui import theme
from ui.session import Session
from ui.widgets.empty_note import EmptyNote
from ui.widgets.notice import Notice
from ui.widgets.progress import ProgressLine
from ui.widgets.record_card import RecordCard

Records = tuple[PersonRecord, PersonRecord]


class LookAlikesDialog(QDialog):
    """Looks for pairs as soon as it opens; every merge can be undone from the line above."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle(_("Records that look alike"))
        self.resize(960, 600)
        self.pairs: list[Pair] = []
        self.notice = Notice()
        self.progress = ProgressLine()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Pairs of records"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setFixedWidth(280)
        self.list.currentRowChanged.connect(self._open_pair)
        self.why = theme.note()
        self.cards = (RecordCard(), RecordCard())
        self.skip = QPushButton(_("These are two people"))
        self.skip.setAutoDefault(False)
        self.skip.clicked.connect(self._drop_pair)
        self.close_button = QPushButton(_("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.accept)
        self._empty = EmptyNote("people")
        self._empty.show_words(_("Looking…"))
        self._lay_out()
        for kept, gone in ((0, 1), (1, 0)):
            self.cards[kept].keep.clicked.connect(
                lambda _checked=False, pair=(kept, gone): self.merge(*pair)
            )
        self.finished.connect(self.deleteLater)
        self.look()

    def look(self) -> None:
        """Look through the whole registry, off the window's thread."""
        session = self.session
        task = session.jobs.start(
            self,
            lambda task: look_alikes(session.context, session.user, task),
            self._show_pairs,
            self._refuse,
            self.progress.show_progress,
        )
        self.progress.follow(task, _("Comparing the records…"))
        self.finished.connect(task.cancel)

    def merge(self, kept: int, gone: int) -> None:
        """Make the pair one record: that of card `kept`."""
        row = self.list.currentRow()
        if not 0 <= row < len(self.pairs):
            return
        pair, session = self.pairs[row], self.session
        people = (pair.first, pair.second)
        self._allow(False)

        def work(_task: Task) -> str:
            return merge_people(session.context, session.user, people[kept].id, people[gone].id)

        session.jobs.start(self, work, lambda merge_id: self._tell_merged(pair, merge_id),
                           self._refuse)  # fmt: skip

    def _tell_merged(self, pair: Pair, merge_id: str) -> None:
        self._forget_pair(pair)
        self.notice.say(
            _("The two records of {name} are one now.").format(name=pair.first.shown_name),
            kind="done",
            action_text=_("Undo"),
            action=lambda: self._undo(merge_id),
        )

    def _undo(self, merge_id: str) -> None:
        session = self.session
        session.jobs.start(
            self,
            lambda _task: undo_merge(session.context, session.user, merge_id),
            lambda _nothing: self.look(),
            self._refuse,
        )

    def _show_pairs(self, pairs: Sequence[Pair]) -> None:
        self.progress.finish()
        self.pairs = list(pairs)
        self.list.clear()
        for pair in pairs:
            text = f"{pair.first.shown_name}\n{pair.second.shown_name}"
            item = QListWidgetItem(text)
            spoken = _("{first} and {second}: {why}.").format(
                first=pair.first.described, second=pair.second.described, why=pair.why
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.list.addItem(item)
        self._show_state()
        if pairs:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _show_state(self) -> None:
        self._whole.setCurrentIndex(1 if self.pairs else 0)
        self._empty.show_words(
            _("No two records look alike"), _("Every person stands in the registry once.")
        )

    def _open_pair(self, row: int) -> None:
        if not 0 <= row < len(self.pairs):
            return
        pair, session = self.pairs[row], self.session
        self.why.setText(pair.why)
        self._allow(False)

        def read(_task: Task) -> Records:
            first = open_person(session.context, session.user, pair.first.id)
            return first, open_person(session.context, session.user, pair.second.id)

        session.jobs.start(self, read, lambda found: self._show_records(row, found), self._refuse)

    def _show_records(self, row: int, records: Records) -> None:
        if row == self.list.currentRow():
            first, second = records
            self.cards[0].show_record(first, second)
            self.cards[1].show_record(second, first)
            self._allow(True)

    def _drop_pair(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.pairs):
            self._forget_pair(self.pairs[row])

    def _forget_pair(self, pair: Pair) -> None:
        """Take a pair off the list, and others with a record that may be no longer there."""
        row = self.pairs.index(pair)
        del self.pairs[row]
        self.list.takeItem(row)
        self._show_state()
        self._open_pair(self.list.currentRow())

    def _allow(self, may: bool) -> None:
        for button in (*(card.keep for card in self.cards), self.skip):
            button.setEnabled(may)

    def _refuse(self, error: UserError) -> None:
        self.progress.finish()
        self.notice.tell(error)
        self._allow(bool(self.pairs))

    def _lay_out(self) -> None:
        side = QHBoxLayout()
        side.setSpacing(theme.SPACE)
        for record in self.cards:
            side.addWidget(record, 1)
        right = QVBoxLayout()
        theme.pad(right, 0, theme.GAP)
        right.addWidget(self.why)
        right.addLayout(side)
        right.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignHCenter)
        right.addStretch()
        both = QWidget()
        row = QHBoxLayout(both)
        theme.pad(row, 0, theme.SPACE)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._empty)
        self._whole.addWidget(both)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addWidget(theme.heading(_("Records that look alike"), 1))
        column.addWidget(self.notice)
        column.addWidget(self.progress)
        column.addWidget(self._whole, 1)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        column.addLayout(buttons)

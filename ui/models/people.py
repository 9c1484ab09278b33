"""The registry's people, loaded page by page off the window's thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from smassistant.domain.consents import Ruling
from smassistant.domain.lookups import Filters
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.keeping_registry import PersonLine
from smassistant.services.looking_up import count_people, find_lines
from ui import words
from ui.jobs import Lane
from ui.session import Session

FIRST = 30  # rows of a search's first page: more than fit the window, few enough to come at once
PAGE = 100
LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Lines = tuple[PersonLine, ...]


class PeopleModel(QAbstractListModel):
    """People who fit the words and filters; `counted` tells, a little later, how many in all."""

    counted = Signal(int)
    failed = Signal(object)  # UserError
    loaded = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines: list[PersonLine] = []
        self._words, self._filters = "", Filters()
        self._more = False  # whether the last page was full
        self._tasks: list[Task] = []
        self._loading = False

    def search(self, text: str, filters: Filters | None = None) -> None:
        """Show whom `text` and the filters fit; an earlier search still running is forgotten."""
        self._words, self._filters = text, filters or Filters()
        self._start(FIRST)

    def reload(self) -> None:
        """Load what is shown again, as far as it was loaded."""
        self._start(max(len(self._lines), FIRST))

    def forget(self) -> None:
        """Drop every name."""
        self._stop()
        self.beginResetModel()
        self._lines, self._more = [], False
        self.endResetModel()

    def line(self, row: int) -> PersonLine | None:
        """The person in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, person_id: str) -> int:
        """The row of a person who is loaded already, else -1."""
        rows = (row for row, line in enumerate(self._lines) if line.person.id == person_id)
        return next(rows, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.person.shown_name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return sentence(line)
        return line if role == LINE else None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._loading and self._more

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._load(len(self._lines), PAGE)

    def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        self._loading = False

    def _start(self, limit: int) -> None:
        self._stop()
        self._load(0, limit)

    def _load(self, offset: int, limit: int) -> None:
        self._loading = True
        session, text, filters = self._session, self._words, self._filters
        task = session.jobs.start(
            self,
            lambda _task: find_lines(session.context, session.user, text, filters, limit, offset),
            lambda lines: self._take(offset, limit, lines),
            self._fail,
        )
        self._tasks.append(task)

    def _count(self) -> None:
        """After the rows and in another lane: a long count must not keep the next key waiting."""
        session, text, filters = self._session, self._words, self._filters
        task = session.jobs.start(
            self,
            lambda _task: count_people(session.context, session.user, text, filters),
            self.counted.emit,
            self._fail,
            lane=Lane.CHECKS,
        )
        self._tasks.append(task)

    def _take(self, offset: int, limit: int, lines: Lines) -> None:
        self._loading = False
        self._more = len(lines) == limit
        if offset == 0:
            self._replace(lines)
            self._count()
        elif lines:
            self.beginInsertRows(QModelIndex(), offset, offset + len(lines) - 1)
            self._lines.extend(lines)
            self.endInsertRows()
        self.loaded.emit()

    def _replace(self, lines: Lines) -> None:
        """The same people keep their rows, so that nothing scrolls away or is chosen no more."""
        if [line.person.id for line in lines] == [line.person.id for line in self._lines]:
            self._lines = list(lines)
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def _fail(self, error: UserError) -> None:
        self._loading = False
        self.failed.emit(error)


def sentence(line: PersonLine) -> str:
    """A row as it is spoken."""
    person = line.person
    if person.restricted:
        return _("{who}. Never to be published.").format(who=person.described)
    return _("{who}. Full name on social media: {name}. Photo: {photo}.").format(
        who=person.described, name=said(line.name), photo=said(line.photo)
    )


def said(ruling: Ruling) -> str:
    """A ruling in the middle of a sentence."""
    word = words.permitted_word(ruling)
    return word[:1].lower() + word[1:]

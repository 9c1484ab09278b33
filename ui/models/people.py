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
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.keeping_registry import PeoplePage, PersonLine, find_people
from ui import words
from ui.session import Session

PAGE = 100
LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class PeopleModel(QAbstractListModel):
    """People who fit the words; `counted` tells how many there are in all."""

    counted = Signal(int)
    failed = Signal(object)  # UserError
    loaded = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines: list[PersonLine] = []
        self._words = ""
        self._total = 0
        self._task: Task | None = None
        self._loading = False

    def search(self, text: str) -> None:
        """Show the people who fit `text`; an earlier search that still runs is forgotten."""
        self._words = text
        self._load(0)

    def forget(self) -> None:
        """Drop every name."""
        self._stop()
        self.beginResetModel()
        self._lines = []
        self._total = 0
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
        return not parent.isValid() and not self._loading and len(self._lines) < self._total

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._load(len(self._lines))

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._loading = False

    def _load(self, offset: int) -> None:
        self._stop()
        self._loading = True
        session, text = self._session, self._words
        self._task = session.jobs.start(
            self,
            lambda _task: find_people(session.context, session.user, text, PAGE, offset),
            lambda page: self._take(offset, page),
            self._fail,
        )

    def _take(self, offset: int, page: PeoplePage) -> None:
        self._loading = False
        self._total = page.total
        if offset == 0:
            self.beginResetModel()
            self._lines = list(page.lines)
            self.endResetModel()
        elif page.lines:
            self.beginInsertRows(QModelIndex(), offset, offset + len(page.lines) - 1)
            self._lines.extend(page.lines)
            self.endInsertRows()
        self.counted.emit(page.total)
        self.loaded.emit()

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

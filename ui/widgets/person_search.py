"""Finding a person of the registry by typing, with their permission in words at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.lookups import Group
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.keeping_registry import PeoplePage, PersonLine, explain
from smassistant.services.showing_people import (
    Showing,
    find_for_picture,
    lines_of_people,
    list_class,
)
from ui import icons, theme
from ui.jobs import Lane
from ui.session import Session

PAUSE_MS = 90
MOST = 20
ROW = 44


Near = tuple[tuple[PersonLine, ...], tuple[PersonLine, ...]]  # recent ones, the class


class RecentPeople:
    """Who was chosen last while the person is signed in, latest first."""

    def __init__(self) -> None:
        self.lines: tuple[PersonLine, ...] = ()

    def add(self, line: PersonLine) -> None:
        """Put a person on top."""
        others = tuple(old for old in self.lines if old.person.id != line.person.id)
        self.lines = (line, *others)[:MOST]

    def sorted(self, found: Sequence[PersonLine]) -> list[PersonLine]:
        """Those found, recent ones first."""
        order = {line.person.id: place for place, line in enumerate(self.lines)}
        return sorted(found, key=lambda line: order.get(line.person.id, MOST))


class PersonSearch(QWidget):
    """A search line with its list below; Enter takes the chosen row."""

    picked = Signal(object)  # PersonLine

    def __init__(
        self, session: Session, recent: RecentPeople, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._recent = recent
        self._task: Task | None = None
        self._aiming: Task | None = None
        self._asked = Showing()
        self._group: Group | None = None
        self._class: tuple[PersonLine, ...] = ()
        self._placed: frozenset[str] = frozenset()
        self._silent = False
        self._lines: list[PersonLine] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Type a name, number or class"))
        self.field.setAccessibleName(_("Who is this? Type a name"))
        self.field.setClearButtonEnabled(True)
        self.field.addAction(
            icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("People found"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(self._take_clicked)
        self._taken = QElapsedTimer()
        self._none = QLabel()
        self._none.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, 6)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._none)
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._search)
        self.field.textChanged.connect(lambda _words: self._timer.start())
        self.reset()

    def reset(self) -> None:
        """Empty the search for the next face."""
        self.field.setText("")
        self._timer.stop()
        self._cancel()
        self._show(self._near(), "")

    def aim(self, asked: Showing, group: Group | None) -> None:
        """Ask for permission to be shown so, and offer this class first."""
        if (asked, group) == (self._asked, self._group) and self._aiming is None:
            return
        self._asked, self._group = asked, group
        context, user = self._session.context, self._session.user
        recent = [line.person.id for line in self._recent.lines]

        def near(_task: Task) -> Near:
            mates = list_class(context, user, group, asked) if group else ()
            return lines_of_people(context, user, recent, asked), mates

        if self._aiming is not None:
            self._aiming.cancel()
        self._aiming = self._session.jobs.start(
            self, near, self._take_near, self._lose_near, lane=Lane.STORE
        )

    def offer_first(self, offer: bool) -> None:
        """Whether anybody is offered before something is typed."""
        if self._silent is offer:
            self._silent = not offer
            if not self.field.text().strip():
                self._show(self._near(), "")

    def place(self, ids: frozenset[str]) -> None:
        """Who is on a face already; they are offered last."""
        if ids != self._placed:
            self._placed = ids
            if not self.field.text().strip():
                self._show(self._near(), "")

    @property
    def known(self) -> tuple[PersonLine, ...]:
        """Those who were chosen last and those of the class."""
        return (*self._recent.lines, *self._class)

    def close_down(self) -> None:
        """Drop every name."""
        if self._aiming is not None:
            self._aiming.cancel()
            self._aiming = None
        self._recent.lines, self._class = (), ()
        self._group = None
        self.reset()

    def _take_near(self, near: Near) -> None:
        self._aiming = None
        recent, self._class = near
        known = {line.person.id for line in recent}
        since = (line for line in self._recent.lines if line.person.id not in known)
        self._recent.lines = (*since, *recent)
        if not self.field.text().strip():
            self._show(self._near(), "")

    def _lose_near(self, error: UserError) -> None:
        self._aiming = None
        self._fail(error)

    def _near(self) -> list[PersonLine]:
        """Who is likeliest before anything is typed: recent ones, then the rest of the class.

        Nobody while those who wait for a face are offered as chips.
        """
        if self._silent:
            return []
        known = {line.person.id for line in self._recent.lines}
        rest = [line for line in self._class if line.person.id not in known]
        return [
            *self._recent.lines,
            *sorted(rest, key=lambda line: line.person.id in self._placed),
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search line, arrow keys choose a row; there and in the list Enter takes it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, line = event.key(), watched is self.field
            if line and key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.count():
                row = self.list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
                self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._timer.isActive():
                    self._timer.stop()
                    self._search()
                elif (item := self.list.currentItem()) is not None:
                    self._take(item)
                return True
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        self._cancel()
        words = self.field.text().strip()
        if not words:
            self._show(self._near(), "")
            return
        context, user = self._session.context, self._session.user
        asked, group = self._asked, self._group

        def arrived(page: PeoplePage) -> None:
            self._task = None
            self._show(self._recent.sorted(page.lines), words, page.total)

        self._task = self._session.jobs.start(
            self,
            lambda _task: find_for_picture(context, user, words, asked, group, MOST),
            arrived,
            self._fail,
            lane=Lane.STORE,
        )

    def _fail(self, error: UserError) -> None:
        self._none.setText(str(error))
        self._none.show()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _show(self, lines: list[PersonLine], words: str, total: int = 0) -> None:
        self._lines = lines
        self.list.clear()
        for line in lines:
            self.list.addItem(_item(line))
        if lines:
            self.list.setCurrentRow(0)
        self.list.setVisible(bool(lines))
        self._none.setText(self._hint(words, total))
        self._none.setVisible(bool(self._none.text()))

    def _hint(self, words: str, total: int) -> str:
        if words and not self._lines:
            return _("Nobody of that name is in the registry.")
        if total > len(self._lines):
            return _("{n} of {total} shown: type more letters.").format(
                n=len(self._lines), total=total
            )
        return ""

    def _take_clicked(self, item: QListWidgetItem) -> None:
        # The second half of a double click must not answer for the face that came next.
        if not self._taken.isValid() or self._taken.hasExpired(QApplication.doubleClickInterval()):
            self._take(item)

    def _take(self, item: QListWidgetItem) -> None:
        line = self._lines[self.list.row(item)]
        self._recent.add(line)
        self._taken.start()
        self.picked.emit(line)


def permission_words(line: PersonLine) -> str:
    """Whether a person may be shown on social media, and why."""
    if line.photo.permitted:
        return _("May be shown: {why}").format(why=explain(line.photo))
    return _("May not be shown: {why}").format(why=explain(line.photo))


def _item(line: PersonLine) -> QListWidgetItem:
    words = permission_words(line)
    item = QListWidgetItem(f"{line.person.described}\n{words}")
    shape, colour = ("ok", "ok") if line.photo.permitted else ("block", "danger")
    item.setIcon(icons.icon(shape, colour))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.person.described}. {words}.")
    item.setSizeHint(QSize(0, ROW))
    return item

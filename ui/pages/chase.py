"""Whom to ask again: permissions that end, miss, disagree or lack a signer (clause 4.1)."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.context import Context
from smassistant.domain.lookups import Filters
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.jobs import Task
from smassistant.ports import Change
from smassistant.services.chasing import Chase, ChaseLine, ExportFormat, list_all_chases
from smassistant.services.looking_up import count_people
from ui import icons, theme
from ui.models.chase_lists import ChaseLists
from ui.models.chases import SCHOOL, ChaseModel
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.chase_table import chase_table
from ui.widgets.chase_words import chase_meaning, chase_word, nobody_words
from ui.widgets.empty_note import EmptyNote
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.forms import line
from ui.widgets.list_exit import ListExit
from ui.widgets.progress import ProgressLine
from ui.widgets.words import number_words

FEW = 5000  # people whose whole history is read in a moment
SOON = 400  # milliseconds after a commit
TYPED = 150  # milliseconds after the last key of a filter
_FORMATS = tuple(ExportFormat)


class ChasePage(Page):
    """Four lists of people, one shown at a time, which can be taken along."""

    key = "chase"
    icon = "clock"
    right: ClassVar[Right | None] = Right.KEEP_REGISTRY

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.kind = Chase.EXPIRING
        self.lists = ChaseLists(session, self)
        self.model = ChaseModel(self)
        self.table = chase_table(self.model)
        self.filter = line(placeholder=_("Filter: part of a name, class or school"))
        self.filter.setAccessibleName(_("Filter the list"))
        self.filter.setClearButtonEnabled(True)
        self.kinds = {kind: _kind_button(kind) for kind in Chase}
        self.meaning = theme.note()
        self.count = theme.note()
        self.open_person = _button(_("Open the person"), "people")
        self.print = _button(_("Print…"), "print")
        self.export = _button(_("Export"), "file", "on_accent")
        self.export.setProperty("role", "primary")
        self.export.setMenu(self._formats())
        self.progress = ProgressLine()
        self.exit = ListExit(session, self, self.progress)
        self._empty = EmptyNote("ok", "ok")
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._typed = QTimer(self, interval=TYPED, singleShot=True)
        self._lay_out()
        self._connect()
        self.choose(self.kind)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("To chase")

    @classmethod
    def waiting(cls, context: Context, user: User) -> int:
        """How many people need something done; roughly where the badge says 99+ anyway."""
        if count_people(context, user) > FEW:
            return count_people(context, user, "", Filters(attention=True))
        lists = list_all_chases(context, user).values()
        return len({line.person.id for lines in lists for line in lines})

    def open(self, **where: object) -> None:
        """Load the lists; `kind` names the one to show."""
        wanted = str(where.get("kind", ""))
        if wanted in set(Chase):
            self.choose(Chase(wanted))
        self.lists.load()

    def close_down(self) -> None:
        """Forget every name."""
        self._soon.stop()
        self.filter.setText("")
        self._typed.stop()
        self.model.show_lines(())
        self.lists.forget()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody looks at is not looked up."""
        self.lists.stop()
        self.progress.finish()
        super().hideEvent(event)

    def primary(self) -> QWidget | None:
        """The button of the list that is shown."""
        return self.kinds[self.kind]

    def choose(self, kind: Chase) -> None:
        """Show another list."""
        self.kind = kind
        self.kinds[kind].setChecked(True)
        self.meaning.setText(chase_meaning(kind))
        self.table.setAccessibleName(chase_word(kind))
        self._narrow()

    # Layout

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE)
        top.addWidget(theme.heading(self.title()))
        top.addWidget(self.filter, 1)
        top.addWidget(self.print)
        top.addWidget(self.export)
        kinds = FlowLayout()
        group = QButtonGroup(self)
        for button in self.kinds.values():
            group.addButton(button)
            kinds.addWidget(button)
        below = QHBoxLayout()
        below.addWidget(self.count, 1)
        below.addWidget(self.open_person)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addLayout(top)
        column.addLayout(kinds)
        column.addWidget(self.meaning)
        column.addWidget(self.progress)
        column.addWidget(self._stack, 1)
        column.addLayout(below)

    def _formats(self) -> QMenu:
        menu = QMenu(self)
        words = (_("As CSV…"), _("As an Excel workbook…"), _("As PDF…"))
        for format, text in zip(_FORMATS, words, strict=True):
            menu.addAction(text, partial(self._export, format))
        return menu

    def _connect(self) -> None:
        for kind, button in self.kinds.items():
            button.clicked.connect(partial(self.choose, kind))
        self.filter.textChanged.connect(lambda _text: self._typed.start())
        self._typed.timeout.connect(self._narrow)
        self._soon.timeout.connect(self.lists.load)
        self.lists.begun.connect(self._tell_begun)
        self.lists.loaded.connect(self._count)
        self.lists.narrowed.connect(self._show)
        self.lists.failed.connect(self._complain)
        self.table.activated.connect(self._open_row)
        self.table.selectionModel().currentChanged.connect(lambda _now, _old: self._offer())
        self.open_person.clicked.connect(lambda: self._open_row(self.table.currentIndex()))
        self.print.clicked.connect(lambda: self.exit.print(self.kind, self.model.shown))
        self.session.changes.committed.connect(self._heed)
        Shortcuts.FIND.on(self).activated.connect(self.filter.setFocus)
        Shortcuts.RELOAD.on(self).activated.connect(self.lists.load)

    # The lists

    def _tell_begun(self, task: Task) -> None:
        self.progress.follow(task, _("Looking through the registry…"))

    def _count(self) -> None:
        self.progress.finish()
        for kind, button in self.kinds.items():
            n = len(self.lists.of(kind).lines)
            button.setText(_("{list} ({n})").format(list=chase_word(kind), n=number_words(n)))
        self._narrow()

    def _narrow(self) -> None:
        self.lists.narrow(self.kind, self.filter.text())

    def _show(self, lines: tuple[ChaseLine, ...]) -> None:
        """The chosen list, the same person chosen in it as before."""
        chosen = self.model.line(self.table.currentIndex().row())
        self.model.show_lines(lines)
        self.table.setColumnHidden(SCHOOL, self.lists.of(self.kind).one_school)
        row = self.model.row_of(chosen.person.id) if chosen else -1
        if row >= 0:
            self.table.selectRow(row)
        self._tell_count()

    def _tell_count(self) -> None:
        n, ready = len(self.model.shown), self.lists.ready
        words = ngettext("{n} person", "{n} people", n).format(n=number_words(n))
        self.count.setText(words if ready else "")
        self._stack.setCurrentWidget(self._empty if ready and not n else self.table)
        if self.lists.of(self.kind).lines:
            self._empty.show_words(
                _("Nobody fits these words"), _("Try part of a name, or the class.")
            )
        else:
            self._empty.show_words(*nobody_words(self.kind))
        self._offer()

    def _offer(self) -> None:
        n = len(self.model.shown)
        self.print.setEnabled(n > 0)
        self.export.setEnabled(n > 0)
        self.open_person.setEnabled(self.model.line(self.table.currentIndex().row()) is not None)

    def _heed(self, changes: tuple[Change, ...]) -> None:
        """Somebody, perhaps this window, changed the registry."""
        if self.isVisible() and any(change.kind in ("people", "consents") for change in changes):
            self._soon.start()

    # What can be done

    def _open_row(self, index: QModelIndex) -> None:
        chosen = self.model.line(index.row())
        if chosen is not None:
            self.session.shell.go_to("registry", person=chosen.person.id)

    def _export(self, format: ExportFormat) -> None:
        self.exit.export(self.kind, self.model.shown, format)

    def _complain(self, error: UserError) -> None:
        self.progress.finish()
        self.session.shell.show_banner(
            error.title, f"{error.explanation} {error.next_step}".strip(), kind="error"
        )


def _kind_button(kind: Chase) -> QPushButton:
    button = QPushButton(chase_word(kind))
    button.setCheckable(True)
    return button


def _button(text: str, icon: str, colour: str = "text") -> QPushButton:
    button = QPushButton(text)
    icons.put(button, icon, colour)
    return button

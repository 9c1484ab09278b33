"""The audit trail: who did what when, and proof that nobody changed it (clauses 3, 5.2)."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.users import Right
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.ports import Change
from smassistant.services.auditing import TrailLine, faults, list_entries
from ui import icons, theme
from ui.jobs import Lane
from ui.models.trail import LINE, TrailModel
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.forms import line
from ui.widgets.notice import Notice
from ui.widgets.progress import ProgressLine

STEP = 200  # lines loaded at first and with each "Show more"
SOON = 300  # milliseconds after a commit


class TrailPage(Page):
    """A table with a filter; `subject` shows the lines of one post, person or account."""

    key = "trail"
    icon = "trail"
    right: ClassVar[Right | None] = Right.SEE_TRAIL

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._subject = ""
        self._limit = STEP
        self.model = TrailModel(session.settings.zone, self)
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.model)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.table = _table(self.shown)
        self.filter = line(placeholder=_("Filter: a name or a word"))
        self.filter.setAccessibleName(_("Filter the trail"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.shown.setFilterFixedString)
        self.only = _button(_("Only about the same thing"), "search", self.show_same)
        self.all = _button(_("Show everything"), "back", self.show_all)
        self.more = _button(_("Show more"), "down", self.show_more)
        self.verify = _button(_("Verify"), "shield", self.check, "on_accent")
        self.verify.setProperty("role", "primary")
        self.notice = Notice()
        self.progress = ProgressLine()
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self._load)
        self._lay_out()
        selection = self.table.selectionModel()
        selection.currentChanged.connect(lambda _now, _before: self._offer())
        session.changes.committed.connect(self._heed)
        Shortcuts.FIND.on(self).activated.connect(self.filter.setFocus)
        Shortcuts.RELOAD.on(self).activated.connect(self._load)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("Trail")

    def open(self, **where: object) -> None:
        """Load the newest lines; `subject` names the one thing they are about."""
        self._subject = str(where.get("subject", ""))
        self._load()

    def close_down(self) -> None:
        """Forget what was shown."""
        self._soon.stop()
        self.model.show_lines(())
        self.notice.clear()
        self.filter.setText("")

    def primary(self) -> QWidget | None:
        """The table."""
        return self.table

    def show_same(self) -> None:
        """Only the lines about what the chosen line is about."""
        chosen = self._chosen()
        if chosen is not None:
            self._subject = chosen.entry.subject
            self._load()

    def show_all(self) -> None:
        """The lines about everything again."""
        self._subject = ""
        self._load()

    def show_more(self) -> None:
        """Load older lines too."""
        self._limit += STEP
        self._load()

    def check(self) -> None:
        """Prove that database and trail are whole."""
        self.verify.setEnabled(False)
        self.notice.clear()
        context = self.session.context
        task = self.session.jobs.start(
            self,
            lambda _task: faults(context),
            self._show_faults,
            self._complain,
            lane=Lane.CHECKS,  # it may take long, and nothing must wait to be saved meanwhile
        )
        self.progress.follow(task, _("Reading every line of the trail…"))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE)
        top.addWidget(theme.heading(self.title()))
        top.addWidget(self.filter, 1)
        top.addWidget(self.verify)
        below = QHBoxLayout()
        self._count = theme.note()
        below.addWidget(self._count, 1)
        for button in (self.all, self.only, self.more):
            below.addWidget(button)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.progress)
        column.addWidget(self.table, 1)
        column.addLayout(below)

    def _load(self) -> None:
        session, subject, limit = self.session, self._subject, self._limit
        session.jobs.start(
            self,
            lambda _task: list_entries(session.context, session.user, subject, limit),
            self._show_lines,
            self._complain,
        )

    def _show_lines(self, lines: tuple[TrailLine, ...]) -> None:
        self.model.show_lines(lines)
        text = ngettext("{n} line, newest first", "{n} lines, newest first", len(lines))
        self._count.setText(text.format(n=len(lines)))
        self.more.setVisible(len(lines) >= self._limit)
        self._offer()

    def _offer(self) -> None:
        self.all.setVisible(bool(self._subject))
        self.only.setVisible(not self._subject)
        self.only.setEnabled(self._chosen() is not None)

    def _chosen(self) -> TrailLine | None:
        index: QModelIndex = self.table.currentIndex()
        found = index.data(LINE) if index.isValid() else None
        return found if isinstance(found, TrailLine) else None

    def _show_faults(self, found: tuple[str, ...]) -> None:
        self.progress.finish()
        self.verify.setEnabled(True)
        if found:
            self.notice.say(
                _("The trail or the database has been damaged or changed."),
                " ".join(found),
                "error",
            )
        else:
            self.notice.say(
                _("Database and trail are whole: nothing is missing and nothing was changed."),
                kind="done",
            )

    def _heed(self, changes: tuple[Change, ...]) -> None:
        if self.isVisible():
            self._soon.start()

    def _complain(self, error: UserError) -> None:
        self.progress.finish()
        self.verify.setEnabled(True)
        self.notice.tell(error)


def _table(model: QSortFilterProxyModel) -> QTableView:
    table = QTableView()
    table.setAccessibleName(_("Audit trail, newest first"))
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(36)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    header.resizeSection(0, 210)
    header.resizeSection(1, 200)
    return table


def _button(text: str, icon: str, act: object, colour: str = "text") -> QPushButton:
    button = QPushButton(text)
    icons.put(button, icon, colour)
    button.clicked.connect(act)
    return button

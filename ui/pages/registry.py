"""The consent registry: who may be named or shown where, and why (clause 4.1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.users import Right
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.ports import Change, today_in
from smassistant.services.importing import ImportResult
from smassistant.services.keeping_registry import (
    PersonRecord,
    open_person,
    record_decision,
    restrict_person,
)
from smassistant.services.keeping_users import user_names
from ui import icons, theme
from ui.dialogs.decision import Decided, DecisionDialog
from ui.dialogs.roster import RosterDialog
from ui.models.people import PeopleModel
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.empty_note import EmptyNote
from ui.widgets.people_list import people_list, search_field
from ui.widgets.person_panel import PersonPanel, restriction_question

Done = Callable[[], None]
Failed = Callable[[UserError], None]
PANEL = 480  # pixels at least for the answers
TYPED = 120  # milliseconds after the last key of a search


class RegistryPage(Page):
    """A search, the people found, and everything about the chosen one."""

    key = "registry"
    icon = "people"
    right: ClassVar[Right | None] = Right.SEE_REGISTRY

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.may_change = session.user.may(Right.KEEP_REGISTRY)
        self.record: PersonRecord | None = None
        self._wanted = ""
        self.search = search_field()
        self.bring_in = QPushButton(_("Bring in a roster…"))
        self.bring_in.setProperty("role", "primary")
        icons.put(self.bring_in, "file", "on_accent")
        self.bring_in.clicked.connect(self.ask_roster)
        self.model = PeopleModel(session, self)
        self.list = people_list(self.model)
        self.count = theme.note()
        self.panel = PersonPanel(self.may_change)
        self._scrolled = QScrollArea()
        self._scrolled.setWidgetResizable(True)
        self._scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scrolled.setWidget(self.panel)
        self._scrolled.setMinimumWidth(PANEL)
        self._nobody = EmptyNote("people")
        self._choose = EmptyNote("person")
        self._typed = QTimer(self, interval=TYPED, singleShot=True)
        self._lay_out()
        self.bring_in.setVisible(self.may_change)
        self._connect()

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("People")

    def open(self, **where: object) -> None:
        """Load the list; `person` names who is to be shown."""
        self._wanted = str(where.get("person", "")) or self._wanted
        self.model.search(self.search.text())
        if self._wanted:
            self._open_person(self._wanted)

    def close_down(self) -> None:
        """Forget every name."""
        self._typed.stop()
        self.search.setText("")
        self._typed.stop()
        self.model.forget()
        self.panel.forget()
        self.record = None
        self.count.setText("")

    def primary(self) -> QWidget | None:
        """The search box."""
        return self.search

    # Layout

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE)
        top.addWidget(theme.heading(self.title()))
        top.addWidget(self.search, 1)
        top.addWidget(self.bring_in)
        found = QWidget()
        left = QVBoxLayout(found)
        theme.pad(left, 0, theme.GAP)
        self._left = QStackedWidget()
        self._left.addWidget(self.list)
        self._left.addWidget(self._nobody)
        left.addWidget(self._left, 1)
        left.addWidget(self.count)
        self._right = QStackedWidget()
        self._right.addWidget(self._choose)
        self._right.addWidget(self._scrolled)
        self._choose.show_words(
            _("Choose a person"),
            _("You see here what may be published of them, where, and who said so."),
        )
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(found)
        splitter.addWidget(self._right)
        splitter.setSizes([360, 760])
        splitter.setStretchFactor(1, 1)
        self.session.memory.follow_splitter(splitter, self.key)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addLayout(top)
        column.addWidget(splitter, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._typed.start())
        self.search.returnPressed.connect(self.list.setFocus)
        self._typed.timeout.connect(lambda: self.model.search(self.search.text()))
        self.model.counted.connect(self._show_count)
        self.model.loaded.connect(self._mark_chosen)
        self.model.failed.connect(self._complain)
        self.list.selectionModel().currentChanged.connect(self._open_row)
        self.panel.decision_asked.connect(self.ask_decision)
        self.panel.restriction_asked.connect(self.ask_restriction)
        self.session.changes.committed.connect(self._heed)
        theme.changes().changed.connect(self._recolour)
        Shortcuts.FIND.on(self).activated.connect(self.search.setFocus)
        Shortcuts.RELOAD.on(self).activated.connect(self.open)

    # The list

    def _show_count(self, total: int) -> None:
        self.count.setText(ngettext("{n} person", "{n} people", total).format(n=f"{total:n}"))
        self._left.setCurrentWidget(self.list if total else self._nobody)
        if total:
            return
        if self.search.text().strip():
            self._nobody.show_words(
                _("Nobody fits these words"), _("Try part of a name, or the homeroom.")
            )
        elif self.may_change:
            self._nobody.show_words(
                _("The registry is empty"),
                _("Bring in the roster, so that the program knows whose names to look for."),
            )
        else:
            self._nobody.show_words(
                _("The registry is empty"), _("Ask the school office to bring in the roster.")
            )

    def _mark_chosen(self) -> None:
        """After a reload the chosen person stays chosen, if they are still in the list."""
        row = self.model.row_of(self._wanted) if self._wanted else -1
        if row >= 0:
            self.list.selectionModel().setCurrentIndex(
                self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _open_row(self, index: QModelIndex) -> None:
        chosen = self.model.line(index.row()) if index.isValid() else None
        if chosen is not None and (
            self.record is None or chosen.person.id != self.record.person.id
        ):
            self._open_person(chosen.person.id)

    # The person

    def _open_person(self, person_id: str) -> None:
        self._wanted = person_id
        session = self.session
        session.jobs.start(
            self,
            lambda _task: (
                open_person(session.context, session.user, person_id),
                user_names(session.context),
            ),
            self._show_record,
            self._complain,
        )

    def _show_record(self, found: tuple[PersonRecord, dict[str, str]]) -> None:
        record, names = found
        if record.person.id != self._wanted:
            return
        self.record = record
        self.panel.show_record(record, names, self.session.settings.zone)
        self._right.setCurrentWidget(self._scrolled)

    def _heed(self, changes: tuple[Change, ...]) -> None:
        """Somebody, perhaps this window, changed the registry."""
        if self.isVisible() and any(change.kind in ("people", "consents") for change in changes):
            self.open()

    def _recolour(self) -> None:
        """The shapes in the table have colours of their own."""
        if self.isVisible() and self._wanted:
            self._open_person(self._wanted)

    # What can be done

    def ask_roster(self) -> None:
        """Bring a roster in."""
        dialog = RosterDialog(self.session, self)
        dialog.imported.connect(self._tell_imported)
        dialog.open()
        dialog.finished.connect(dialog.deleteLater)

    def ask_decision(self) -> None:
        """Record what was decided about the chosen person."""
        if self.record is not None:
            today = today_in(self.session.settings.zone, self.session.context.clock.now())
            person = self.record.person
            record = partial(self._record_decision, person.id)
            dialog = DecisionDialog(person.described, today, record, self)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _record_decision(
        self, person_id: str, decided: Decided, done: Done, failed: Failed
    ) -> None:
        session = self.session

        def work(_task: object) -> PersonRecord:
            return record_decision(
                session.context, session.user, person_id, decided.uses, decided.channels,
                decided.answer, decided.source, decided.signer, decided.valid_from,
                decided.valid_until, decided.note,
            )  # fmt: skip

        session.jobs.start(self, work, lambda _record: done(), failed)

    def ask_restriction(self, restricted: bool) -> None:
        """Never publish the chosen person, or take that back; asks first."""
        record, session = self.record, self.session
        if record is None:
            return
        if not session.shell.confirm(*restriction_question(record.person.shown_name, restricted)):
            self.panel.restricted.setChecked(record.person.restricted)
            return
        session.jobs.start(
            self,
            lambda _task: restrict_person(
                session.context, session.user, record.person.id, restricted
            ),
            failed=self._complain,
        )

    def _tell_imported(self, result: ImportResult) -> None:
        self.session.shell.show_banner(
            _("The roster is in: {added} new, {changed} changed, {decisions} permissions.").format(
                added=result.added, changed=result.changed, decisions=result.decisions
            )
        )

    def _complain(self, error: UserError) -> None:
        self.session.shell.show_banner(
            error.title, f"{error.explanation} {error.next_step}".strip(), kind="error"
        )

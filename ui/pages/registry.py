"""The consent registry: who may be named or shown where, and why (clause 4.1)."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.users import Right
from smassistant.i18n import _
from smassistant.ports import Change
from smassistant.services.keeping_registry import PersonRecord
from ui import icons, theme
from ui.dialogs.roster import RosterDialog
from ui.models.history import Act
from ui.models.person import PersonView, load_person
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.chosen_people import SHOWN, ChosenPeople
from ui.widgets.empty_note import EmptyNote
from ui.widgets.people_finder import PeopleFinder
from ui.widgets.person_panel import PersonPanel
from ui.widgets.registry_work import RegistryWork

HEARD = ("people", "consents", "scans", "accounts")


class RegistryPage(Page):
    """A search, the people found, and everything about the chosen one or ones."""

    key = "registry"
    icon = "people"
    right: ClassVar[Right | None] = Right.SEE_REGISTRY

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.may_change = session.user.may(Right.KEEP_REGISTRY)
        self.view: PersonView | None = None
        self.chosen: tuple[str, ...] = ()
        self._wanted = ""
        self.finder = PeopleFinder(session, self.may_change)
        self.search, self.list = self.finder.search, self.finder.list
        self.model, self.count = self.finder.model, self.finder.count
        self.panel = PersonPanel(self.may_change)
        self.many = ChosenPeople()
        self.work = RegistryWork(session, self)
        self.bring_in = QPushButton(_("Bring in a roster…"))
        self.bring_in.setProperty("role", "primary")
        icons.put(self.bring_in, "file", "on_accent")
        self.more = self._more_button()
        if not self.may_change:
            self.bring_in.hide()
            self.more.hide()
        self._scrolled = QScrollArea()
        self._scrolled.setWidgetResizable(True)
        self._scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scrolled.setWidget(self.panel)
        self._choose = EmptyNote("person")
        self.add = QPushButton(_("Add a person by hand…"))
        self.add.clicked.connect(self.ask_new_person)
        self._empty = EmptyNote("people", below=self.add if self.may_change else None)
        self._lay_out()
        self._connect()

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("People")

    def open(self, **where: object) -> None:
        """Load the list; `person` names who is to be shown."""
        named = str(where.get("person", ""))
        self._wanted = named or self._wanted
        self.finder.open(named)
        if self._wanted:
            self._open_person(self._wanted)

    def close_down(self) -> None:
        """Forget every name."""
        self.finder.forget()
        self.panel.forget()
        self.many.forget()
        self.view, self.chosen, self._wanted = None, (), ""
        self._right.setCurrentWidget(self._choose)

    def primary(self) -> QWidget | None:
        """The search box."""
        return self.search

    @property
    def record(self) -> PersonRecord | None:
        """What is known about the person shown."""
        return self.view.record if self.view else None

    def show_history(self) -> None:
        """Scroll down to the chosen person's history."""
        self._scrolled.ensureWidgetVisible(self.panel.past)

    # Layout

    def _more_button(self) -> QPushButton:
        """What is done now and then, behind one button."""
        button = QPushButton(_("More"))
        menu = QMenu(button)
        menu.aboutToShow.connect(self._suit_more)
        for text, call in (
            (_("Add a person…"), self.ask_new_person),
            (_("Renew permissions for a year…"), self.ask_roll_over),
            (_("Records that look alike…"), self.work.ask_look_alikes),
        ):
            menu.addAction(text).triggered.connect(call)
        button.setMenu(menu)
        return button

    def _suit_more(self) -> None:
        """What needs people can't be chosen while there are none."""
        _add, renew, alike = self.more.menu().actions()
        renew.setEnabled(bool(self.finder.groups))
        alike.setEnabled(self._whole.currentWidget() is self._splitter)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE)
        top.addWidget(theme.heading(self.title()))
        top.addStretch()
        top.addWidget(self.more)
        top.addWidget(self.bring_in)
        self._right = QStackedWidget()
        for widget in (self._choose, self._scrolled, self.many):
            self._right.addWidget(widget)
        self._choose.show_words(
            _("Choose a person"),
            _("You see here what may be published of them, where, and who said so."),
        )
        splitter = self._splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.finder)
        splitter.addWidget(self._right)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([380, 760])
        self.session.memory.follow_splitter(splitter, self.key)
        self._empty.show_words(
            _("The registry is empty"),
            _("Bring in the roster, so that the program knows whose names to look for.")
            if self.may_change
            else _("Ask the school office to bring in the roster."),
        )
        self._whole = QStackedWidget()
        self._whole.addWidget(splitter)
        self._whole.addWidget(self._empty)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addLayout(top)
        column.addWidget(self.work.way_back.progress)
        column.addWidget(self._whole, 1)

    def _connect(self) -> None:
        self.finder.opened.connect(self._open_row)
        self.finder.chosen.connect(self._show_chosen)
        self.finder.counted.connect(self._show_emptiness)
        self.finder.failed.connect(self.work.complain)
        self.work.added.connect(lambda person_id: self.open(person=person_id))
        self.bring_in.clicked.connect(self.ask_roster)
        panel, past = self.panel, self.panel.past
        panel.decision_asked.connect(self.ask_decision)
        panel.edit_asked.connect(self.ask_edit)
        panel.restriction_asked.connect(self.ask_restriction)
        past.correction_asked.connect(self.ask_correction)
        past.scan_offered.connect(self.work.attach_scan)
        past.scan_asked.connect(self.work.show_scans)
        self.many.decision_asked.connect(lambda: self.work.ask_many(self.chosen))
        self.many.everybody_asked.connect(self.finder.choose_everybody)
        self.many.dropped.connect(self.list.clearSelection)
        self.session.changes.committed.connect(self._heed)
        Shortcuts.FIND.on(self).activated.connect(self.search.setFocus)
        Shortcuts.RELOAD.on(self).activated.connect(self.open)

    # Who is shown

    def _show_emptiness(self, total: int) -> None:
        """Nobody at all is another thing than nobody who fits."""
        empty = not total and not self.finder.narrowed
        if empty == (self._whole.currentWidget() is self._empty):
            return
        self._whole.setCurrentWidget(self._empty if empty else self._splitter)
        (self.bring_in if empty else self.search).setFocus()

    def _open_row(self, person_id: str) -> None:
        if self.view is None or person_id != self.view.record.person.id:
            self._open_person(person_id)

    def _open_person(self, person_id: str) -> None:
        self._wanted = person_id
        session = self.session
        session.jobs.start(
            self,
            lambda _task: load_person(session.context, session.user, person_id),
            self._show_view,
            self.work.complain,
        )

    def _show_view(self, view: PersonView) -> None:
        if view.record.person.id != self._wanted:
            return
        if self.view is None or self.view.record.person.id != self._wanted:
            self._scrolled.verticalScrollBar().setValue(0)
        self.view = view
        self.panel.show_view(view, self.session.settings.zone)
        if not self.chosen:
            self._right.setCurrentWidget(self._scrolled)

    def _show_chosen(self, ids: tuple[str, ...]) -> None:
        """Several people take the place of the one, until fewer are chosen."""
        self.chosen = ids
        if not ids:
            self._right.setCurrentWidget(self._scrolled if self.view else self._choose)
            return
        rows = (self.model.line(self.model.row_of(person_id)) for person_id in ids[:SHOWN])
        names = [line.person.described for line in rows if line is not None]
        self.many.show_people(names, len(ids), self.finder.total)
        self._right.setCurrentWidget(self.many)

    def _heed(self, changes: tuple[Change, ...]) -> None:
        """Somebody, perhaps this window, changed the registry."""
        if self.isVisible() and any(change.kind in HEARD for change in changes):
            self.open()

    # What can be done

    def ask_roster(self) -> None:
        """Bring a roster in."""
        dialog = RosterDialog(self.session, self)
        dialog.imported.connect(self.work.offer_way_back)
        dialog.open()
        dialog.finished.connect(dialog.deleteLater)

    def ask_decision(self) -> None:
        """Record what was decided about the chosen person."""
        if self.record is not None:
            self.work.ask_decision(self.record)

    def ask_edit(self) -> None:
        """Change what is known about the chosen person."""
        if self.record is not None:
            self.work.ask_edit(self.record.person)

    def ask_correction(self, act: Act) -> None:
        """Set an entry of the chosen person's history right."""
        if self.view is not None:
            self.work.ask_correction(act, self.view)

    def ask_new_person(self) -> None:
        """Add somebody who stands in no roster."""
        self.work.ask_edit(None)

    def ask_roll_over(self) -> None:
        """Renew the permissions of whole classes."""
        self.work.ask_roll_over(self.finder.groups)

    def ask_restriction(self, restricted: bool) -> None:
        """Never publish the chosen person, or take that back; asks first."""
        record = self.record
        if record is None:
            return
        if not self.work.ask_restriction(record.person, restricted):
            self.panel.restricted.setChecked(record.person.restricted)

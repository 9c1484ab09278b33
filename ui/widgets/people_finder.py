"""Finding people of the registry: the search, its filters, the list and who is chosen in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.lookups import Filters, Group
from smassistant.domain.people import Kind
from smassistant.i18n import _, ngettext
from smassistant.services.looking_up import find_ids, list_groups
from ui import theme, words
from ui.models.people import PeopleModel
from ui.session import Session
from ui.widgets.empty_note import EmptyNote
from ui.widgets.people_list import people_list, search_field
from ui.widgets.words import number_words


class PeopleFinder(QWidget):
    """`opened` names the person at the cursor; `chosen` the identifiers when they are several."""

    opened = Signal(str)
    chosen = Signal(object)  # tuple of identifiers; empty when one or nobody is chosen
    counted = Signal(int)
    failed = Signal(object)  # UserError

    def __init__(self, session: Session, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.total = 0
        self._wanted = ""
        self._marking = False
        self.search = search_field()
        self.group = _combo(_("Class"), _("All classes"))
        self.kind = _combo(_("Kind of person"), _("Everybody"))
        for kind in Kind:
            self.kind.addItem(words.kind_plural(kind), kind)
        self.attention = QCheckBox(_("Needs attention"))
        self.attention.setToolTip(
            _("No answer yet, ending within 30 days, contradicting answers, or nobody who signed")
        )
        self.model = PeopleModel(session, self)
        self.list = people_list(self.model)
        if may_change:
            self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.count = theme.note()
        self._nobody = EmptyNote("people")
        self._nobody.show_words(
            _("Nobody fits"),
            _("Try part of a name, a number or the homeroom, or show all classes."),
        )
        self._lay_out()
        self._connect()

    def open(self, person_id: str = "") -> None:
        """Load the list, its classes, and put the cursor on a person who is in it."""
        if person_id and person_id != self._wanted:
            self.list.clearSelection()
            self._wanted = person_id
        self._load_groups()
        self.model.reload()

    def filter(self, filters: Filters) -> None:
        """Show whom these filters fit, whatever was chosen before."""
        self.search.clear()
        self.kind.setCurrentIndex(max(self.kind.findData(filters.kind), 0))
        self.group.setCurrentIndex(max(self.group.findData(filters.group), 0))
        self.attention.setChecked(filters.attention)

    def choose_everybody(self) -> None:
        """Choose all people the search has, those too that are not loaded."""
        session, text, filters = self._session, self.search.text(), self.filters
        self.list.selectAll()
        session.jobs.start(
            self,
            lambda _task: find_ids(session.context, session.user, text, filters),
            self.chosen.emit,
            self.failed.emit,
        )

    def forget(self) -> None:
        """Drop every name."""
        for box in (self.search, self.group, self.kind, self.attention):
            box.blockSignals(True)
        self.search.clear()
        self.group.clear()
        self.group.addItem(_("All classes"), None)
        self.kind.setCurrentIndex(0)
        self.attention.setChecked(False)
        for box in (self.search, self.group, self.kind, self.attention):
            box.blockSignals(False)
        self.model.search("")
        self.model.forget()
        self.count.setText("")

    @property
    def filters(self) -> Filters:
        """What the boxes beside the search say."""
        return Filters(
            self.group.currentData(), self.kind.currentData(), self.attention.isChecked()
        )

    @property
    def narrowed(self) -> bool:
        """Whether somebody may be in the registry whom the list does not show."""
        return bool(self.search.text().strip()) or self.filters != Filters()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The classes there are."""
        return tuple(self.group.itemData(row) for row in range(1, self.group.count()))

    def _lay_out(self) -> None:
        narrowed = QHBoxLayout()
        narrowed.setSpacing(theme.GAP)
        narrowed.addWidget(self.group, 1)
        narrowed.addWidget(self.kind, 1)
        self._left = QStackedWidget()
        self._left.addWidget(self.list)
        self._left.addWidget(self._nobody)
        column = QVBoxLayout(self)
        theme.pad(column, 0, theme.GAP)
        column.addWidget(self.search)
        column.addLayout(narrowed)
        column.addWidget(self.attention)
        column.addWidget(self._left, 1)
        column.addWidget(self.count)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._go_to_list)
        self.group.currentIndexChanged.connect(self._search)
        self.kind.currentIndexChanged.connect(self._search)
        self.attention.toggled.connect(self._search)
        self.model.counted.connect(self.show_count)
        self.model.loaded.connect(self._mark_wanted)
        self.model.failed.connect(self.failed)
        self.list.selectionModel().selectionChanged.connect(self._tell_chosen)

    def _search(self) -> None:
        self.chosen.emit(())
        self.model.search(self.search.text(), self.filters)

    def _load_groups(self) -> None:
        session = self._session
        session.jobs.start(
            self,
            lambda _task: list_groups(session.context, session.user),
            self._show_groups,
            self.failed.emit,
        )

    def _show_groups(self, groups: Sequence[Group]) -> None:
        """Offer the classes; one school's need no school's name."""
        if tuple(groups) == self.groups:
            return
        chosen, several = self.group.currentData(), len({group.school for group in groups}) > 1
        self.group.blockSignals(True)
        while self.group.count() > 1:
            self.group.removeItem(1)
        for group in groups:
            name = f"{group.shown}, {group.school}" if several and group.school else group.shown
            self.group.addItem(name, group)
        self.group.setCurrentIndex(max(self.group.findData(chosen), 0))
        self.group.blockSignals(False)

    def show_count(self, total: int) -> None:
        """Say how many were found; `counted` lets the page say what an empty registry needs."""
        self.total = total
        self.count.setText(
            ngettext("{n} person", "{n} people", total).format(n=number_words(total))
        )
        self._left.setCurrentWidget(self.list if total else self._nobody)
        self.counted.emit(total)

    def _mark_wanted(self) -> None:
        """After a reload the chosen person stays chosen, if they are still in the list."""
        row = self.model.row_of(self._wanted) if self._wanted else -1
        selection = self.list.selectionModel()
        if row >= 0 and not selection.hasSelection():
            self._marking = True
            selection.setCurrentIndex(
                self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self._marking = False

    def _go_to_list(self) -> None:
        """Enter opens the first who was found, unless somebody is open already."""
        self.list.setFocus()
        if self.model.rowCount() and not self.list.selectionModel().hasSelection():
            self.list.setCurrentIndex(self.model.index(0))

    def _tell_chosen(self) -> None:
        """One chosen row opens its person; several are told together.

        The cursor alone opens nobody: Qt puts it on the first row when the list gets the keyboard.
        """
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        lines = (self.model.line(row) for row in rows)
        ids = tuple(line.person.id for line in lines if line is not None)
        self.chosen.emit(ids if len(ids) > 1 else ())
        if len(ids) == 1:
            self._wanted = ids[0]
            if not self._marking:
                self.opened.emit(ids[0])


def _combo(name: str, everything: str) -> QComboBox:
    """A box that narrows the list; its first entry narrows nothing."""
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setMinimumHeight(theme.TARGET)
    combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    combo.addItem(everything, None)
    return combo

"""Step 4: what bringing the file in would change, and what of it needs a second look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.i18n import _, ngettext
from smassistant.services.importing import RosterPreview
from ui import icons, theme
from ui.delegates.choice import ChoiceView
from ui.dialogs.roster.step import RosterStep
from ui.models.choice_table import ChoiceTable, Index
from ui.models.roster_reading import RosterReading
from ui.roster_words import change_words, problem_words, worse_lines
from ui.widgets.empty_note import EmptyNote
from ui.widgets.words import number_words

MOST = 200  # lines of one list; nobody reads more, and the counts tell the rest
WHO_WIDTH = 480


@dataclass(frozen=True, slots=True)
class MissingLine:
    """Somebody whom the file does not name, and what becomes of them."""

    person_id: str
    described: str
    left: bool = False


class MissingModel(ChoiceTable[MissingLine]):
    """Keeps everybody unless the person importing says otherwise."""

    def titles(self) -> Sequence[str]:
        return (_("Not in the file"), _("What to do"))

    def texts(self, line: MissingLine) -> Sequence[str]:
        return (line.described, _("Mark as left") if line.left else _("Keep as before"))

    def value(self, line: MissingLine) -> bool:
        return line.left

    def options(self, line: MissingLine) -> Sequence[tuple[str, Any]]:
        return [(_("Keep as before"), False), (_("Mark as left"), True)]

    def with_value(self, line: MissingLine, value: Any) -> MissingLine:
        return replace(line, left=bool(value))


class ChangesStep(RosterStep):
    """Lists by kind; `worse_shown` carries the permissions that get worse."""

    worse_shown = Signal(object)  # tuple of Worsened

    def __init__(self, reading: RosterReading) -> None:
        super().__init__(reading)
        self.left: set[str] = set()
        self._missing_ids: tuple[str, ...] = ()
        self.lists = {
            "new": _Lines(_("New people")),
            "changed": _Lines(_("Changed people")),
            "worse": _Lines(_("Permissions that are lost")),
            "problems": _Lines(_("Problems in the file")),
        }
        self.touched = _Lines(_("Posts that are touched"))
        self.touched_title = theme.heading("", 3)
        self.untouched = theme.note()
        self._posts = QWidget()
        self.missing = MissingModel(self)
        self.missing.chosen.connect(self._mark)
        self.missing_view = ChoiceView(self.missing, _("People who are not in the file"))
        self.missing_view.setColumnWidth(0, WHO_WIDTH)
        self.keep_all, self.leave_all = QPushButton(), QPushButton()
        self.keep_all.clicked.connect(lambda: self._mark_all(False))
        self.leave_all.clicked.connect(lambda: self._mark_all(True))
        self.permissions = theme.note()
        self.nothing = EmptyNote("ok", "ok")
        self.nothing.show_words(
            _("Nothing changes"), _("The registry says the same as the file already.")
        )
        self.tabs = QTabWidget()
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Kinds of changes"))
        self._pages = {
            "new": self.lists["new"],
            "changed": self.lists["changed"],
            "missing": self._missing_page(),
            "worse": self._worse_page(),
            "problems": self.lists["problems"],
        }
        for page in self._pages.values():
            self.tabs.addTab(page, "")
        self.column.setSpacing(theme.GAP)
        self.column.addWidget(self.permissions)
        self.column.addWidget(self.tabs, 1)
        self.column.addWidget(self.nothing, 1)

    def title(self) -> str:
        return _("Changes")

    def first(self) -> QWidget | None:
        return self.tabs.tabBar() if self.tabs.isVisibleTo(self) else None

    def shown(self) -> None:
        """Begin with what needs a second look."""
        order = ("worse", "missing", "new", "changed", "problems")
        there = [name for name in order if self.tabs.isTabVisible(self._at(name))]
        if there:
            self.tabs.setCurrentIndex(self._at(there[0]))

    def show_preview(self, preview: RosterPreview) -> None:
        self._missing_ids = preview.missing_ids
        self.left &= set(preview.missing_ids)
        self._fill("new", [change_words(p) for p in preview.new_people], preview.new)
        self._fill("changed", [change_words(p) for p in preview.changed_people], preview.changed)
        losing = len({item.person.id for item in preview.worse})
        self._fill("worse", worse_lines(preview.worse, MOST), losing)
        problems = [problem_words(problem) for problem in preview.problems[:MOST]]
        self._fill("problems", problems, len(preview.problems))
        self._show_missing(preview)
        self._name_tabs(preview)
        self._posts.hide()
        self.untouched.setText(_("Looking through the posts…"))
        self.touched.show_lines([], 0)
        self.worse_shown.emit(preview.worse)

    def forget(self) -> None:
        for lines in (*self.lists.values(), self.touched):
            lines.show_lines([], 0)
        self.missing.show_lines([])
        self.left, self._missing_ids = set(), ()

    def show_touched(self, lines: Sequence[str]) -> None:
        """List the posts that the worse permissions touch."""
        self.touched.show_lines(lines[:MOST], len(lines))
        self.touched_title.setText(
            ngettext("{n} post is touched", "{n} posts are touched", len(lines)).format(
                n=number_words(len(lines))
            )
            if lines
            else ""
        )
        self._posts.setVisible(bool(lines))
        self.untouched.setText("" if lines else _("No post needs these permissions."))

    def _fill(self, name: str, lines: Sequence[str], count: int) -> None:
        self.lists[name].show_lines(lines[:MOST], count)

    def _show_missing(self, preview: RosterPreview) -> None:
        self.missing.show_lines(
            [
                MissingLine(person.person_id, person.described, person.person_id in self.left)
                for person in preview.missing_people
            ]
        )
        count = number_words(preview.missing)
        self.keep_all.setText(_("Keep all {n}").format(n=count))
        for button in (self.keep_all, self.leave_all):
            button.setVisible(preview.missing > 1)
        self.leave_all.setText(_("Mark all {n} as left").format(n=count))

    def _name_tabs(self, preview: RosterPreview) -> None:
        worse = len(preview.worse)
        named = {
            "new": (_("New: {n}"), preview.new),
            "changed": (_("Changed: {n}"), preview.changed),
            "missing": (_("Not in the file: {n}"), preview.missing),
            "worse": (_("Permissions worse: {n}"), worse),
            "problems": (_("Problems: {n}"), len(preview.problems)),
        }
        for name, (text, count) in named.items():
            self.tabs.setTabText(self._at(name), text.format(n=number_words(count)))
            self.tabs.setTabVisible(self._at(name), bool(count))
        self.tabs.setTabIcon(self._at("worse"), icons.icon("warning", "warning"))
        some = any(count for _text, count in named.values())
        self.tabs.setVisible(some)
        self.nothing.setVisible(not some)
        self.permissions.setText(_permission_sentence(preview.better, worse))

    def _mark(self, line: MissingLine, left: bool) -> None:
        (self.left.add if left else self.left.discard)(line.person_id)

    def _mark_all(self, left: bool) -> None:
        self.left = set(self._missing_ids) if left else set()
        self.missing.show_lines([replace(line, left=left) for line in self.missing.lines])

    def _at(self, name: str) -> int:
        return list(self._pages).index(name)

    def _missing_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme.GAP, 0, 0)
        column.addWidget(
            theme.note(
                _(
                    "Nobody is removed. Somebody marked as left keeps their history; a file that "
                    "only holds some classes is no reason to mark anybody."
                )
            )
        )
        column.addWidget(self.missing_view, 1)
        row = QHBoxLayout()
        row.addWidget(self.keep_all)
        row.addWidget(self.leave_all)
        row.addStretch()
        column.addLayout(row)
        return page

    def _worse_page(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, theme.GAP, 0, 0)
        row.setSpacing(theme.SPACE)
        right = QVBoxLayout(self._posts)
        theme.pad(right, 0, theme.GAP)
        right.addWidget(self.touched_title)
        right.addWidget(self.touched, 1)
        right.addWidget(
            theme.note(
                _(
                    "Published posts are put on the take-down list when the roster is brought in; "
                    "the others are held by the checks."
                )
            )
        )
        left = QVBoxLayout()
        theme.pad(left, 0, theme.GAP)
        left.addWidget(theme.heading(_("Permitted now, not any more after this"), 3))
        left.addWidget(self.lists["worse"], 1)
        left.addWidget(self.untouched)
        row.addLayout(left, 1)
        row.addWidget(self._posts, 1)
        return page


class _Sentences(QStringListModel):
    """Sentences whose tool tip tells what there was no room for."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        tip = role == Qt.ItemDataRole.ToolTipRole
        return super().data(index, Qt.ItemDataRole.DisplayRole if tip else role)


class _Lines(QListView):
    """Sentences to read; the last says how many more there are."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._model = _Sentences(self)
        self.setModel(self._model)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lines(self, lines: Sequence[str], count: int) -> None:
        """Show `lines`, the first of `count`."""
        shown = list(lines)
        if count > len(shown):
            shown.append(_("… and {n} more").format(n=number_words(count - len(shown))))
        if shown != self._model.stringList():
            self._model.setStringList(shown)


def _permission_sentence(better: int, worse: int) -> str:
    """How many permissions of people in the registry change."""
    parts = []
    if better:
        text = ngettext("{n} permission is gained.", "{n} permissions are gained.", better)
        parts.append(text.format(n=number_words(better)))
    if worse:
        text = ngettext("{n} permission is lost.", "{n} permissions are lost.", worse)
        parts.append(text.format(n=number_words(worse)))
    return " ".join(parts) or _("Nobody in the registry gains or loses a permission.")

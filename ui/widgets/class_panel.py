"""Ticking a whole class through: who of it is in the picture, and who must not be recognisable."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.lookups import Group
from smassistant.errors import UserError
from smassistant.i18n import _, labelled, ngettext
from smassistant.jobs import Task
from smassistant.services.keeping_registry import PersonLine, explain
from smassistant.services.showing_people import Showing, list_class, list_classes
from ui import icons, theme
from ui.jobs import Lane
from ui.session import Session


class ClassPanel(QWidget):
    """`taken` tells who of the class is in the picture, and whom nobody may recognise in it."""

    taken = Signal(object, object, object)  # Group, lines in the picture, lines to look for
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = Showing()
        self._task: Task | None = None
        self._lines: list[PersonLine | None] = []
        self.setProperty("pane", True)
        self.title = theme.heading(_("Who of the class is in the picture?"), 2)
        self.title.setWordWrap(True)
        self.group = QComboBox()
        self.group.setAccessibleName(_("Class"))
        self.group.currentIndexChanged.connect(lambda _row: self._load_class())
        self.list = QListWidget()
        self.list.setAccessibleName(_("Students of the class; Space ticks who is in the picture"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.itemChanged.connect(lambda _item: self._count())
        self.note = theme.note()
        self.everyone = QPushButton(_("Tick everyone"))
        self.nobody = QPushButton(_("Untick everyone"))
        self.take = QPushButton()
        self.cancel = QPushButton(_("Cancel"))
        self.everyone.clicked.connect(lambda: self._tick_all(True))
        self.nobody.clicked.connect(lambda: self._tick_all(False))
        self.take.clicked.connect(self._tell)
        self.cancel.clicked.connect(self.left)
        self._build()

    def _build(self) -> None:
        ticks, ends = QHBoxLayout(), QHBoxLayout()
        for row, buttons in (
            (ticks, (self.everyone, self.nobody)),
            (ends, (self.cancel, self.take)),
        ):
            row.setSpacing(theme.GAP)
            for button in buttons:
                button.setAutoDefault(False)
                row.addWidget(button, 1)
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, theme.GAP)
        layout.addWidget(self.title)
        layout.addWidget(self.group)
        layout.addLayout(ticks)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.note)
        layout.addLayout(ends)

    def open(self, asked: Showing, group: Group | None) -> None:
        """Load the classes and show one of them."""
        self._asked = asked
        context, user = self._session.context, self._session.user

        def show(groups: tuple[Group, ...]) -> None:
            self._task = None
            self._show_groups(groups, group)

        self._start(lambda _task: list_classes(context, user), show)
        self.group.setFocus()

    def close_down(self) -> None:
        """Drop every name."""
        self._cancel()
        self.group.blockSignals(True)
        self.group.clear()
        self.group.blockSignals(False)
        self._show_class(())

    def event(self, event: QEvent) -> bool:
        """Esc goes back to the faces, not out of the picture."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        return super().event(event)

    def _show_groups(self, groups: tuple[Group, ...], group: Group | None) -> None:
        schools = {one.school for one in groups}
        self.group.blockSignals(True)
        self.group.clear()
        for one in groups:
            words = f"{one.shown} · {one.school}" if len(schools) > 1 else one.shown
            self.group.addItem(words, one)
        self.group.setCurrentIndex(groups.index(group) if group in groups else -1)
        self.group.blockSignals(False)
        self.group.setPlaceholderText(_("Choose a class"))
        self._load_class()

    def _load_class(self) -> None:
        group = self.group.currentData()
        self._show_class(())
        if not isinstance(group, Group):
            return
        context, user, asked = self._session.context, self._session.user, self._asked

        def show(lines: tuple[PersonLine, ...]) -> None:
            self._task = None
            self._show_class(lines)

        self._start(lambda _task: list_class(context, user, group, asked), show)

    def _show_class(self, lines: tuple[PersonLine, ...]) -> None:
        """Those who may be shown are ticked; the others stand below with what it means."""
        may = [line for line in lines if line.photo.permitted]
        may_not = [line for line in lines if not line.photo.permitted]
        self.list.blockSignals(True)
        self.list.clear()
        self._lines = []
        for line in may:
            self._add(line, ticked=True)
        if may_not:
            self._add_heading(_("Must not be recognisable: look for them"))
        for line in may_not:
            self._add(line, ticked=False)
        self.list.blockSignals(False)
        if self._lines:
            self.list.setCurrentRow(0 if may else 1)
        self._count()

    def _add(self, line: PersonLine, ticked: bool) -> None:
        words = _standing_words(line)
        item = QListWidgetItem(words)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        shape, colour = ("ok", "ok") if line.photo.permitted else ("block", "danger")
        item.setIcon(icons.icon(shape, colour))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        self.list.addItem(item)
        self._lines.append(line)

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.font(3))
        self.list.addItem(item)
        self._lines.append(None)

    def _tick_all(self, ticked: bool) -> None:
        """Ticking all means all who may be shown; whom nobody may recognise is ticked by hand."""
        self.list.blockSignals(True)
        for row, line in enumerate(self._lines):
            if line is not None and (line.photo.permitted or not ticked):
                state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
                self.list.item(row).setCheckState(state)
        self.list.blockSignals(False)
        self._count()

    def _ticked(self) -> tuple[PersonLine, ...]:
        return tuple(
            line
            for row, line in enumerate(self._lines)
            if line is not None and self.list.item(row).checkState() is Qt.CheckState.Checked
        )

    def _count(self) -> None:
        n = len(self._ticked())
        self.take.setEnabled(n > 0)
        self.take.setText(ngettext("Take this one", "Take these {n}", n).format(n=n))
        if self._lines:
            words = _("Untick who is not in the picture. Then put each on a face with one click.")
        elif isinstance(self.group.currentData(), Group):
            words = _("There is no student in this class.")
        else:
            words = _("Choose a class above.")
        self.note.setText(words)

    def _tell(self) -> None:
        lookout = tuple(line for line in self._lines if line and not line.photo.permitted)
        self.taken.emit(self.group.currentData(), self._ticked(), lookout)

    def _start(self, call: object, done: object) -> None:
        self._cancel()
        self._task = self._session.jobs.start(
            self, call, done, self._fail, lane=Lane.STORE  # type: ignore[arg-type]
        )  # fmt: skip

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _fail(self, error: UserError) -> None:
        self._task = None
        self.note.setText(str(error))


def _standing_words(line: PersonLine) -> str:
    """A student and whether they may be shown, short: a class is long."""
    if line.photo.permitted:
        return _("{name}: may be shown").format(name=line.person.shown_name)
    return labelled(line.person.shown_name, explain(line.photo))

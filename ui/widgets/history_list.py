"""The history of a person's decisions, newest first, and what can be done about one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.scans import Scan
from smassistant.i18n import _
from ui import icons, theme
from ui.models.history import Act, corrected_words, forms_words, sentence
from ui.widgets.flow_layout import FlowLayout

MOST_SHOWN = 6  # entries before the list scrolls in itself
ACROSS, DOWN = 16, 9  # pixels around an entry's words: the sheet's padding and Qt's own margin


class HistoryList(QWidget):
    """Each act is one entry; what was a mistake is struck out and says who set it right."""

    correction_asked = Signal(object)  # Act
    scan_offered = Signal(object)  # Act
    scan_asked = Signal(object)  # tuple of Scan

    def __init__(self, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_change = may_change
        self._acts: tuple[Act, ...] = ()
        self._scans: tuple[Scan, ...] = ()
        self.list = _Entries()
        self.correct = _button(_("Correct…"), "undo", may_change)
        self.attach = _button(_("Attach the form…"), "add", may_change)
        self.show_scan = _button(_("Show the form"), "eye", True)
        self.correct.clicked.connect(lambda: self._tell(self.correction_asked))
        self.attach.clicked.connect(lambda: self._tell(self.scan_offered))
        self.show_scan.clicked.connect(self._tell_scan)
        self.list.currentRowChanged.connect(self._offer)
        buttons = FlowLayout()
        for button in (self.correct, self.attach, self.show_scan):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        theme.pad(column, 0, theme.GAP)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)

    def show_acts(
        self, acts: Sequence[Act], scans: Sequence[Scan], names: Mapping[str, str], zone: str
    ) -> None:
        """Show the history; `names` are those of staff by id."""
        self._acts, self._scans = tuple(acts), tuple(scans)
        self.list.clear()
        for act in acts:
            self.list.addItem(_entry(act, len(self.scans_of(act)), names, zone))
        if not acts:
            self.list.addItem(_("Nothing has been recorded: nothing is permitted."))
        self.list.fit()
        self._offer(-1)

    def forget(self) -> None:
        """Drop every entry."""
        self._acts, self._scans = (), ()
        self.list.clear()
        self._offer(-1)

    def scans_of(self, act: Act) -> tuple[Scan, ...]:
        """The scans that prove an act."""
        ids = {line.id for line in act.lines}
        return tuple(scan for scan in self._scans if ids & set(scan.decisions))

    @property
    def act(self) -> Act | None:
        """The chosen entry."""
        row = self.list.currentRow()
        return self._acts[row] if 0 <= row < len(self._acts) else None

    def _offer(self, _row: int) -> None:
        act = self.act
        self.correct.setEnabled(act is not None and not act.mistaken)
        self.attach.setEnabled(act is not None)
        self.show_scan.setEnabled(act is not None and bool(self.scans_of(act)))
        for button in (self.correct, self.attach):
            button.setVisible(self._may_change and bool(self._acts))
        self.show_scan.setVisible(bool(self._scans))

    def _tell(self, signal: SignalInstance) -> None:
        if (act := self.act) is not None:
            signal.emit(act)

    def _tell_scan(self) -> None:
        if (act := self.act) is not None:
            self.scan_asked.emit(self.scans_of(act))


class _Entries(QListWidget):
    """Wrapped entries, as tall as the first few of them need."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("History of decisions, newest first"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setProperty("role", "plain")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)

    def fit(self) -> None:
        """Take the height that the first entries need at this width."""
        width = self.viewport().width() - 2 * ACROSS
        heights = []
        for row in range(self.count()):
            item = self.item(row)
            room = QFontMetrics(item.font()).boundingRect(
                QRect(0, 0, max(width, 80), 0), Qt.TextFlag.TextWordWrap, item.text()
            )
            heights.append(room.height() + 2 * DOWN)
            item.setSizeHint(QSize(0, heights[-1]))
        self.setMinimumHeight(max(sum(heights[:MOST_SHOWN]) + 12, 56))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


def _entry(act: Act, forms: int, names: Mapping[str, str], zone: str) -> QListWidgetItem:
    said, wrong = sentence(act, names, zone), corrected_words(act, names, zone)
    more = [wrong] if wrong else []
    if forms:
        more.append(f"{forms_words(forms)}.")
    item = QListWidgetItem("\n".join((said, *more)))
    if act.mistaken:
        font = item.font()
        font.setStrikeOut(True)
        item.setFont(font)
    spoken = " ".join((*more, said)) if wrong else " ".join((said, *more))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    return item


def _button(text: str, icon: str, shown: bool) -> QPushButton:
    button = QPushButton(text)
    if not shown:
        button.hide()  # a button without a parent that is shown would be a window
    icons.put(button, icon)
    return button

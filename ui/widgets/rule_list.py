"""The rules in force as a list by pack, narrowed by words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from smassistant.domain.findings import Severity
from smassistant.domain.folding import squash
from smassistant.domain.rules import KINDS
from smassistant.i18n import _
from smassistant.services.keeping_rules import ShelvedRule
from ui import icons, theme
from ui.delegates.posts import LINES, dress_list
from ui.widgets.forms import line
from ui.widgets.rule_words import pack_word, state_words

KEY = Qt.ItemDataRole.UserRole
WIDTH = 296

Line = tuple[str, ShelvedRule, bool]


class RuleList(QWidget):
    """Packs with their rules; `chosen` carries the key of the rule that is chosen."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._key = ""
        self.search = line(placeholder=_("Search rules and phrases"))
        self.search.setAccessibleName(_("Search rules and phrases"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.list = QListWidget()
        self.list.setAccessibleName(_("Rules by pack"))
        self.list.setProperty("pane", True)
        dress_list(self.list, WIDTH)
        self.list.currentItemChanged.connect(self._choose)
        self.new = QPushButton(_("New rule"))
        icons.put(self.new, "add")
        column = QVBoxLayout(self)
        theme.pad(column, 0, theme.GAP)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.new)
        self.setFixedWidth(WIDTH)

    @property
    def key(self) -> str:
        """The rule that is chosen; empty for none."""
        return self._key

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show these; the one that was chosen stays chosen."""
        self._lines = tuple(lines)
        self._fill()

    def select(self, key: str) -> None:
        """Choose a rule, whatever the search says."""
        if key not in self._shown_keys():
            self.search.clear()
        for row in range(self.list.count()):
            if self.list.item(row).data(KEY) == key:
                self.list.setCurrentRow(row)

    def select_first(self) -> None:
        """Choose the first rule."""
        keys = self._shown_keys()
        if keys:
            self.select(keys[0])

    def _shown_keys(self) -> list[str]:
        keys = [self.list.item(row).data(KEY) for row in range(self.list.count())]
        return [key for key in keys if key]

    def _fill(self) -> None:
        wanted = squash(self.search.text())
        self.list.blockSignals(True)
        self.list.clear()
        pack = ""
        for key, shelved, unsaved in self._lines:
            if wanted and wanted not in _searched(shelved):
                continue
            if shelved.pack != pack:
                pack = shelved.pack
                self.list.addItem(_heading(pack))
            item = _item(key, shelved, unsaved)
            self.list.addItem(item)
            if key == self._key:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _choose(self, item: QListWidgetItem | None) -> None:
        key = str(item.data(KEY) or "") if item else ""
        if key:
            self._key = key
            self.chosen.emit(key)


def _heading(pack: str) -> QListWidgetItem:
    item = QListWidgetItem(pack_word(pack))
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setIcon(icons.icon("file", "muted"))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, _("Pack {name}.").format(name=item.text()))
    return item


def _item(key: str, shelved: ShelvedRule, unsaved: bool) -> QListWidgetItem:
    rule, state = shelved.rule, state_words(shelved, unsaved)
    item = QListWidgetItem(rule.id)
    item.setData(KEY, key)
    item.setData(LINES, (state,))
    if unsaved:
        item.setIcon(icons.icon("draft", "warning"))
    elif rule.off:
        item.setIcon(icons.icon("no", "muted"))
    elif shelved.changed:
        item.setIcon(icons.icon("write", "accent"))
    else:
        item.setIcon(icons.icon(*_severity(rule.severity)))
    item.setData(
        Qt.ItemDataRole.AccessibleTextRole,
        _("Rule {rule}, pack {pack}: {state}.").format(
            rule=rule.id, pack=pack_word(shelved.pack), state=state
        ),
    )
    return item


def _severity(severity: str) -> tuple[str, str]:
    colours = {Severity.BLOCK: "danger", Severity.WARN: "warning", Severity.ADVICE: "accent"}
    known = Severity(severity)
    return theme.SEVERITY_ICONS[known], colours[known]


def _searched(shelved: ShelvedRule) -> str:
    """All a search looks through, as one look-up key."""
    rule = shelved.rule
    phrases = (text for kind in KINDS for text in getattr(rule, kind))
    return squash(" ".join((rule.id, rule.code, pack_word(shelved.pack), rule.message, *phrases)))

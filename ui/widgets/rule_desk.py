"""Editing rules: the list on the left, the form, the test box below it, the buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.rules import OWN_PACK
from smassistant.i18n import _
from ui import icons, theme
from ui.models.rule_work import RuleWork
from ui.session import Session
from ui.widgets.rule_form import RuleForm
from ui.widgets.rule_list import RuleList
from ui.widgets.rule_test_box import RuleTestBox

BOX = 140  # pixels of the test box at first


class RuleDesk(QWidget):
    """Shows the rules of `work`; what is typed goes there at once, to be saved or dropped."""

    save_asked = Signal()

    def __init__(self, session: Session, work: RuleWork, editable: bool) -> None:
        super().__init__()
        self._work, self._editable = work, editable
        self.rules = RuleList()
        self.form = RuleForm()
        self.box = RuleTestBox(session)
        self.save = _button(_("Save"), "ok", "on_accent")
        self.save.setProperty("role", "primary")
        self.drop = _button(_("Drop the changes"), "undo")
        self.back = _button(_("Put the shipped rule back"), "return")
        self.copy = _button(_("Duplicate"), "copy")
        self._lay_out(session)
        self._connect()

    def _lay_out(self, session: Session) -> None:
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        scroll.setProperty("pane", True)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(scroll)
        split.addWidget(self.box)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([10 * BOX, BOX])
        session.memory.follow_splitter(split, "rules")
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addWidget(self.back)
        foot.addStretch()
        foot.addWidget(self.drop)
        foot.addWidget(self.save)
        right = QVBoxLayout()
        theme.pad(right, 0, theme.GAP)
        right.addWidget(split, 1)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        theme.pad(row, 0, theme.SPACE)
        row.addWidget(self.rules)
        row.addLayout(right, 1)
        for button in (self.save, self.drop, self.back, self.copy, self.rules.new):
            button.setVisible(self._editable)

    def _connect(self) -> None:
        self._work.loaded.connect(self.show_rules)
        self.rules.chosen.connect(self._show_rule)
        self.rules.new.clicked.connect(lambda: self.open(self._work.begin()))
        self.copy.clicked.connect(lambda: self.open(self._work.begin(self.rules.key)))
        self.form.edited.connect(self._take)
        self.box.rule_asked.connect(self.rules.select)
        self.save.clicked.connect(self.save_asked)
        self.drop.clicked.connect(self._drop)
        self.back.clicked.connect(lambda: self._work.put_back(self.rules.key))

    def show_rules(self) -> None:
        """Show what was loaded, the same rule chosen as before."""
        key = self.rules.key
        self.rules.show_lines(self._work.lines())
        if self._work.bench is not None:
            self.box.use(self._work.bench)
        if self._work.at(key) is None:
            self.rules.select_first()
        else:
            self._show_rule(key)

    def open(self, key: str) -> None:
        """Edit a rule that may just have been begun."""
        self.rules.show_lines(self._work.lines())
        self.rules.select(key)
        self._show_rule(key)
        self.bring(self.form.texts["id"].entry)

    def bring(self, field: QWidget) -> None:
        """Put the keyboard into a field of the form, and the field into view."""
        field.setFocus()
        if isinstance(field, QPlainTextEdit):
            field.moveCursor(QTextCursor.MoveOperation.End)
        # The form may not have been laid out yet.
        QTimer.singleShot(0, field, lambda: self._scroll.ensureWidgetVisible(field, 0, 40))

    def forget(self) -> None:
        """Drop every word."""
        self.rules.show_lines(())
        self.box.forget()

    def _show_rule(self, key: str) -> None:
        one, shelf = self._work.at(key), self._work.shelf
        if one is None or shelf is None:
            return
        if not self.form.holds(one.rule, one.pack):
            codes = sorted({each.rule.code for each in shelf.rules})
            packs = sorted({*shelf.packs, OWN_PACK})
            self.form.offer(packs, codes, self._editable and not one.replaces)
            self.form.show_rule(one.rule, one.pack, self._editable)
        self.box.follow(one.rule, one.replaces)
        self._offer(key)

    def _take(self) -> None:
        """What was typed is tried and listed at once."""
        key = self.rules.key
        if not self._editable or not key:
            return
        self._work.edit(key, self.form.rule(), self.form.pack.entry.currentData())
        self.rules.show_lines(self._work.lines())
        one = self._work.at(key)
        if one is not None:
            self.box.follow(one.rule, one.replaces)
        self._offer(key)

    def _drop(self) -> None:
        key = self.rules.key
        self._work.drop(key)
        self.show_rules()
        self.rules.list.setFocus()

    def _offer(self, key: str) -> None:
        stored, unsaved = self._work.stored(key), key in self._work.open
        pressed = next((one for one in (self.save, self.drop, self.back) if one.hasFocus()), None)
        self.save.setEnabled(unsaved)
        self.drop.setEnabled(unsaved)
        self.back.setEnabled(stored is not None and stored.changed)
        added = stored is not None and stored.added
        if pressed is not None and not pressed.isEnabled():
            self.rules.list.setFocus()  # Qt would go on to the next control, wherever that is
        self.back.setText(_("Take this rule out") if added else _("Put the shipped rule back"))


def _button(text: str, icon: str, colour: str = "text") -> QPushButton:
    button = QPushButton(text)
    icons.put(button, icon, colour)
    return button

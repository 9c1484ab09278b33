"""One rule as fields: its phrases one a line, its examples, its message to the author."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.findings import Severity
from smassistant.domain.rules import Rule
from smassistant.i18n import _
from ui import theme
from ui.widgets.forms import Field, card, line
from ui.widgets.offsets import well_formed
from ui.widgets.rule_words import pack_word
from ui.widgets.words import severity_word

LINES_HIGH = 92  # pixels of a list of phrases


class RuleForm(QWidget):
    """Shows a rule and gives back what it has become; `edited` at every change by hand."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self._shown: Rule | None = None
        self.texts = {
            "id": Field(_("Name of the rule"), line()),
            "clause": Field(_("Clause"), line()),
            "message": Field(_("What the author is told"), line()),
        }
        self.pack = Field(_("Pack"), _combo())
        self.code = Field(_("Subject"), _combo())
        self.severity = Field(_("What the author has to do"), _combo())
        for severity in Severity:
            self.severity.entry.addItem(severity_word(severity), severity.value)
        self.lists = {
            "any": _lines(_("Fires at"), _("One phrase a line.")),
            "near": _lines(_("Only near"), _("If given, one of them stands in the sentence.")),
            "not_in": _lines(_("But not as part of"), _("These words are harmless.")),
            "unless": _lines(_("And not beside"), _("The whole sentence is harmless.")),
            "fires": _lines(_("Examples that must fire"), _("One sentence a line.")),
            "quiet": _lines(_("Examples that must stay quiet"), _("One sentence a line.")),
        }
        self.off = QCheckBox(_("This rule is switched off"))
        self.masked = QCheckBox(_("Also find these words behind signs, as in sh!t"))
        self.weak = QCheckBox(_("Only where no other subject is found in the text"))
        self._lay_out()
        self._listen()

    def show_rule(self, rule: Rule, pack: str, editable: bool) -> None:
        """Fill the fields; an edit of a rule shown before is gone."""
        self.blockSignals(True)
        self._shown = rule
        for key, field in self.texts.items():
            field.entry.setText(getattr(rule, key))
            field.entry.setCursorPosition(0)
            field.entry.setReadOnly(not editable)
        for key, area in self.lists.items():
            area.entry.setPlainText("\n".join(getattr(rule, key)))
            area.entry.setReadOnly(not editable)
        _choose(self.pack.entry, pack, pack_word(pack))
        _choose(self.code.entry, rule.code, rule.code)
        _choose(self.severity.entry, rule.severity, rule.severity)
        self.off.setChecked(rule.off)
        self.masked.setChecked(rule.masked)
        self.weak.setChecked(rule.weak)
        for widget in (self.code.entry, self.severity.entry, self.off, self.masked, self.weak):
            widget.setEnabled(editable)
        self.blockSignals(False)

    def offer(self, packs: Iterable[str], codes: Iterable[str], may_choose_pack: bool) -> None:
        """Say between which packs and subjects one may choose."""
        self.blockSignals(True)
        for combo, keys in ((self.pack.entry, packs), (self.code.entry, codes)):
            combo.clear()
            for key in keys:
                combo.addItem(pack_word(key) if combo is self.pack.entry else key, key)
        self.pack.entry.setEnabled(may_choose_pack)
        self.blockSignals(False)

    def rule(self) -> Rule:
        """The rule as the fields say."""
        values: dict[str, Any] = {
            key: well_formed(field.entry.text()).strip() for key, field in self.texts.items()
        }
        values |= {key: _entries(area.entry) for key, area in self.lists.items()}
        return Rule(
            **values,
            code=self.code.entry.currentData() or "",
            severity=self.severity.entry.currentData() or "",
            off=self.off.isChecked(),
            masked=self.masked.isChecked(),
            weak=self.weak.isChecked(),
        )

    def holds(self, rule: Rule, pack: str) -> bool:
        """Whether the fields say just this already."""
        shown = self._shown is not None and self.pack.entry.currentData() == pack
        return shown and self.rule() == rule

    # Layout

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(theme.SPACE)
        first.addWidget(self.texts["id"], 3)
        first.addWidget(self.pack, 3)
        first.addWidget(self.texts["clause"], 1)
        second.addWidget(self.code, 1)
        second.addWidget(self.severity, 1)
        frame, column = card()
        column.setSpacing(12)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.texts["message"])
        column.addWidget(self.off)
        words, inside = card()
        inside.addWidget(theme.heading(_("Phrases"), 2))
        inside.addWidget(theme.note(legend()))
        inside.addLayout(self._pairs("any", "near", "not_in", "unless"))
        inside.addWidget(self.masked)
        inside.addWidget(self.weak)
        examples, below = card()
        below.addWidget(theme.heading(_("Examples"), 2))
        below.addWidget(theme.note(_("The rule can be saved only if it does what they say.")))
        below.addLayout(self._pairs("fires", "quiet"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, theme.GAP, 0)
        whole.setSpacing(theme.SPACE)
        for part in (frame, words, examples):
            whole.addWidget(part)
        whole.addStretch()

    def _pairs(self, *keys: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE)
        for at, key in enumerate(keys):
            grid.addWidget(self.lists[key], at // 2, at % 2)
        return grid

    def _listen(self) -> None:
        for field in self.texts.values():
            field.entry.textChanged.connect(self.edited)
        for area in self.lists.values():
            area.entry.textChanged.connect(self.edited)
        for combo in (self.pack, self.code, self.severity):
            combo.entry.currentIndexChanged.connect(self.edited)
        for box in (self.off, self.masked, self.weak):
            box.toggled.connect(self.edited)


def legend() -> str:
    """The language of phrases in a few words."""
    return _(
        "A phrase is words with spaces between. charge* is any word that begins so, boy/girl "
        "either word, ... up to six words in between, @person, @someone (one person), @number, "
        "@mark (up to 100) and @money a word of that kind. Capitals and accents don’t matter."
    )


def _lines(label: str, hint: str) -> Field[QPlainTextEdit]:
    field = Field(label, QPlainTextEdit(), hint)
    field.entry.setTabChangesFocus(True)
    field.entry.setFixedHeight(LINES_HIGH)
    field.entry.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    return field


def _entries(area: QPlainTextEdit) -> tuple[str, ...]:
    lines = well_formed(area.toPlainText()).splitlines()
    return tuple(text for entry in lines if (text := entry.strip()))


def _combo() -> QComboBox:
    combo = QComboBox()
    combo.setMinimumHeight(theme.TARGET)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(12)
    return combo


def _choose(combo: QComboBox, key: str, text: str) -> None:
    """Show the entry of a key; one that was never offered is offered now."""
    if combo.findData(key) < 0:
        combo.addItem(text, key)
    combo.setCurrentIndex(combo.findData(key))

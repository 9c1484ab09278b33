"""A sentence to try the rules on: which fire at once, where, and why the others don't."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from smassistant.domain.findings import Finding, Severity
from smassistant.domain.rules import Rule, Trace
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.jobs import Task
from smassistant.services.trying_rules import Bench
from ui import icons, theme
from ui.jobs import Lane
from ui.session import Session
from ui.widgets.post_editor import PostEditor
from ui.widgets.rule_words import trace_words

PAUSE_MS = 120
MOST_LINES = 50
RULE_ID = Qt.ItemDataRole.UserRole


class RuleTestBox(QWidget):
    """Tries its text on every rule in force, the edited one in its newest words."""

    rule_asked = Signal(str)  # the id of a rule that somebody wants to see

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._bench: Bench | None = None
        self._edited: Rule | None = None
        self._replaces = ""
        self._text = ""
        self._task: Task | None = None
        self.traces: tuple[Trace, ...] = ()
        self.editor = PostEditor()
        self.editor.setAccessibleName(_("Try a sentence"))
        self.editor.setPlaceholderText(_("Type a sentence: what fires is underlined at once."))
        self.editor.setProperty("pane", True)
        self.summary = theme.note()
        self.list = QListWidget()
        self.list.setAccessibleName(_("What the rules make of the sentence"))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda item: self.rule_asked.emit(item.data(RULE_ID)))
        self.list.currentRowChanged.connect(self._show_words)
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._try)
        self.editor.textChanged.connect(self._heed)
        self._lay_out()

    def _lay_out(self) -> None:
        for part in (self.editor, self.list):
            part.setMinimumHeight(64)
        self.list.setIconSize(theme.ICON)
        top = QHBoxLayout()
        top.addWidget(theme.heading(_("Try a sentence"), 3))
        top.addSpacing(theme.GAP)
        top.addWidget(self.summary, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self.editor, 1)
        row.addWidget(self.list, 1)
        column = QVBoxLayout(self)
        theme.pad(column, 0, 6)
        column.addLayout(top)
        column.addLayout(row, 1)

    def use(self, bench: Bench) -> None:
        """Try on these rules from now on."""
        self._bench = bench
        self._timer.start()

    def follow(self, rule: Rule | None, replaces: str = "") -> None:
        """Try this rule, as it is being edited, in place of the one called `replaces`."""
        self._edited, self._replaces = rule, replaces
        self._timer.start()

    def show_text(self, text: str) -> None:
        """Try a text that somebody else brought."""
        self.editor.show_text(text)

    def forget(self) -> None:
        """Drop the text and what came of it."""
        self._timer.stop()
        self._bench = None
        self.editor.show_text("")
        self._timer.stop()
        self._show((), "")

    def _heed(self) -> None:
        """Underlining changes the document too, but not its words."""
        if self.editor.text() != self._text:
            self._text = self.editor.text()
            self._timer.start()

    def _try(self) -> None:
        if self._task is not None:
            self._task.cancel()
        bench, text = self._bench, self.editor.text()
        if bench is None or not text.strip():
            self._show((), "")
            return
        edited, replaces = self._edited, self._replaces
        self._task = self._session.jobs.start(
            self,
            lambda _task: bench.try_out(text, edited, replaces),
            partial(self._show_for, text),
            self._refuse,
            lane=Lane.CHECKS,
        )

    def _show_for(self, text: str, traces: tuple[Trace, ...]) -> None:
        if text == self.editor.text():
            fired = {trace.rule_id for trace in traces if trace.fires}
            n = len(fired)
            words = ngettext("{n} rule fires.", "{n} rules fire.", n).format(n=n)
            self._show(traces, words if fired else _("No rule fires."), "warning" if n else "ok")

    def _refuse(self, error: UserError) -> None:
        self._show((), f"{error.title} {error.explanation}", "danger")

    def _show(self, traces: tuple[Trace, ...], said: str, role: str = "muted") -> None:
        self.traces = _once(traces)
        self.editor.show_findings([_finding(trace) for trace in self.traces if trace.fires])
        self.summary.setText(said)
        theme.set_role(self.summary, role)
        self.list.blockSignals(True)
        self.list.clear()
        for trace in self.traces[:MOST_LINES]:
            item = QListWidgetItem(trace_words(trace))
            item.setData(RULE_ID, trace.rule_id)
            icon = ("warning", "warning") if trace.fires else ("ok", "ok")
            item.setIcon(icons.icon(*icon))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if self.traces else Qt.FocusPolicy.NoFocus
        )

    def _show_words(self, row: int) -> None:
        if 0 <= row < len(self.traces):
            self.editor.show_finding(_finding(self.traces[row]))


def _once(traces: tuple[Trace, ...]) -> tuple[Trace, ...]:
    """One trace for each rule and place, though several phrases may fit there."""
    seen: dict[tuple[str, int, int, bool], Trace] = {}
    for trace in traces:
        seen.setdefault((trace.rule_id, trace.start, trace.end, trace.fires), trace)
    return tuple(seen.values())


def _finding(trace: Trace) -> Finding:
    return Finding(
        code="", clause="", severity=Severity.WARN, where="text", message=trace_words(trace),
        start=trace.start, end=trace.end, surface=trace.surface, rule=trace.rule_id,
    )  # fmt: skip

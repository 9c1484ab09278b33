"""Everything that stands against a post, beside the editor, and what the author answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.findings import Finding, Resolution, Severity
from smassistant.domain.people import Person
from smassistant.i18n import _, ngettext
from ui import theme
from ui.widgets.answers_given import AnswersGiven
from ui.widgets.empty_note import EmptyNote
from ui.widgets.finding_card import FindingCard, card_key

MOST_CARDS = 30
CARDS_AT_ONCE = 2  # made in one go, so that typing never waits for them


class FindingsPanel(QWidget):
    """A list of cards, worst first within the order of the text."""

    mend_chosen = Signal(object, object)
    reason_given = Signal(object, str)
    finding_chosen = Signal(object)
    taken_back = Signal(object)  # Resolution

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()
        self._cards: dict[tuple[object, ...], FindingCard] = {}
        self._current: FindingCard | None = None
        self._wanted_focus = -1
        self.heading = theme.heading(_("Findings"), 2)
        self.count = theme.note()
        self._more = theme.note()
        self._empty = EmptyNote("ok", "ok")
        self.answers = AnswersGiven()
        self.answers.taken_back.connect(self.taken_back)
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._fill)
        self._build()
        self.show_waiting()

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.GAP)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._empty)
        column.addLayout(self._list)
        column.addWidget(self._more)
        column.addWidget(self.answers)
        column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._scroll.setFocusPolicy(self._scroll.focusPolicy().NoFocus)
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch()
        layout = QVBoxLayout(self)
        theme.pad(layout)
        layout.addLayout(top)
        layout.addWidget(self.count)
        layout.addWidget(self._scroll, 1)

    # --- what is shown ------------------------------------------------------------------------

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is shown now, in the order of the list."""
        return self._findings

    @property
    def current(self) -> Finding | None:
        """The finding whose card is the current one."""
        return self._current.finding if self._current is not None else None

    @property
    def complete(self) -> bool:
        """Whether every card that is to be shown has been made."""
        return not self._timer.isActive()

    def cards(self) -> list[FindingCard]:
        """The cards in their order; those still to be made are missing."""
        found = (self._cards.get(card_key(finding)) for finding in self._findings)
        return [card for card in found if card is not None]

    def show_waiting(self) -> None:
        """Nothing was checked yet."""
        self.show_findings(())
        self._empty.show_words(_("Write something"), _("The program reads along as you type."))
        self.count.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show `findings`; cards that say the same as before stay, with the keyboard in them."""
        self._findings = _without_repeats(findings)
        keys = [card_key(finding) for finding in self._findings[:MOST_CARDS]]
        for key in [key for key in self._cards if key not in keys]:
            self._drop(key)
        for finding in self._findings[:MOST_CARDS]:
            card = self._cards.get(card_key(finding))
            if card is not None:
                card.finding = finding
        self._empty.setVisible(not self._findings)
        self._empty.show_words(
            _("Nothing stands against this post so far"),
            _("A second person still reads it before it goes out."),
        )
        self._show_counts()
        self._fill()

    def show_answers(self, answers: Sequence[Resolution], people: Mapping[str, Person]) -> None:
        """Show what the author answered, each with the way to take it back."""
        self.answers.show_answers(answers, people)

    def _show_counts(self) -> None:
        self.count.setText(counts_words(self._findings))
        self.count.setVisible(bool(self._findings))
        more = len(self._findings) - MOST_CARDS
        self._more.setVisible(more > 0)
        if more > 0:
            self._more.setText(
                ngettext(
                    "{n} more follows when these are done.",
                    "{n} more follow when these are done.",
                    more,
                ).format(n=more)
            )

    def _fill(self) -> None:
        """Make a few missing cards and put all in order; go on at the next idle moment."""
        made = 0
        for index, finding in enumerate(self._findings[:MOST_CARDS]):
            key = card_key(finding)
            card = self._cards.get(key)
            if card is None:
                if made == CARDS_AT_ONCE:
                    self._timer.start()
                    return
                card = self._cards[key] = self._make(finding)
                made += 1
            if self._list.indexOf(card) != index:
                self._list.insertWidget(index, card)
        self._mend_focus()

    def _make(self, finding: Finding) -> FindingCard:
        card = FindingCard(finding)
        card.mend_chosen.connect(self.mend_chosen)
        card.reason_given.connect(self.reason_given)
        card.chosen.connect(self._choose)
        card.reached.connect(self._reach)
        card.left.connect(self._go_from)
        card.set_current(False)
        return card

    def _drop(self, key: tuple[object, ...]) -> None:
        card = self._cards.pop(key)
        focused = QApplication.focusWidget()
        if focused is not None and (focused is card or card.isAncestorOf(focused)):
            self._wanted_focus = self._list.indexOf(card)
        if card is self._current:
            self._current = None
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _mend_focus(self) -> None:
        """When the card with the keyboard is done, the next one gets it."""
        if self._wanted_focus < 0:
            return
        cards, index = self.cards(), self._wanted_focus
        self._wanted_focus = -1
        if cards:
            self._make_current(cards[min(index, len(cards) - 1)], focus=True)

    # --- moving about ---------------------------------------------------------------------------

    def select(self, finding: Finding, focus: bool = False) -> None:
        """Make the finding's card the current one and bring it into view."""
        card = self._cards.get(card_key(finding))
        if card is not None:
            self._make_current(card, focus)

    def ask_reason(self, finding: Finding) -> None:
        """Open the line for a reason on the finding's card."""
        card = self._cards.get(card_key(finding))
        if card is not None:
            self._make_current(card, focus=False)
            card.ask_reason()

    def step(self, by: int) -> Finding | None:
        """Go to the next (1) or previous (-1) finding, round the end; the one reached."""
        cards = self.cards()
        if not cards:
            return None
        at = cards.index(self._current) if self._current in cards else (-1 if by > 0 else 0)
        card = cards[(at + by) % len(cards)]
        self._make_current(card, focus=False)
        return card.finding

    def _choose(self, card: FindingCard) -> None:
        self._make_current(card, focus=False)
        self.finding_chosen.emit(card.finding)

    def _reach(self, card: FindingCard) -> None:
        if card is not self._current:
            self._make_current(card, focus=False)

    def _go_from(self, card: FindingCard, by: int) -> None:
        cards = self.cards()
        index = cards.index(card) + by
        if 0 <= index < len(cards):
            self._make_current(cards[index], focus=True)

    def _make_current(self, card: FindingCard, focus: bool) -> None:
        if self._current is not None and self._current is not card:
            self._current.set_current(False)
        self._current = card
        card.set_current(True)
        self._scroll.ensureWidgetVisible(card, 0, theme.SPACE)
        self._scroll.horizontalScrollBar().setValue(0)
        if focus:
            card.setFocus()


def counts_words(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity, in words."""
    count = dict.fromkeys(Severity, 0)
    for finding in findings:
        count[finding.severity] += 1
    n = count[Severity.BLOCK]
    parts = [ngettext("{n} must be mended", "{n} must be mended", n).format(n=n)] if n else []
    if n := count[Severity.WARN]:
        parts.append(ngettext("{n} needs your word", "{n} need your word", n).format(n=n))
    if n := count[Severity.ADVICE]:
        parts.append(ngettext("{n} worth a look", "{n} worth a look", n).format(n=n))
    return " · ".join(parts)


def _without_repeats(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        seen.setdefault(card_key(finding), finding)
    return tuple(seen.values())

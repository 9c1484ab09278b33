"""One finding on the screen: what is wrong, the rule, and the buttons that mend it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.findings import Finding, Mend, MendKind
from smassistant.i18n import _, quoted
from ui import icons, theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.words import clause_words, finding_sentence, severity_word, where_words

_ROLES = {"block": "danger", "warn": "warning", "advice": "muted"}


def card_key(finding: Finding) -> tuple[object, ...]:
    """What must be the same for a card to go on showing a finding that has moved in its text."""
    labels = tuple(mend.label for mend in finding.mends)
    return (finding.code, finding.anchor, finding.severity, finding.message, labels)


class FindingCard(QFrame):
    """Shows `finding`. Up and Down go to the card before and after; Enter to the words."""

    mend_chosen = Signal(object, object)
    reason_given = Signal(object, str)
    chosen = Signal(object)  # the card
    reached = Signal(object)  # the card, by keyboard
    left = Signal(object, int)  # the card, -1 upwards or 1 downwards

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self._reason: QLineEdit | None = None
        self._buttons: list[QPushButton] = []
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(finding_sentence(finding))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.SPACE, 12, theme.SPACE, 12)
        self._layout.setSpacing(6)
        self._add_heading()
        if finding.surface:
            words = QLabel(quoted(finding.surface))
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            words.setFont(theme.font(3))
            self._layout.addWidget(words)
        message = QLabel(finding.message)
        message.setTextFormat(Qt.TextFormat.PlainText)
        message.setWordWrap(True)
        self._layout.addWidget(message)
        self._add_mends()

    def set_current(self, current: bool) -> None:
        """Show the card as the chosen one; only its buttons are stops of the Tab key."""
        theme.set_role(self, "info" if current else "card")
        policy = Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
        for button in self._buttons:
            button.setFocusPolicy(policy)

    def ask_reason(self) -> None:
        """Open the line for a reason."""
        if self._reason is None:
            self._add_reason()
        elif self._reason is not None:
            self._reason.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes here by keyboard goes on to this card's buttons."""
        super().focusInEvent(event)
        self.reached.emit(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere chooses the card."""
        super().mousePressEvent(event)
        self.chosen.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between cards; Enter goes to the words."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.left.emit(self, 1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self)
        else:
            super().keyPressEvent(event)

    def _add_heading(self) -> None:
        finding = self.finding
        line = QHBoxLayout()
        line.setSpacing(6)
        shape = QLabel()
        role = _ROLES[finding.severity]
        colour = "accent" if role == "muted" else role
        icons.put_picture(shape, theme.SEVERITY_ICONS[finding.severity], 16, colour)
        word = theme.note(severity_word(finding.severity), role)
        word.setWordWrap(False)
        place = "" if finding.where == "text" else where_words(finding.where)
        rest = " · ".join(part for part in (place, clause_words(finding.clause)) if part)
        clause = theme.note(rest)
        clause.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.addWidget(shape)
        line.addWidget(word)
        line.addWidget(clause, 1)
        self._layout.addLayout(line)

    def _add_mends(self) -> None:
        people = [m for m in self.finding.mends if m.kind is MendKind.CHOOSE_PERSON]
        others = [m for m in self.finding.mends if m.kind is not MendKind.CHOOSE_PERSON]
        if not self.finding.mends:
            return
        row = FlowLayout(spacing=6)
        for mend in others:
            row.addWidget(self._button(mend))
        if people:
            row.addWidget(self._people_button(people))
        self._layout.addSpacing(2)
        self._layout.addLayout(row)

    def _button(self, mend: Mend) -> QPushButton:
        button = QPushButton(mend.label.replace("&", "&&"), self)
        button.setAutoDefault(False)
        button.setToolTip(mend.label)
        if mend.kind is MendKind.GIVE_REASON:
            button.clicked.connect(self.ask_reason)
        else:
            # By its place, because the finding may have moved in the text by the time it counts.
            index = self.finding.mends.index(mend)
            button.clicked.connect(lambda: self._choose(index))
        self._buttons.append(button)
        return button

    def _choose(self, index: int) -> None:
        self.mend_chosen.emit(self.finding, self.finding.mends[index])

    def _people_button(self, mends: list[Mend]) -> QPushButton:
        button = QPushButton(_("Who is meant?"), self)
        button.setAutoDefault(False)
        menu = QMenu(button)
        for mend in mends:
            action = menu.addAction(mend.label.replace("&", "&&"))
            index = self.finding.mends.index(mend)
            action.triggered.connect(lambda _on=False, i=index: self._choose(i))
        button.setMenu(menu)
        self._buttons.append(button)
        return button

    def _add_reason(self) -> None:
        field = QLineEdit(self)
        field.setPlaceholderText(_("Why may this go out?"))
        field.setAccessibleName(_("Reason: why may this go out?"))
        keep = QPushButton(_("Keep reason"), self)
        keep.setAutoDefault(False)
        keep.setEnabled(False)
        field.textChanged.connect(lambda words: keep.setEnabled(bool(words.strip())))
        field.returnPressed.connect(self._keep_reason)
        keep.clicked.connect(self._keep_reason)
        line = QHBoxLayout()
        line.addWidget(field)
        line.addWidget(keep)
        self._layout.addLayout(line)
        self._reason = field
        self._buttons.append(keep)
        field.show()
        field.setFocus()

    def _keep_reason(self) -> None:
        words = self._reason.text().strip() if self._reason else ""
        if words:
            self.reason_given.emit(self.finding, words)

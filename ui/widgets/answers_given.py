"""What the author answered to findings, each with the way to take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smassistant.domain.findings import Resolution, ResolutionKind
from smassistant.domain.people import Person
from smassistant.i18n import _
from ui import theme
from ui.widgets.words import answer_words

# What others answered stands on the finding and above the list; the author can't take it back.
OTHERS = frozenset({ResolutionKind.REFERRAL, ResolutionKind.DECISION})


class AnswersGiven(QWidget):
    """One line per answer; hidden while there is none."""

    taken_back = Signal(object)  # Resolution

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[tuple[Resolution, str]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.addWidget(theme.heading(_("Your answers"), 3))
        layout.addLayout(self._rows)
        self.hide()

    def show_answers(self, answers: Sequence[Resolution], people: Mapping[str, Person]) -> None:
        """Show the author's `answers`; nothing moves where they are the same as before."""
        own = [answer for answer in answers if answer.kind not in OTHERS]
        lines = [(answer, answer_words(answer, people)) for answer in own]
        if lines == self._shown:
            return
        self._shown = lines
        while (item := self._rows.takeAt(0)) is not None:
            if row := item.widget():
                row.hide()
                row.deleteLater()
        for answer, words in lines:
            self._rows.addWidget(self._row(answer, words))
        self.setVisible(bool(lines))

    def _row(self, answer: Resolution, words: str) -> QWidget:
        row = QWidget()
        said = QLabel(words)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        back = QPushButton(_("Take back"))
        back.setProperty("role", "link")
        back.setAccessibleName(_("Take back: {words}").format(words=words))
        back.clicked.connect(lambda: self.taken_back.emit(answer))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(said, 1)
        line.addWidget(back)
        return row

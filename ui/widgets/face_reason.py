"""A line for the words an answer needs, with usual and recent ones to take with one click."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from smassistant.domain.pictures import Accounting
from smassistant.i18n import _
from ui import theme
from ui.widgets.chip_row import ChipRow

KEPT = 3  # words said before that are offered again


class Reason(QWidget):
    """Opens for one way of answering; `kept` tells the words."""

    kept = Signal(object, str)  # Accounting, words

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._how = Accounting.ADULT
        self._said: dict[Accounting, tuple[str, ...]] = {}
        self.choices = ChipRow()
        self.field = QLineEdit()
        self.keep = QPushButton(_("Keep"))
        self.keep.setAutoDefault(False)
        self.keep.setAccessibleName(_("Keep this answer"))
        self.keep.clicked.connect(self._tell_typed)
        self.field.returnPressed.connect(self._tell_typed)
        self.field.textChanged.connect(lambda words: self.keep.setEnabled(bool(words.strip())))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.field, 1)
        line.addWidget(self.keep)
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, 6)
        layout.addWidget(self.choices)
        layout.addLayout(line)
        self.hide()

    def ask(self, how: Accounting) -> None:
        """Open the line for `how`."""
        self._how = how
        words = asked_words(how)
        self.field.setText("")
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self.keep.setEnabled(False)
        self._offer(how)
        self.show()
        usual = how is Accounting.NOT_IDENTIFIABLE
        (self.choices.buttons[0] if usual else self.field).setFocus()

    def drop(self) -> None:
        """Forget what was typed."""
        self.field.setText("")
        self.hide()

    def forget(self) -> None:
        """Drop also what was said before."""
        self._said = {}
        self.drop()
        self.choices.show_buttons([])

    def _offer(self, how: Accounting) -> None:
        offered = dict.fromkeys((*self._said.get(how, ()), *usual_words(how)))
        self.choices.show_buttons([(words, partial(self._tell, words)) for words in offered])

    def _tell_typed(self) -> None:
        words = self.field.text().strip()
        if words:
            self._tell(words)

    def _tell(self, words: str) -> None:
        if words not in usual_words(self._how):
            others = (old for old in self._said.get(self._how, ()) if old != words)
            self._said[self._how] = (words, *others)[:KEPT]
        self.drop()
        self.kept.emit(self._how, words)


def asked_words(how: Accounting) -> str:
    """What the line asks for."""
    return {
        Accounting.ADULT: _("Who is it, and who gave permission?"),
        Accounting.PUBLIC_FIGURE: _("Who is it, and in what role?"),
        Accounting.PUBLIC_EVENT: _("Which public event was it?"),
    }.get(how, _("Why not?"))


def usual_words(how: Accounting) -> tuple[str, ...]:
    """What is said most often."""
    if how is not Accounting.NOT_IDENTIFIABLE:
        return ()
    return _("seen from behind"), _("too small"), _("out of focus"), _("face covered")

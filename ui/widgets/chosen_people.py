"""Several people chosen in the list: who they are, and what can be done for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from smassistant.i18n import _, ngettext
from ui import icons, theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.forms import card
from ui.widgets.words import number_words

SHOWN = 12


class ChosenPeople(QWidget):
    """Stands in the person's place while more than one is chosen."""

    decision_asked = Signal()
    everybody_asked = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setAccessibleName(_("The chosen people"))
        self._title = theme.heading("", 1)
        self._names = theme.note()
        self.decide = QPushButton(_("Record a decision for all of them…"))
        icons.put(self.decide, "write")
        self.everybody = QPushButton()
        self.drop = QPushButton(_("Choose nobody"))
        self.drop.setProperty("role", "quiet")
        self.decide.clicked.connect(self.decision_asked)
        self.everybody.clicked.connect(self.everybody_asked)
        self.drop.clicked.connect(self.dropped)
        around, inside = card()
        inside.addWidget(self._title)
        inside.addWidget(self._names)
        buttons = FlowLayout()
        for button in (self.decide, self.everybody, self.drop):
            buttons.addWidget(button)
        inside.addSpacing(theme.GAP)
        inside.addLayout(buttons)
        inside.addWidget(
            theme.note(
                _(
                    "What you record holds for each of them and can be undone as one step. "
                    "Hold Ctrl or Shift to choose more people, or press Ctrl+A for all in the list."
                )
            )
        )
        column = QVBoxLayout(self)
        theme.pad(column, 0, theme.SPACE)
        column.addWidget(around)
        column.addStretch()

    def show_people(self, names: Sequence[str], count: int, found: int) -> None:
        """`names` of those in sight, how many are chosen, how many the search has in all."""
        self._title.setText(
            ngettext("{n} person chosen", "{n} people chosen", count).format(n=number_words(count))
        )
        shown = list(names[:SHOWN])
        if count > len(shown):
            shown.append(_("and {n} more").format(n=number_words(count - len(shown))))
        self._names.setText("\n".join(shown))
        self.everybody.setText(_("Choose all {n} who were found").format(n=number_words(found)))
        self.everybody.setVisible(found > count)

    def forget(self) -> None:
        """Drop every name."""
        self._title.setText("")
        self._names.setText("")

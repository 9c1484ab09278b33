"""People as small buttons in a row: one click puts one of them on the chosen face."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smassistant.i18n import _, labelled
from ui import icons, theme
from ui.widgets.chip_row import ChipRow


@dataclass(frozen=True)
class Chip:
    """One person: `said` is the whole sentence for those who listen."""

    key: str
    text: str
    said: str
    permitted: bool | None = None  # None: nothing is known


_SHAPES = {True: ("ok", "ok"), False: ("block", "danger"), None: ("person", "muted")}


class FaceChips(QWidget):
    """A line of words and the chips below it; hidden while there is none."""

    picked = Signal(str)  # key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = ChipRow()
        self._shown: tuple[str, tuple[Chip, ...]] = ("", ())
        self.label = theme.note()
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, 4)
        layout.addWidget(self.label)
        layout.addWidget(self.row)
        self.hide()

    def show_chips(self, words: str, chips: Iterable[Chip]) -> None:
        """Offer these; nothing moves where they are there already."""
        wanted = (words, tuple(chips))
        if wanted == self._shown:
            return
        self._shown = wanted
        self.label.setText(words)
        self.row.show_buttons(
            [(chip.text, partial(self.picked.emit, chip.key)) for chip in wanted[1]]
        )
        for button, chip in zip(self.row.buttons, wanted[1], strict=True):
            button.setAccessibleName(chip.said)
            button.setToolTip(chip.said)
            icons.put(button, *_SHAPES[chip.permitted])
        self.setVisible(bool(wanted[1]))


def chip_sentence(name: str, why: str) -> str:
    """A person and their permission, in a sentence."""
    return labelled(name, why) if why else _("Put {name} on the chosen face").format(name=name)

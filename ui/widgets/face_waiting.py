"""Those of a class who are in the picture and have no face yet, in reach of one key or click."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smassistant.domain.lookups import Group
from smassistant.domain.people import Person
from smassistant.i18n import _, ngettext
from smassistant.services.keeping_registry import PersonLine
from ui import theme
from ui.widgets.face_chips import Chip, FaceChips, chip_sentence
from ui.widgets.person_search import permission_words

KEYS = 9  # people with a number key
NAMED = 4  # whom to look for, before it says how many more


@dataclass(frozen=True)
class Roll:
    """Who of a class is in one picture, and who must not be recognisable in it."""

    group: Group
    lines: tuple[PersonLine, ...]
    lookout: tuple[PersonLine, ...]

    def waiting(self, placed: frozenset[str]) -> tuple[PersonLine, ...]:
        """Those who are on no face yet."""
        return tuple(line for line in self.lines if line.person.id not in placed)


class WaitingPeople(QWidget):
    """The first nine as chips with their keys, how many more wait, and whom to look for."""

    picked = Signal(str)  # person id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: list[str] = []
        self.chips = FaceChips()
        self.chips.picked.connect(self.picked)
        self.lookout = theme.note(role="danger")
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, 4)
        layout.addWidget(self.chips)
        layout.addWidget(self.lookout)
        self.hide()

    def show_roll(self, roll: Roll | None, placed: frozenset[str]) -> None:
        """Offer who waits; hidden without a class."""
        waiting = roll.waiting(placed) if roll else ()
        first = waiting[:KEYS]
        self._keys = [line.person.id for line in first]
        names = _short_names([line.person for line in waiting])
        self.chips.show_chips(
            self._words(roll, len(waiting)),
            tuple(
                Chip(
                    line.person.id,
                    f"{key}  {name}",
                    chip_sentence(line.person.shown_name, permission_words(line)),
                    line.photo.permitted,
                )
                for key, (line, name) in enumerate(zip(first, names, strict=False), 1)
            ),
        )
        self.lookout.setText(_lookout_words(roll.lookout) if roll else "")
        self.lookout.setVisible(bool(self.lookout.text()))
        self.setVisible(roll is not None and bool(first or roll.lookout))

    def numbered(self, digit: int) -> str:
        """The id of the person with that number key, empty for none."""
        return self._keys[digit - 1] if 0 < digit <= len(self._keys) else ""

    @staticmethod
    def _words(roll: Roll | None, n: int) -> str:
        if roll is None:
            return ""
        said = ngettext(
            "{group}: {n} has no face yet. Press a number or click.",
            "{group}: {n} have no face yet. Press a number or click.",
            n,
        )
        return said.format(group=roll.group.shown, n=n)


def _lookout_words(lines: tuple[PersonLine, ...]) -> str:
    """Whom nobody may recognise, as a sentence."""
    if not lines:
        return ""
    names = [line.person.shown_name for line in lines[:NAMED]]
    if len(lines) > NAMED:
        names.append(_("and {n} more").format(n=len(lines) - NAMED))
    return _("Must not be recognisable, look for them: {names}").format(names=", ".join(names))


def _short_names(people: list[Person]) -> list[str]:
    """First name and initial, the whole name where two would be the same."""
    short = [f"{one.preferred_name or one.first_name} {one.last_name[:1]}." for one in people]
    count = Counter(short)
    return [
        name if count[name] == 1 else one.shown_name
        for name, one in zip(short, people, strict=True)
    ]

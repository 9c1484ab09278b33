"""Where a post goes: one button per account, and how the post measures up there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smassistant.domain.places import PLACES, Account, Counting
from smassistant.i18n import _, ngettext
from smassistant.services.reviewing import PlacePreview
from ui import icons, theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.words import characters_over, number_words


class PlaceChooser(QWidget):
    """Check buttons for the school's accounts."""

    chosen = Signal(object)  # tuple of account ids, in the order shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, _Entry] = {}
        self._flow = FlowLayout()
        self._none = theme.note(
            _("The school has no account yet. A leader or the Communications Officer connects one.")
        )
        line = QHBoxLayout(self)
        theme.pad(line)
        label = theme.heading(_("Goes to"), 3)
        label.setFixedHeight(theme.TARGET)
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._none, 1)
        line.addLayout(self._flow, 1)

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Offer `accounts`; those chosen before stay chosen."""
        checked = set(self.checked())
        while (item := self._flow.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self._entries = {}
        for account in accounts:
            entry = _Entry(account)
            entry.button.setChecked(account.id in checked)
            entry.button.toggled.connect(self._tell)
            self._entries[account.id] = entry
            self._flow.addWidget(entry)
        self._none.setVisible(not accounts)

    def show_chosen(self, account_ids: Iterable[str]) -> None:
        """Check exactly the accounts in `account_ids`, without telling anybody."""
        wanted = set(account_ids)
        for account_id, entry in self._entries.items():
            entry.button.blockSignals(True)
            entry.button.setChecked(account_id in wanted)
            entry.button.blockSignals(False)
            entry.show_check()

    def show_measures(self, places: Iterable[PlacePreview]) -> None:
        """Say how long the post is for each chosen account."""
        measured = {place.account.id: place for place in places}
        for account_id, entry in self._entries.items():
            entry.show_measure(measured.get(account_id))

    def checked(self) -> tuple[str, ...]:
        """Ids of the chosen accounts."""
        return tuple(key for key, entry in self._entries.items() if entry.button.isChecked())

    def button(self, account_id: str) -> QPushButton:
        """The button of an account that is offered."""
        return self._entries[account_id].button

    def _tell(self) -> None:
        self.chosen.emit(self.checked())


class _Entry(QWidget):
    """One account: its button, and a line below it once it is chosen."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.account = account
        place = _(PLACES[account.place].title)
        name = account.handle or account.name
        self.button = QPushButton(f"{place} · {name}".replace("&", "&&"))
        self.button.setCheckable(True)
        self.button.setAutoDefault(False)
        self.button.setAccessibleName(
            _("{place}, account {name}").format(place=place, name=account.name)
        )
        self.button.toggled.connect(self.show_check)
        self.measure = QLabel()
        self.measure.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, 2)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.measure)
        self.show_check()
        self.show_measure(None)

    def show_check(self) -> None:
        """A tick beside the colour."""
        name = "check" if self.button.isChecked() else "add"
        icons.put(self.button, name, "accent" if self.button.isChecked() else "muted")

    def show_measure(self, place: PlacePreview | None) -> None:
        """Length and pictures against the limits; in words what is over."""
        words, over = measure_words(place) if place else ("", False)
        self.measure.setText(words)
        theme.set_role(self.measure, "danger" if over else "muted")
        self.button.setAccessibleDescription(words)


def measure_words(place: PlacePreview) -> tuple[str, bool]:
    """How the post measures up, and whether anything is over."""
    unit = {
        Counting.CHARACTERS: _("characters"),
        Counting.GRAPHEMES: _("characters"),
        Counting.WEIGHTED: _("characters (links count as 23)"),
    }[Counting(place.unit)]
    over = place.length - place.max_text
    length, most = number_words(place.length), number_words(place.max_text)
    parts = [_("{n} of {most} {unit}").format(n=length, most=most, unit=unit)]
    if over > 0:
        parts = [characters_over(over)]
    many = place.pictures - place.max_pictures
    few = place.place.min_pictures - place.pictures
    if many > 0:
        parts.append(ngettext("{n} picture too many", "{n} pictures too many", many).format(n=many))
    elif few > 0:
        parts.append(_("needs a picture"))
    elif place.pictures:
        parts.append(_("{n} of {most} pictures").format(n=place.pictures, most=place.max_pictures))
    return " · ".join(parts), over > 0 or many > 0 or few > 0

"""The posts that name or show somebody: what a withdrawal touches, seen before it is recorded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from smassistant.errors import UserError
from smassistant.i18n import _, ngettext, quoted
from smassistant.services.touching import NAMED, SHOWN, Touched
from ui import icons, theme

LONGEST = 90  # characters of a post's text
ROW = 44
MOST_SHOWN = 3  # rows before the list scrolls


class TouchedList(QWidget):
    """Says "looking" until it is told what was found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = theme.heading(_("Looking through the posts…"), 3)
        self._title.setWordWrap(True)
        self._note = theme.note(
            _("Each published post is put on the take-down list when this is recorded.")
        )
        self.list = QListWidget()
        self.list.setAccessibleName(_("Posts that name or show them"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        column = QVBoxLayout(self)
        theme.pad(column, 0, 4)
        for widget in (self._title, self.list, self._note):
            column.addWidget(widget)
        self.list.hide()
        self._note.hide()

    def show_touched(self, touched: Sequence[Touched]) -> None:
        """Show the posts, published ones first as the service orders them."""
        self.list.clear()
        posts: dict[str, list[Touched]] = {}
        for one in touched:
            posts.setdefault(one.post.id, []).append(one)
        self._title.setText(
            ngettext(
                "{n} post names or shows them", "{n} posts name or show them", len(posts)
            ).format(n=len(posts))
            if posts
            else _("No post names or shows them.")
        )
        for ones in posts.values():
            self.list.addItem(_entry(ones))
        self.list.setVisible(bool(posts))
        self.list.setFixedHeight(ROW * min(max(len(posts), 1), MOST_SHOWN) + 8)
        self._note.setVisible(any(one.live for one in touched))

    def tell(self, error: UserError) -> None:
        """Say why the posts could not be looked through."""
        self._title.setText(str(error))


def _entry(ones: Sequence[Touched]) -> QListWidgetItem:
    """One post, with all the ways in which it touches them."""
    first = ones[0]
    text = " ".join(first.post.text.split())
    short = text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
    where = f"{first.where}, {_how({one.how for one in ones})}"
    item = QListWidgetItem(f"{where}\n{quoted(short) if short else _('A post without words')}")
    look = ("publish", "danger") if first.live else ("draft", "warning")
    item.setIcon(icons.icon(*look))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{where}. {short}")
    return item


def _how(ways: set[str]) -> str:
    if ways == {NAMED, SHOWN}:
        return _("names and shows them")
    return _("names them") if NAMED in ways else _("shows them")

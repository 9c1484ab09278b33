"""How a post will read at each place it goes to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.pictures import Picture
from smassistant.domain.places import ALL_PLACES
from smassistant.domain.posts import Post
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.reviewing import PlacePreview
from ui import icons, theme
from ui.session import Session
from ui.widgets.empty_note import EmptyNote
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.place_chooser import measure_words
from ui.widgets.thumbnails import show_export

PICTURE = 240
WIDEST = 720
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)]", re.IGNORECASE)
_TAG = re.compile(r"(?<![\w/&#])[#@]\w[\w.-]*\w")


class PreviewPane(QWidget):
    """One card per account; the pictures are small copies of what will be published."""

    done = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._frames: dict[str, list[QLabel]] = {}
        self._back = QPushButton(_("Back to writing"))
        self._back.setProperty("role", "primary")
        icons.put(self._back, "back", "on_accent")
        self._back.clicked.connect(self.done)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(_("How the post will read"))
        top = QHBoxLayout()
        top.addWidget(theme.heading(_("How the post will read")), 1)
        top.addWidget(self._back)
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, theme.SPACE)
        layout.addLayout(top)
        layout.addWidget(self._scroll, 1)

    def show_post(self, post: Post, places: Sequence[PlacePreview]) -> None:
        """Show `post` at each of `places` and load its pictures."""
        self.close_down()
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        theme.pad(column, 0, theme.SPACE)
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE)
        for number, place in enumerate(places):
            card = self._card(post, place)
            grid.addWidget(card, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        if not places:
            note = EmptyNote("send")
            note.show_words(
                _("The post has nowhere to go yet"),
                _("Choose at least one account above the text."),
            )
            column.addWidget(note)
        column.addStretch()
        self._scroll.setWidget(inside)
        for picture in post.pictures if places else ():
            self._load(picture)
        self._back.setFocus()

    def close_down(self) -> None:
        """Drop text and pictures."""
        self._frames = {}
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()

    def _card(self, post: Post, place: PlacePreview) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setMaximumWidth(WIDEST)
        words, over = measure_words(place)
        layout = QVBoxLayout(card)
        theme.pad(layout, theme.SPACE, theme.GAP)
        layout.addWidget(theme.heading(f"{_(place.place.title)} · {place.account.name}", 2))
        layout.addWidget(theme.note(words, "danger" if over else "muted"))
        text = QLabel(rich_text(post.text))
        text.setTextFormat(Qt.TextFormat.RichText)
        text.setWordWrap(True)
        text.setAccessibleName(post.text or _("No text"))
        layout.addWidget(text)
        row = FlowLayout()
        for picture in post.pictures[: place.max_pictures]:
            row.addWidget(self._picture(picture))
        layout.addLayout(row)
        return card

    def _picture(self, picture: Picture) -> QWidget:
        frame = QLabel()
        frame.setFixedSize(PICTURE, round(PICTURE * picture.height / max(picture.width, 1)))
        frame.setAccessibleName(picture.alt_text or _("Picture without a description"))
        self._frames.setdefault(picture.id, []).append(frame)
        caption = theme.note(picture.alt_text or _("No description yet"))
        caption.setFixedWidth(PICTURE)
        both = QWidget()
        layout = QVBoxLayout(both)
        theme.pad(layout, 0, 4)
        layout.addWidget(frame)
        layout.addWidget(caption)
        return both

    def _load(self, picture: Picture) -> None:
        def shown(pixmap: QPixmap) -> None:
            for frame in self._frames.get(picture.id, []):
                ratio = self.devicePixelRatioF()
                mode = Qt.TransformationMode.SmoothTransformation
                small = pixmap.scaledToWidth(round(PICTURE * ratio), mode)
                small.setDevicePixelRatio(ratio)
                frame.setPixmap(small)

        def failed(error: UserError) -> None:
            for frame in self._frames.get(picture.id, []):
                frame.setWordWrap(True)
                frame.setText(str(error))

        show_export(self._session, picture, ALL_PLACES[0], 2 * PICTURE, self, shown, failed)


def rich_text(text: str) -> str:
    """The text as places show it: lines kept, links and tags in the colour of links."""
    colour = theme.colours().accent
    shown, last = [], 0
    spans = sorted(
        [m.span() for m in _LINK.finditer(text)] + [m.span() for m in _TAG.finditer(text)]
    )
    for start, end in spans:
        if start < last:
            continue
        shown.append(escape(text[last:start]))
        shown.append(f'<span style="color:{colour}">{escape(text[start:end])}</span>')
        last = end
    shown.append(escape(text[last:]))
    return "".join(shown).replace("\n", "<br>")

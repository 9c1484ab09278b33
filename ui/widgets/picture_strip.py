"""The pictures of a post in a row, and the ways to bring more in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.findings import Finding
from smassistant.domain.pictures import Picture
from smassistant.i18n import _
from ui import theme
from ui.dialogs.files import choose_folder
from ui.models.spelling import Spelling
from ui.widgets.incoming import ENDINGS, incoming, pictures_in
from ui.widgets.intake_notice import IntakeNotice
from ui.widgets.picture_card import PictureCard
from ui.widgets.post_editor import PostEditor
from ui.widgets.strip_head import StripHead
from ui.widgets.thumbnails import Thumbnails


class PictureStrip(QFrame):
    """A row of picture cards; pictures are dropped anywhere on it."""

    pictures_arrived = Signal(object)  # tuple[IncomingPicture, ...]
    described = Signal(str, str)
    start_asked = Signal(str)
    origin_said = Signal(str, object)
    same_asked = Signal(str)
    facts_asked = Signal(str)
    opened = Signal(str)
    removed = Signal(str)
    moved = Signal(str, int)
    cancelled = Signal()
    mend_chosen = Signal(object, object)
    finding_chosen = Signal(object)
    findings_reached = Signal(object)  # tuple[Finding, ...]

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._cards: dict[str, PictureCard] = {}
        self._spelling: Spelling | None = None
        self.setAcceptDrops(True)
        self.setProperty("role", "drop")
        self.head = StripHead()
        self.add_button = self.head.add_button
        self.head.files_asked.connect(self.browse)
        self.head.folder_asked.connect(self.browse_folder)
        self.head.cancelled.connect(self.cancelled)
        self.head.chosen.connect(self.reach)
        self.notice = IntakeNotice()
        self._build()

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GAP)
        self._row.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(self._scroll.focusPolicy().NoFocus)
        self._scroll.setWidget(inside)
        self._scroll.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.head)
        layout.addWidget(self.notice)
        layout.addWidget(self._scroll)

    # --- what is shown --------------------------------------------------------------------------

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show `pictures` in their order; cards that stay keep the keyboard."""
        wanted = {picture.id for picture in pictures}
        for picture_id in [key for key in self._cards if key not in wanted]:
            card = self._cards.pop(picture_id)
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        others = len(pictures) > 1
        for index, picture in enumerate(pictures):
            card = self._cards.get(picture.id) or self._make(picture, index + 1)
            other = card.picture.photo_id != picture.photo_id
            card.show_picture(picture, index + 1, others)
            if other:  # a video that was cut or blurred
                self._thumbnails.show(picture.photo_id, card, card.show_image)
            if self._row.indexOf(card) != index:
                self._row.insertWidget(index, card)
            card.earlier.setEnabled(index > 0)
            card.later.setEnabled(index < len(pictures) - 1)
        self._scroll.setVisible(bool(pictures))
        self._fit()
        self._sum_up()

    def _fit(self) -> None:
        """As high as the highest card: one with a licence to say has a line more."""
        if self._cards:
            highest = max(card.sizeHint().height() for card in self._cards.values())
            bar = self._scroll.horizontalScrollBar().sizeHint().height()
            self._scroll.setFixedHeight(highest + bar + 2)

    def _sum_up(self) -> None:
        cards = [card for n in range(len(self._cards)) if (card := self.card(n + 1)) is not None]
        self.head.show_open([card.open_points() for card in cards])

    def show_findings(self, findings: Sequence[Finding], standing: Sequence[Finding]) -> None:
        """Underline what was found in the descriptions, and sum up what is `standing`."""
        for card in self._cards.values():
            card.show_findings(findings, standing)
        self._sum_up()

    def check_spelling(self, spelling: Spelling) -> None:
        """Underline misspelt words in every description."""
        self._spelling = spelling
        for editor in self.editors():
            editor.check_spelling(spelling)

    def editors(self) -> list[PostEditor]:
        """Where the descriptions are written."""
        return [card.alt_text for card in self._cards.values()]

    def show_limit(self, most: int) -> None:
        """Count every description against `most` characters."""
        for card in self._cards.values():
            card.show_limit(most)

    def show_reading(self, picture_id: str, text: str) -> None:
        """Say on a picture's card how far the reading of its writing is."""
        card = self._cards.get(picture_id)
        if card is not None:
            card.show_reading(text)
            self._sum_up()

    def card(self, number: int) -> PictureCard | None:
        """The card of picture `number` (from 1)."""
        item = self._row.itemAt(number - 1)
        widget = item.widget() if item is not None else None
        return widget if isinstance(widget, PictureCard) else None

    def card_of(self, picture_id: str) -> PictureCard | None:
        """The card of a picture."""
        return self._cards.get(picture_id)

    def show_card(self, number: int) -> None:
        """Bring picture `number` into view."""
        card = self.card(number)
        if card is not None:
            self._scroll.ensureWidgetVisible(card)

    def reach(self, number: int) -> None:
        """Bring picture `number` into view and put the keyboard on what is open about it."""
        card = self.card(number)
        if card is not None:
            self._scroll.ensureWidgetVisible(card)
            card.focus_open()

    def focus_picture(self, picture_id: str) -> None:
        """Put the keyboard on a picture's button for its faces."""
        card = self._cards.get(picture_id)
        if card is not None:
            card.faces_button.setFocus()

    def describe(self, number: int) -> None:
        """Put the keyboard into the description of picture `number`."""
        card = self.card(number)
        if card is not None:
            self._scroll.ensureWidgetVisible(card)
            card.alt_text.setFocus()

    def _make(self, picture: Picture, number: int) -> PictureCard:
        card = PictureCard(picture, number)
        card.described.connect(self.described)
        card.start_asked.connect(self.start_asked)
        card.origin_said.connect(self.origin_said)
        card.same_asked.connect(self.same_asked)
        card.facts_asked.connect(self.facts_asked)
        card.opened.connect(self.opened)
        card.removed.connect(self.removed)
        card.moved.connect(self.moved)
        card.alt_text.pictures_arrived.connect(self.pictures_arrived)
        card.alt_text.mend_chosen.connect(self.mend_chosen)
        card.alt_text.finding_chosen.connect(self.finding_chosen)
        card.alt_text.findings_reached.connect(self.findings_reached)
        if self._spelling is not None:
            card.alt_text.check_spelling(self._spelling)
        self._cards[picture.id] = card
        self._thumbnails.show(picture.photo_id, card, card.show_image)
        return card

    # --- bringing pictures in -------------------------------------------------------------------

    def browse(self) -> None:
        """Let the person choose files."""
        endings = " ".join(f"*.{ending} *.{ending.upper()}" for ending in ENDINGS)
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Add pictures"), "", _("Pictures ({endings})").format(endings=endings)
        )
        if names:
            self.pictures_arrived.emit(incoming([Path(name) for name in names]))

    def browse_folder(self) -> None:
        """Let the person choose a folder: the pictures in it come in."""
        folder = choose_folder(self, _("Add the pictures of a folder"))
        if folder is not None:
            self.pictures_arrived.emit(incoming([folder]))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pixels; show that they may be dropped."""
        if pictures_in(event.mimeData()):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: object) -> None:
        """Nothing comes after all."""
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        self._show_over(False)
        arrived = pictures_in(event.mimeData())
        if arrived:
            event.acceptProposedAction()
            self.pictures_arrived.emit(arrived)

    def _show_over(self, over: bool) -> None:
        self.setProperty("over", over)
        theme.restyle(self)

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
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.findings import Finding
from smassistant.domain.pictures import Picture
from smassistant.errors import UserError
from smassistant.i18n import _, labelled, ngettext
from ui import icons, theme
from ui.models.spelling import Spelling
from ui.shortcuts import Shortcuts
from ui.widgets.incoming import IncomingPicture, pictures_in
from ui.widgets.notice import Notice
from ui.widgets.picture_card import PictureCard
from ui.widgets.post_editor import PostEditor
from ui.widgets.thumbnails import Thumbnails

ENDINGS = ("jpg", "jpeg", "png", "webp", "gif", "heic", "heif", "bmp", "tif", "tiff")


class PictureStrip(QFrame):
    """A row of picture cards; pictures are dropped anywhere on it."""

    pictures_arrived = Signal(object)  # tuple[IncomingPicture, ...]
    described = Signal(str, str)
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
        self.add_button = QPushButton(_("Add pictures…"))
        icons.put(self.add_button, "picture")
        self.add_button.setToolTip(Shortcuts.ADD_PICTURE.shown)
        self.add_button.clicked.connect(self.browse)
        self._hint = theme.note(_("Drop pictures here, or paste them into the text."))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(140)
        self._bar.setAccessibleName(_("Reading pictures"))
        self._reading = theme.note()
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.setAccessibleName(_("Stop reading pictures"))
        self._cancel.clicked.connect(self.cancelled)
        self._failures: list[str] = []
        self.notice = Notice()
        self._build()
        self.show_progress(0, 0)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.add_button)
        top.addWidget(self._hint, 1)
        top.addWidget(self._reading)
        top.addWidget(self._bar)
        top.addWidget(self._cancel)
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
        layout.addLayout(top)
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
        for index, picture in enumerate(pictures):
            known = self._cards.get(picture.id)
            card = known or self._make(picture, index + 1)
            if known:
                card.show_picture(picture, index + 1)
            if self._row.indexOf(card) != index:
                self._row.insertWidget(index, card)
            card.earlier.setEnabled(index > 0)
            card.later.setEnabled(index < len(pictures) - 1)
        self._scroll.setVisible(bool(pictures))
        if pictures:
            first = self._cards[pictures[0].id]
            bar = self._scroll.horizontalScrollBar().sizeHint().height()
            self._scroll.setFixedHeight(first.sizeHint().height() + bar + 2)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Underline what was found in the descriptions."""
        for card in self._cards.values():
            card.alt_text.show_findings(findings)

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

    def show_failure(self, name: str, error: UserError) -> None:
        """Say which picture could not be taken and why, beside those said before."""
        self._failures.append(labelled(name, str(error)))
        n = len(self._failures)
        self.notice.say(
            ngettext("{n} picture was not added", "{n} pictures were not added", n).format(n=n),
            "\n".join(self._failures),
            "warning",
            _("All right"),
            self.forget_failures,
        )

    def forget_failures(self) -> None:
        """Say nothing more about pictures that could not be taken."""
        self._failures = []
        self.notice.clear()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the reading of pictures is; nothing for a total of 0."""
        busy = total > 0
        for widget in (self._bar, self._reading, self._cancel):
            widget.setVisible(busy)
        self._hint.setVisible(not busy)
        if busy:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._reading.setText(
                _("Reading picture {n} of {total}").format(n=done + 1, total=total)
            )

    def card(self, number: int) -> PictureCard | None:
        """The card of picture `number` (from 1)."""
        item = self._row.itemAt(number - 1)
        widget = item.widget() if item is not None else None
        return widget if isinstance(widget, PictureCard) else None

    def show_card(self, number: int) -> None:
        """Bring picture `number` into view."""
        card = self.card(number)
        if card is not None:
            self._scroll.ensureWidgetVisible(card)

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
            paths = [Path(name) for name in names]
            self.pictures_arrived.emit(tuple(IncomingPicture(path.name, path) for path in paths))

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

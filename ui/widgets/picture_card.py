"""One picture of a post: what it shows in words, whose it is, who is in it, its place in line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from smassistant.domain.findings import Finding
from smassistant.domain.pictures import Picture
from smassistant.i18n import _
from ui import icons, theme
from ui.shortcuts import Shortcuts
from ui.widgets.film_badge import with_badge
from ui.widgets.origin_chooser import OriginChooser
from ui.widgets.picture_state import SEEN_BEFORE, USED_BEFORE, open_faces, open_points
from ui.widgets.post_editor import PostEditor
from ui.widgets.thumbnails import fitted
from ui.widgets.words import (
    characters_over,
    faces_words,
    number_words,
    origin_need,
    picture_number,
)

WIDTH = 352
THUMBNAIL = QSize(104, 104)


class PictureCard(QFrame):
    """Shows `picture` as number `number` of the post."""

    described = Signal(str, str)  # picture id, words
    start_asked = Signal(str)
    origin_said = Signal(str, object)  # picture id, Origin
    same_asked = Signal(str)  # the origin of this picture for all
    facts_asked = Signal(str)
    opened = Signal(str)
    removed = Signal(str)
    moved = Signal(str, int)

    def __init__(self, picture: Picture, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self.number = number
        self._most = 1000
        self._reading = ""
        self._codes: set[str] = set()
        self._standing: tuple[Finding, ...] = ()
        self.setProperty("role", "card")
        self.setFixedWidth(WIDTH)
        self.thumbnail = QToolButton()
        self.thumbnail.setProperty("role", "quiet")
        self.thumbnail.setIconSize(THUMBNAIL)
        self.thumbnail.setFixedSize(THUMBNAIL + QSize(12, 12))
        self.alt_text = PostEditor(f"alt:{number}")
        self.alt_text.setPlaceholderText(_("Describe the picture for people who can't see it"))
        self.alt_text.setFixedHeight(60)
        self.alt_text.show_text(picture.alt_text)
        self._title, self._count, self._faces = theme.heading("", 3), theme.note(), theme.note()
        self.start = QPushButton(_("Offer a start"))
        self.start.setProperty("role", "link")
        self.start.setToolTip(
            _("Begin from what is known: how many people, and what the post says")
        )
        self.origin = OriginChooser()
        self.faces_button = QPushButton(_("Who is in it?"))
        self.facts = self._tool("file")
        self.earlier, self.later = self._tool("back"), self._tool("next")
        self.remove = self._tool("remove")
        self._build()
        self._connect()
        self._show(others=False)

    def _tool(self, icon: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        icons.put(button, icon, "muted")
        return button

    def _connect(self) -> None:
        self.alt_text.textChanged.connect(self._tell_words)
        self.start.clicked.connect(lambda: self.start_asked.emit(self.picture.id))
        self.origin.said.connect(lambda said: self.origin_said.emit(self.picture.id, said))
        self.origin.all_asked.connect(lambda: self.same_asked.emit(self.picture.id))
        for button in (self.thumbnail, self.faces_button):
            button.clicked.connect(lambda: self.opened.emit(self.picture.id))
        self.facts.clicked.connect(lambda: self.facts_asked.emit(self.picture.id))
        self.earlier.clicked.connect(lambda: self.moved.emit(self.picture.id, -1))
        self.later.clicked.connect(lambda: self.moved.emit(self.picture.id, 1))
        self.remove.clicked.connect(lambda: self.removed.emit(self.picture.id))
        for shortcut, button in (
            (Shortcuts.MOVE_EARLIER, self.earlier),
            (Shortcuts.MOVE_LATER, self.later),
        ):
            shortcut.on(self).activated.connect(button.click)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self._title)
        top.addStretch()
        for button in (self.facts, self.earlier, self.later, self.remove):
            top.addWidget(button)
        said = QHBoxLayout()
        said.setSpacing(4)
        said.addWidget(self._count, 1)
        said.addWidget(self.start)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(top)
        right.addWidget(self.alt_text)
        right.addLayout(said)
        body = QHBoxLayout()
        body.setSpacing(theme.GAP)
        body.addWidget(self.thumbnail, alignment=Qt.AlignmentFlag.AlignTop)
        body.addLayout(right, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self._faces, 1)
        bottom.addWidget(self.faces_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(6)
        layout.addLayout(body)
        layout.addWidget(self.origin)
        layout.addStretch()
        layout.addLayout(bottom)

    # --- what is shown ----------------------------------------------------------------------------

    def show_picture(self, picture: Picture, number: int, others: bool = False) -> None:
        """Show the picture's state; words that are being written stay untouched."""
        known = (self.picture, self.number, self.origin.for_all.isVisibleTo(self))
        if known != (picture, number, others):
            self.picture, self.number = picture, number
            self._show(others)

    def _show(self, others: bool) -> None:
        name = _("Picture {n}").format(n=self.number)
        self._title.setText(name)
        self.alt_text.where = f"alt:{self.number}"
        self.alt_text.setAccessibleName(_("Description of picture {n}").format(n=self.number))
        self.thumbnail.setAccessibleName(_("{picture}: who is in it?").format(picture=name))
        self.start.setAccessibleName(_("Offer a start for the description of {picture}").format(
            picture=name
        ))  # fmt: skip
        for button, words in (
            (self.faces_button, _("Who is in {picture}?")),
            (self.facts, _("What the file of {picture} says")),
            (self.earlier, _("Move {picture} forward")),
            (self.later, _("Move {picture} back")),
            (self.remove, _("Remove {picture}")),
        ):
            button.setAccessibleName(words.format(picture=name))
            button.setToolTip(words.format(picture=name))
        if self.alt_text.text() != self.picture.alt_text:
            self.alt_text.show_text(self.picture.alt_text)
        self.origin.show_origin(self.picture.origin, name, others)
        self._show_state()
        self._show_count()

    def show_image(self, pixmap: QPixmap) -> None:
        """Show the picture itself."""
        shown = fitted(pixmap, THUMBNAIL, self.devicePixelRatioF())
        self.thumbnail.setIcon(QIcon(with_badge(shown, self.picture)))

    def show_limit(self, most: int) -> None:
        """Count the description against `most` characters."""
        if most != self._most:
            self._most = most
            self._show_count()

    def show_reading(self, text: str) -> None:
        """Say how far the reading of what is written in it is; nothing for an empty text."""
        if text != self._reading:
            self._reading = text
            self._show_state()

    def show_findings(self, findings: Sequence[Finding], standing: Sequence[Finding]) -> None:
        """Underline what was found in the description, and say what else is `standing`."""
        self.alt_text.show_findings(findings)
        self._codes = {f.code for f in findings if picture_number(f.where) == self.number}
        self._standing = tuple(f for f in standing if picture_number(f.where) == self.number)
        self._show_state()

    def open_points(self) -> tuple[str, ...]:
        """What has to be done about this picture, in a few words each."""
        return open_points(self.picture, self._standing, bool(self._reading))

    def focus_open(self) -> None:
        """Put the keyboard on the first thing that is open about it, its faces when nothing is."""
        faces_open = open_faces(self.picture)
        if not faces_open and not self.picture.alt_text.strip():
            self.alt_text.setFocus()
        elif not faces_open and origin_need(self.picture.origin):
            self.origin.focus_open()
        else:
            self.faces_button.setFocus()

    def _tell_words(self) -> None:
        self._show_count()
        self.described.emit(self.picture.id, self.alt_text.text())

    def _show_count(self) -> None:
        length = len(self.alt_text.text().strip())
        if not length:
            words, role = _("Description needed"), "warning"
        elif length > self._most:
            words, role = characters_over(length - self._most), "danger"
        else:
            most = number_words(self._most)
            words = _("{n} of {most} characters").format(n=number_words(length), most=most)
            role = "muted"
        self._count.setText(words)
        self.start.setVisible(not length)
        theme.set_role(self._count, role)

    def _show_state(self) -> None:
        """Faces, and what takes its time or was seen before; the rest has a place of its own."""
        seen, used = SEEN_BEFORE in self._codes, USED_BEFORE in self._codes
        parts = [_("Seen before") if seen else _("Used before") if used else ""]
        parts += [faces_words(self.picture), self._reading]
        self._faces.setText(" · ".join(filter(None, parts)))
        open_ = open_faces(self.picture) or not self.picture.looked
        theme.set_role(self._faces, "danger" if seen else "warning" if open_ else "ok")

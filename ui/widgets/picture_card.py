"""One picture of a post: what it shows in words, who is in it, its place among the others."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.pictures import Picture
from smassistant.i18n import _
from ui import icons, theme
from ui.shortcuts import Shortcuts
from ui.widgets.post_editor import PostEditor
from ui.widgets.thumbnails import fitted
from ui.widgets.words import characters_over, faces_words, number_words

WIDTH = 352
THUMBNAIL = QSize(104, 104)


class PictureCard(QFrame):
    """Shows `picture` as number `number` of the post."""

    described = Signal(str, str)  # picture id, words
    opened = Signal(str)
    removed = Signal(str)
    moved = Signal(str, int)

    def __init__(self, picture: Picture, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self._most = 1000
        self.setProperty("role", "card")
        self.setFixedWidth(WIDTH)
        self.thumbnail = QToolButton()
        self.thumbnail.setProperty("role", "quiet")
        self.thumbnail.setIconSize(THUMBNAIL)
        self.thumbnail.setFixedSize(THUMBNAIL + QSize(12, 12))
        self.thumbnail.clicked.connect(lambda: self.opened.emit(self.picture.id))
        self._title = theme.heading("", 3)
        self.alt_text = PostEditor(f"alt:{number}")
        self.alt_text.setPlaceholderText(_("Describe the picture for people who can't see it"))
        self.alt_text.setFixedHeight(60)
        self.alt_text.show_text(picture.alt_text)
        self.alt_text.textChanged.connect(self._tell_words)
        self._count = theme.note()
        self._count.setWordWrap(False)
        self._faces = theme.note()
        self._faces.setWordWrap(False)
        self.faces_button = QPushButton(_("Who is in it?"))
        self.faces_button.clicked.connect(lambda: self.opened.emit(self.picture.id))
        self.earlier = self._tool("back", lambda: self.moved.emit(self.picture.id, -1))
        self.later = self._tool("next", lambda: self.moved.emit(self.picture.id, 1))
        self.remove = self._tool("remove", lambda: self.removed.emit(self.picture.id))
        for shortcut, button in (
            (Shortcuts.MOVE_EARLIER, self.earlier),
            (Shortcuts.MOVE_LATER, self.later),
        ):
            shortcut.on(self).activated.connect(button.click)
        self._build()
        self.show_picture(picture, number)

    def _tool(self, icon: str, call: object) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        icons.put(button, icon, "muted")
        button.clicked.connect(call)
        return button

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self._title)
        top.addStretch()
        for button in (self.earlier, self.later, self.remove):
            top.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(top)
        right.addWidget(self.alt_text)
        right.addWidget(self._count)
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
        layout.addLayout(bottom)

    def show_picture(self, picture: Picture, number: int) -> None:
        """Show the picture's state; words that are being written stay untouched."""
        self.picture = picture
        name = _("Picture {n}").format(n=number)
        self._title.setText(name)
        self.alt_text.where = f"alt:{number}"
        self.alt_text.setAccessibleName(_("Description of picture {n}").format(n=number))
        self.thumbnail.setAccessibleName(_("{picture}: who is in it?").format(picture=name))
        for button, words in (
            (self.faces_button, _("Who is in {picture}?")),
            (self.earlier, _("Move {picture} forward")),
            (self.later, _("Move {picture} back")),
            (self.remove, _("Remove {picture}")),
        ):
            button.setAccessibleName(words.format(picture=name))
            button.setToolTip(words.format(picture=name))
        if self.alt_text.text() != picture.alt_text:
            self.alt_text.show_text(picture.alt_text)
        self._show_faces()
        self._show_count()

    def show_image(self, pixmap: QPixmap) -> None:
        """Show the picture itself."""
        self.thumbnail.setIcon(QIcon(fitted(pixmap, THUMBNAIL, self.devicePixelRatioF())))

    def show_limit(self, most: int) -> None:
        """Count the description against `most` characters."""
        self._most = most
        self._show_count()

    def _tell_words(self) -> None:
        self._show_count()
        self.described.emit(self.picture.id, self.alt_text.text())

    def _show_count(self) -> None:
        length = len(self.alt_text.text().strip())
        if not length:
            words, role = _("A description is needed"), "warning"
        elif length > self._most:
            words, role = characters_over(length - self._most), "danger"
        else:
            most = number_words(self._most)
            words = _("{n} of {most} characters").format(n=number_words(length), most=most)
            role = "muted"
        self._count.setText(words)
        theme.set_role(self._count, role)

    def _show_faces(self) -> None:
        faces = self.picture.faces
        settled = all(face.accounting for face in faces) and (faces or self.picture.looked)
        self._faces.setText(faces_words(self.picture))
        theme.set_role(self._faces, "ok" if settled else "warning")

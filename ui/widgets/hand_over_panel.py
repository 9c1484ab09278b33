"""Posting by hand, step by step: copy the text, take the pictures, open the site, paste back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from smassistant.i18n import _, ngettext
from smassistant.services.handing_over import ByHand
from ui import desktop, icons, theme


class HandOverPanel(QFrame):
    """Appears once everything is ready and the text is on the clipboard."""

    finished = Signal(str)  # the address the person pasted
    given_up = Signal()

    def __init__(self, ready: ByHand | None = None) -> None:
        """Without `ready` (found again after a restart) only the address is asked for."""
        super().__init__()
        self.ready = ready
        self.setProperty("role", "card")
        self._layout = QVBoxLayout(self)
        theme.pad(self._layout, theme.SPACE, theme.GAP)
        self._layout.addWidget(theme.heading(_("Post it by hand"), 3))
        if ready is not None:
            self._add_steps(ready)
        self._add_address()
        self._add_buttons()

    def _add_steps(self, ready: ByHand) -> None:
        self.copy = self._step(_("1. The text is on the clipboard."), _("Copy again"), "copy")
        self.copy.clicked.connect(lambda: desktop.copy(ready.text))
        pictures = [path for path in ready.files if path.suffix == ".jpg"]
        words = ngettext(
            "2. {n} picture is ready in a folder.", "2. {n} pictures are ready in a folder.",
            len(pictures),
        ).format(n=len(pictures))  # fmt: skip
        if not pictures:
            words = _("2. There are no pictures.")
        self.folder = self._step(words, _("Open folder"), "file")
        self.folder.clicked.connect(lambda: desktop.open_folder(ready.folder))
        self.site = self._step(_("3. Paste both there, and post."), _("Open the site"), "open")
        self.site.clicked.connect(lambda: desktop.open_address(ready.home))
        self.site.setEnabled(bool(ready.home))

    def _step(self, words: str, verb: str, icon: str) -> QPushButton:
        line = QHBoxLayout()
        text = QLabel(words)
        text.setWordWrap(True)
        button = QPushButton(verb)
        icons.put(button, icon)
        line.addWidget(text, 1)
        line.addWidget(button)
        self._layout.addLayout(line)
        return button

    def _add_address(self) -> None:
        label = QLabel(_("4. Paste the address of the post as readers see it:"))
        label.setWordWrap(True)
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://")
        self.address.setAccessibleName(_("Address of the post"))
        label.setBuddy(self.address)
        self._layout.addWidget(label)
        self._layout.addWidget(self.address)

    def _add_buttons(self) -> None:
        self.done = QPushButton(_("It is published"))
        self.done.setProperty("role", "primary")
        self.done.setEnabled(False)
        self.stop = QPushButton(_("I did not post it"))
        self.address.textChanged.connect(lambda text: self.done.setEnabled(bool(text.strip())))
        self.address.returnPressed.connect(self.done.click)
        self.done.clicked.connect(lambda: self.finished.emit(self.address.text().strip()))
        self.stop.clicked.connect(self.given_up)
        line = QHBoxLayout()
        line.addWidget(self.done)
        line.addWidget(self.stop)
        line.addStretch()
        self._layout.addLayout(line)

"""The line above the pictures of a post: bringing more in, how far that is, what is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QPushButton, QVBoxLayout, QWidget

from smassistant.i18n import _, labelled, ngettext
from ui import icons, theme
from ui.shortcuts import Shortcuts


class StripHead(QWidget):
    """`chosen` carries the number of the picture that was chosen from the overview."""

    files_asked = Signal()
    folder_asked = Signal()
    cancelled = Signal()
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open: Sequence[tuple[str, ...]] = ()
        self.add_button = QPushButton(_("Add pictures…"))
        icons.put(self.add_button, "picture")
        self.add_button.setToolTip(Shortcuts.ADD_PICTURE.shown)
        self.add_button.clicked.connect(self.files_asked)
        self.folder_button = QPushButton(_("Add a folder…"))
        icons.put(self.folder_button, "open")
        self.folder_button.clicked.connect(self.folder_asked)
        self.overview = QPushButton()
        self.menu = QMenu(self.overview)
        self.menu.aboutToShow.connect(self._fill)
        self.overview.setMenu(self.menu)
        self.overview.hide()
        self._hint = theme.note(_("Drop pictures here, or paste them into the text."))
        self._room = theme.note("", "warning")
        self._room.hide()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(60)
        self._bar.setAccessibleName(_("Reading pictures"))
        self._reading = theme.note()
        self._reading.setWordWrap(False)
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.setAccessibleName(_("Stop reading pictures"))
        self._cancel.clicked.connect(self.cancelled)
        self._build()
        self.show_progress(0, 0)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.add_button)
        top.addWidget(self.folder_button)
        top.addWidget(self._hint, 1)
        top.addStretch()
        top.addWidget(self.overview)
        below = QHBoxLayout()
        below.addWidget(self._reading)
        below.addWidget(self._bar, 1)
        below.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, 4)
        layout.addLayout(top)
        layout.addLayout(below)
        layout.addWidget(self._room)

    def show_open(self, open_: Sequence[tuple[str, ...]]) -> None:
        """Sum up what is open, picture by picture; nothing to sum up for a single one."""
        if open_ == self._open and open_:
            return
        self._open = open_
        n, total = sum(bool(points) for points in open_), len(open_)
        words = (
            ngettext("{n} of {total} to do", "{n} of {total} to do", n).format(n=n, total=total)
            if n
            else _("All {total} done").format(total=total)
        )
        self.overview.setText(words)
        self.overview.setAccessibleName(_("Overview of the pictures: {words}").format(words=words))
        icons.put(self.overview, "warning" if n else "ok", "warning" if n else "ok")
        self.overview.setVisible(total > 1)
        self._hint.setVisible(not total and not self._bar.isVisibleTo(self))

    def _fill(self) -> None:
        self.menu.clear()
        for number, points in enumerate(self._open, start=1):
            words = ", ".join(points) if points else _("done")
            name = _("Picture {n}").format(n=number)
            action = self.menu.addAction(labelled(name, words).replace("&", "&&"))
            icons.put(action, "warning" if points else "ok", "warning" if points else "ok")
            action.triggered.connect(lambda _on=False, n=number: self.chosen.emit(n))

    def show_room(self, hint: str, trouble: str) -> None:
        """Say how many pictures the places take, or that there are too many."""
        self._hint.setText(
            " ".join(filter(None, (_("Drop pictures here, or paste them into the text."), hint)))
        )
        self._room.setText(trouble)
        self._room.setVisible(bool(trouble))

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the reading of pictures is; nothing for a total of 0."""
        busy = total > 0
        for widget in (self._bar, self._reading, self._cancel):
            widget.setVisible(busy)
        self._hint.setVisible(not busy and not self._open)
        if busy:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._reading.setText(
                _("Reading picture {n} of {total}").format(n=done + 1, total=total)
            )

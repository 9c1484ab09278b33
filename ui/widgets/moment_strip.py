"""The moments of a video side by side: when they are, and who is still open in each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from smassistant.domain.clips import faces_at
from smassistant.domain.pictures import Moment, Picture
from smassistant.i18n import _, ngettext
from ui import icons
from ui.widgets.thumbnails import fitted

STILL = QSize(112, 63)
Load = Callable[[str, Callable[[QPixmap], None]], None]


class MomentStrip(QListWidget):
    """One still after the other; arrows go from moment to moment."""

    chosen = Signal(object)  # Moment

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moments: tuple[Moment, ...] = ()
        self.setAccessibleName(_("Moments of this video"))
        self.setProperty("pane", True)  # a stop of F6
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListWidget.Movement.Static)
        self.setIconSize(STILL)
        self.setGridSize(STILL + QSize(12, 26))
        self.setSpacing(0)
        self.setFixedHeight(STILL.height() + 46)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(self._tell)

    def show_moments(self, picture: Picture, load: Load) -> None:
        """Show the stills of a video; `load` brings each one's pixels."""
        self._moments = picture.clip.moments if picture.clip else ()
        self.blockSignals(True)
        self.clear()
        for moment in self._moments:
            item = QListWidgetItem(icons.icon("picture", "muted"), "")
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.addItem(item)
            load(moment.photo_id, lambda pixmap, item=item: self._put(item, pixmap))  # type: ignore[misc]
        self.blockSignals(False)
        self.show_open(picture)

    def show_open(self, picture: Picture) -> None:
        """Say how many faces of each moment are open."""
        for row, moment in enumerate(self._moments):
            faces = faces_at(picture, moment)
            open_ = sum(face.accounting is None for face in faces)
            item = self.item(row)
            words = _("{n} open").format(n=open_) if open_ else ""
            item.setText(" · ".join(filter(None, (clock(moment.at), words))))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _sentence(moment, len(faces), open_))
            item.setToolTip(_sentence(moment, len(faces), open_))

    def current(self) -> Moment | None:
        """The moment that is chosen."""
        row = self.currentRow()
        return self._moments[row] if 0 <= row < len(self._moments) else None

    def select(self, moment: Moment | None) -> None:
        """Choose a moment without telling."""
        self.blockSignals(True)
        self.setCurrentRow(self._moments.index(moment) if moment in self._moments else -1)
        self.blockSignals(False)

    def _put(self, item: QListWidgetItem, pixmap: QPixmap) -> None:
        if self.indexFromItem(item).isValid():
            still = fitted(pixmap, STILL, self.devicePixelRatioF())
            icon = QIcon(still)
            icon.addPixmap(still, QIcon.Mode.Selected)  # as it is, not tinted
            item.setIcon(icon)

    def _tell(self) -> None:
        moment = self.current()
        if moment is not None:
            self.chosen.emit(moment)


def clock(seconds: float) -> str:
    """A moment as players say it: "0:07"."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _sentence(moment: Moment, faces: int, open_: int) -> str:
    """A moment in words."""
    if not faces:
        return _("At {time}: nobody listed").format(time=clock(moment.at))
    words = ngettext("At {time}: {n} face, {open} open", "At {time}: {n} faces, {open} open", faces)
    return words.format(time=clock(moment.at), n=faces, open=open_)

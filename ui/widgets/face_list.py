"""Faces and writing of a picture as a list: all the mouse does in the picture, by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from smassistant.domain.pictures import Picture
from smassistant.i18n import _
from ui import icons, theme
from ui.models.picture_standing import NOTHING_SAID, PictureStanding
from ui.widgets.photo_keys import digit_of, step_of
from ui.widgets.photo_marks import (
    Standing,
    is_cut_away,
    letters,
    standing,
    writing_standing,
)
from ui.widgets.photo_words import row_words, writing_words

_SHAPES = {
    Standing.UNKNOWN: ("question", "danger"),
    Standing.MAYBE: ("question", "warning"),
    Standing.PERMITTED: ("ok", "ok"),
    Standing.REFUSED: ("block", "danger"),
    Standing.BLURRED: ("blur", "muted"),
    Standing.WRITTEN: ("write", "muted"),
    Standing.NAMED: ("warning", "warning"),
}


class FaceList(QListWidget):
    """One row per face and piece of writing; Del says that it is none."""

    chosen = Signal(str)  # id of a face or writing, empty for none
    removed = Signal(str)
    stepped = Signal(int)  # to the next (1) or previous (-1) that is open
    numbered = Signal(int)  # a number key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: list[str] = []
        self.setAccessibleName(_("Faces in this picture"))
        self.setAccessibleDescription(
            _("N goes to the next face nobody has accounted for, P back, Del takes one away.")
        )
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(self._tell)

    def show_picture(self, picture: Picture | None, said: PictureStanding = NOTHING_SAID) -> None:
        """List what is in a picture; the chosen row stays, or the next follows a removed one."""
        kept, row = self.current(), self.currentRow()
        self.blockSignals(True)
        self.clear()
        self._ids = []
        if picture is not None:
            self._fill(picture, said)
        if kept in self._ids:
            self.setCurrentRow(self._ids.index(kept))
        elif any(self._ids):
            self._choose_near(row)
        self.blockSignals(False)
        if self.current() != kept:
            self._tell()

    def current(self) -> str:
        """Id of what is chosen, empty for nothing."""
        row = self.currentRow()
        return self._ids[row] if 0 <= row < len(self._ids) else ""

    def words(self) -> dict[str, str]:
        """What each row says, by the id of its face or writing."""
        return {key: self.item(row).text() for row, key in enumerate(self._ids) if key}

    def select(self, mark_id: str) -> None:
        """Choose a face or writing."""
        if mark_id and mark_id in self._ids:
            self.setCurrentRow(self._ids.index(mark_id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is chosen stays in sight when the answers below grow."""
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del removes what is chosen, N and P go to what is open."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current():
            self.removed.emit(self.current())
        elif step := step_of(event):
            self.stepped.emit(step)
        elif digit := digit_of(event):
            self.numbered.emit(digit)
        else:
            super().keyPressEvent(event)

    def _fill(self, picture: Picture, said: PictureStanding) -> None:
        for index, face in enumerate(picture.faces):
            cut = is_cut_away(picture, face.box)
            words = row_words(index + 1, face, said, cut)
            self._add(face.id, words, standing(face, face.id in said.refused), cut)
        if not picture.writing:
            return
        self._add_heading(_("Writing"))
        for index, writing in enumerate(picture.writing):
            cut = is_cut_away(picture, writing.box)
            words = writing_words(letters(index), writing, said, cut)
            self._add(writing.id, words, writing_standing(writing, said), cut)

    def _add(self, mark_id: str, words: str, how: Standing, cut: bool) -> None:
        shape, colour = _SHAPES[how]
        item = QListWidgetItem(icons.icon(shape, "muted" if cut else colour), words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        if cut:
            item.setForeground(QBrush(QColor(theme.colours().disabled)))
            font = QFont(self.font())
            font.setItalic(True)
            item.setFont(font)
        self.addItem(item)
        self._ids.append(mark_id)

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.font(3))
        self.addItem(item)
        self._ids.append("")

    def _choose_near(self, row: int) -> None:
        """The row that took a removed one's place, else the last; never a heading."""
        row = min(max(row, 0), len(self._ids) - 1)
        if not self._ids[row]:
            row = row + 1 if row + 1 < len(self._ids) else row - 1
        self.setCurrentRow(row)

    def _tell(self) -> None:
        self.chosen.emit(self.current())

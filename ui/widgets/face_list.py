"""The faces of a picture as a list: everything the mouse does in the picture, by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from smassistant.domain.pictures import Face
from smassistant.i18n import _
from ui import icons
from ui.widgets.face_box import Standing, standing
from ui.widgets.words import face_words

_SHAPES = {
    Standing.UNKNOWN: ("question", "danger"),
    Standing.MAYBE: ("question", "warning"),
    Standing.PERMITTED: ("ok", "ok"),
    Standing.REFUSED: ("block", "danger"),
    Standing.BLURRED: ("blur", "muted"),
}


class FaceList(QListWidget):
    """One row per face; Del says that it is none."""

    chosen = Signal(str)  # face id, empty for none
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: list[str] = []
        self.setAccessibleName(_("Faces in this picture"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(self._tell)

    def show_faces(
        self, faces: Sequence[Face], refused: frozenset[str], names: Mapping[str, str]
    ) -> None:
        """List `faces`; the chosen row stays, or the next one follows a removed one."""
        kept, row = self.current(), self.currentRow()
        self.blockSignals(True)
        self.clear()
        self._ids = [face.id for face in faces]
        for index, face in enumerate(faces):
            words = row_words(index + 1, face, face.id in refused, names)
            item = QListWidgetItem(icons.icon(*_SHAPES[standing(face, face.id in refused)]), words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            self.addItem(item)
        if kept in self._ids:
            self.setCurrentRow(self._ids.index(kept))
        elif self._ids:
            self.setCurrentRow(min(max(row, 0), len(self._ids) - 1))
        self.blockSignals(False)
        if self.current() != kept:
            self._tell()

    def current(self) -> str:
        """Id of the chosen face, empty for none."""
        row = self.currentRow()
        return self._ids[row] if 0 <= row < len(self._ids) else ""

    def select(self, face_id: str) -> None:
        """Choose a face."""
        if face_id in self._ids:
            self.setCurrentRow(self._ids.index(face_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del removes the chosen face."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current():
            self.removed.emit(self.current())
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        self.chosen.emit(self.current())


def row_words(number: int, face: Face, refused: bool, names: Mapping[str, str]) -> str:
    """One face as a sentence."""
    said = face_words(face, names.get(face.person_id or "", ""))
    if refused:
        return _("Face {n}: {said} – may not be shown").format(n=number, said=said)
    return _("Face {n}: {said}").format(n=number, said=said)

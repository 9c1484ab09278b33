"""What a picture's file says about itself, and that none of it goes out."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from smassistant.domain.pictures import Metadata, Picture
from smassistant.i18n import _
from ui import theme

MOST_NAMES = 12


class FileFacts(QWidget):
    """A line for each thing the file says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QWidget()
        self._note = theme.note()
        self._column = QVBoxLayout(self)
        theme.pad(self._column, 0, theme.GAP)
        self._column.addWidget(self._lines)
        self._column.addWidget(self._note)

    def show_picture(self, picture: Picture) -> None:
        """Show what the file of `picture` says."""
        lines = QWidget()
        grid = QGridLayout(lines)
        theme.pad(grid, 0, 6)
        grid.setHorizontalSpacing(theme.SPACE)
        grid.setColumnStretch(1, 1)
        for row, (name, words) in enumerate(file_lines(picture)):
            label, value = theme.note(name), QLabel(words)
            label.setWordWrap(False)
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        self._column.replaceWidget(self._lines, lines)
        self._lines.deleteLater()
        self._lines = lines
        self._note.setText(note_words(picture.metadata))


def file_lines(picture: Picture) -> Iterator[tuple[str, str]]:
    """What the file says: name of the fact, and the fact in words."""
    said = picture.metadata
    yield _("File"), picture.file_name
    place = (
        _("It says where the picture was taken; dropped") if said.location else _("It says none")
    )
    yield _("Place"), place
    for name, words in (
        (_("Taken on"), _day(said.taken)),
        (_("Camera"), said.camera),
        (_("Made by"), said.creator),
        (_("Copyright"), said.copyright),
        (_("Terms of use"), said.terms),
        (_("Agency"), said.stock),
        (_("People named"), _names(said)),
    ):
        if words:
            yield name, words


def note_words(metadata: Metadata) -> str:
    """What becomes of it."""
    if metadata == Metadata():
        return _("The file says nothing else. The published picture has none of it.")
    return _("This is only shown to you. The published picture has none of it.")


def _names(said: Metadata) -> str:
    shown = ", ".join(said.people[:MOST_NAMES])
    return f"{shown} …" if len(said.people) > MOST_NAMES else shown


def _day(taken: str) -> str:
    """Day and time as the file writes them, without its zone's letters."""
    return taken.replace("T", " ")[:16]

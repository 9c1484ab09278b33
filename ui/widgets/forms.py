"""Labelled fields in one column, each with its own line for what is wrong with it."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from smassistant.i18n import _
from ui import icons, theme

Entry = TypeVar("Entry", bound=QWidget)


class Field(QWidget, Generic[Entry]):
    """A label above, the input, a hint below, and the error in its place."""

    def __init__(self, label: str, entry: Entry, hint: str = "") -> None:
        super().__init__()
        self.entry = entry
        self.label = theme.heading(label, 3)
        self.label.setBuddy(entry)
        entry.setAccessibleName(label)
        entry.setAccessibleDescription(hint)
        self._hint = theme.note(hint)
        self._wrong = theme.note("", "danger")
        self._wrong.hide()
        column = QVBoxLayout(self)
        theme.pad(column, 0, 4)
        for widget in (self.label, entry, self._hint, self._wrong):
            column.addWidget(widget)
        self._hint.setVisible(bool(hint))  # not before it has its place: it would be a window

    def say(self, wrong: str) -> None:
        """Show what is wrong; an empty text takes it back."""
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self._hint.setVisible(bool(self._hint.text()) and not wrong)
        self.entry.setAccessibleDescription(wrong or self._hint.text())
        self.entry.setProperty("wrong", bool(wrong))
        theme.restyle(self.entry)

    @property
    def wrong(self) -> str:
        """What is being said to be wrong."""
        return self._wrong.text()


def line(text: str = "", placeholder: str = "") -> QLineEdit:
    """A one-line field."""
    entry = QLineEdit(text)
    entry.setPlaceholderText(placeholder)
    entry.setMinimumHeight(theme.TARGET)
    return entry


def password() -> QLineEdit:
    """A field whose text is never shown unless asked, copied or undone."""
    entry = line()
    entry.setEchoMode(QLineEdit.EchoMode.Password)
    entry.setInputMethodHints(
        Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhHiddenText
        | Qt.InputMethodHint.ImhNoPredictiveText
    )
    eye = entry.addAction(icons.icon("eye", "muted"), QLineEdit.ActionPosition.TrailingPosition)
    eye.setText(_("Show what is typed"))
    eye.setToolTip(_("Show what is typed"))
    eye.setCheckable(True)
    eye.toggled.connect(
        lambda on: entry.setEchoMode(
            QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        )
    )
    return entry


def inset(edit: QAbstractSpinBox) -> None:
    """Give the text of a field with steps the room that a sheet can't give it."""
    edit.setMinimumHeight(theme.TARGET)
    inside = edit.findChild(QLineEdit)
    if inside is not None:
        inside.setTextMargins(theme.GAP, 0, 0, 0)


def card(role: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A framed group with the usual space inside."""
    frame = QFrame()
    frame.setProperty("role", role)
    column = QVBoxLayout(frame)
    theme.pad(column, theme.SPACE, theme.GAP)
    return frame, column


def rule() -> QFrame:
    """A thin line between groups."""
    frame = QFrame()
    frame.setProperty("role", "line")
    return frame


def symbol(name: str, size: int = 20, colour: str = "text") -> QLabel:
    """A drawing that stands beside words; it is not spoken."""
    label = QLabel()
    icons.put_picture(label, name, size, colour)
    label.setFixedSize(size, size)
    return label

"""A message in its place: shape, words, next step, and at most one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smassistant.errors import UserError
from ui import icons, theme

_SHAPES = {
    "info": ("advice", "accent"),
    "warning": ("warning", "warning"),
    "error": ("block", "danger"),
    "done": ("ok", "ok"),
}


class Notice(QFrame):
    """Hidden until it has something to say; spoken when it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: Callable[[], None] | None = None
        self._shape = QLabel()
        self._text, self._more = QLabel(), QLabel()
        for label in (self._text, self._more):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFont(theme.font(3))
        self.button = QPushButton()
        self.button.clicked.connect(self._act)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._more)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.SPACE, 10, theme.SPACE, 10)
        self.row.setSpacing(12)
        self.row.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addLayout(words, 1)
        self.row.addWidget(self.button)
        self.hide()

    def say(
        self,
        text: str,
        more: str = "",
        kind: str = "info",
        action_text: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """Show a message of kind "info", "warning", "error" or "done"."""
        self._text.setText(text)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._action = action
        self.button.setText(action_text)
        self.button.setVisible(bool(action_text))
        shape, colour = _SHAPES[kind]
        icons.put_picture(self._shape, shape, 22, colour)
        self.setAccessibleName(f"{text} {more}".strip())
        theme.set_role(self, kind)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def tell(self, error: UserError) -> None:
        """Show an error with its reason and what to do."""
        self.say(error.title, f"{error.explanation} {error.next_step}".strip(), "error")

    def clear(self) -> None:
        """Say nothing any more, and forget what was said."""
        self._action = None
        self._text.setText("")
        self._more.setText("")
        self.setAccessibleName("")
        self.hide()

    @property
    def text(self) -> str:
        """What is being said; empty when nothing is."""
        return " ".join(part for part in (self._text.text(), self._more.text()) if part)

    def _act(self) -> None:
        action = self._action
        self.clear()
        if action:
            action()


class Framed(QWidget):
    """Gives a notice room on a page, and takes none while the notice is hidden."""

    def __init__(self, notice: Notice) -> None:
        super().__init__()
        around = QVBoxLayout(self)
        around.setContentsMargins(theme.MARGIN, theme.SPACE, theme.MARGIN, 0)
        around.addWidget(notice)
        notice.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Appear and go with the notice."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(event.type() == QEvent.Type.ShowToParent)
        return False

"""What stands in the place of the desk before a post is begun and after it is submitted."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from smassistant.domain.posts import PostState
from smassistant.i18n import _
from ui import icons, theme
from ui.widgets.empty_note import EmptyNote


class DeskNote(EmptyNote):
    """Calm words with one or two buttons."""

    def __init__(self, icon: str, colour: str, main: str, other: str = "") -> None:
        self.button = QPushButton(main)
        self.button.setProperty("role", "primary")
        icons.put(self.button, "write", "on_accent")
        self.second = QPushButton(other)
        icons.put(self.second, "posts")
        both = QWidget()
        line = QHBoxLayout(both)
        theme.pad(line)
        line.addWidget(self.button)
        line.addWidget(self.second)
        self.second.setVisible(bool(other))
        super().__init__(icon, colour, both)


def start_note() -> DeskNote:
    """Nothing is being written."""
    note = DeskNote("write", "accent", _("Start a post"))
    note.show_words(
        _("What happened at school?"),
        _("Write it down, add pictures, and see at once what may not go out."),
    )
    return note


def submitted_note() -> DeskNote:
    """The post went to a second person."""
    note = DeskNote("ok", "ok", _("Write another"), _("See my posts"))
    show_handed_on(note, PostState.IN_REVIEW)
    return note


def show_handed_on(note: DeskNote, state: PostState) -> None:
    """Say whom the post went to."""
    if state is PostState.REFERRED:
        note.show_words(
            _("With the privacy office"),
            _("The answer comes back to you here. My posts shows the question until then."),
        )
    else:
        note.show_words(
            _("Submitted for approval"), _("A second person reads it before it goes out.")
        )

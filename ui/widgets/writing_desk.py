"""The places, the text, the pictures and the findings of a post on one screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.findings import Finding
from smassistant.i18n import _
from ui import icons, theme
from ui.memory import Memory
from ui.shortcuts import Shortcuts
from ui.widgets.clash_bar import ClashBar
from ui.widgets.findings_panel import FindingsPanel
from ui.widgets.notice import Notice
from ui.widgets.picture_strip import PictureStrip
from ui.widgets.place_chooser import PlaceChooser
from ui.widgets.post_editor import PostEditor
from ui.widgets.thumbnails import Thumbnails
from ui.widgets.words import picture_number

PANEL = 372


class WritingDesk(QWidget):
    """Lays the parts out; the page connects them."""

    def __init__(self, thumbnails: Thumbnails, memory: Memory) -> None:
        super().__init__()
        self.places = PlaceChooser()
        self.clash = ClashBar()
        self.editor = PostEditor()
        self.editor.setAccessibleName(_("Text of the post"))
        self.editor.setPlaceholderText(_("What would you like to tell people?"))
        self.editor.setMinimumHeight(84)
        self.editor.setFont(_reading_font(self.editor.font()))
        self.editor.document().setDocumentMargin(theme.GAP)
        self.strip = PictureStrip(thumbnails)
        self.panel = FindingsPanel()
        self.panel.setMinimumWidth(280)
        self.answer = Notice()  # of the privacy office, above the findings
        self.status = theme.note()
        self.status.setWordWrap(False)
        self.why_not = theme.note()
        self.why_not.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.new_button = QPushButton(_("New post"))
        icons.put(self.new_button, "add")
        self.new_button.setToolTip(Shortcuts.NEW_POST.shown)
        self.preview_button = QPushButton(_("Preview"))
        icons.put(self.preview_button, "eye")
        self.preview_button.setToolTip(Shortcuts.PREVIEW.shown)
        self.submit_button = QPushButton(_("Submit for approval"))
        self.submit_button.setProperty("role", "primary")
        self.submit_button.setToolTip(Shortcuts.SUBMIT.shown)
        self._build(memory)

    def _build(self, memory: Memory) -> None:
        for pane in (self.places, self.editor, self.strip, self.panel):
            pane.setProperty("pane", True)  # a stop of F6
        left = QWidget()
        column = QVBoxLayout(left)
        theme.pad(column, 0, theme.GAP)
        column.addWidget(self.editor, 1)
        column.addWidget(self.strip)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        right = QWidget()
        beside = QVBoxLayout(right)
        theme.pad(beside, 0, theme.GAP)
        beside.addWidget(self.answer)
        beside.addWidget(self.panel, 1)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([10 * PANEL, PANEL])
        memory.follow_splitter(split, "compose")
        head = QHBoxLayout()
        head.addWidget(theme.heading(_("Write")), 1)
        head.addWidget(self.new_button)
        foot = QHBoxLayout()
        foot.addWidget(self.status)
        foot.addWidget(self.why_not, 1)
        foot.addWidget(self.preview_button)
        foot.addWidget(self.submit_button)
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, theme.GAP)
        layout.addLayout(head)
        layout.addWidget(self.clash)
        layout.addWidget(self.places)
        layout.addWidget(split, 1)
        layout.addLayout(foot)

    def editor_of(self, where: str) -> PostEditor | None:
        """The editor of the words a finding is about: "text" or "alt:N"."""
        if where == "text":
            return self.editor
        number = picture_number(where)
        card = self.strip.card(number) if number and where.startswith("alt") else None
        return card.alt_text if card else None

    def show_words(self, finding: Finding, focus: bool) -> None:
        """Select the words of a finding, or bring its picture into view."""
        editor = self.editor_of(finding.where)
        if editor is not None:
            editor.show_finding(finding)
            if focus:
                editor.setFocus()
        number = picture_number(finding.where)
        if number:
            self.strip.show_card(number)

    def describe(self, finding: Finding) -> None:
        """Put the keyboard into the description of the picture a finding is about."""
        number = picture_number(finding.where)
        if number:
            self.strip.describe(number)

    def clear(self) -> None:
        """Drop every word and picture."""
        self.editor.show_text("")
        self.strip.show_pictures(())
        self.panel.show_waiting()
        self.panel.show_answers((), {})
        self.places.show_chosen(())
        self.places.show_measures(())
        self.clash.hide()
        self.answer.clear()
        self.status.setText("")
        self.why_not.setText("")


def _reading_font(font: QFont) -> QFont:
    """A little larger: this is read more than anything else on the page."""
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * 1.15)
    return larger

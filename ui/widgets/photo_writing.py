"""What is to be done about words that stand in a picture."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from smassistant.domain.findings import Finding, Mend, MendKind
from smassistant.domain.pictures import Writing
from smassistant.i18n import _, quoted
from ui import icons, theme
from ui.shortcuts import Shortcuts
from ui.widgets.chip_row import ChipRow
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.photo_lens import Lens

LENS = 400  # words are wide


class WritingAnswers(QWidget):
    """The answers for the chosen words: blur them, somebody else is meant, or read wrongly."""

    blurred = Signal(bool)
    settled = Signal(object, object)  # Finding, Mend
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = theme.heading("", 3)
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.said = theme.note()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.lens = Lens(LENS)
        self.blur = _button("", "blur")
        self.blur.setToolTip(Shortcuts.BLUR.shown)
        self.someone_else = _button(_("This is someone else"), "person")
        self.people = ChipRow()
        self.not_writing = _button(_("Nothing is written here"), "no")
        self._blurred = False
        self._settling: tuple[Finding, Mend] | None = None
        self.blur.clicked.connect(lambda: self.blurred.emit(not self._blurred))
        self.someone_else.clicked.connect(self._settle)
        self.not_writing.clicked.connect(self.removed)
        self._build()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.said)
        row = FlowLayout(spacing=6)
        for button in (self.blur, self.someone_else, self.not_writing):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, theme.GAP)
        layout.addWidget(self.lens)
        layout.addLayout(words)
        layout.addLayout(row)
        layout.addWidget(self.people)
        layout.addStretch()

    def show_writing(self, writing: Writing, finding: Finding | None) -> None:
        """Offer the answers for words and what the checks found in them."""
        self._blurred = writing.blurred
        self.title.setText(_("In the picture stands {words}").format(words=quoted(writing.text)))
        self.blur.setText(_("Show it again") if writing.blurred else _("Blur this writing"))
        if writing.blurred:
            words, role = _("Nobody will be able to read it."), "muted"
        elif finding is not None:
            words, role = finding.message, "danger"
        else:
            words, role = _("No name was found in it."), "muted"
        self.said.setText(words)
        theme.set_role(self.said, role)
        self._offer(None if writing.blurred else finding)

    def _offer(self, finding: Finding | None) -> None:
        """The ways to say who is meant."""
        mends = finding.mends if finding is not None else ()
        others = [mend for mend in mends if mend.kind is MendKind.SOMEONE_ELSE]
        chosen = [mend for mend in mends if mend.kind is MendKind.CHOOSE_PERSON]
        self._settling = (finding, others[0]) if finding and others else None
        self.someone_else.setVisible(bool(others))
        self.people.show_buttons(
            [(mend.label, partial(self.settled.emit, finding, mend)) for mend in chosen]
        )

    def close_down(self) -> None:
        """Drop the words."""
        self._offer(None)
        self.title.setText("")
        self.said.setText("")

    def _settle(self) -> None:
        if self._settling is not None:
            self.settled.emit(*self._settling)


def _button(text: str, icon: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setProperty("role", "chip")
    icons.put(button, icon)
    return button

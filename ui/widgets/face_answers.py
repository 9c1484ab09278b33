"""Saying who one face is: a person, an adult with permission, not to be told, or blurred."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.pictures import Accounting, Face
from smassistant.i18n import _
from smassistant.services.keeping_registry import PersonLine
from ui import icons, theme
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.person_search import PersonSearch, RecentPeople
from ui.widgets.words import is_maybe


class FaceAnswers(QWidget):
    """The answers for the chosen face."""

    answered = Signal(object, str, str)  # Accounting or None, person id, reason
    removed = Signal()

    def __init__(
        self, session: Session, recent: RecentPeople, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown: tuple[Face, int] | None = None
        self.title = theme.heading("", 3)
        self.search = PersonSearch(session, recent)
        self.search.picked.connect(self._take_person)
        self.adult = _button(_("An adult with permission…"), "person")
        self.adult.clicked.connect(lambda: self._ask(Accounting.ADULT))
        self.unknown = _button(_("Can't be recognised…"), "eye")
        self.unknown.clicked.connect(lambda: self._ask(Accounting.NOT_IDENTIFIABLE))
        self.blur = _button(_("Blur"), "blur")
        self.blur.setToolTip(Shortcuts.BLUR.shown)
        self.blur.clicked.connect(lambda: self.answered.emit(Accounting.BLURRED, "", ""))
        self.not_a_face = _button(_("Not a face"), "no")
        self.not_a_face.clicked.connect(self.removed)
        self.forget = _button(_("Take the answer back"), "undo")
        self.forget.clicked.connect(lambda: self.answered.emit(None, "", ""))
        self.reason = _Reason()
        self.reason.kept.connect(lambda how, words: self.answered.emit(how, "", words))
        self._build()

    def _build(self) -> None:
        row = FlowLayout(spacing=6)
        for button in (self.adult, self.unknown, self.blur, self.not_a_face, self.forget):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, theme.GAP)
        layout.addWidget(self.title)
        layout.addWidget(self.search, 1)
        layout.addLayout(row)
        layout.addWidget(self.reason)

    def show_face(self, face: Face, number: int) -> None:
        """Offer the answers for a face; what is being typed stays while it is the same."""
        if self._shown == (face, number):
            return
        self._shown = (face, number)
        question = _("Face {n}: is it one, and who?") if is_maybe(face) else _("Who is face {n}?")
        self.title.setText(question.format(n=number))
        self.forget.setVisible(face.accounting is not None)
        self.blur.setEnabled(face.accounting is not Accounting.BLURRED)
        self.reason.hide()
        self.search.reset()

    def close_down(self) -> None:
        """Drop every name and reason."""
        self._shown = None
        self.search.close_down()
        self.reason.drop()

    def _take_person(self, line: PersonLine) -> None:
        self.answered.emit(Accounting.PERSON, line.person.id, "")

    def _ask(self, how: Accounting) -> None:
        self.reason.ask(how)


class _Reason(QWidget):
    """A line for whose permission there is, or why nobody can tell who it is."""

    kept = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._how = Accounting.ADULT
        self.field = QLineEdit()
        self.keep = QPushButton(_("Keep"))
        self.keep.setAutoDefault(False)
        self.keep.clicked.connect(self._tell)
        self.field.returnPressed.connect(self._tell)
        self.field.textChanged.connect(lambda words: self.keep.setEnabled(bool(words.strip())))
        line = QHBoxLayout(self)
        theme.pad(line, 0, 6)
        line.addWidget(self.field, 1)
        line.addWidget(self.keep)
        self.hide()

    def ask(self, how: Accounting) -> None:
        """Open the line for `how`."""
        self._how = how
        adult = how is Accounting.ADULT
        words = _("Who is it, and who gave permission?") if adult else _("Why not?")
        self.field.setText("")
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        usual = [] if adult else [_("seen from behind"), _("too small"), _("face covered")]
        completer = QCompleter(usual, self.field)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        self.keep.setEnabled(False)
        self.keep.setAccessibleName(_("Keep this answer"))
        self.show()
        self.field.setFocus()

    def drop(self) -> None:
        """Forget what was typed."""
        self.field.setText("")
        self.hide()

    def _tell(self) -> None:
        words = self.field.text().strip()
        if words:
            self.drop()
            self.kept.emit(self._how, words)


def _button(text: str, icon: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    icons.put(button, icon)
    return button

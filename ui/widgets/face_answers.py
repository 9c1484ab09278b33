"""Saying who one face is: a person, an adult with permission, not to be told, or blurred."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smassistant.domain.pictures import Accounting, Face
from smassistant.i18n import _
from smassistant.services.keeping_registry import PersonLine
from ui import icons, theme
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.face_chips import Chip, FaceChips
from ui.widgets.face_reason import Reason
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.person_search import PersonSearch, RecentPeople
from ui.widgets.photo_lens import Lens
from ui.widgets.words import is_maybe


class FaceAnswers(QWidget):
    """The answers for the chosen face."""

    answered = Signal(object, str, str)  # Accounting or None, person id, reason
    removed = Signal()

    def __init__(
        self, session: Session, recent: RecentPeople, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[Face, int] | None = None
        self.title = theme.heading("", 3)
        self.title.setWordWrap(True)
        self.said = theme.note()
        self.lens = Lens()
        self.filed = FaceChips()
        self.filed.picked.connect(lambda key: self.answered.emit(Accounting.PERSON, key, ""))
        self.search = PersonSearch(session, recent)
        self.search.picked.connect(self._take_person)
        self.reason = Reason()
        self.reason.kept.connect(lambda how, words: self.answered.emit(how, "", words))
        self.adult = self._asking(_("Adult…"), _("An adult with permission"), Accounting.ADULT)
        self.figure = self._asking(
            _("Public figure…"),
            _("A public figure, such as a mayor or an athlete"),
            Accounting.PUBLIC_FIGURE,
        )
        self.unknown = self._asking(
            _("Not recognisable…"),
            _("Nobody can recognise this person"),
            Accounting.NOT_IDENTIFIABLE,
        )
        self.event_ = self._asking(
            _("Public event…"), _("Somebody at a public event"), Accounting.PUBLIC_EVENT
        )
        self.no_event = theme.note(_("“Public event” is off in the settings of your school."))
        self.blur = _button(_("Blur"), lambda: self.answered.emit(Accounting.BLURRED, "", ""))
        icons.put(self.blur, "blur")
        self.blur.setToolTip(Shortcuts.BLUR.shown)
        self.not_a_face = _button(_("Not a face"), self.removed.emit)
        icons.put(self.not_a_face, "no")
        self.forget = _button(_("Clear the answer"), lambda: self.answered.emit(None, "", ""))
        icons.put(self.forget, "undo")
        self._build()

    def _asking(self, text: str, said: str, how: Accounting) -> QPushButton:
        button = _button(text, lambda: self.reason.ask(how))
        button.setAccessibleName(said)
        button.setToolTip(said)
        return button

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.said)
        words.addWidget(self.filed)
        words.addStretch()
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addWidget(self.lens, alignment=Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        row = FlowLayout(spacing=6)
        for button in (
            self.blur, self.not_a_face, self.adult, self.unknown, self.figure, self.event_,
            self.forget,
        ):  # fmt: skip
            row.addWidget(button)
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, theme.GAP)
        layout.addLayout(top)
        layout.addWidget(self.search, 1)
        layout.addLayout(row)
        layout.addWidget(self.no_event)
        layout.addWidget(self.reason)

    def show_face(self, face: Face, number: int) -> None:
        """Offer the answers for a face; what is being typed stays while it is the same."""
        events = self._session.settings.public_events
        self.event_.setVisible(events)
        self.no_event.setVisible(not events)
        if self._shown == (face, number):
            return
        self._shown = (face, number)
        question = _("Face {n}: is it one, and who?") if is_maybe(face) else _("Who is face {n}?")
        self.title.setText(question.format(n=number))
        self.forget.setVisible(face.accounting is not None)
        self.blur.setEnabled(face.accounting is not Accounting.BLURRED)
        self.reason.drop()
        self.search.reset()

    def say(self, words: str, role: str) -> None:
        """How the face stands now."""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        theme.set_role(self.said, role)

    def suggest(self, chips: Iterable[Chip]) -> None:
        """Names that the picture's file gives, to be confirmed."""
        self.filed.show_chips(_("The file says:"), chips)

    def close_down(self) -> None:
        """Drop every name and reason."""
        self._shown = None
        self.search.close_down()
        self.reason.forget()
        self.suggest(())
        self.say("", "muted")

    def _take_person(self, line: PersonLine) -> None:
        self.answered.emit(Accounting.PERSON, line.person.id, "")


def _button(text: str, call: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setProperty("role", "chip")
    button.clicked.connect(lambda: call())
    return button

"""One take-down: why the post must go, where it stands, and what can be said about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.pictures import Picture
from smassistant.domain.places import ALL_PLACES, PLACES
from smassistant.domain.takedowns import CLOSED, STEPS, TakedownState
from smassistant.domain.users import Right
from smassistant.errors import UserError
from smassistant.i18n import _, labelled
from smassistant.services.taking_down import TakedownLine
from ui import desktop, icons, theme
from ui.session import Session
from ui.widgets.delivery_words import moment, state_words
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.forms import card, symbol
from ui.widgets.takedown_words import ICONS, next_step, state_word, verb
from ui.widgets.thumbnails import fitted, show_export

_S = TakedownState
PICTURE = QSize(168, 126)
# What is offered first is what is most likely said next.
MAIN = {_S.OPEN: _S.GONE, _S.REMOVING: _S.GONE}
_OFFERED = (_S.GONE, _S.REMOVING, _S.OPEN, _S.KEPT)
_ICONS = {_S.REMOVING: "clock", _S.GONE: "ok", _S.OPEN: "return", _S.KEPT: "shield"}


class TakedownDetail(QWidget):
    """Made anew for each chosen take-down; `moved` carries the state and what was said."""

    moved = Signal(object, str)
    person_asked = Signal()

    def __init__(self, session: Session, line: TakedownLine, opened_by: str, may: bool) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self.line = line
        self._session = session
        self._zone = session.settings.zone
        self._asked: TakedownState | None = None
        self.steps: dict[TakedownState, QPushButton] = {}
        self.note = QLineEdit()
        self.say = QPushButton()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, theme.GAP, 0)
        self._layout.setSpacing(theme.SPACE)
        self._add_state(opened_by, may)
        self._add_person()
        self._add_post()
        self._layout.addStretch()

    # What stands on it

    def _add_state(self, opened_by: str, may: bool) -> None:
        takedown = self.line.takedown
        frame, box = card()
        top = QHBoxLayout()
        shape, colour = ICONS[takedown.state]
        top.addWidget(symbol(shape, 24, colour))
        top.addWidget(theme.heading(state_word(takedown.state), 2), 1)
        box.addLayout(top)
        box.addWidget(_plain(labelled(_("Why"), takedown.reason)))
        when = moment(takedown.opened_at, self._zone)
        box.addWidget(theme.note(_("Opened by {who}, {when}").format(who=opened_by, when=when)))
        if takedown.closed_at is not None:
            settled = moment(takedown.closed_at, self._zone)
            box.addWidget(theme.note(_("Settled {when}").format(when=settled)))
        if takedown.note:
            box.addWidget(_plain(labelled(_("Last said"), takedown.note)))
        box.addWidget(theme.note(next_step(takedown.state)))
        if may:
            box.addLayout(self._buttons())
            self._note_row = self._ask_row()
            box.addWidget(self._note_row)
        self._layout.addWidget(frame)

    def _buttons(self) -> FlowLayout:
        state, row = self.line.takedown.state, FlowLayout()
        for to in _OFFERED:
            if to not in STEPS[state]:
                continue
            main = MAIN.get(state) is to
            button = QPushButton(_back_word(state) if to is _S.OPEN else verb(to))
            button.setProperty("role", "primary" if main else "")
            icons.put(button, _ICONS[to], "on_accent" if main else "text")
            button.clicked.connect(partial(self._choose, to))
            self.steps[to] = button
            row.addWidget(button)
        return row

    def _ask_row(self) -> QWidget:
        """The line that opens where a step needs a reason."""
        row = QWidget()
        cancel = QPushButton(_("Cancel"))
        self.note.textChanged.connect(lambda text: self.say.setEnabled(bool(text.strip())))
        self.note.returnPressed.connect(self.say.click)
        self.note.setMinimumHeight(theme.TARGET)
        self.say.clicked.connect(self._say)
        self.say.setEnabled(False)
        cancel.clicked.connect(self._drop)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.note, 1)
        line.addWidget(self.say)
        line.addWidget(cancel)
        row.hide()
        return row

    def _add_person(self) -> None:
        person = self.line.person
        frame, box = card()
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(symbol("person", 24, "accent"))
        who = person.described if person else _("A person who is no longer in the registry")
        name = _plain(who)
        name.setFont(theme.font(3))
        row.addWidget(name, 1)
        user = self._session.user
        if person and (user.may(Right.SEE_REGISTRY) or user.may(Right.KEEP_REGISTRY)):
            self.open_person = QPushButton(_("Open the person"))
            icons.put(self.open_person, "people")
            self.open_person.clicked.connect(self.person_asked)
            row.addWidget(self.open_person)
        box.addLayout(row)
        self._layout.addWidget(frame)

    def _add_post(self) -> None:
        frame, box = card()
        box.addWidget(theme.heading(_("The post"), 3))
        post = self.line.post
        if post is None:
            box.addWidget(theme.note(_("The post is no longer in this program.")))
        else:
            box.addWidget(_plain(post.text or _("(a picture without text)")))
            if post.pictures:
                row = FlowLayout()
                for picture in post.pictures:
                    row.addWidget(self._picture(picture))
                box.addLayout(row)
        self._add_place(box)
        self._layout.addWidget(frame)

    def _add_place(self, box: QVBoxLayout) -> None:
        delivery, account = self.line.delivery, self.line.account
        if delivery is None or account is None:
            box.addWidget(theme.note(_("Where it was published is not known: look everywhere.")))
            return
        name = f"{account.name} · {_(PLACES[account.place].title)}"
        by_hand = self._session.context.connectors[account.connector].by_hand
        box.addWidget(theme.note(labelled(name, state_words(delivery, by_hand))))
        url = delivery.remote_url or account.address
        if not url:
            return
        address = _plain(url)
        address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_post = QPushButton(
            _("Open the post") if delivery.remote_url else _("Open the account")
        )
        icons.put(self.open_post, "open")
        self.open_post.clicked.connect(lambda: desktop.open_address(url))
        box.addWidget(address)
        box.addWidget(self.open_post, alignment=Qt.AlignmentFlag.AlignLeft)

    def _picture(self, picture: Picture) -> QLabel:
        frame = QLabel()
        frame.setFixedSize(PICTURE)
        frame.setAccessibleName(picture.alt_text or _("Picture without a description"))

        def shown(pixmap: QPixmap) -> None:
            frame.setPixmap(fitted(pixmap, PICTURE, frame.devicePixelRatioF()))

        def failed(error: UserError) -> None:
            frame.setText(error.title)

        size = 2 * PICTURE.width()
        show_export(self._session, picture, ALL_PLACES[0], size, frame, shown, failed)
        return frame

    # What is said about it

    def _choose(self, to: TakedownState) -> None:
        """Move at once, or ask for the reason that the step needs."""
        reopened = to is _S.OPEN and self.line.takedown.state in CLOSED
        if to is not _S.KEPT and not reopened:
            self.moved.emit(to, "")
            return
        self._asked = to
        question = _("Where was it seen again?") if reopened else _("Why does the post stay?")
        self.note.setPlaceholderText(question)
        self.note.setAccessibleName(question)
        self.say.setText(_("Open again") if reopened else _("Let it stay"))
        self._note_row.show()
        self.note.setFocus()

    def _say(self) -> None:
        words = self.note.text().strip()
        if words and self._asked is not None:
            self.moved.emit(self._asked, words)

    def _drop(self) -> None:
        self.note.clear()
        self._note_row.hide()
        if self._asked is not None:
            self.steps[self._asked].setFocus()


def _back_word(state: TakedownState) -> str:
    return verb(_S.OPEN) if state in CLOSED else _("Not removed yet")


def _plain(words: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label

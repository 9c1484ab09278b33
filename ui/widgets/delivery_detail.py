"""One delivery: where it stands, what to do about it, and what happened to it so far."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.deliveries import DeliveryState
from smassistant.i18n import _
from smassistant.services.auditing import TrailLine
from smassistant.services.following import DeliveryLine
from ui import desktop, icons, theme
from ui.widgets.delivery_words import ICONS, moment, state_words

_S = DeliveryState


class DeliveryDetail(QWidget):
    """Made anew for each chosen delivery; what to do is asked for by signals."""

    hand_over_asked = Signal()
    again_asked = Signal()
    stands = Signal(str)  # the address, which may be empty
    absent = Signal()

    def __init__(self, line: DeliveryLine, by_hand: bool, may_publish: bool, zone: str) -> None:
        super().__init__()
        self.line = line
        self._zone = zone
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, theme.GAP, 0)
        self._layout.setSpacing(theme.SPACE)
        self._add_state(by_hand)
        if by_hand:
            self._add_hand_over()
        elif may_publish:
            self._add_actions()
        self._add_text()
        self._layout.addStretch()

    def _add_state(self, by_hand: bool) -> None:
        delivery, account = self.line.delivery, self.line.account
        box = self._card()
        top = QHBoxLayout()
        mark = QLabel()
        icons.put_picture(mark, *_shape(delivery.state))
        top.addWidget(mark)
        top.addWidget(theme.heading(state_words(delivery, by_hand), 2), 1)
        box.addLayout(top)
        box.addWidget(theme.note(f"{account.name} · {moment(delivery.due_at, self._zone)}"))
        if delivery.problem:
            box.addWidget(_plain(delivery.problem))
        if delivery.remote_url:
            self._add_link(box, delivery.remote_url)

    def _add_link(self, box: QVBoxLayout, url: str) -> None:
        row = QHBoxLayout()
        address = _plain(url)
        address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_link = QPushButton(_("Open the post"))
        icons.put(self.open_link, "open")
        self.copy_link = QPushButton(_("Copy address"))
        icons.put(self.copy_link, "copy")
        self.open_link.clicked.connect(lambda: desktop.open_address(url))
        self.copy_link.clicked.connect(lambda: desktop.copy(url))
        row.addWidget(self.open_link)
        row.addWidget(self.copy_link)
        row.addStretch()
        box.addWidget(address)
        box.addLayout(row)

    def _add_hand_over(self) -> None:
        if self.line.delivery.state is not _S.PLANNED:
            return
        self.hand_over = QPushButton(_("Post it by hand"))
        self.hand_over.setProperty("role", "primary")
        icons.put(self.hand_over, "publish", "on_accent")
        self.hand_over.clicked.connect(self.hand_over_asked)
        self._layout.addWidget(self.hand_over, alignment=Qt.AlignmentFlag.AlignLeft)

    def _add_actions(self) -> None:
        state = self.line.delivery.state
        if state is _S.UNCERTAIN:
            self._add_question()
        elif state in (_S.HELD, _S.MISSED, _S.REFUSED):
            self.again = QPushButton(_("Publish now"))
            self.again.setProperty("role", "primary")
            icons.put(self.again, "send", "on_accent")
            self.again.clicked.connect(self.again_asked)
            self._layout.addWidget(self.again, alignment=Qt.AlignmentFlag.AlignLeft)

    def _add_question(self) -> None:
        """Only a person can say: it is there, or it is not."""
        box = self._card()
        box.addWidget(theme.heading(_("Is the post on the account?"), 3))
        box.addWidget(
            theme.note(
                _("The program goes on looking by itself. If you can see the account, say it now.")
            )
        )
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://")
        self.address.setAccessibleName(_("Address of the post"))
        row = QHBoxLayout()
        self.look = QPushButton(_("Open the account"))
        self.there = QPushButton(_("It is there"))
        self.not_there = QPushButton(_("It is not there"))
        home = self.line.account.address
        self.look.setEnabled(bool(home))
        self.look.clicked.connect(lambda: desktop.open_address(home))
        self.there.clicked.connect(lambda: self.stands.emit(self.address.text().strip()))
        self.not_there.clicked.connect(self.absent)
        for button in (self.look, self.there, self.not_there):
            row.addWidget(button)
        row.addStretch()
        box.addWidget(self.address)
        box.addLayout(row)

    def _add_text(self) -> None:
        box = self._card()
        box.addWidget(theme.heading(_("The post"), 3))
        box.addWidget(_plain(self.line.post.text or _("(a picture without text)")))

    def add_panel(self, panel: QWidget) -> None:
        """Put the steps of posting by hand right under the state."""
        self._layout.insertWidget(1, panel)

    def show_trail(self, lines: tuple[TrailLine, ...]) -> None:
        """What happened to the post, newest first."""
        if not lines:
            return
        box = self._card(before_end=True)
        box.addWidget(theme.heading(_("What happened"), 3))
        for line in lines:
            when = moment(line.entry.at, self._zone)
            box.addWidget(theme.note(f"{when} · {line.who} {line.what}"))

    def _card(self, before_end: bool = False) -> QVBoxLayout:
        frame = QFrame()
        frame.setProperty("role", "card")
        box = QVBoxLayout(frame)
        theme.pad(box, theme.SPACE, theme.GAP)
        where = self._layout.count() - 1 if before_end else self._layout.count()
        self._layout.insertWidget(where, frame)
        return box


def _shape(state: DeliveryState) -> tuple[str, int, str]:
    name, colour = ICONS[state]
    return name, 24, colour


def _plain(words: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label

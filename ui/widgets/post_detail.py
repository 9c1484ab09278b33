"""One of the author's own posts: where it stands, what was said about it, where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, QUrl, Signal, SignalInstance
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.pictures import Picture
from smassistant.domain.places import ALL_PLACES, PLACES, Account
from smassistant.domain.posts import EDITABLE, Post, PostState
from smassistant.domain.referrals import Referral
from smassistant.errors import UserError
from smassistant.i18n import _, labelled
from smassistant.services.following import DeliveryLine
from ui import icons, theme
from ui.session import Session
from ui.widgets import delivery_words
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.referral_card import ReferralCard
from ui.widgets.thumbnails import fitted, show_export
from ui.widgets.words import POST_ICONS, post_state_words

DISCARDABLE = (PostState.DRAFT, PostState.RETURNED, PostState.REFUSED)
PICTURE = QSize(168, 126)
UNTOUCHED = (PostState.DRAFT, PostState.RETURNED)


class PostDetail(QFrame):
    """Buttons to go on with the post or to discard it; the newest comment on top."""

    continued = Signal(str)  # post id
    discarded = Signal(str)
    taken_back = Signal(object)  # Referral

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._zone = session.settings.zone
        self._post: Post | None = None
        self.setProperty("role", "card")
        self._shape = QLabel()
        self._state = theme.heading("", 2)
        self._when = theme.note()
        self._when.setWordWrap(False)
        self.go_on = QPushButton()
        self.go_on.setProperty("role", "primary")
        self.go_on.clicked.connect(lambda: self._tell(self.continued))
        self.discard = QPushButton(_("Discard"))
        icons.put(self.discard, "remove")
        self.discard.clicked.connect(lambda: self._tell(self.discarded))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(_("The chosen post"))
        top = QHBoxLayout()
        top.addWidget(self._shape)
        top.addWidget(self._state)
        top.addStretch()
        top.addWidget(self._when)
        bottom = QHBoxLayout()
        bottom.addWidget(self.discard)
        bottom.addStretch()
        bottom.addWidget(self.go_on)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.SPACE, theme.SPACE)
        layout.addLayout(top)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(bottom)

    def show_post(
        self,
        post: Post,
        accounts: Mapping[str, Account],
        deliveries: Sequence[DeliveryLine],
        names: Mapping[str, str],
        referral: Referral | None = None,
    ) -> None:
        """Show `post`, its comments by people called `names`, and what became of it.

        `referral` is the last question about it.
        """
        self._post = post
        icons.put_picture(self._shape, POST_ICONS[post.state][0], 24, POST_ICONS[post.state][1])
        self._state.setText(post_state_words(post.state))
        self._when.setText(delivery_words.moment(post.updated_at, self._zone))
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        theme.pad(column, 0, theme.SPACE)
        if referral is not None:
            column.addWidget(self._referral(referral, post, names))
        for comment in reversed(post.comments):
            when = delivery_words.moment(comment.at, self._zone)
            column.addWidget(_said(names.get(comment.by, _("Somebody")), when, comment.text))
        column.addWidget(_text(post))
        if post.pictures:
            row = FlowLayout()
            for picture in post.pictures:
                row.addWidget(self._picture(picture))
            column.addLayout(row)
        column.addWidget(theme.note(places_words(post, accounts)))
        for line in deliveries:
            column.addWidget(self._delivery(line))
        column.addStretch()
        self._scroll.setWidget(inside)
        self._show_buttons(post, any(line.delivery.published_at for line in deliveries))

    def clear(self) -> None:
        """Drop every word."""
        self._post = None
        self._state.setText("")
        self._when.setText("")
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()

    def _tell(self, signal: SignalInstance) -> None:
        if self._post is not None:
            signal.emit(self._post.id)

    def _show_buttons(self, post: Post, out: bool) -> None:
        untouched = post.state in UNTOUCHED
        self.go_on.setText(_("Go on writing") if untouched else _("Open to change it"))
        self.go_on.setVisible(post.state in EDITABLE and not out)
        self.discard.setVisible(post.state in DISCARDABLE)

    def _referral(self, referral: Referral, post: Post, names: Mapping[str, str]) -> QWidget:
        office = _(self._session.settings.privacy_office)
        shown = ReferralCard(referral, post, names, self._zone, office, may_take_back=True)
        shown.back.clicked.connect(lambda: self.taken_back.emit(referral))
        return shown

    def _picture(self, picture: Picture) -> QLabel:
        frame = QLabel()
        frame.setFixedSize(PICTURE)
        frame.setAccessibleName(picture.alt_text or _("Picture without a description"))
        frame.setToolTip(picture.alt_text)

        def shown(pixmap: QPixmap) -> None:
            frame.setPixmap(fitted(pixmap, PICTURE, frame.devicePixelRatioF()))

        def failed(error: UserError) -> None:
            frame.setText(error.title)

        size = 2 * PICTURE.width()
        show_export(self._session, picture, ALL_PLACES[0], size, frame, shown, failed)
        return frame

    def _delivery(self, line: DeliveryLine) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        theme.pad(layout)
        name = _(PLACES[line.account.place].title)
        shape = QLabel()
        icons.put_picture(shape, *_shape_of(line))
        words = delivery_words.state_words(line.delivery, line.account.connector == "by_hand")
        if line.delivery.state is DeliveryState.PLANNED:
            words = f"{words}, {delivery_words.moment(line.delivery.due_at, self._zone)}"
        layout.addWidget(shape)
        layout.addWidget(QLabel(labelled(name, words)))
        layout.addStretch()
        address = line.delivery.remote_url
        if address.startswith(("https://", "http://")):
            button = QPushButton(_("Open on {place}").format(place=name))
            icons.put(button, "open")
            button.setToolTip(address)
            button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(address)))
            layout.addWidget(button)
        return row


def places_words(post: Post, accounts: Mapping[str, Account]) -> str:
    """Where a post goes."""
    chosen = [accounts[key] for key in post.accounts if key in accounts]
    names = ", ".join(_(PLACES[account.place].title) for account in chosen)
    return _("Goes to {places}").format(places=names) if names else _("Goes nowhere yet")


def _shape_of(line: DeliveryLine) -> tuple[str, int, str]:
    icon, colour = delivery_words.ICONS[line.delivery.state]
    return icon, 16, colour


def _text(post: Post) -> QLabel:
    label = QLabel(post.text or _("No text yet"))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _said(who: str, when: str, text: str) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "warning")
    words = QLabel(text)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setWordWrap(True)
    layout = QVBoxLayout(frame)
    theme.pad(layout, 12, 4)
    layout.addWidget(theme.heading(_("{who} wrote, {when}").format(who=who, when=when), 3))
    layout.addWidget(words)
    return frame

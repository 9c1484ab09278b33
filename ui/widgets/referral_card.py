"""A question to the privacy office with its answer, as a card."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from smassistant.domain.posts import Post
from smassistant.domain.referrals import Referral, ReferralState
from smassistant.i18n import _, labelled
from ui import icons, theme
from ui.widgets.forms import card, symbol
from ui.widgets.referral_words import (
    ICONS,
    answer_line,
    answer_title,
    answered_words,
    asked_words,
)

_ROLES = {ReferralState.ANSWERED_NO: "warning", ReferralState.OPEN: "info"}


class ReferralCard(QFrame):
    """Shows one referral of a post; `back` takes it back where `may_take_back`."""

    def __init__(
        self,
        referral: Referral,
        post: Post,
        names: Mapping[str, str],
        zone: str,
        office: str,
        may_take_back: bool = False,
    ) -> None:
        super().__init__()
        self.referral = referral
        self.back = QPushButton(_("Take the question back"))
        icons.put(self.back, "return")
        frame, box = card(_ROLES.get(referral.state, "card"))
        head = QHBoxLayout()
        head.setSpacing(theme.GAP)
        shape, colour = ICONS[referral.state]
        head.addWidget(symbol(shape, 20, colour), alignment=Qt.AlignmentFlag.AlignTop)
        title = theme.heading(answer_title(referral, office), 3)
        title.setWordWrap(True)
        head.addWidget(title, 1)
        box.addLayout(head)
        if words := answer_line(referral, post):
            box.addWidget(plain(words))
        if referral.answered_by:
            box.addWidget(theme.note(answered_words(referral, names, zone)))
        box.addWidget(plain(labelled(_("Question"), referral.question)))
        box.addWidget(theme.note(asked_words(referral, names, zone)))
        box.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignLeft)
        self.back.setVisible(may_take_back and referral.state is ReferralState.OPEN)
        around = QHBoxLayout(self)
        theme.pad(around)
        around.addWidget(frame)


def plain(words: str) -> QLabel:
    """Words as they were typed, wrapped."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label

"""One question to the privacy office: the draft as it was, what was found in it, the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.pictures import Picture
from smassistant.domain.places import ALL_PLACES, Account
from smassistant.domain.referrals import Referral, ReferralState
from smassistant.errors import UserError
from smassistant.i18n import _, labelled
from ui import icons, theme
from ui.clauses import clause_text
from ui.session import Session
from ui.widgets.ask_field import AskField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.forms import Field, card, symbol
from ui.widgets.post_editor import PostEditor
from ui.widgets.referral_card import plain
from ui.widgets.referral_words import (
    ICONS,
    answered_words,
    as_finding,
    asked_words,
    state_words,
)
from ui.widgets.thumbnails import fitted, show_export
from ui.widgets.words import clause_words, where_words

PICTURE = QSize(168, 126)


class ReferralDetail(QWidget):
    """Made anew for each question; `answered` carries whether it may go and the words."""

    answered = Signal(bool, str)

    def __init__(
        self,
        session: Session,
        referral: Referral,
        names: Mapping[str, str],
        accounts: Iterable[Account],
    ) -> None:
        super().__init__()
        self.referral = referral
        self._session = session
        self._names = names
        self.words = Field(
            _("Your answer"), AskField(2), _("Needed for “Not like this”; kept with the question.")
        )
        self.yes = QPushButton(_("May go out"))
        self.no = QPushButton(_("Not like this"))
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(0, 0, theme.GAP, 0)
        self._layout.setSpacing(theme.SPACE)
        self._add_question()
        self._add_draft(accounts)
        self._add_findings()
        self._layout.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        theme.pad(whole, 0, theme.SPACE)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._answer_card())

    # What was asked

    def _add_question(self) -> None:
        referral, zone = self.referral, self._session.settings.zone
        box = self._card()
        top = QHBoxLayout()
        shape, colour = ICONS[referral.state]
        top.addWidget(symbol(shape, 24, colour), alignment=Qt.AlignmentFlag.AlignTop)
        question = plain(referral.question)
        question.setFont(theme.font(2))
        question.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top.addWidget(question, 1)
        box.addLayout(top)
        box.addWidget(theme.note(asked_words(referral, self._names, zone)))
        if referral.asked_by != referral.author:
            author = self._names.get(referral.author, _("Somebody"))
            box.addWidget(theme.note(_("The post is by {author}.").format(author=author)))

    def _add_draft(self, accounts: Iterable[Account]) -> None:
        draft = self.referral.draft
        box = self._card(_("The post as it was asked about"))
        text = PostEditor()
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.show_text(draft.text)
        text.show_findings(
            as_finding(asked, draft.text) for asked in draft.findings if asked.where == "text"
        )
        text.setAccessibleName(_("The post's text"))
        lines = max(2, min(8, len(draft.text) // 80 + 1 + draft.text.count("\n")))
        text.setFixedHeight(lines * text.fontMetrics().lineSpacing() + 3 * theme.SPACE)
        self.text = text
        box.addWidget(text)
        for number, picture in enumerate(draft.pictures, start=1):
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE)
            row.addWidget(self._picture(number, picture))
            alt_text = picture.alt_text or _("Picture without a description")
            row.addWidget(plain(alt_text), 1, Qt.AlignmentFlag.AlignTop)
            box.addLayout(row)
        names = ", ".join(each.name for each in accounts if each.id in draft.accounts)
        goes = _("Goes to {places}").format(places=names) if names else _("Goes nowhere yet")
        box.addWidget(theme.note(goes))

    def _picture(self, number: int, picture: Picture) -> QLabel:
        frame = QLabel()
        frame.setFixedSize(PICTURE)
        frame.setWordWrap(True)
        frame.setAccessibleName(_("Picture {n}").format(n=number))
        frame.setAccessibleDescription(picture.alt_text)

        def shown(pixmap: QPixmap) -> None:
            frame.setPixmap(fitted(pixmap, PICTURE, frame.devicePixelRatioF()))

        def failed(_error: UserError) -> None:
            frame.setText(_("This picture is no longer kept."))

        size = 2 * PICTURE.width()
        show_export(self._session, picture, ALL_PLACES[0], size, frame, shown, failed)
        return frame

    def _add_findings(self) -> None:
        findings = self.referral.draft.findings
        box = self._card(_("What was found"))
        if not findings:
            box.addWidget(
                theme.note(_("Nothing by the checks: the leader who read the post asks."))
            )
        for asked in findings:
            row = QHBoxLayout()
            row.setSpacing(theme.GAP)
            mark = symbol(theme.SEVERITY_ICONS[asked.severity], 16, "warning")
            row.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
            place = "" if asked.where == "text" else where_words(asked.where)
            row.addWidget(plain(labelled(place, asked.message) if place else asked.message), 1)
            box.addLayout(row)
        for clause in dict.fromkeys([*(asked.clause for asked in findings), "6"]):
            if text := clause_text(clause):
                box.addWidget(theme.note(labelled(clause_words(clause), text)))

    # What is answered

    def _answer_card(self) -> QWidget:
        """It stays in sight below the draft, however long that is."""
        referral, user = self.referral, self._session.user
        frame, box = card()
        box.addWidget(theme.heading(_("Answer"), 3))
        if referral.state is not ReferralState.OPEN:
            self._add_given(box)
        elif user.id in (referral.asked_by, referral.author):
            box.addWidget(
                plain(_("You asked this or wrote the post: another person has to answer it."))
            )
        else:
            self._add_buttons(box)
        return frame

    def _add_given(self, box: QVBoxLayout) -> None:
        referral = self.referral
        box.addWidget(theme.heading(state_words(referral.state), 2))
        if referral.answer:
            box.addWidget(plain(referral.answer))
        zone = self._session.settings.zone
        box.addWidget(theme.note(answered_words(referral, self._names, zone)))

    def _add_buttons(self, box: QVBoxLayout) -> None:
        box.addWidget(
            theme.note(
                _(
                    "A yes lets exactly these words go out; any change brings the question back. "
                    "A no keeps these words from being submitted by anybody."
                )
            )
        )
        self.words.entry.textChanged.connect(lambda: self.words.say(""))
        self.words.entry.sent.connect(self.yes.setFocus)  # an answer always takes a button
        box.addWidget(self.words)
        self.yes.setProperty("role", "primary")
        self.no.setProperty("role", "danger")
        icons.put(self.yes, "ok", "on_accent")
        self.yes.clicked.connect(lambda: self._answer(True))
        self.no.clicked.connect(lambda: self._answer(False))
        row = FlowLayout()
        row.addWidget(self.yes)
        row.addWidget(self.no)
        box.addLayout(row)

    def _answer(self, may_go: bool) -> None:
        words = self.words.entry.words()
        if not may_go and not words:
            self.words.say(_("Please say why not: the author needs to know what to change."))
            self.words.entry.setFocus()
            return
        self.setEnabled(False)
        self.answered.emit(may_go, words)

    def _card(self, title: str = "") -> QVBoxLayout:
        frame, box = card()
        if title:
            box.addWidget(theme.heading(title, 3))
        self._layout.addWidget(frame)
        return box

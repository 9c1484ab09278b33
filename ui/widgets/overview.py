"""A post on one screen for the person who decides: text, photos, findings, answers, places."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from smassistant.domain.posts import Comment
from smassistant.errors import UserError
from smassistant.i18n import _, labelled
from smassistant.services.looking_over import Overview, show_picture
from smassistant.services.reviewing import PlacePreview
from ui import icons, theme
from ui.jobs import Lane
from ui.models.picture_standing import standing_of
from ui.session import Session
from ui.widgets.clip_review import ClipReview
from ui.widgets.delivery_words import moment
from ui.widgets.photo_card import PhotoCard
from ui.widgets.post_editor import PostEditor
from ui.widgets.referral_card import ReferralCard
from ui.widgets.thumbnails import decode
from ui.widgets.words import authors_words, clause_words, number_words, severity_word


class OverviewPanel(QWidget):
    """Shows one `Overview`; made anew for each post."""

    def __init__(
        self, overview: Overview, zone: str, names: Mapping[str, str], office: str
    ) -> None:
        super().__init__()
        self.overview = overview
        self.cards: list[PhotoCard] = []
        self.clips: list[ClipReview] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, theme.GAP, 0)
        self._layout.setSpacing(theme.SPACE)
        self._add_text()
        for referral in overview.review.referrals:
            card = ReferralCard(referral, overview.post, names, zone, office)
            self._layout.addWidget(card)
        self._add_pictures()
        self._add_findings()
        self._add_places()
        self._add_comments(overview.post.comments, zone)
        self._layout.addStretch()

    def load_pictures(self, session: Session, failed: Callable[[UserError], None]) -> None:
        """Show the pictures as readers will see them, as they come."""
        for card, picture in zip(self.cards, self.overview.post.pictures, strict=True):
            session.jobs.start(
                card,
                lambda _task, picture=picture: decode(  # type: ignore[misc]
                    show_picture(session.context, session.user, picture), 0
                ),
                card.show_image,
                failed,
                lane=Lane.PHOTOS,
            )
        for clip in self.clips:
            clip.load(session, failed)

    def _add_text(self) -> None:
        text = PostEditor()
        text.setReadOnly(True)
        text.show_text(self.overview.post.text)
        text.show_findings(self.overview.review.findings)
        text.setAccessibleName(_("The post's text"))
        lines = max(2, min(8, len(self.overview.post.text) // 70 + 2))
        text.setFixedHeight(lines * text.fontMetrics().lineSpacing() + 3 * theme.SPACE)
        self.text = text
        self._layout.addWidget(text)

    def _add_pictures(self) -> None:
        for number, picture in enumerate(self.overview.post.pictures, 1):
            findings, people = self.overview.review.findings, self.overview.people
            card = PhotoCard(number, picture, standing_of(picture, number, findings, people))
            self.cards.append(card)
            self._layout.addWidget(card)
            if picture.clip is not None:
                self.clips.append(ClipReview(number, picture, card))
                self._layout.addWidget(self.clips[-1])

    def _add_findings(self) -> None:
        findings = self.overview.review.findings
        answers = self.overview.post.resolutions
        box = self._card(_("Findings and what the author said"))
        if not findings and not answers:
            box.addLayout(_row("ok", "ok", _("The checks found nothing.")))
        for finding in findings:
            shape = theme.SEVERITY_ICONS[finding.severity]
            colour = {"block": "danger", "warn": "warning"}.get(finding.severity, "accent")
            words = f"{severity_word(finding.severity)} · {clause_words(finding.clause)}"
            box.addLayout(_row(shape, colour, f"{finding.message} ({words})"))
        for answer in answers:
            box.addLayout(_row("return", "muted", authors_words(answer, self.overview.people)))

    def _add_places(self) -> None:
        box = self._card(_("Where it goes"))
        for preview in self.overview.previews:
            fits = preview.length <= preview.max_text and preview.pictures <= preview.max_pictures
            shape, colour = ("ok", "ok") if fits else ("warning", "warning")
            box.addLayout(_row(shape, colour, place_line(preview)))

    def _add_comments(self, comments: tuple[Comment, ...], zone: str) -> None:
        if not comments:
            return
        box = self._card(_("Earlier comments"))
        for comment in comments:
            box.addLayout(_row("return", "muted", labelled(moment(comment.at, zone), comment.text)))

    def _card(self, title: str) -> QVBoxLayout:
        frame = QFrame()
        frame.setProperty("role", "card")
        box = QVBoxLayout(frame)
        theme.pad(box, theme.SPACE, theme.GAP)
        box.addWidget(theme.heading(title, 3))
        self._layout.addWidget(frame)
        return box


def place_line(preview: PlacePreview) -> str:
    """An account with how much of its limits the post takes."""
    return _("{account}: {length} of {limit} characters, {pictures} of {most} pictures").format(
        account=preview.account.name,
        length=number_words(preview.length),
        limit=number_words(preview.max_text),
        pictures=preview.pictures,
        most=preview.max_pictures,
    )


def _row(shape: str, colour: str, words: str) -> QHBoxLayout:
    """A shape and wrapped words beside it."""
    line = QHBoxLayout()
    line.setSpacing(theme.GAP)
    mark = QLabel()
    mark.setFixedSize(QSize(20, 20))
    icons.put_picture(mark, shape, 16, colour)
    text = QLabel(words)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setWordWrap(True)
    line.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
    line.addWidget(text, 1)
    return line

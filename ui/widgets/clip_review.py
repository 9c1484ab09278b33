"""A video for the person who decides: its moments, how long it is, and the way to watch it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from smassistant.domain.clips import cover_moment, length_of
from smassistant.domain.pictures import Clip, Moment, Picture
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.services.watching import lay_out, take_away
from ui import icons, theme
from ui.desktop import open_file
from ui.jobs import Lane
from ui.session import Session
from ui.widgets.moment_strip import STILL, MomentStrip
from ui.widgets.photo_card import LARGE, PhotoCard
from ui.widgets.thumbnails import Thumbnails, read_image


class ClipReview(QFrame):
    """Choosing a moment shows its still in `card`, with the faces that are in it."""

    def __init__(self, number: int, picture: Picture, card: PhotoCard) -> None:
        super().__init__()
        self._picture = picture
        self._card = card
        self._session: Session | None = None
        self.setProperty("role", "card")
        self.strip = MomentStrip()
        self.strip.chosen.connect(self._show)
        self.watch = QPushButton(_("Watch the video"))
        self.watch.setAccessibleName(_("Watch the video of picture {n}").format(n=number))
        icons.put(self.watch, "open")
        self.watch.clicked.connect(self._watch)
        self.note = theme.note(clip_words(picture.clip) if picture.clip else "")
        row = QHBoxLayout()
        row.addWidget(self.note, 1)
        row.addWidget(self.watch)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.SPACE, theme.GAP)
        layout.addLayout(row)
        layout.addWidget(self.strip)

    def load(self, session: Session, failed: Callable[[UserError], None]) -> None:
        """Show the stills as they come."""
        self._session = session
        thumbnails = Thumbnails(session, STILL.width() * 2, self)
        self.strip.show_moments(
            self._picture, lambda photo_id, done: thumbnails.show(photo_id, self.strip, done)
        )
        self.strip.select(cover_moment(self._picture))
        # What was laid out for watching goes with what is decided about.
        self.destroyed.connect(lambda: take_away(session.context))

    def _show(self, moment: Moment) -> None:
        session = self._session
        if session is not None:
            session.jobs.start(
                self,
                lambda _task: read_image(session, moment.photo_id, 2 * LARGE),
                lambda image: self._card.show_moment(moment, image),
                lane=Lane.STORE,
            )

    def _watch(self) -> None:
        session, picture = self._session, self._picture
        if session is not None:
            session.jobs.start(
                self,
                lambda _task: lay_out(session.context, session.user, picture),
                self._play,
                lambda error: self.note.setText(str(error)),
                lane=Lane.STORE,
            )

    def _play(self, path: Path) -> None:
        if not open_file(path):
            self.note.setText(_("This computer has no player for videos."))


def clip_words(clip: Clip) -> str:
    """How long a video is, whether it has sound, and who is blurred in it."""
    words = [_("Video, {length}").format(length=length_of(clip))]
    words.append(_("with sound: names may be spoken in it") if clip.sound else _("without sound"))
    n = len(clip.blurred)
    if n:
        words.append(ngettext("{n} person blurred", "{n} people blurred", n).format(n=n))
    return ", ".join(words)

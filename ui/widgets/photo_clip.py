"""A video on the photo page: its moments, the still that is shown, and what it is made into."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from smassistant.domain.clips import faces_at, moment_of
from smassistant.domain.pictures import Clip, Moment, Picture
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.watching import lay_out, take_away
from ui.desktop import open_file
from ui.jobs import Lane
from ui.models.clip_changes import ClipChanges
from ui.session import Session
from ui.widgets.clip_bar import ClipBar
from ui.widgets.moment_strip import STILL, MomentStrip
from ui.widgets.photo_marks import Mark, at_moment
from ui.widgets.thumbnails import Thumbnails

if TYPE_CHECKING:
    from ui.widgets.photo_editor import PhotoEditor


class PhotoClip(QObject):
    """Ties the strip of moments and the tools for videos to the picture at hand."""

    def __init__(self, session: Session, page: PhotoEditor) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._clip: Clip | None = None
        self._watching = False
        self._thumbnails = Thumbnails(session, STILL.width() * 2, self)
        self.moment: Moment | None = None
        self.strip, self.bar = MomentStrip(), ClipBar()
        self.changes = ClipChanges(session, self)
        for widget in (self.strip, self.bar):
            widget.hide()
        self._connect()

    def _connect(self) -> None:
        self.strip.chosen.connect(self._go_to)
        self._page.list.chosen.connect(lambda _id: self._follow_choice())
        self.bar.cut.connect(self._cut)
        self.bar.blur_asked.connect(self._blur)
        self.bar.still_asked.connect(self._take_still)
        self.bar.watch_asked.connect(self._watch)
        self.bar.cancelled.connect(self.changes.cancel)
        self.changes.progressed.connect(self._progress)
        self.changes.ended.connect(lambda: self.bar.show_progress(None, 0))
        self.changes.failed.connect(self._fail)

    # --- what is shown ----------------------------------------------------------------------------

    def show_picture(self, picture: Picture) -> None:
        """Show the moments and tools of a video; nothing of a photo."""
        clip = picture.clip
        for widget in (self.strip, self.bar):
            widget.setVisible(clip is not None)
        self._page.bar.adjust.setVisible(clip is None)
        if clip is None:
            self._clip, self.moment = None, None
            return
        if clip != self._clip:
            self._clip = clip
            before = self.moment
            self.strip.show_moments(picture, self._load)
            chosen = self._page.edits.face(self._page.list.current()) if self._page.edits else None
            self.moment = moment_of(picture, chosen.at if chosen else clip.moments[0].at)
            self.strip.select(self.moment)
            if before is not None:
                self._page.load(picture)
        self.strip.show_open(picture)
        self.bar.show_video(picture)
        busy = self.changes.busy and self.changes.picture_id == picture.id
        if not busy:
            self.bar.show_progress(None, 0)

    def photo_id(self, picture: Picture) -> str:
        """The still to show: that of the moment, or the picture itself."""
        return self.moment.photo_id if picture.clip and self.moment else picture.photo_id

    def marks(self, picture: Picture, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        """Only the marks of what the still shows."""
        return at_moment(picture, self.moment, marks)

    @property
    def at(self) -> float:
        """The moment that is shown, in seconds; 0 in a photo."""
        return self.moment.at if self.moment else 0

    def close(self) -> None:
        """Drop the stills; what is being changed goes on."""
        self._clip, self.moment = None, None
        self._thumbnails.forget()
        self.strip.clear()
        self._take_away()

    def close_down(self) -> None:
        """Give everything up, also what is being changed."""
        self.changes.cancel()
        self.close()

    def _load(self, photo_id: str, done: object) -> None:
        self._thumbnails.show(photo_id, self.strip, done)  # type: ignore[arg-type]

    def _follow_choice(self) -> None:
        """The still of the chosen face's moment."""
        picture, chosen = self._page.picture, self._page.work.chosen()
        if picture is None or picture.clip is None or chosen is None:
            return
        moment = moment_of(picture, chosen.at)
        if moment is not None and moment != self.moment:
            self.moment = moment
            self.strip.select(moment)
            self._page.load(picture)

    def _go_to(self, moment: Moment) -> None:
        picture = self._page.picture
        if picture is None or moment == self.moment:
            return
        self.moment = moment
        here = faces_at(picture, moment)
        first = next((face for face in here if face.accounting is None), here[0] if here else None)
        if first is not None:
            self._page.list.select(first.id)
        self._page.load(picture)

    # --- what is done -----------------------------------------------------------------------------

    def _cut(self, start: float, end: float, mute: bool) -> None:
        if self._page.picture is not None:
            self.bar.show_progress(0, 0, _("Cutting the video …"))
            self.changes.cut(self._page.picture, start, end, mute)

    def _blur(self) -> None:
        if self._page.picture is not None:
            words = _("Blurring: this takes many times as long as the video …")
            self.bar.show_progress(0, 0, words)
            self.changes.blur(self._page.picture)

    def _take_still(self) -> None:
        if self._page.picture is not None and self.moment is not None:
            self.changes.take_still(self._page.picture, self.moment)

    def _progress(self, done: int, total: int) -> None:
        picture = self._page.picture
        if picture is not None and picture.id == self.changes.picture_id:
            self.bar.show_progress(done, total)

    def _fail(self, error: UserError) -> None:
        self._session.shell.show_banner(
            error.title, " ".join(filter(None, (error.explanation, error.next_step))), kind="error"
        )

    def _watch(self) -> None:
        picture, session = self._page.picture, self._session
        if picture is None:
            return
        self._watching = True
        session.jobs.start(
            self,
            lambda _task: lay_out(session.context, session.user, picture),
            self._play,
            self._fail,
            lane=Lane.STORE,
        )

    def _play(self, path: Path) -> None:
        if not open_file(path):
            self._page.tools.say(_("This computer has no player for videos."))

    def _take_away(self) -> None:
        if self._watching:
            self._watching = False
            take_away(self._session.context)

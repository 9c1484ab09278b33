"""Adjusting a picture in the place of its faces, and looking again when more can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from smassistant.domain.pictures import Accounting, Edit, FoundFace, Picture
from smassistant.i18n import _, ngettext
from smassistant.jobs import Task
from smassistant.services.looking_again import look_again
from ui.jobs import Lane
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.adjust_view import AdjustView

if TYPE_CHECKING:
    from ui.widgets.photo_editor import PhotoEditor


class PhotoAdjust(QObject):
    """Ties the adjusting view to the picture at hand."""

    def __init__(self, session: Session, page: PhotoEditor) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._task: Task | None = None
        self.view = AdjustView()
        page.stack.addWidget(self.view)
        self.view.edited.connect(self._take)
        self.view.closed.connect(self.leave)
        page.bar.adjust.clicked.connect(self.ask)
        Shortcuts.ADJUST.on(page).activated.connect(self.ask)

    @property
    def shown(self) -> bool:
        """Whether the picture is being adjusted."""
        return self._page.stack.currentWidget() is self.view

    def ask(self) -> None:
        """Adjust the picture at hand, once its pixels are there."""
        picture, image = self._page.picture, self._page.image
        if picture is None or picture.clip or image.isNull() or self.shown:
            return
        hidden = [face.box for face in picture.faces if face.accounting is Accounting.BLURRED]
        hidden += [one.box for one in picture.writing if one.blurred]
        self._page.stack.setCurrentWidget(self.view)
        self._page.bar.busy(True)
        self.view.open(image, picture.edit, hidden)

    def leave(self) -> None:
        """Show the faces again."""
        if self.shown:
            self._page.stack.setCurrentIndex(0)
            self._page.bar.busy(False)
            self._page.list.setFocus()
        self.view.close_picture()

    def close(self) -> None:
        """Drop the picture."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.leave()

    def _take(self, edit: Edit) -> None:
        edits = self._page.edits
        if edits is None:
            return
        before = edits.picture
        edits.set_edit(edit)
        words = _("The picture is adjusted.")
        if before.looked and not edits.picture.looked:
            words = _("The picture is adjusted and shows more now: please look at it again.")
        self._page.tools.say(words)
        if edit.light != before.edit.light:
            self._look_again(edits.picture, before.edit)

    def _look_again(self, picture: Picture, before: Edit) -> None:
        session = self._session

        def arrived(found: tuple[FoundFace, ...]) -> None:
            self._task = None
            edits = self._page.edits
            now = edits.picture if edits else None
            if edits is None or now is None or (now.id, now.edit) != (picture.id, picture.edit):
                return  # another picture, or the light was taken back meanwhile
            n = edits.add_found(found)
            if n:
                words = ngettext("{n} more face was found.", "{n} more faces were found.", n)
                self._page.tools.say(words.format(n=n))

        self._task = session.jobs.start(
            self,
            lambda task: look_again(session.context, session.user, picture, before, task),
            arrived,
            lambda error: self._page.tools.say(str(error)),
            lane=Lane.PHOTOS,
        )

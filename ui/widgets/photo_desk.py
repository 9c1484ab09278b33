"""The photo page within the writing page: which picture is open, and what the post says of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from smassistant.domain.findings import Finding, Mend
from smassistant.domain.lookups import Group
from smassistant.domain.pictures import Picture
from smassistant.domain.places import Account
from smassistant.i18n import _, labelled, ngettext
from smassistant.jobs import Task
from smassistant.services.drafting import AddedPicture
from smassistant.services.keeping_accounts import list_accounts
from smassistant.services.keeping_clips import ChangedClip
from smassistant.services.showing_people import Showing, guess_class, showing
from smassistant.services.suggesting_people import Suggestion, suggestions_for
from ui.jobs import Lane
from ui.models.clip_changes import with_clip
from ui.models.writing import Writing
from ui.session import Session
from ui.widgets.desk_work import DeskWork
from ui.widgets.face_chips import Chip, chip_sentence
from ui.widgets.photo_editor import PhotoEditor
from ui.widgets.photo_marks import open_faces

Aim = tuple[tuple[Account, ...], Group | None, tuple[Suggestion, ...]]


class PhotoDesk(QObject):
    """Opens pictures of the post at hand one after the other and takes over what is said."""

    left = Signal(str)  # id of the picture that was shown last

    def __init__(self, session: Session, work: DeskWork, page: PhotoEditor) -> None:
        super().__init__(page)
        self._session = session
        self._work = work
        self._page = page
        self._followed: Writing | None = None
        page.changed.connect(self._take)
        page.settled.connect(self._settle)
        page.turned.connect(self._turn)
        page.done.connect(self._leave)
        page.clip.changes.changed.connect(self._take_clip)
        page.clip.changes.still_made.connect(self._take_still)
        work.checked.connect(lambda _found: self._show_standing())

    @property
    def _writing(self) -> Writing | None:
        return self._work.writing

    def open(self, picture_id: str, face_id: str = "") -> bool:
        """Show who is in a picture; False where the post has no such picture."""
        writing = self._writing
        picture = writing.picture(picture_id) if writing else None
        if writing is None or picture is None:
            return False
        self._follow(writing)
        pictures = writing.post.pictures
        self._page.open(picture, pictures.index(picture) + 1, face_id, len(pictures))
        self._show_standing()
        self._aim(writing, picture)
        self._page.list.setFocus()
        return True

    def close(self) -> None:
        """Drop the picture; another post comes to hand."""
        self._page.close_picture()
        self._page.work.close_down()

    def _follow(self, writing: Writing) -> None:
        """What else changes in the picture is shown at once, such as writing read meanwhile."""
        if self._followed is not writing:
            self._followed = writing
            writing.draft.changed.connect(self._show_changed)

    def _show_changed(self) -> None:
        shown, writing = self._page.picture, self._writing
        known = writing.picture(shown.id) if writing and shown else None
        if known is not None:
            self._page.follow(known)

    def _take(self, picture: Picture) -> None:
        if self._writing is not None:
            self._writing.account(picture)

    def _take_clip(self, before: Picture, changed: ChangedClip) -> None:
        """A video was cut or blurred; it can be had back as it was."""
        writing = self._writing
        if writing is None or not self._put_clip(writing, changed.picture):
            return

        def put_back() -> None:
            self._put_clip(writing, before)

        words = labelled(_("The video is changed"), "; ".join(changed.problems))
        self._session.shell.undo(
            words if changed.problems else _("The video is changed."), put_back
        )

    @staticmethod
    def _put_clip(writing: Writing, picture: Picture) -> bool:
        known = writing.picture(picture.id)
        if known is not None:
            writing.draft.change_picture(with_clip(known, picture))
        return known is not None

    def _take_still(self, added: AddedPicture) -> None:
        writing = self._writing
        if writing is not None:
            pictures = (*writing.post.pictures, added.picture)
            writing.draft.change(replace(writing.post, pictures=pictures))
            self._page.tools.say(_("The photo is the last picture of the post."))

    def _settle(self, finding: Finding, mend: Mend) -> None:
        self._work.mend(finding, mend)

    def _turn(self, by: int) -> None:
        picture, writing = self._page.picture, self._writing
        if picture is None or writing is None:
            return
        ids = [one.id for one in writing.post.pictures]
        at = ids.index(picture.id) + by if picture.id in ids else -1
        if 0 <= at < len(ids):
            self.open(ids[at])

    def _leave(self) -> None:
        """Back to the post, with a word about what is still open."""
        picture, writing = self._page.picture, self._writing
        self._page.close_picture()
        if picture is None:
            return
        self.left.emit(picture.id)
        ids = [one.id for one in writing.post.pictures] if writing else []
        words = open_words(picture, ids.index(picture.id) + 1 if picture.id in ids else 0)
        if words:
            self._session.shell.show_banner(
                words,
                "",
                _("Show the picture"),
                partial(self._work.faces_asked.emit, picture.id, ""),
                kind="warning",
            )

    def _show_standing(self) -> None:
        picture = self._page.picture
        if picture is not None and self._writing is not None:
            self._page.show_standing(self._writing.standing_of(picture.id))

    # --- who is likely to be in it ----------------------------------------------------------------

    def _aim(self, writing: Writing, picture: Picture) -> None:
        """Find out where the post goes and which class it is about."""
        context, user, post = self._session.context, self._session.user, writing.post
        ids = {face.person_id for one in post.pictures for face in one.faces if face.person_id}
        found = writing.found
        for mention in found.review.mentions if found else ():
            if len(mention.people) == 1:
                ids.update(mention.people)

        def look(_task: Task) -> Aim:
            accounts = list_accounts(context, user)
            group = guess_class(context, user, post.text, ids)
            return accounts, group, suggestions_for(picture, self._session.reviewer)

        def show(aim: Aim) -> None:
            if self._page.picture is not None and self._page.picture.id == picture.id:
                accounts, group, suggested = aim
                self._page.aim(self._asked(writing, picture, accounts), group)
                self._page.suggest(_chips(suggested))

        self._session.jobs.start(self, look, show, lambda _error: None, lane=Lane.STORE)

    @staticmethod
    def _asked(writing: Writing, picture: Picture, accounts: tuple[Account, ...]) -> Showing:
        chosen = [one.place for one in accounts if one.id in writing.post.accounts]
        return showing(chosen, film=picture.clip is not None)


def _chips(suggested: tuple[Suggestion, ...]) -> dict[str, tuple[Chip, ...]]:
    """What the file says, by the face it says it of; under "" what it says of no face."""
    found: dict[str, tuple[Chip, ...]] = {}
    for one in suggested:
        key = one.face_id or ""
        chip = Chip(one.person_id, one.name, chip_sentence(one.name, ""))
        found[key] = (*found.get(key, ()), chip)
    return found


def open_words(picture: Picture, number: int) -> str:
    """What is still open in a picture, empty where nothing is."""
    n = len(open_faces(picture))
    if n:
        words = ngettext(
            "Picture {number}: nobody has said who {n} face is.",
            "Picture {number}: nobody has said who {n} faces are.",
            n,
        )
        return words.format(number=number, n=n)
    if not picture.looked:
        return _("Picture {number}: say that nobody else in it can be recognised.").format(
            number=number
        )
    return ""

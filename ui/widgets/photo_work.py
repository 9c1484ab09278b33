"""What the person does on the photo page: every click and key becomes a step that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from smassistant.domain.edits import source_box
from smassistant.domain.lookups import Group
from smassistant.domain.pictures import Accounting, Box, Face, Picture, Writing
from smassistant.i18n import _, ngettext
from smassistant.services.keeping_registry import PersonLine
from smassistant.services.showing_people import Showing
from ui.models.picture_standing import PictureStanding
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets import boxes
from ui.widgets.face_chips import Chip
from ui.widgets.face_waiting import Roll
from ui.widgets.photo_marks import is_cut_away, open_faces

if TYPE_CHECKING:
    from ui.widgets.photo_editor import PhotoEditor


class PhotoWork(QObject):
    """Ties the picture, the list and the answers to the edits of the picture at hand."""

    def __init__(self, session: Session, page: PhotoEditor) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._asked = Showing()
        self._group: Group | None = None
        self._rolls: dict[str, Roll] = {}  # by the picture's id
        self.suggestions: Mapping[str, tuple[Chip, ...]] = {}
        self._connect()

    def _connect(self) -> None:
        page, side = self._page, self._page.side
        page.view.drawn.connect(lambda box: self.add_box(self._source(box)))
        page.view.moved.connect(lambda key, box: self._move(key, self._source(box), box))
        page.view.removed.connect(self.remove)
        page.list.removed.connect(self.remove)
        for widget in (page.view, page.list):
            widget.stepped.connect(self.step)
            widget.numbered.connect(self.place_numbered)
        side.waiting.picked.connect(self._place)
        page.answers.answered.connect(self._account)
        page.answers.removed.connect(lambda: self.remove(page.list.current()))
        side.writing.blurred.connect(self._blur_writing)
        side.writing.removed.connect(lambda: self.remove(page.list.current()))
        side.writing.settled.connect(page.settled)
        side.classes.taken.connect(self._take_class)
        side.classes.left.connect(self._leave_class)
        page.tools.add.clicked.connect(self.add_face)
        page.tools.whole_class.clicked.connect(self.ask_class)
        page.tools.undo.clicked.connect(self.undo)
        page.tools.redo.clicked.connect(self.redo)
        page.blur_rest.clicked.connect(self._blur_rest)
        page.looked.toggled.connect(self._look)
        for shortcut, call in (
            (Shortcuts.UNDO, self.undo),
            (Shortcuts.REDO, self.redo),
            (Shortcuts.ADD_FACE, self.add_face),
            (Shortcuts.BLUR, self._blur_chosen),
            (Shortcuts.WHOLE_CLASS, self.ask_class),
        ):
            shortcut.on(page).activated.connect(call)

    # --- what is chosen ---------------------------------------------------------------------------

    @property
    def _picture(self) -> Picture | None:
        return self._page.picture

    def chosen(self) -> Face | Writing | None:
        """The face or writing that is chosen in the list."""
        picture, key = self._picture, self._page.list.current()
        if picture is None or not key:
            return None
        marks: tuple[Face | Writing, ...] = (*picture.faces, *picture.writing)
        return next((one for one in marks if one.id == key), None)

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) face nobody has accounted for."""
        picture = self._picture
        if picture is None:
            return
        order = [face.id for face in picture.faces]
        at = order.index(key) if (key := self._page.list.current()) in order else -1
        around = [*order[at + 1 :], *order[: at + 1]] if by > 0 else [
            *reversed(order[: max(at, 0)]), *reversed(order[max(at, 0) :])
        ]  # fmt: skip
        waiting = {face.id for face in open_faces(picture)} - {key}
        target = next((face_id for face_id in around if face_id in waiting), "")
        if target:
            self._page.list.select(target)
        else:
            self._say(_("No other face is open."))

    # --- faces ------------------------------------------------------------------------------------

    def add_face(self) -> None:
        """A new box in the middle, to be moved by keyboard or mouse."""
        picture = self._picture
        if picture is not None:
            aspect = picture.width / max(picture.height, 1)
            self.add_box(self._source(boxes.middle(aspect=aspect)))
            self._page.view.setFocus()

    def add_box(self, box: Box) -> None:
        """A face the finder missed."""
        edits = self._page.edits
        if edits is not None:
            face = edits.add(box, self._page.clip.at)
            self._page.list.select(face.id)
            self._say(_("Face {n} added. {place}").format(n=len(edits.faces), place=_at(box)))

    def remove(self, key: str) -> None:
        """What was found is no face, or what was read is no writing."""
        edits = self._page.edits
        if edits is None or not key:
            return
        if edits.face(key) is not None:
            edits.remove(key)
            self._say(_("Taken away: not a face. Undo brings it back."))
        else:
            edits.remove_writing(key)
            self._say(_("Taken away: not writing. Undo brings it back."))

    def undo(self) -> None:
        """Take the last step back."""
        if self._page.edits is not None:
            self._page.edits.stack.undo()

    def redo(self) -> None:
        """Do again what was undone."""
        if self._page.edits is not None:
            self._page.edits.stack.redo()

    def _move(self, face_id: str, box: Box, shown: Box) -> None:
        if self._page.edits is not None:
            self._page.edits.move(face_id, box)
            self._say(_at(shown))

    def _account(self, how: Accounting | None, person_id: str, reason: str) -> None:
        edits, face_id = self._page.edits, self._page.list.current()
        if edits is None or edits.face(face_id) is None:
            return
        edits.account(face_id, how, person_id or None, reason)
        if how is not None:
            self._go_on(face_id)

    def _go_on(self, face_id: str) -> None:
        """After an answer, the next face nobody has accounted for."""
        page, picture = self._page, self._picture
        if picture is None:
            return
        waiting = {face.id for face in open_faces(picture)}
        order = [face.id for face in picture.faces]
        at = order.index(face_id) if face_id in order else -1
        around = (*order[at + 1 :], *order[: max(at, 0)])
        target = next((key for key in around if key in waiting), "")
        target = target or self._open_writing()
        if not target:
            page.looked.setFocus()
            return
        page.list.select(target)
        if page.answers.isHidden():
            page.side.writing.blur.setFocus()
        elif not page.view.hasFocus() and not page.list.hasFocus():
            page.answers.search.field.setFocus()

    def _open_writing(self) -> str:
        """Writing that the checks found something in, and that can still be read."""
        picture, written = self._picture, self._page.said.written
        if picture is None:
            return ""
        for one in picture.writing:
            if one.id in written and not one.blurred and not is_cut_away(picture, one.box):
                return one.id
        return ""

    def _blur_chosen(self) -> None:
        chosen = self.chosen()
        if isinstance(chosen, Writing):
            self._blur_writing(not chosen.blurred)
        else:
            self._account(Accounting.BLURRED, "", "")

    def _blur_rest(self) -> None:
        if self._page.edits is not None:
            n = self._page.edits.blur_rest()
            self._say(ngettext("{n} face blurred.", "{n} faces blurred.", n).format(n=n))

    def _blur_writing(self, blurred: bool) -> None:
        if self._page.edits is not None:
            self._page.edits.blur_writing(self._page.list.current(), blurred)
            if blurred:
                self._go_on(self._page.list.current())

    def _look(self, looked: bool) -> None:
        if self._page.edits is not None:
            self._page.edits.set_looked(looked)

    def _source(self, box: Box) -> Box:
        """A box of the picture as shown, in the picture before its edit."""
        picture = self._picture
        if picture is None:
            return box
        return source_box(box, picture.edit, picture.width, picture.height)

    # --- a class, and names from the file ---------------------------------------------------------

    def aim(self, asked: Showing, group: Group | None) -> None:
        """What is asked of people here; a class chosen before stays the nearest one."""
        roll = self._rolls.get(self._picture.id) if self._picture else None
        self._asked = asked
        self._group = roll.group if roll else (self._group or group)
        self._page.answers.search.aim(asked, self._group)

    def ask_class(self) -> None:
        """Tick a class through in the place of the faces."""
        if self._picture is not None:
            self._page.side.setCurrentWidget(self._page.side.classes)
            self._page.side.classes.open(self._asked, self._group)

    def _take_class(
        self, group: Group, lines: tuple[PersonLine, ...], lookout: tuple[PersonLine, ...]
    ) -> None:
        if self._picture is not None:
            self._group = group
            self._rolls[self._picture.id] = Roll(group, lines, lookout)
            self._page.answers.search.aim(self._asked, group)
        self._leave_class()
        self.show_waiting()

    def _leave_class(self) -> None:
        self._page.side.leave_class()
        self._page.list.setFocus()

    def show_waiting(self) -> None:
        """Show who of the class has no face yet."""
        picture = self._picture
        if picture is not None:
            placed = frozenset(face.person_id for face in picture.faces if face.person_id)
            waiting = self._page.side.waiting
            waiting.show_roll(self._rolls.get(picture.id), placed)
            self._page.answers.search.offer_first(not waiting.numbered(1))

    def place_numbered(self, digit: int) -> None:
        """Put the person with that number key on the chosen face."""
        self._place(self._page.side.waiting.numbered(digit))

    def _place(self, person_id: str) -> None:
        if person_id:
            self._account(Accounting.PERSON, person_id, "")

    def show_suggestions(self) -> None:
        """Offer the names the file gives for the chosen face."""
        chosen = self.chosen()
        open_ = isinstance(chosen, Face) and chosen.accounting is None
        own = self.suggestions.get(chosen.id, ()) if chosen is not None else ()
        chips = (*own, *self.suggestions.get("", ())) if open_ else ()
        placed = {face.person_id for face in self._picture.faces} if self._picture else set()
        self._page.side.suggest(tuple(chip for chip in chips if chip.key not in placed))

    def named(self, said: PictureStanding) -> PictureStanding:
        """The standing with the names of those who were chosen a moment ago."""
        lines = [line for roll in self._rolls.values() for line in roll.lines]
        offered = (*lines, *self._page.answers.search.known)
        names = {line.person.id: line.person.described for line in offered}
        return replace(said, names={**names, **said.names})

    def close_down(self) -> None:
        """Drop every name."""
        self._rolls = {}
        self._group = None
        self.suggestions = {}

    def _say(self, words: str) -> None:
        self._page.tools.say(words)


def _at(box: Box) -> str:
    """Where a box is, in words."""
    return _("{x} % from the left, {y} % from the top, {w} % wide").format(
        x=round(box.x * 100), y=round(box.y * 100), w=round(box.w * 100)
    )

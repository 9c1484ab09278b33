"""The pictures on the desk: where they come from, what their files say, a start in words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from smassistant.domain.findings import Finding, Mend, MendKind
from smassistant.domain.pictures import Origin
from smassistant.i18n import _
from smassistant.services.describing import description_start
from ui.dialogs.file_facts import FileFactsDialog
from ui.models.live_review import Checked
from ui.models.origins import OWN, say_origin, say_same_of_all, take_all
from ui.session import Session
from ui.widgets.desk_work import DeskWork
from ui.widgets.words import picture_number
from ui.widgets.writing_desk import WritingDesk


class DeskPictures(QObject):
    """Turns what is asked of the picture cards into changes of the post at hand."""

    def __init__(self, session: Session, desk: WritingDesk, work: DeskWork) -> None:
        super().__init__(work)
        self._session = session
        self._desk = desk
        self._work = work
        strip = desk.strip
        strip.origin_said.connect(self._say_origin)
        strip.same_asked.connect(self._say_same)
        strip.start_asked.connect(self.offer_start)
        strip.facts_asked.connect(self.show_facts)
        for chosen in (desk.editor.mend_chosen, strip.mend_chosen, desk.panel.mend_chosen):
            chosen.connect(self._mend)
        work.checked.connect(self._show_room)
        work.taken.connect(lambda _post_id: strip.head.show_room("", ""))

    def _say_origin(self, picture_id: str, origin: Origin) -> None:
        if self._work.writing is not None:
            say_origin(self._work.writing.draft, picture_id, origin)

    def _say_same(self, picture_id: str) -> None:
        if self._work.writing is not None:
            put_back = say_same_of_all(self._work.writing.draft, picture_id)
            self._session.shell.undo(_("Said of all pictures."), put_back)

    def _mend(self, finding: Finding, mend: Mend) -> None:
        writing, number = self._work.writing, picture_number(finding.where)
        if writing is None or number is None or number > len(writing.post.pictures):
            return
        match mend.kind:
            case MendKind.TOOK_IT:
                say_origin(writing.draft, writing.post.pictures[number - 1].id, OWN)
            case MendKind.TOOK_ALL:
                self._session.shell.undo(_("Said of all pictures."), take_all(writing.draft))
            case MendKind.GO_TO_ORIGIN:
                self._desk.strip.show_card(number)
                card = self._desk.strip.card(number)
                if card is not None:
                    card.origin.focus_open()

    def offer_start(self, picture_id: str) -> None:
        """Begin a picture's description from what is known; undone in the words themselves."""
        writing, card = self._work.writing, self._desk.strip.card_of(picture_id)
        picture = writing.picture(picture_id) if writing is not None else None
        if writing is None or card is None or picture is None:
            return
        known = writing.found.people if writing.found is not None else {}
        words = description_start(picture, writing.post, known)
        if not words:
            self._session.shell.show_banner(
                _("Nothing is known yet that a description could begin with."),
                _("Say who is in the picture, or write the text of the post first."),
            )
            return
        cursor = card.alt_text.textCursor()
        cursor.select(cursor.SelectionType.Document)
        card.alt_text.put(cursor, words)
        card.alt_text.setFocus()

    def show_facts(self, picture_id: str) -> None:
        """Show what a picture's file says."""
        writing = self._work.writing
        picture = writing.picture(picture_id) if writing is not None else None
        if writing is not None and picture is not None:
            number = writing.post.pictures.index(picture) + 1
            FileFactsDialog(picture, number, self._desk).open()

    def _show_room(self, found: Checked) -> None:
        """How many pictures the chosen places take, before and after there are too many."""
        there = len(found.post.pictures)
        most = {preview.place: preview.max_pictures for preview in found.places}
        full = [place for place, n in most.items() if n < there]
        hint = ""
        if most:
            place = min(most, key=lambda place: most[place])
            hint = _("{place} takes {n} at most.").format(place=_(place.title), n=most[place])
        trouble = " ".join(
            _("{place} takes {n} pictures at most; here are {there}.").format(
                place=_(place.title), n=most[place], there=there
            )
            for place in full
        )
        self._desk.strip.head.show_room(hint, trouble)

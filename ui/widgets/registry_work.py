"""What is done on the People page: every dialog, the work behind it, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from smassistant.domain.consents import Answer
from smassistant.domain.lookups import Group
from smassistant.domain.people import Person
from smassistant.domain.policies import permissions_end
from smassistant.domain.scans import Scan
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.jobs import Task
from smassistant.ports import today_in
from smassistant.services.importing import ImportResult, undo_import
from smassistant.services.keeping_registry import (
    BulkResult,
    PersonRecord,
    read_scan,
    restrict_person,
    undo_bulk,
)
from smassistant.services.touching import Touched, touched_by
from ui.dialogs.bulk import RollOverDialog
from ui.dialogs.correction import CorrectionDialog
from ui.dialogs.decision import Asked, Decide, Decided, DecisionDialog, Done, Failed
from ui.dialogs.look_alikes import LookAlikesDialog
from ui.dialogs.person import PersonDialog
from ui.dialogs.scan import ScanDialog
from ui.jobs import Lane
from ui.models.deciding import decide_for_many, decide_for_one, keep_scan
from ui.models.history import Act, sentence
from ui.models.person import PersonView
from ui.session import Session
from ui.widgets.attachment import choose_form
from ui.widgets.way_back import WayBack
from ui.widgets.words import number_words

T = TypeVar("T")


class RegistryWork(QObject):
    """`added` names a person who is new in the registry."""

    added = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent
        self.way_back = WayBack(session, parent)

    # About one person

    def ask_decision(self, record: PersonRecord) -> None:
        """Record what was decided about one person."""
        person = record.person
        signer = person.shown_name if person.signs_for_self else ""

        def decide(decided: Decided, done: Done, failed: Failed) -> None:
            def tell(recorded: PersonRecord) -> None:
                done()
                if decided.answer is not Answer.GRANTED:
                    self._tell_takedowns(_("It is recorded."), recorded.takedowns)

            self._start(lambda _task: decide_for_one(self._session, record, decided), tell, failed)

        self._open_decision(self._asked(person.described, signer, True), (person.id,), decide)

    def ask_edit(self, person: Person | None) -> None:
        """Change what is known about a person; None adds one."""
        dialog = PersonDialog(self._session, person, self._window)
        if person is None:
            dialog.saved.connect(lambda saved: self.added.emit(saved.id))
        dialog.open()

    def ask_restriction(self, person: Person, restricted: bool) -> bool:
        """Never publish the person, or take that back; asks first. False: they said no."""
        session = self._session
        if not session.shell.confirm(*_restriction_question(person, restricted)):
            return False

        def tell(record: PersonRecord) -> None:
            if restricted:
                self._tell_takedowns(_("The mark is set."), record.takedowns)

        self._start(
            lambda _task: restrict_person(
                session.context, session.user, person.id, restricted, session.reviewer
            ),
            tell,
        )
        return True

    def ask_correction(self, act: Act, view: PersonView) -> None:
        """Set a mistaken entry of the history right."""
        said = sentence(act, view.names, self._session.settings.zone)
        dialog = CorrectionDialog(self._session, act, said, self._window)
        dialog.saved.connect(self._tell_corrected)
        dialog.open()

    def attach_scan(self, act: Act) -> None:
        """Choose the scan of the form behind an entry and keep it."""
        path = choose_form(self._window)
        if path is None:
            return
        session, ids = self._session, tuple(line.id for line in act.lines)
        self._start(
            lambda _task: keep_scan(session, act.lines[0].person_id, ids, path),
            lambda _scan: session.shell.show_banner(_("The form is kept with the entry.")),
        )

    def show_scans(self, scans: Sequence[Scan]) -> None:
        """Show the newest of an entry's forms."""
        session, scan = self._session, scans[-1]
        self._start(
            lambda _task: read_scan(session.context, session.user, scan.id),
            lambda data: ScanDialog(scan, data, self._window).open(),
        )

    # About many people

    def ask_many(self, person_ids: Sequence[str]) -> None:
        """Record one decision for everybody chosen."""
        ids, count = tuple(person_ids), len(person_ids)
        who = ngettext("{n} person", "{n} people", count).format(n=number_words(count))

        def decide(decided: Decided, done: Done, failed: Failed) -> None:
            def tell(result: BulkResult) -> None:
                done()
                self._offer_undo(result)

            self._start(
                lambda task: decide_for_many(self._session, ids, decided, task), tell, failed
            )

        self._open_decision(self._asked(who, "", False), ids, decide)

    def ask_roll_over(self, groups: Sequence[Group]) -> None:
        """Renew the permissions of whole classes until the end of a year."""
        today = self._today()
        ends = permissions_end(self._session.settings, today)
        dialog = RollOverDialog(self._session, groups, ends, self._window)
        dialog.saved.connect(self._offer_undo)
        dialog.open()

    def offer_way_back(self, result: ImportResult, text: str) -> None:
        """Say that a roster is in, with a way back."""
        session, step = self._session, result.import_id
        self.way_back.offer(
            text,
            step,
            lambda task: undo_import(session.context, session.user, step, task),
            _("The roster is taken back; the registry is as it was before."),
        )

    def ask_look_alikes(self) -> None:
        """Offer records that are probably one person for merging."""
        LookAlikesDialog(self._session, self._window).open()

    # The rest

    def complain(self, error: UserError) -> None:
        """Say above the page what went wrong."""
        self._session.shell.show_banner(
            error.title, f"{error.explanation} {error.next_step}".strip(), kind="error"
        )

    def _open_decision(self, asked: Asked, person_ids: tuple[str, ...], decide: Decide) -> None:
        dialog = DecisionDialog(asked, decide, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._look_through_posts(dialog, person_ids)

    def _look_through_posts(self, dialog: DecisionDialog, person_ids: tuple[str, ...]) -> None:
        """Find what a withdrawal touches while the dialog is being filled in."""
        session = self._session

        def look(task: Task) -> tuple[Touched, ...]:
            return touched_by(session.context, session.reviewer, person_ids, task)

        task = session.jobs.start(
            dialog, look, dialog.touched.show_touched, dialog.touched.tell, lane=Lane.CHECKS
        )
        dialog.finished.connect(task.cancel)

    def _asked(self, who: str, signer: str, one: bool) -> Asked:
        today = self._today()
        return Asked(who, signer, today, permissions_end(self._session.settings, today), one)

    def _today(self) -> date:
        return today_in(self._session.settings.zone, self._session.context.clock.now())

    def _start(
        self,
        call: Callable[[Task], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        self._session.jobs.start(self, call, done, failed or self.complain)

    def _tell_corrected(self, record: PersonRecord) -> None:
        if record.takedowns:
            self._tell_takedowns(_("It is corrected."), record.takedowns)

    def _tell_takedowns(self, done: str, count: int) -> None:
        """What was taken away says what has to come down; anything else is seen in the panel."""
        shell = self._session.shell
        if not count:
            shell.show_banner(f"{done} {_('No published post has to come down.')}")
            return
        shell.show_banner(
            f"{done} {_takedown_words(count)}",
            action_text=_("Show the take-downs"),
            action=lambda: shell.go_to("takedowns"),
            kind="warning",
        )

    def _offer_undo(self, result: BulkResult) -> None:
        text = ngettext(
            "{n} permission is recorded.", "{n} permissions are recorded.", result.decisions
        ).format(n=number_words(result.decisions))
        if result.takedowns:
            text += f" {_takedown_words(result.takedowns)}"
        session, batch = self._session, result.batch_id
        self.way_back.offer(
            text,
            batch,
            lambda task: undo_bulk(session.context, session.user, batch, task),
            _("It is undone."),
        )


def _takedown_words(count: int) -> str:
    return ngettext(
        "{n} published post has to come down.", "{n} published posts have to come down.", count
    ).format(n=number_words(count))


def _restriction_question(person: Person, restricted: bool) -> tuple[str, str, str]:
    """Title, text and verb of the question asked before the mark is set or taken off."""
    name = person.shown_name
    if restricted:
        return (
            _("Never publish {name}?").format(name=name),
            _("No name, picture, video or work may go out, whatever else was permitted."),
            _("Never publish"),
        )
    return (
        _("Take the mark off {name}?").format(name=name),
        _("What was permitted before counts again."),
        _("Take the mark off"),
    )

"""Bringing a roster in from the registry page, with a way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smassistant.domain.imports import Act, Import
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.jobs import Task
from smassistant.ports import today_in
from smassistant.services.importing import (
    ImportResult,
    Worsened,
    import_roster,
    is_undone,
    list_imports,
    mark_missing,
    undo_import,
)
from smassistant.services.roster_takedowns import take_down_after_roster, touched_by_roster
from ui import garbage
from ui.dialogs.roster.answers_step import AnswersStep, end_of_permissions
from ui.dialogs.roster.changes_step import ChangesStep
from ui.dialogs.roster.columns_step import ColumnsStep
from ui.dialogs.roster.file_step import FileStep, did_words
from ui.dialogs.roster.wizard import RosterWizard
from ui.jobs import Lane
from ui.models.roster_reading import RosterReading
from ui.roster_words import touched_lines
from ui.session import Session
from ui.widgets.words import number_words

MEMORY = "roster"


class RosterDialog(RosterWizard):
    """`imported` carries the result and what to say; before the last button nothing changes."""

    imported = Signal(object, str)  # ImportResult

    def __init__(self, session: Session, parent: QWidget) -> None:
        reading = RosterReading(session.jobs, session.context)
        self.file_step = FileStep(reading, session.settings.zone)
        self.columns_step = ColumnsStep(reading)
        today = today_in(session.settings.zone, session.context.clock.now())
        self.answers_step = AnswersStep(reading, end_of_permissions(session.settings, today))
        self.changes_step = ChangesStep(reading)
        self._importing: Task | None = None
        self._looking: Task | None = None
        self._undoing: Import | None = None
        self._known: set[str] = set()
        steps = (self.file_step, self.columns_step, self.answers_step, self.changes_step)
        self._session = session
        super().__init__(reading, steps, _("Bring in"), parent)
        reading.setParent(self)
        self.file_step.undo_asked.connect(self.take_back)
        self.changes_step.worse_shown.connect(self._look_through)
        session.memory.restore_size(self, MEMORY)
        self._list_earlier()

    def finish_up(self) -> None:
        """Take in what is previewed, as one step."""
        preview, session = self.reading.preview, self._session
        if preview is None or self._importing is not None:
            return
        left = tuple(self.changes_step.left)
        reason = _("The roster {file} no longer permits it.").format(file=preview.file_name)

        def work(task: Task) -> tuple[ImportResult, int]:
            result = import_roster(session.context, session.user, preview, task)
            if left:
                mark_missing(session.context, session.user, preview, left, result.import_id)
            return result, take_down_after_roster(
                session.context, session.user, session.reviewer, result.worsened, reason
            )

        self._lock(True)
        garbage.hold(self)
        self._importing = session.jobs.start(
            self,
            work,
            lambda found: self._finish(*found),
            self._fail,
            self.progress.show_progress,
        )
        self.progress.follow(self._importing, _("Bringing the roster in…"))

    def take_back(self, item: Import) -> None:
        """Undo an earlier roster; what can't be undone any more is explained."""
        session = self._session
        self.notice.clear()
        self._undoing = item
        task = session.jobs.start(
            self,
            lambda task: undo_import(session.context, session.user, item.id, task),
            lambda _import: self._tell_undone(item),
            self._fail,
            self.progress.show_progress,
        )
        self.progress.follow(task, _("Undoing…"))

    def done(self, result: int) -> None:
        """A dialog that goes stops the work it asked for."""
        for task in (self._importing, self._looking):
            if task is not None:
                task.cancel()
        garbage.release(self)
        self._session.memory.keep_size(self, MEMORY)
        self.reading.forget()
        super().done(result)

    def stop(self) -> None:
        """Stop a reading, an undo or the import; after that, say what became of it."""
        super().stop()
        session, undoing = self._session, self._undoing
        if self._importing is not None:
            session.jobs.start(
                self, lambda _task: list_imports(session.context, session.user), self._tell_stopped
            )
        elif undoing is not None:
            session.jobs.start(
                self,
                lambda _task: is_undone(session.context, session.user, undoing.id),
                lambda undone: self._tell_undone(undoing) if undone else self._tell_kept(),
            )

    def name_buttons(self) -> None:
        super().name_buttons()
        if self._importing is not None:
            self.next.setEnabled(False)

    def _finish(self, result: ImportResult, takedowns: int = 0) -> None:
        self._importing = None
        garbage.release(self)
        self.progress.finish()
        done = did_words(result.added, result.changed, result.decisions)
        text = _("The roster is in: {did}.").format(did=done)
        if takedowns:
            more = ngettext(
                "{n} post is on the take-down list now.",
                "{n} posts are on the take-down list now.",
                takedowns,
            )
            text = f"{text} {more.format(n=number_words(takedowns))}"
        self.imported.emit(result, text)
        self.accept()

    def _look_through(self, worse: tuple[Worsened, ...]) -> None:
        """Find the posts that need what gets worse; an earlier search is forgotten."""
        session = self._session
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        if worse:
            self._looking = session.jobs.start(
                self,
                lambda task: touched_by_roster(session.context, session.reviewer, worse, task),
                lambda touched: self.changes_step.show_touched(touched_lines(touched, worse)),
                lambda error: self.changes_step.show_touched((str(error),)),
                lane=Lane.CHECKS,
            )

    def _tell_stopped(self, imports: tuple[Import, ...]) -> None:
        """The import was stopped, unless it was over before that was heard."""
        made = [item for item in imports if item.id not in self._known]
        if made:
            result = ImportResult(made[0].id, made[0].added, made[0].changed, made[0].decisions)
            self._finish(result)
            return
        self._importing = None
        garbage.release(self, keep=True)
        self._lock(False)
        self._tell_kept()

    def _tell_kept(self) -> None:
        self._undoing = None
        self.notice.say(_("Stopped. Nothing was changed."))

    def _fail(self, error: UserError) -> None:
        self._importing = self._undoing = None
        garbage.release(self, keep=True)
        self.progress.finish()
        self._lock(False)
        self.notice.tell(error)

    def _lock(self, busy: bool) -> None:
        self.stack.setEnabled(not busy)
        self.back.setEnabled(not busy)
        self.name_buttons()
        if busy:
            self.next.setEnabled(False)

    def _tell_undone(self, item: Import) -> None:
        self._undoing = None
        self.progress.finish()
        self.notice.say(
            _("{file} is taken back; the registry is as it was before.").format(
                file=item.file_name or _("The roster")
            ),
            kind="done",
        )
        self._list_earlier()
        if self.reading.path is not None:
            self.reading.choose()

    def _list_earlier(self) -> None:
        session = self._session
        session.jobs.start(
            self, lambda _task: list_imports(session.context, session.user), self._show_earlier
        )

    def _show_earlier(self, imports: tuple[Import, ...]) -> None:
        self._known = {item.id for item in imports}
        self.file_step.show_earlier(tuple(item for item in imports if item.act is Act.ROSTER))

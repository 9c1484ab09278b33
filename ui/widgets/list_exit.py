"""Taking a list of people along: as CSV, workbook or PDF, or on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.jobs import Task
from smassistant.ports import today_in
from smassistant.services.chasing import Chase, ChaseLine, ExportFormat, export_people
from smassistant.services.exporting_lists import note_export
from ui import garbage, words
from ui.dialogs.files import choose_new_file
from ui.exporting import Table, save_pdf
from ui.jobs import Lane
from ui.models.chases import cells, headings
from ui.printing import Printing, ask_printer
from ui.session import Session
from ui.widgets.chase_words import chase_word
from ui.widgets.progress import ProgressLine
from ui.widgets.words import number_words

PAPER = "paper"  # how the trail calls a printed list


class ListExit(QObject):
    """Asks where to, does the work off the window's thread, and says what came of it."""

    def __init__(self, session: Session, page: QWidget, progress: ProgressLine) -> None:
        super().__init__(page)
        self._session, self._page, self._progress = session, page, progress
        self.printing: Printing | None = None

    def export(self, kind: Chase, lines: Sequence[ChaseLine], format: ExportFormat) -> None:
        """Write the lines to a file that is asked for."""
        name = f"{chase_word(kind)} {self._today().isoformat()}.{format.value}"
        path = choose_new_file(self._page, _("Export the list"), _kinds(format), name)
        if path is not None:
            self.write(kind, lines, path, format)

    def write(
        self, kind: Chase, lines: Sequence[ChaseLine], path: Path, format: ExportFormat
    ) -> None:
        """Write the lines to a file."""
        garbage.hold(self)
        task = self._session.jobs.start(
            self._page,
            partial(self._written, partial(self._write, kind, lines, path, format)),
            lambda _nothing: self._tell(_("The list is saved as {name}.").format(name=path.name)),
            self._fail,
            self._progress.show_progress,
            Lane.PHOTOS,
        )
        self._progress.follow(task, _("Writing the list…"))

    def print(self, kind: Chase, lines: Sequence[ChaseLine]) -> None:
        """Print the lines on a printer that is asked for."""
        printer = ask_printer(self._page, chase_word(kind))
        if printer is not None:
            self.print_on(printer, kind, lines)

    def print_on(self, printer: QPrinter, kind: Chase, lines: Sequence[ChaseLine]) -> None:
        """Print page by page; the trail hears of it when all is printed."""
        printing = Printing(self.table(kind, lines), printer, self)
        printing.progressed.connect(lambda n, of: self._progress.show_progress(n, of, ""))
        printing.printed.connect(partial(self._note_printed, len(lines)))
        printing.failed.connect(self._fail)
        self.printing = printing
        self._progress.follow(printing.task, _("Printing the list…"))

    def table(self, kind: Chase, lines: Sequence[ChaseLine]) -> Table:
        """The lines as they stand on paper."""
        school, n = self._session.settings.school, len(lines)
        people = ngettext("{n} person", "{n} people", n).format(n=number_words(n))
        about = " · ".join(part for part in (school, words.day_word(self._today()), people) if part)
        footer = _("Student information: keep it safe, and shred it when you are done.")
        rows = tuple(cells(line) for line in lines)
        return Table(chase_word(kind), about, headings(), rows, footer)

    def _written(self, write: Callable[[Task], None], task: Task) -> None:
        """On a worker: a workbook's cells are many and no garbage, also if it is cancelled."""
        try:
            write(task)
        finally:
            garbage.release(self, keep=True)

    def _write(
        self,
        kind: Chase,
        lines: Sequence[ChaseLine],
        path: Path,
        format: ExportFormat,
        task: Task,
    ) -> None:
        """On a worker."""
        context, user = self._session.context, self._session.user
        if format is ExportFormat.PDF:
            save_pdf(self.table(kind, lines), path, task)
            note_export(context, user, len(lines), format.value)
        else:
            export_people(context, user, lines, path, format, task)

    def _note_printed(self, people: int) -> None:
        session = self._session
        session.jobs.start(
            self._page,
            lambda _task: note_export(session.context, session.user, people, PAPER),
            lambda _nothing: self._tell(_("The list is printed.")),
            self._fail,
        )

    def _today(self) -> date:
        return today_in(self._session.settings.zone, self._session.context.clock.now())

    def _tell(self, text: str) -> None:
        self._progress.finish()
        self._session.shell.show_banner(text, _("It names students: keep it safe."))

    def _fail(self, error: UserError) -> None:
        self._progress.finish()
        self._session.shell.show_banner(
            f"{error.title} {error.explanation}".strip(), error.next_step, kind="error"
        )


def _kinds(format: ExportFormat) -> str:
    return {
        ExportFormat.CSV: _("CSV files (*.csv)"),
        ExportFormat.XLSX: _("Excel workbooks (*.xlsx)"),
        ExportFormat.PDF: _("PDF files (*.pdf)"),
    }[format]

"""Choosing a roster file and seeing what was understood of it, before anything is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from smassistant.context import Context
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.jobs import Task
from ui import theme
from ui.jobs import JobRunner
from ui.models.roster_reading import RosterReading
from ui.roster_words import problem_words
from ui.widgets.drop_area import DropArea
from ui.widgets.forms import card
from ui.widgets.notice import Notice
from ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from smassistant.services.importing import RosterPreview

MOST_PROBLEMS = 200  # shown; nobody reads more, and the first ones tell the rest


class RosterPicker(QWidget):
    """`previewed` carries the preview, or None while there is none."""

    previewed = Signal(object)

    def __init__(self, jobs: JobRunner, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.reading = RosterReading(jobs, context, self)
        self.drop = DropArea(
            _("Drop the school's roster here: a CSV, TSV or XLSX file."),
            _("Rosters") + " (*.csv *.tsv *.txt *.xlsx)",
        )
        self.notice = Notice()
        self.progress = ProgressLine()
        self._card, inside = card()
        self._title = theme.heading("", 2)
        self._summary = theme.note()
        self._warning = theme.note("", "warning")
        self._problems_title = theme.heading("", 3)
        self._problems = QPlainTextEdit()
        self._problems.setReadOnly(True)
        self._problems.setTabChangesFocus(True)
        self._problems.setMaximumHeight(140)
        self._problems.setAccessibleName(_("Problems in the file"))
        self._ignored = theme.note()
        self.closer = QPushButton(_("Check columns and answers…"))
        self.closer.clicked.connect(self.look_closer)
        for widget in (
            self._title, self._summary, self._warning, self._problems_title, self._problems,
            self._ignored,
        ):  # fmt: skip
            inside.addWidget(widget)
        inside.addWidget(self.closer, alignment=Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        theme.pad(column, 0, theme.SPACE)
        for part in (self.drop, self.progress, self.notice, self._card):
            column.addWidget(part)
        self._card.hide()
        self._connect()

    @property
    def preview(self) -> RosterPreview | None:
        """What was read last."""
        return self.reading.preview

    def read(self, path: Path) -> None:
        """Read the file on a worker and show what was understood."""
        self.forget()
        self.reading.read(path)

    def forget(self) -> None:
        """Drop the preview with every name in it."""
        self.reading.forget()
        self.progress.finish()
        self.notice.clear()
        self._problems.setPlainText("")
        self._card.hide()

    def look_closer(self) -> None:
        """Let the person say what columns and answers mean."""
        from ui.dialogs.roster.check import CheckDialog

        dialog = CheckDialog(self._context, self.reading, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _connect(self) -> None:
        self.drop.chosen.connect(self.read)
        self.progress.cancel.clicked.connect(self.reading.stop)
        self.reading.begun.connect(self._follow)
        self.reading.progressed.connect(self.progress.show_progress)
        self.reading.previewed.connect(self._show)
        self.reading.failed.connect(self._refuse)

    def _follow(self, task: Task) -> None:
        self.notice.clear()
        name = self.reading.path.name if self.reading.path else ""
        self.progress.follow(task, _("Reading {file}…").format(file=name))

    def _refuse(self, error: UserError) -> None:
        self.progress.finish()
        self._card.hide()
        self.previewed.emit(None)
        if self.reading.columns:
            more = f"{error.explanation} {error.next_step}".strip()
            verb = _("Say what the columns are…")
            self.notice.say(error.title, more, "error", verb, self.look_closer)
        else:
            self.notice.tell(error)

    def _show(self, found: RosterPreview | None) -> None:
        self.progress.finish()
        if found is not None:
            self._fill(found)
        self._card.setVisible(found is not None)
        self.previewed.emit(found)

    def _fill(self, found: RosterPreview) -> None:
        self._title.setText(found.file_name)
        self._summary.setText(summary(found))
        self._warning.setText(
            ""
            if found.has_permissions
            else _("The file has no column with permissions: nobody in it may be published yet.")
        )
        self._warning.setVisible(not found.has_permissions)
        self._show_problems(found)
        self._ignored.setText(
            _("Columns that are not needed and were not read: {columns}").format(
                columns=", ".join(found.ignored_columns)
            )
        )
        self._ignored.setVisible(bool(found.ignored_columns))

    def _show_problems(self, found: RosterPreview) -> None:
        count = len(found.problems)
        self._problems_title.setText(
            ngettext(
                "{n} thing in the file could not be read as it stands",
                "{n} things in the file could not be read as they stand",
                count,
            ).format(n=count)
        )
        lines = [problem_words(problem) for problem in found.problems[:MOST_PROBLEMS]]
        if count > MOST_PROBLEMS:
            lines.append(_("… and {n} more").format(n=count - MOST_PROBLEMS))
        self._problems.setPlainText("\n".join(lines))
        self._problems_title.setVisible(bool(count))
        self._problems.setVisible(bool(count))


def summary(found: RosterPreview) -> str:
    """What bringing the file in would do, in one or two sentences."""
    people = ngettext("{n} person in {rows} rows", "{n} people in {rows} rows", found.people)
    parts = [
        people.format(n=found.people, rows=found.rows),
        ngettext("{n} new", "{n} new", found.new).format(n=found.new),
        ngettext("{n} changed", "{n} changed", found.changed).format(n=found.changed),
    ]
    text = ", ".join(parts) + "."
    if found.missing:
        text += " " + ngettext(
            "{n} person of the registry is not in the file and stays as before.",
            "{n} people of the registry are not in the file and stay as before.",
            found.missing,
        ).format(n=found.missing)
    return text

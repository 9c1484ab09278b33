"""Choosing a roster file and seeing what was understood of it, before anything is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from smassistant.context import Context
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.jobs import Task
from ui import theme
from ui.jobs import JobRunner
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
        self._jobs, self._context = jobs, context
        self._task: Task | None = None
        self.preview: RosterPreview | None = None
        self.drop = DropArea(
            _("Drop the school's roster here: a CSV, TSV or XLSX file."),
            _("Rosters") + " (*.csv *.tsv *.txt *.xlsx)",
        )
        self.drop.chosen.connect(self.read)
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
        for widget in (
            self._title, self._summary, self._warning, self._problems_title, self._problems,
            self._ignored,
        ):  # fmt: skip
            inside.addWidget(widget)
        column = QVBoxLayout(self)
        theme.pad(column, 0, theme.SPACE)
        column.addWidget(self.drop)
        column.addWidget(self.progress)
        column.addWidget(self.notice)
        column.addWidget(self._card)
        self._card.hide()

    def read(self, path: Path) -> None:
        """Read the file on a worker and show what was understood."""
        self.forget()
        context = self._context

        def work(task: Task) -> RosterPreview:
            from smassistant.services.importing import preview_roster

            return preview_roster(context, path, task=task)

        self._task = self._jobs.start(
            self, work, lambda found: self._show(path, found), self._refuse,
            self.progress.show_progress,
        )  # fmt: skip
        self.progress.follow(self._task, _("Reading {file}…").format(file=path.name))

    def forget(self) -> None:
        """Drop the preview with every name in it."""
        if self._task:
            self._task.cancel()
        self.preview = None
        self.progress.finish()
        self.notice.clear()
        self._problems.setPlainText("")
        self._card.hide()
        self.previewed.emit(None)

    def _refuse(self, error: UserError) -> None:
        self.progress.finish()
        self.notice.tell(error)

    def _show(self, path: Path, found: RosterPreview) -> None:
        self.progress.finish()
        self.preview = found
        self._title.setText(path.name)
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
        self._card.show()
        self.previewed.emit(found)

    def _show_problems(self, found: RosterPreview) -> None:
        count = len(found.problems)
        self._problems_title.setText(
            ngettext(
                "{n} thing in the file could not be read as it stands",
                "{n} things in the file could not be read as they stand",
                count,
            ).format(n=count)
        )
        lines = [
            _problem_words(problem.row, problem.column, problem.message)
            for problem in found.problems[:MOST_PROBLEMS]
        ]
        if count > MOST_PROBLEMS:
            lines.append(_("… and {n} more").format(n=count - MOST_PROBLEMS))
        self._problems.setPlainText("\n".join(lines))
        for widget in (self._problems_title, self._problems):
            widget.setVisible(bool(count))


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


def _problem_words(row: int, column: str, message: str) -> str:
    if column:
        return _("Row {row}, {column}: {message}").format(row=row, column=column, message=message)
    return _("Row {row}: {message}").format(row=row, message=message)

"""A roster file while it is looked at: which one, how it is read, what is in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from smassistant.context import Context
from smassistant.domain.imports import RosterChoices
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.importing import RosterPreview, preview_roster
from smassistant.services.roster_headings import Column, Headings, headings_of
from ui import garbage
from ui.jobs import JobRunner

AFTER = 250  # milliseconds after the last choice, so that a run through a list reads once


class RosterReading(QObject):
    """Reads on a worker, and again after every choice; an overtaken reading is cancelled."""

    begun = Signal(object)  # Task
    progressed = Signal(int, int, str)
    previewed = Signal(object)  # RosterPreview, or None while there is none
    unread = Signal(object)  # tuple of columns, where a person has to say what they are
    failed = Signal(object)  # UserError

    def __init__(self, jobs: JobRunner, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._context = jobs, context
        self._task: Task | None = None
        self._later = QTimer(self, interval=AFTER, singleShot=True)
        self._later.timeout.connect(self._start)
        self.path: Path | None = None
        self.choices: RosterChoices | None = None
        self.preview: RosterPreview | None = None
        self.columns: tuple[Column, ...] = ()
        self.remembered = False  # whether choices of an earlier file of this source hold

    @property
    def busy(self) -> bool:
        """Whether the preview is still to be replaced by another."""
        return self._later.isActive() or self._task is not None

    def read(self, path: Path) -> None:
        """Read another file, with the choices that were made for its source before."""
        self.forget()
        self.path = path
        self._start()

    def choose(self, **changes: Any) -> None:
        """Change fields of the choices and read the file again."""
        if self.choices is None:
            return
        self.choices = replace(self.choices, **changes)
        self.stop()
        self._later.start()

    def restore(self, choices: RosterChoices | None) -> None:
        """Put the choices back as they were, and read again if that changes anything."""
        if choices != self.choices:
            self.choices = choices
            self.stop()
            self._later.start()

    def map_column(self, heading: str, field: str) -> None:
        """Read a column as another field."""
        if self.choices is not None:
            self.choose(mapping={**self.choices.mapping, heading: field})

    def map_answer(self, answer: str, meaning: bool | None) -> None:
        """Take an answer for yes, no or (None) nothing."""
        if self.choices is not None:
            self.choose(values={**self.choices.values, answer: meaning})

    def forget(self) -> None:
        """Drop the file with every name in it."""
        self.stop()
        self.path = self.choices = None
        self.columns, self.remembered = (), False
        if self.preview is not None:
            self._drop()
            self.previewed.emit(None)
        garbage.release(self)

    def stop(self) -> None:
        """Read no further; what was read before stays."""
        self._later.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
            garbage.release(self, keep=self.preview is not None)

    def _start(self) -> None:
        path, choices, context = self.path, self.choices, self._context
        if path is None:
            return
        garbage.hold(self)
        self._task = self._jobs.start(
            self,
            lambda task: _read(context, path, choices, task),
            self._take,
            self._fail,
            self.progressed.emit,
        )
        self.begun.emit(self._task)

    def _take(self, found: RosterPreview | _Unread) -> None:
        self._end()
        self._drop()
        if isinstance(found, _Unread):
            self.choices = found.headings.choices
            self.columns = found.headings.columns
            self.unread.emit(self.columns)
            self.failed.emit(found.error)
        else:
            self.preview = found
            if self.choices is None:
                self.choices = kept = found.choices
                self.remembered = bool(kept.mapping or kept.values or kept.day_first is not None)
            self.previewed.emit(found)

    def _end(self) -> None:
        self._task = None
        garbage.release(self, keep=True)

    def _drop(self) -> None:
        """Free what was read, without a pause that could be felt."""
        if self.preview is not None:
            roster, compared = self.preview.roster, self.preview.compared
            garbage.let_go([*roster.people, *compared.known, *compared.differences.missing])
        self.preview = None

    def _fail(self, error: UserError) -> None:
        self._end()
        self._drop()
        self.failed.emit(error)


@dataclass(frozen=True)
class _Unread:
    """A file whose columns are not understood yet."""

    error: UserError
    headings: Headings


def _read(
    context: Context, path: Path, choices: RosterChoices | None, task: Task
) -> RosterPreview | _Unread:
    try:
        return preview_roster(context, path, choices, task)
    except UserError as error:
        headings = headings_of(context, path, choices)
        if not headings.columns:
            raise
        next_step = _("Say which column holds the student or staff number, and which the names.")
        return _Unread(UserError(error.title, error.explanation, next_step), headings)

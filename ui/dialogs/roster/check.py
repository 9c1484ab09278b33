"""Looking closer at a roster that somebody else brings in: columns, answers, changes."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from smassistant.context import Context
from smassistant.domain.settings import Settings
from smassistant.i18n import _
from smassistant.ports import today_in
from ui.dialogs.roster.answers_step import AnswersStep, end_of_permissions
from ui.dialogs.roster.changes_step import ChangesStep
from ui.dialogs.roster.columns_step import ColumnsStep
from ui.dialogs.roster.wizard import RosterWizard
from ui.models.roster_reading import RosterReading


class CheckDialog(RosterWizard):
    """Changes how `reading` reads; Cancel puts the choices back as they were."""

    def __init__(self, context: Context, reading: RosterReading, parent: QWidget) -> None:
        settings = Settings()
        today = today_in(settings.zone, context.clock.now())
        self.columns_step = ColumnsStep(reading)
        self.answers_step = AnswersStep(reading, end_of_permissions(settings, today))
        self.changes_step = ChangesStep(reading)
        self._before = reading.choices
        steps = (self.columns_step, self.answers_step, self.changes_step)
        super().__init__(reading, steps, _("Use this"), parent)
        if reading.preview is not None:
            self.show_read(reading.preview)
        elif reading.columns:
            self.ask_columns(reading.columns)

    def done(self, result: int) -> None:
        """Cancel takes back what was chosen here."""
        if result != QDialog.DialogCode.Accepted:
            self.reading.restore(self._before)
        super().done(result)

"""“Not a problem” on the desk: noted for the keepers of the rules; advice is settled by it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from smassistant.domain.findings import Finding, ResolutionKind, Severity
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.hearing_feedback import note_feedback
from ui.jobs import Lane
from ui.session import Session
from ui.widgets.desk_work import DeskWork


class DeskFeedback(QObject):
    """Hears which findings the author calls no problem."""

    def __init__(self, session: Session, work: DeskWork) -> None:
        super().__init__(work)
        self._session = session
        self._work = work
        work.doubted.connect(self.note)

    def note(self, finding: Finding) -> None:
        """Keep the sentence without names; advice is settled for this post at once."""
        writing = self._work.writing
        if writing is None:
            return
        session = self._session
        post = writing.found.post if writing.found else writing.post
        if finding.severity is Severity.ADVICE:
            writing.settle(finding, ResolutionKind.NOT_A_PROBLEM)
        session.jobs.start(
            self,
            lambda _task: note_feedback(
                session.context, session.user, session.reviewer, post, finding
            ),
            lambda _noted: self._thank(finding),
            self._complain,
            lane=Lane.CHECKS,
        )

    def _thank(self, finding: Finding) -> None:
        text = _("Noted for the Communications Officer.")
        step = _("The finding stays until the rule is changed; its other ways on are still open.")
        shell = self._session.shell
        shell.show_banner(text, "" if finding.severity is Severity.ADVICE else step)

    def _complain(self, error: UserError) -> None:
        self._session.shell.show_banner(
            error.title, f"{error.explanation} {error.next_step}".strip(), kind="error"
        )

"""Questions to the privacy office from the desk: asking, and the answer above the findings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from smassistant.domain.findings import Finding
from smassistant.domain.posts import Post
from smassistant.domain.referrals import ANSWERED, ReferralState, digest_of, is_referable
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.referring import refer_post, see_answers
from ui.dialogs.question import QuestionDialog
from ui.models.live_review import Checked
from ui.session import Session
from ui.widgets.desk_work import DeskWork
from ui.widgets.referral_words import NOTICES, answer_line, answer_title
from ui.widgets.writing_desk import WritingDesk


class DeskQuestions(QObject):
    """`asked` carries the post when it is with the office."""

    asked = Signal(object)  # Post

    def __init__(self, session: Session, desk: WritingDesk, work: DeskWork) -> None:
        super().__init__(work)
        self._session = session
        self._desk = desk
        self._work = work
        work.question_asked.connect(self.ask)
        work.checked.connect(self._show_answer)

    def ask(self, finding: Finding) -> None:
        """Ask about a finding, and with it about all others that only the office lets go."""
        found = self._work.writing.found if self._work.writing else None
        if found is None:
            return
        standing = [each for each in found.review.unanswered if is_referable(each)]
        about = [finding, *(each for each in standing if each != finding)]
        keys = [(each.code, each.anchor) for each in about]

        def send(
            question: str, done: Callable[[Post], None], failed: Callable[[UserError], None]
        ) -> None:
            session, writing = self._session, self._work.writing
            if writing is not None:
                writing.draft.step(
                    lambda post: refer_post(
                        session.context, session.user, session.reviewer, post.id, post.version,
                        question, keys,
                    ),
                    done,
                    failed,
                )  # fmt: skip

        dialog = QuestionDialog(self._session, about, send, self._desk)
        dialog.saved.connect(self.asked)
        dialog.open()

    def _show_answer(self, found: Checked) -> None:
        """Say what the office answered last about the post, and note that it was read."""
        notice = self._desk.answer
        referral = next(iter(found.review.referrals), None)
        if referral is None or referral.state not in ANSWERED:
            notice.clear()
            return
        title = answer_title(referral, _(self._session.settings.privacy_office))
        line = answer_line(referral, found.post)
        stale = referral.digest != digest_of(found.post)
        yes = referral.state is ReferralState.ANSWERED_YES
        kind = "warning" if stale and yes else NOTICES[referral.state]
        if not yes and stale:
            notice.clear()  # another text: the answer is among the comments
        elif notice.text != f"{title} {line}".strip():
            notice.say(title, line, kind)
        if not referral.seen:
            session, post_id = self._session, referral.post_id
            session.jobs.start(
                self, lambda _task: see_answers(session.context, session.user, post_id)
            )

"""What happens on the desk: every click and key becomes a change of the post at hand."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from smassistant.domain.findings import Finding, Mend, MendKind, Resolution, ResolutionKind
from smassistant.domain.places import Account
from smassistant.domain.posts import Post
from smassistant.errors import UserError
from smassistant.i18n import _, labelled
from smassistant.ports import Change
from smassistant.services.drafting import AddedPicture
from smassistant.services.keeping_accounts import list_accounts
from ui.models.face_mends import say_looked, take_face_away
from ui.models.live_review import Checked
from ui.models.writing import Writing, longest_description
from ui.session import Session
from ui.widgets.words import clock_words
from ui.widgets.writing_desk import WritingDesk


class DeskWork(QObject):
    """Ties the desk to one post at a time."""

    faces_asked = Signal(str, str)  # picture id, face id or empty
    taken = Signal(str)  # id of the post that is on the desk now
    checked = Signal(object)  # Checked
    question_asked = Signal(object)  # Finding
    doubted = Signal(object)  # Finding that the author calls no problem

    def __init__(self, session: Session, desk: WritingDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = desk
        self._accounts: tuple[Account, ...] = ()
        self._filling = False
        self.writing: Writing | None = None
        desk.editor.textChanged.connect(self._take_text)
        for arrived in (desk.editor.pictures_arrived, desk.strip.pictures_arrived):
            arrived.connect(self._take_pictures)
        for chosen in (desk.editor.mend_chosen, desk.strip.mend_chosen, desk.panel.mend_chosen):
            chosen.connect(self.mend)
        for asked in (desk.editor.finding_chosen, desk.strip.finding_chosen):
            asked.connect(self._show_card)
        for reached in (desk.editor.findings_reached, desk.strip.findings_reached):
            reached.connect(self._follow_cursor)
        desk.strip.described.connect(self._describe)
        desk.strip.opened.connect(self._ask_faces)
        desk.strip.removed.connect(self._remove_picture)
        desk.strip.moved.connect(self._move_picture)
        desk.strip.cancelled.connect(self._cancel_reading)
        desk.panel.reason_given.connect(self._give_reason)
        desk.panel.finding_chosen.connect(self._show_words)
        desk.panel.taken_back.connect(self._take_back)
        desk.places.chosen.connect(self._choose_places)
        session.changes.committed.connect(self._hear)

    # --- the post at hand -------------------------------------------------------------------------

    def show_accounts(self, accounts: tuple[Account, ...]) -> None:
        """Offer these accounts."""
        self._accounts = accounts
        self._desk.places.show_accounts(accounts)

    def _hear(self, changes: tuple[Change, ...]) -> None:
        """An account may come or go while somebody writes."""
        if self.writing is not None and any(change.kind == "accounts" for change in changes):
            context, user = self._session.context, self._session.user
            self._session.jobs.start(
                self, lambda _task: list_accounts(context, user), self._show_accounts_again
            )

    def _show_accounts_again(self, accounts: tuple[Account, ...]) -> None:
        if self.writing is not None:
            self.show_accounts(accounts)
            self._desk.places.show_chosen(self.writing.post.accounts)
            self.writing.live.check_now()

    def take(self, writing: Writing) -> None:
        """Put a post on the desk and check it."""
        self._filling = True
        self.writing = writing
        desk, post = self._desk, writing.post
        self.taken.emit(post.id)
        writing.checked.connect(self._show_checked)
        writing.draft.changed.connect(self._show_changed)
        writing.draft.saved.connect(self._show_saved)
        writing.draft.failed.connect(self._show_unsaved)
        writing.live.failed.connect(self.complain)
        writing.intake.added.connect(self._show_added)
        writing.intake.refused.connect(self._show_refused)
        writing.intake.told.connect(desk.strip.notice.note)
        writing.intake.progressed.connect(self._show_reading)
        writing.intake.finished.connect(self._show_reading_done)
        writing.words.progressed.connect(desk.strip.show_reading)
        desk.editor.show_text(post.text)
        desk.places.show_chosen(post.accounts)
        desk.strip.show_pictures(post.pictures)
        writing.words.look()
        desk.status.setText("")
        self._filling = False
        self._show_changed()
        writing.live.check_now()

    def put_down(self) -> None:
        """Save the post at hand and clear the desk."""
        writing, self.writing = self.writing, None
        if writing is not None:
            try:
                writing.close()
            except UserError as error:
                self.complain(error)
            writing.deleteLater()
        self._desk.clear()

    # --- the desk changes the post ----------------------------------------------------------------

    def _take_text(self) -> None:
        if self.writing is not None and not self._filling:
            self.writing.draft.change_text(self._desk.editor.text())

    def _choose_places(self, accounts: object) -> None:
        if self.writing is not None and isinstance(accounts, tuple):
            self.writing.choose_accounts(accounts)

    def _take_pictures(self, pictures: object) -> None:
        if self.writing is not None and isinstance(pictures, tuple):
            self.writing.intake.take(pictures)

    def _cancel_reading(self) -> None:
        if self.writing is not None:
            self.writing.intake.cancel()

    def _describe(self, picture_id: str, words: str) -> None:
        if self.writing is not None and not self._filling:
            self.writing.describe(picture_id, words)

    def _ask_faces(self, picture_id: str) -> None:
        self.faces_asked.emit(picture_id, "")

    def _remove_picture(self, picture_id: str) -> None:
        if self.writing is not None:
            put_back = self.writing.remove_picture(picture_id)
            self._session.shell.undo(_("Picture removed."), put_back)
            self._desk.strip.add_button.setFocus()

    def _move_picture(self, picture_id: str, by: int) -> None:
        if self.writing is not None:
            self.writing.move_picture(picture_id, by)

    def _give_reason(self, finding: Finding, reason: str) -> None:
        if self.writing is not None:
            self.writing.settle(finding, ResolutionKind.REASON, reason=reason)

    def _take_back(self, given: Resolution) -> None:
        if self.writing is not None:
            self.writing.take_back(given)

    def mend(self, finding: Finding, mend: Mend) -> None:
        """Do what a mend promises."""
        writing, desk = self.writing, self._desk
        if writing is None:
            return
        match mend.kind:
            case MendKind.REPLACE:
                editor = desk.editor_of(finding.where)
                if editor is not None:
                    editor.replace(finding, mend)
            case MendKind.SOMEONE_ELSE:
                writing.settle(finding, ResolutionKind.SOMEONE_ELSE, mend.person_id)
            case MendKind.CHOOSE_PERSON:
                writing.settle(finding, ResolutionKind.PERSON, mend.person_id)
            case MendKind.BLUR if writing.blur(finding):
                pass
            case MendKind.BLUR | MendKind.GO_TO_FACES:
                picture, face_id = writing.face_of(finding)
                if picture is not None:
                    self.faces_asked.emit(picture.id, face_id)
            case MendKind.LOOKED:
                say_looked(writing, finding)
            case MendKind.NOT_A_FACE:
                if put_back := take_face_away(writing, finding):
                    self._session.shell.undo(_("Taken away: not a face."), put_back)
            case MendKind.WRITE_ALT_TEXT:
                desk.describe(finding)
            case MendKind.GIVE_REASON:
                desk.panel.ask_reason(finding)
            case MendKind.REFER:
                self.question_asked.emit(finding)
            case MendKind.LEAVE_OUT if (about := writing.face_of(finding)[0]) is not None:
                self._remove_picture(about.id)
            case MendKind.NOT_A_PROBLEM:
                self.doubted.emit(finding)

    # --- findings ---------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) finding and its words."""
        finding = self._desk.panel.step(by)
        if finding is not None:
            self._desk.show_words(finding, focus=finding.where == "text")

    def go_to(self, finding: Finding) -> None:
        """Put the keyboard on one finding."""
        self._desk.panel.select(finding, focus=True)
        self._desk.show_words(finding, focus=False)

    def _show_card(self, finding: Finding) -> None:
        self._desk.panel.select(finding, focus=True)

    def _follow_cursor(self, findings: tuple[Finding, ...]) -> None:
        """The card of the words at the cursor is the current one."""
        if self._desk.panel.current not in findings:
            self._desk.panel.select(findings[0])

    def _show_words(self, finding: Finding) -> None:
        self._desk.show_words(finding, focus=False)

    def _show_checked(self, found: Checked) -> None:
        desk, findings = self._desk, found.review.findings
        desk.editor.show_findings(findings)
        desk.strip.show_findings(findings, found.review.unanswered)
        desk.panel.show_findings(findings)
        desk.panel.show_answers(found.post.resolutions, found.people)
        desk.places.show_measures(found.places)
        self.show_state()
        self.checked.emit(found)

    # --- what is shown of the post ----------------------------------------------------------------

    def _show_changed(self) -> None:
        if self.writing is None:
            return
        post = self.writing.post
        self._desk.strip.show_pictures(post.pictures)
        self._desk.strip.show_limit(longest_description(post, self._accounts))
        if self.writing.draft.dirty:
            self._desk.status.setText(_("Saving…"))
        self.show_state()

    def show_state(self) -> None:
        """Whether the post can be submitted, and in words why not."""
        if self.writing is not None:
            why_not = self.writing.why_not()
            self._desk.why_not.setText(why_not)
            self._desk.submit_button.setEnabled(not why_not)
            self._desk.submit_button.setAccessibleDescription(why_not)

    def _show_saved(self, stored: Post) -> None:
        if self.writing is not None and not self.writing.draft.dirty:
            self._desk.status.setText(_("Saved at {time}").format(time=clock_words()))
        self.show_state()

    def _show_unsaved(self, error: UserError) -> None:
        self._desk.status.setText(_("Not saved yet"))
        self.complain(error)

    def _show_reading(self, done: int, total: int, name: str) -> None:
        self._desk.strip.head.show_progress(done, total)
        self.show_state()

    def _show_reading_done(self) -> None:
        self._desk.strip.head.show_progress(0, 0)
        self.show_state()

    def _show_added(self, added: AddedPicture) -> None:
        if added.problems:
            name, words = added.picture.file_name, " ".join(added.problems)
            self._session.shell.show_banner(labelled(name, words))

    def _show_refused(self, name: str, error: UserError) -> None:
        self._desk.strip.notice.refuse(name, error)

    def complain(self, error: UserError) -> None:
        """Say above the page what went wrong."""
        why = " ".join(part for part in (error.explanation, error.next_step) if part)
        self._session.shell.show_banner(error.title, why, kind="error")

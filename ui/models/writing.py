"""One post being written: its draft, its checks, its pictures, and handing it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from smassistant.domain.findings import Finding, Resolution, ResolutionKind
from smassistant.domain.pictures import Accounting, Picture
from smassistant.domain.places import PLACES, Account
from smassistant.domain.posts import Post, PostState
from smassistant.errors import Clash, UserError
from smassistant.i18n import _
from smassistant.services.approving import submit_post
from smassistant.services.drafting import AddedPicture, list_posts, save_draft, start_post
from smassistant.services.reviewing import answer
from ui.models.face_rows import in_rows
from ui.models.live_review import Checked, LiveReview
from ui.models.open_draft import OpenDraft
from ui.models.picture_intake import PictureIntake
from ui.models.picture_standing import NOTHING_SAID, PictureStanding, standing_of
from ui.models.seen_before import SeenBefore
from ui.models.writing_intake import WritingIntake
from ui.session import Session
from ui.widgets.words import picture_number

OPEN_STATES = (PostState.DRAFT, PostState.RETURNED)
USUAL_ALT_TEXT = 1000


class Writing(QObject):
    """Changes the post in every way the page offers."""

    checked = Signal(object)  # Checked

    def __init__(self, session: Session, post: Post, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.found: Checked | None = None
        self.submitting = False
        self.draft = OpenDraft(session, post, self)
        self.live = LiveReview(session, self.draft, self)
        self.live.checked.connect(self._keep_found)
        self.intake = PictureIntake(session, self)
        self.intake.added.connect(self._add_picture)
        self.seen = SeenBefore(session, self.draft, self.intake, self)
        self.seen.look()
        self.words = WritingIntake(session, self.draft, self.intake, self)

    @property
    def post(self) -> Post:
        """The post as on the screen."""
        return self.draft.post

    def close(self) -> None:
        """Store everything before returning, then stop. A clash leaves a copy of one's own."""
        self.live.close()
        self.words.close()
        self.intake.cancel()
        self.seen.close()
        try:
            self.draft.flush()
        except Clash:
            keep_as_new(self._session, self.post)
        else:
            if self.draft.stranded:
                keep_as_new(self._session, self.post)
        finally:
            self.draft.close()

    def choose_accounts(self, accounts: tuple[str, ...]) -> None:
        """Say where the post goes, by ids of accounts."""
        self.draft.change(replace(self.post, accounts=accounts))

    # --- answers --------------------------------------------------------------------------------

    def settle(
        self, finding: Finding, kind: ResolutionKind, person_id: str = "", reason: str = ""
    ) -> None:
        """Answer a finding."""
        by = self._session.user.id
        self.draft.change(answer(self.post, finding, kind, by, person_id, reason))

    def take_back(self, given: Resolution) -> None:
        """Take an answer back."""
        kept = tuple(other for other in self.post.resolutions if other != given)
        self.draft.change(replace(self.post, resolutions=kept))

    def blur(self, finding: Finding) -> bool:
        """Blur the face or writing a finding is about; False where it is about no single one."""
        picture, mark_id = self.face_of(finding)
        if picture is None or not mark_id:
            return False
        faces = tuple(
            replace(face, accounting=Accounting.BLURRED, person_id=None, reason="")
            if face.id == mark_id
            else face
            for face in picture.faces
        )
        writing = tuple(
            replace(one, blurred=True) if one.id == mark_id else one for one in picture.writing
        )
        self.draft.change_picture(replace(picture, faces=faces, writing=writing))
        return True

    def face_of(self, finding: Finding) -> tuple[Picture | None, str]:
        """The picture a finding is about, and the face where it is about one."""
        number = picture_number(finding.where)
        if not number or number > len(self.post.pictures):
            return None, ""
        return self.post.pictures[number - 1], finding.anchor.where.partition("/")[2]

    def standing_of(self, picture_id: str) -> PictureStanding:
        """Whom in a picture nobody may see somewhere the post goes, and what is written in it."""
        picture = self.picture(picture_id)
        if picture is None or self.found is None:
            return NOTHING_SAID
        number = self.post.pictures.index(picture) + 1
        return standing_of(picture, number, self.found.review.findings, self.found.people)

    # --- pictures -------------------------------------------------------------------------------

    def picture(self, picture_id: str) -> Picture | None:
        """A picture of the post."""
        return next((p for p in self.post.pictures if p.id == picture_id), None)

    def describe(self, picture_id: str, words: str) -> None:
        """Put the words for people who can't see a picture."""
        picture = self.picture(picture_id)
        if picture is not None and picture.alt_text != words:
            self.draft.change_picture(replace(picture, alt_text=words))

    def remove_picture(self, picture_id: str) -> Callable[[], None]:
        """Take a picture out; the returned function puts it back."""
        before = self.post.pictures
        index = next(i for i, picture in enumerate(before) if picture.id == picture_id)
        gone = before[index]
        self._put_pictures(tuple(p for p in before if p.id != picture_id))

        def put_back() -> None:
            now = self.post.pictures
            if self.picture(gone.id) is None:
                self._put_pictures((*now[:index], gone, *now[index:]))

        return put_back

    def move_picture(self, picture_id: str, by: int) -> None:
        """Move a picture forward (-1) or back (1) among the others."""
        pictures = list(self.post.pictures)
        at = next(i for i, picture in enumerate(pictures) if picture.id == picture_id)
        to = min(max(at + by, 0), len(pictures) - 1)
        pictures.insert(to, pictures.pop(at))
        self._put_pictures(tuple(pictures))

    def account(self, picture: Picture) -> None:
        """Take over who is in a picture and its edits; its description and place stay."""
        known = self.picture(picture.id)
        if known is not None:
            changed = replace(
                known, faces=picture.faces, looked=picture.looked, edit=picture.edit,
                writing=picture.writing,
            )  # fmt: skip
            self.draft.change_picture(changed)

    def _add_picture(self, added: AddedPicture) -> None:
        video = added.picture.clip is not None  # whose faces come in the order of their moments
        faces = added.picture.faces if video else in_rows(added.picture.faces)
        self._put_pictures((*self.post.pictures, replace(added.picture, faces=faces)))

    def _put_pictures(self, pictures: tuple[Picture, ...]) -> None:
        self.draft.change(replace(self.post, pictures=pictures))

    # --- handing in -----------------------------------------------------------------------------

    def why_not(self) -> str:
        """Why the post can't be submitted yet, in words; empty when it can."""
        if self.submitting:
            return _("Submitting…")
        if self.intake.busy:
            return _("Pictures are still being read.")
        if not self.post.text.strip() and not self.post.pictures:
            return _("Write something or add a picture first.")
        if not self.post.accounts:
            return _("Choose where it goes first.")
        if self.post.state is PostState.IN_REVIEW and not self.draft.dirty:
            return _("It is waiting for approval. A change takes it back to you.")
        if self.post.state is PostState.REFERRED:
            return _("It is with the privacy office. Take the question back to change it.")
        if self.post.state not in OPEN_STATES and not self.draft.dirty:
            return _("It is approved already. A change takes it back to you.")
        return ""

    def submit(self, done: Callable[[Post], None], failed: Callable[[UserError], None]) -> None:
        """Store the post and hand it to a second person."""
        context, user, reviewer = (
            self._session.context,
            self._session.user,
            self._session.reviewer,
        )
        self.submitting = True

        def refused(error: UserError) -> None:
            self.submitting = False
            failed(error)

        self.draft.step(
            lambda stored: submit_post(context, user, reviewer, stored.id, stored.version),
            done,
            refused,
        )

    def _keep_found(self, found: Checked) -> None:
        self.found = found
        self.checked.emit(found)


def empty_post(session: Session) -> Post:
    """A draft with nothing in it: one that was begun before and left empty, else a new one."""
    for post in list_posts(session.context, session.user):
        if post.state is PostState.DRAFT and not (post.text or post.pictures or post.accounts):
            return post
    return start_post(session.context, session.user)


def keep_as_new(session: Session, post: Post) -> Post:
    """Store the content of `post` as a new draft of one's own."""
    fresh = start_post(session.context, session.user)
    copy = replace(
        fresh,
        text=post.text,
        pictures=post.pictures,
        accounts=post.accounts,
        resolutions=post.resolutions,
    )
    return save_draft(session.context, session.user, copy)


def longest_description(post: Post, accounts: tuple[Account, ...]) -> int:
    """How long a picture's description may be everywhere the post goes, in characters."""
    chosen = [account for account in accounts if account.id in post.accounts]
    limits = [PLACES[account.place].max_alt_text for account in chosen]
    return min(limits, default=USUAL_ALT_TEXT)

"""Pictures that may not go out again, and a leader's word that one may after all (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from smassistant.context import Context
from smassistant.domain.pictures import Accounting, Picture
from smassistant.domain.posts import Post
from smassistant.domain.sightings import Bar, Cause
from smassistant.domain.users import Right, User
from smassistant.errors import NotAllowed, UserError
from smassistant.i18n import _
from smassistant.ports import Work
from smassistant.services.acting import gone, new_id, record, require


def bar_pictures(
    context: Context,
    work: Work,
    actor: User,
    post: Post,
    pictures: Iterable[Picture],
    cause: Cause,
    reason: str,
) -> int:
    """Note in `work` that these pictures of the post may not go out again; how many are new."""
    photo_ids = list(dict.fromkeys(picture.photo_id for picture in pictures))
    known = {bar.photo_id for bar in work.bars.of_photos(photo_ids) if bar.stands}
    new = [photo_id for photo_id in photo_ids if photo_id not in known]
    for photo_id in new:
        now = context.clock.now()
        bar = Bar(new_id(), photo_id, post.id, post.school, cause, reason, actor.id, now)
        work.bars.add(bar)
    if new:
        record(context, work, actor, "picture.barred", post.id, {"count": str(len(new))})
    return len(new)


def showing_person(work: Work, post: Post, person_id: str) -> tuple[Picture, ...]:
    """The pictures of the post that show the person; merged records are one person."""
    became = work.merges.aliases()

    def shows(picture: Picture) -> bool:
        return any(
            face.accounting is Accounting.PERSON
            and face.person_id is not None
            and person_id in (face.person_id, became.get(face.person_id))
            for face in picture.faces
        )

    return tuple(picture for picture in post.pictures if shows(picture))


def lift_bar(context: Context, actor: User, bar_id: str, reason: str) -> Bar:
    """A leader says that a picture may go out after all, and why; the reason is kept."""
    require(actor, Right.APPROVE_POSTS)
    if not reason.strip():
        raise UserError(
            _("Please say why it may be used again."), _("The reason is kept with the picture.")
        )
    with context.store.write() as work:
        bar = work.bars.get(bar_id)
        if bar is None:
            raise gone(_("This picture"))
        if bar.school != actor.school and not actor.may(Right.KEEP_RULES):
            raise NotAllowed(_("Only a leader of the school that barred it can lift this."))
        if not bar.stands:
            raise UserError(_("Somebody else has lifted this already."))
        return _lifted(context, work, actor, bar, reason.strip())


def lift_taken_down(context: Context, work: Work, actor: User, post_id: str, reason: str) -> int:
    """Lift, in `work`, what a take-down barred: its post may stay after all; how many."""
    bars = [
        bar for bar in work.bars.list() if bar.post_id == post_id and bar.cause is Cause.TAKEN_DOWN
    ]
    for bar in bars:
        _lifted(context, work, actor, bar, reason)
    return len(bars)


def _lifted(context: Context, work: Work, actor: User, bar: Bar, reason: str) -> Bar:
    now = context.clock.now()
    lifted = replace(bar, lifted_by=actor.id, lifted_at=now, lifted_reason=reason)
    record(context, work, actor, "picture.bar_lifted", bar.post_id, {"reason": reason})
    return work.bars.save(lifted)

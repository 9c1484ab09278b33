"""Writing a post: start, save every change, bring pictures in, discard and take back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain
from pathlib import Path
from stat import S_ISREG

from smassistant.context import Context
from smassistant.domain.clips import files_of
from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.pictures import Face, Picture
from smassistant.domain.posts import EDITABLE, Post, PostState
from smassistant.domain.referrals import ReferralState
from smassistant.domain.users import Right, User
from smassistant.errors import NotAllowed, UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.ports import Work
from smassistant.services.acting import gone, new_id, record, require
from smassistant.services.keeping_clips import add_clip, is_clip

MAX_FILE_BYTES = 100_000_000
UNUSED_AFTER = timedelta(days=1)

# A delivery in one of these states may already be before readers' eyes: the post stays as it is.
OUT = frozenset({DeliveryState.SENDING, DeliveryState.UNCERTAIN, DeliveryState.PUBLISHED})


@dataclass(frozen=True, slots=True)
class AddedPicture:
    """A picture brought in, and what was noticed about its file in plain sentences."""

    picture: Picture
    problems: tuple[str, ...] = ()


def start_post(context: Context, actor: User) -> Post:
    """A new empty draft, already stored."""
    require(actor, Right.WRITE_POSTS)
    now = context.clock.now()
    post = Post(new_id(), actor.id, actor.school, created_at=now, updated_at=now)
    with context.store.write() as work:
        stored = work.posts.add(post)
        record(context, work, actor, "post.started", post.id)
    return stored


def open_post(context: Context, actor: User, post_id: str) -> Post:
    """One post: the actor's own, or any for those who approve or publish."""
    with context.store.read() as work:
        post = work.posts.get(post_id)
    if post is None:
        raise gone(_("This post"))
    if post.author != actor.id:
        require(actor, Right.APPROVE_POSTS, Right.PUBLISH)
    return post


def list_posts(context: Context, actor: User) -> tuple[Post, ...]:
    """The actor's own posts, last changed first."""
    require(actor, Right.WRITE_POSTS)
    with context.store.read() as work:
        return work.posts.list(PostState, author=actor.id)


def save_draft(context: Context, actor: User, post: Post) -> Post:
    """Store the author's changes; a change of content after submission voids the approval.

    Raises Clash when somebody changed the post since it was opened.
    """
    with context.store.write() as work:
        stored = _own(work, actor, post.id)
        if stored.state not in EDITABLE or _is_out(work, post.id):
            raise UserError(
                _("This post can't be edited any more."),
                _("It was refused, is with the privacy office, or is already going out."),
                _("Start a new post with the same text instead."),
            )
        saved = replace(
            stored,
            text=post.text,
            pictures=post.pictures,
            accounts=post.accounts,
            resolutions=post.resolutions,
            due=post.due,
            updated_at=context.clock.now(),
            version=post.version,
        )
        waiting = stored.state in (PostState.IN_REVIEW, PostState.APPROVED, PostState.SCHEDULED)
        if waiting and saved.content_hash != stored.content_hash:
            saved = replace(saved, state=PostState.DRAFT, approved_hash="", approved_by="")
            for delivery in work.deliveries.of_post(post.id):
                work.deliveries.delete(delivery.id)
            record(context, work, actor, "post.edited", post.id)
        return work.posts.save(saved)


def add_picture(
    context: Context, actor: User, data: bytes, name: str, task: Task | None = None
) -> AddedPicture:
    """Read a picture or video file, keep a clean copy, find faces; the original is not kept.

    The caller puts the picture into the post and saves it. Takes about a second,
    for a video half as long as it plays.
    """
    require(actor, Right.WRITE_POSTS)
    if is_clip(data, name):
        clip = add_clip(context, data, name, task)
        return AddedPicture(clip.picture, clip.problems)
    read = context.photos.read(data, name, task)
    faces = tuple(Face(new_id(), found.box, found.score) for found in read.faces)
    picture = Picture(
        id=new_id(),
        photo_id=new_id(),
        file_name=name,
        width=read.width,
        height=read.height,
        digest=read.digest,
        faces=faces,
        metadata=read.metadata,
    )
    print_ = context.photos.print_of(read.working)
    if task is not None:
        task.check()
    with context.store.write() as work:
        work.photos.add(picture.photo_id, read.working)
        work.sightings.add_print(picture.photo_id, print_)
    return AddedPicture(picture, read.problems)


def read_photo(context: Context, actor: User, photo_id: str) -> bytes:
    """The working copy of a picture: JPEG bytes, at most 2560 px, no metadata."""
    require(actor, Right.WRITE_POSTS, Right.APPROVE_POSTS, Right.PUBLISH)
    with context.store.read() as work:
        data = work.photos.get(photo_id)
    if data is None:
        raise gone(_("This picture"))
    return data


def read_file(path: Path) -> bytes:
    """The bytes of a file somebody dropped or chose, with a plain word when they can't be had."""
    unreadable = _("“{file}” can't be read.").format(file=path.name)
    try:
        if not S_ISREG(path.stat().st_mode):
            raise UserError(unreadable, _("It is no file with content."), _("Choose another file."))
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UserError(
            unreadable,
            error.strerror or "",
            _("Check that the file is still there and not open elsewhere, then try again."),
        ) from error
    if len(data) > MAX_FILE_BYTES:
        raise UserError(
            _("“{file}” is too large.").format(file=path.name),
            _("Files of more than 100 MB are not read."),
            _("Save a smaller copy of the picture and bring that in."),
        )
    return data


def discard_post(context: Context, actor: User, post_id: str) -> Post:
    """Take a draft away; `put_back` undoes it."""
    with context.store.write() as work:
        post = _own(work, actor, post_id)
        if post.state not in (PostState.DRAFT, PostState.RETURNED, PostState.REFUSED):
            raise UserError(
                _("Only drafts, returned and refused posts can be discarded."),
                "",
                _("Edit the post first: that takes it back to a draft."),
            )
        work.posts.delete(post_id)
        record(context, work, actor, "post.discarded", post_id)
    return post


def put_back(context: Context, actor: User, post: Post) -> Post:
    """Undo `discard_post`."""
    require(actor, Right.WRITE_POSTS)
    if post.author != actor.id:
        raise NotAllowed(_("Only the author can take a discarded draft back."))
    with context.store.write() as work:
        stored = work.posts.add(replace(post, version=0))
        record(context, work, actor, "post.put_back", post.id)
    return stored


def forget_unused_photos(context: Context) -> int:
    """Delete working copies that no post and no open question has used for a day; how many."""
    with context.store.write() as work:
        posts = work.posts.list(PostState, limit=1_000_000)
        asked = work.referrals.list((ReferralState.OPEN,), limit=1_000_000)
        pictures = [post.pictures for post in posts]
        pictures += [referral.draft.pictures for referral in asked]
        used = files_of(chain.from_iterable(pictures))
        swept = work.photos.sweep(used, context.clock.now() - UNUSED_AFTER)
        work.sightings.sweep()
        return swept


def _own(work: Work, actor: User, post_id: str) -> Post:
    """The stored post, if the actor wrote it."""
    require(actor, Right.WRITE_POSTS)
    post = work.posts.get(post_id)
    if post is None:
        raise gone(_("This post"))
    if post.author != actor.id:
        raise NotAllowed(
            _("Only the author can change this post."),
            "",
            _("Return it to the author with a comment instead."),
        )
    return post


def _is_out(work: Work, post_id: str) -> bool:
    return any(delivery.state in OUT for delivery in work.deliveries.of_post(post_id))

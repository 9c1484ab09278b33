"""Everything a leader needs on one screen to decide about a post (clauses 3, 4.1, 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from smassistant.context import Context
from smassistant.domain.clips import cover_of
from smassistant.domain.people import Person
from smassistant.domain.pictures import Picture
from smassistant.domain.places import PLACES, Account, Place
from smassistant.domain.posts import Post
from smassistant.domain.users import Right, User
from smassistant.jobs import Task
from smassistant.services.acting import require
from smassistant.services.drafting import open_post
from smassistant.services.packing import export_picture
from smassistant.services.reviewing import PlacePreview, Review, Reviewer, previews

SHOWN_EDGE = 1200  # pixels of a picture on the screen
SHOWN_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Overview:
    """A post with its review, the people in it, its author's name and where it goes."""

    post: Post
    review: Review
    people: Mapping[str, Person]
    author: str
    accounts: tuple[Account, ...]
    previews: tuple[PlacePreview, ...]


def look_over(
    context: Context, actor: User, reviewer: Reviewer, post_id: str, task: Task | None = None
) -> Overview:
    """Read the post and run every check on it as of now."""
    require(actor, Right.APPROVE_POSTS, Right.PUBLISH, Right.WRITE_POSTS)
    post = open_post(context, actor, post_id)
    review = reviewer.review(post, task)
    with context.store.read() as work:
        author = work.users.get(post.author)
        found = [work.accounts.get(account_id) for account_id in post.accounts]
    ids = {face.person_id for picture in post.pictures for face in picture.faces}
    ids |= {person_id for finding in review.findings for person_id in finding.people}
    ids |= {answer.person_id for answer in post.resolutions}
    return Overview(
        post,
        review,
        reviewer.people(person_id for person_id in ids if person_id),
        author.name if author else "",
        tuple(account for account in found if account is not None),
        previews(context, actor, post),
    )


def show_picture(context: Context, actor: User, picture: Picture) -> bytes:
    """The picture as readers will see it: blurred where it must be, JPEG, 1200 px at most.

    Of a video it is the still that stands for it.
    """
    require(actor, Right.APPROVE_POSTS, Right.PUBLISH, Right.WRITE_POSTS)
    return export_picture(context, cover_of(picture), _screen()).data


def _screen() -> Place:
    """A place as large as the window needs."""
    return replace(PLACES["website"], max_picture_edge=SHOWN_EDGE, max_picture_bytes=SHOWN_BYTES)

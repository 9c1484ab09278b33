"""The library: pictures that posts use or used, who is in them, and whether they may go out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from smassistant.context import Context
from smassistant.domain.consents import Channel, Decision, Use, rule
from smassistant.domain.folding import fold_text
from smassistant.domain.people import Person
from smassistant.domain.pictures import Accounting, Picture
from smassistant.domain.places import PLACES
from smassistant.domain.posts import Post, PostState
from smassistant.domain.sightings import Bar
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.ports import Work, today_in
from smassistant.services.acting import gone, new_id, record, require
from smassistant.services.recognising_pictures import NOT_USED, compare_pictures, likenesses

EVERY = 1_000_000  # posts
_BETWEEN = re.compile(r"[\W_]+")
_IN_WORK = frozenset(PostState) - {PostState.PUBLISHED, PostState.REMOVED, PostState.REFUSED}


class Standing(StrEnum):
    """How a picture stands today; of several the first that holds."""

    BARRED = "barred"  # refused or taken down, and no leader has allowed it again
    WITHDRAWN = "withdrawn"  # somebody in it may no longer be shown where it is or goes
    PUBLISHED = "published"
    IN_WORK = "in_work"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LibraryPicture:
    """A picture as the post `post` has it, which changed last of the `uses` posts that do.

    `refused` are ids of those shown in it who may not be where it is or goes. `words` are all by
    which it can be found, folded.
    """

    picture: Picture
    post: Post
    uses: int
    standing: Standing
    refused: tuple[str, ...]
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody in a picture, and where today's permissions allow to show them."""

    person: Person
    permitted: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class PictureRecord:
    """What is known of one picture: who is in it, posts that use it, why it may not go out."""

    people: tuple[Shown, ...]
    posts: tuple[Post, ...]
    bars: tuple[Bar, ...]
    names: Mapping[str, str]  # of staff, by id


def list_pictures(context: Context, actor: User) -> tuple[LibraryPicture, ...]:
    """The pictures of the actor's school, the last used first; of all schools for who serves all.

    What others have only drafted, or had refused, leaders see and authors don't.
    """
    _require(actor)
    with context.store.read() as work:
        posts = [post for post in work.posts.list(PostState, limit=EVERY) if _sees(actor, post)]
        known = _read(context, work, posts)
    uses: dict[str, list[tuple[Post, Picture]]] = {}
    for post in posts:
        for picture in post.pictures:
            uses.setdefault(picture.photo_id, []).append((post, picture))
    return tuple(_listed(found, known) for found in uses.values())


def open_picture(context: Context, actor: User, photo_id: str) -> PictureRecord:
    """Everything about one picture of the library."""
    _require(actor)
    with context.store.read() as work:
        posts = [post for post in work.posts.showing([photo_id]) if _sees(actor, post)]
        if not posts:
            raise gone(_("This picture"))
        known = _read(context, work, posts)
        alike = likenesses(photo_id, work.sightings.matches_of([photo_id]))
        copies = [key for key, sure in alike.items() if sure]
        bars = [bar for bar in work.bars.of_photos(copies) if _knows(actor, bar)]
        names = {user.id: user.name for user in work.users.list()}
    picture = next(one for one in posts[0].pictures if one.photo_id == photo_id)
    use = _use(picture)
    people = (known.person(key) for key in _shown(picture))
    shown = tuple(Shown(one, known.permitted(one, use)) for one in people if one is not None)
    return PictureRecord(shown, tuple(posts), tuple(bars), names)


def use_again(context: Context, actor: User, photo_id: str) -> Post:
    """A new draft with a picture of the library, and everybody in it as they were named.

    What a leader decided about a public event is not taken along, nor that the author looked.
    """
    require(actor, Right.WRITE_POSTS)
    with context.store.write() as work:
        posts = [post for post in work.posts.showing([photo_id]) if _sees(actor, post)]
        found = [one for post in posts for one in post.pictures if one.photo_id == photo_id]
        if not found or work.photos.get(photo_id) is None:
            raise gone(_("This picture"))
        if photo_id in _barred(work):
            raise UserError(
                _("This picture may not be used again."),
                next_step=_("Choose another one, or ask a leader to allow it again."),
            )
        now = context.clock.now()
        picture = _fresh(found[0])
        post = Post(
            new_id(), actor.id, actor.school, pictures=(picture,), created_at=now, updated_at=now
        )
        stored = work.posts.add(post)
        record(context, work, actor, "post.started", post.id)
    return stored


def compare_library(context: Context, actor: User, task: Task | None = None) -> int:
    """Compare the pictures that never were, such as older ones; how many there were."""
    pictures = list_pictures(context, actor)
    return compare_pictures(context, [one.picture.photo_id for one in pictures], task)


def find(
    pictures: Iterable[LibraryPicture],
    words: str = "",
    standing: Standing | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[LibraryPicture, ...]:
    """Those in whose people, text, description or file name every word begins somewhere."""
    wanted = _plain(words).split()
    return tuple(
        one
        for one in pictures
        if (standing is None or one.standing is standing)
        and (since is None or one.day >= since)
        and (until is None or one.day <= until)
        and all(f" {word}" in one.words for word in wanted)
    )


def _require(actor: User) -> None:
    require(actor, Right.WRITE_POSTS, Right.APPROVE_POSTS)


def _sees(actor: User, post: Post) -> bool:
    """Whether the post is the actor's own, or was used at their school.

    Who approves sees drafts too; who keeps the rules serves every school.
    """
    if post.author == actor.id or actor.may(Right.KEEP_RULES):
        return True
    used = post.state not in NOT_USED or actor.may(Right.APPROVE_POSTS)
    return post.school == actor.school and used


def _knows(actor: User, bar: Bar) -> bool:
    return bar.school == actor.school or actor.may(Right.KEEP_RULES)


@dataclass(frozen=True)
class _Known:
    """People, answers and bars that the pictures of some posts need."""

    people: Mapping[str, Person]
    aliases: Mapping[str, str]
    history: Mapping[str, tuple[Decision, ...]]
    places: Mapping[str, str]  # place keys by account id
    barred: frozenset[str]  # photo ids
    today: date
    zone: str

    def person(self, person_id: str) -> Person | None:
        """The person of an id, which may be that of a merged record."""
        return self.people.get(self.aliases.get(person_id, person_id))

    def permitted(self, person: Person, use: Use) -> tuple[Channel, ...]:
        """Where the person may be shown today."""
        history = self.history.get(person.id, ())
        return tuple(
            channel
            for channel in Channel
            if rule(person, history, use, channel, self.today).permitted
        )


def _read(context: Context, work: Work, posts: Collection[Post]) -> _Known:
    aliases = work.merges.aliases()
    ids = {key for post in posts for picture in post.pictures for key in _shown(picture)}
    ids = {aliases.get(key, key) for key in ids}
    zone = work.settings.get().zone
    return _Known(
        work.people.of_many(ids),
        aliases,
        work.consents.of_many(ids),
        {account.id: account.place for account in work.accounts.list()},
        _barred(work),
        today_in(zone, context.clock.now()),
        zone,
    )


def _barred(work: Work) -> frozenset[str]:
    """Ids of photos that may not go out, and of their copies."""
    own = {bar.photo_id for bar in work.bars.list()}
    copies = (
        {match.photo_id, match.other_id} for match in work.sightings.matches_of(own) if match.sure
    )
    return frozenset(own.union(*copies))


def _listed(uses: list[tuple[Post, Picture]], known: _Known) -> LibraryPicture:
    post, picture = uses[0]
    refused = tuple(dict.fromkeys(key for use in uses for key in _refused(*use, known)))
    people = [person for key in _shown(picture) if (person := known.person(key)) is not None]
    told = [picture.alt_text, post.text, picture.file_name, *(one.described for one in people)]
    instant = post.submitted_at or post.updated_at
    return LibraryPicture(
        picture,
        post,
        len(uses),
        _standing([one for one, _picture in uses], picture.photo_id in known.barred, bool(refused)),
        refused,
        today_in(known.zone, instant) if instant else known.today,
        f" {_plain(' '.join(told))}",
    )


def _plain(text: str) -> str:
    """Words by which one looks: small letters without accents, nothing between but spaces."""
    return _BETWEEN.sub(" ", fold_text(text).lower())


def _standing(posts: list[Post], barred: bool, withdrawn: bool) -> Standing:
    states = {post.state for post in posts}
    if barred or PostState.REMOVED in states:
        return Standing.BARRED
    if withdrawn:
        return Standing.WITHDRAWN
    if PostState.PUBLISHED in states:
        return Standing.PUBLISHED
    return Standing.IN_WORK if states & _IN_WORK else Standing.REFUSED


def _refused(post: Post, picture: Picture, known: _Known) -> Iterator[str]:
    """Those shown in the picture who may not be where the post is or goes."""
    places = [known.places[key] for key in post.accounts if key in known.places]
    channels = {PLACES[place].channel for place in places} or {Channel.SOCIAL_MEDIA}
    for person_id in _shown(picture):
        person = known.person(person_id)
        if person is None or not channels <= set(known.permitted(person, _use(picture))):
            yield person_id


def _shown(picture: Picture) -> tuple[str, ...]:
    people = (
        face.person_id
        for face in picture.faces
        if face.accounting is Accounting.PERSON and face.person_id
    )
    return tuple(dict.fromkeys(people))


def _use(picture: Picture) -> Use:
    return Use.VIDEO if picture.clip else Use.PHOTO


def _fresh(picture: Picture) -> Picture:
    """The picture for another post."""
    faces = tuple(
        replace(face, accounting=None, reason="")
        if face.accounting is Accounting.PUBLIC_EVENT
        else face
        for face in picture.faces
    )
    return replace(picture, id=new_id(), faces=faces, looked=False)

"""Telling pictures again that were used, refused or taken down: pictures, never people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from smassistant.context import Context
from smassistant.domain.pictures import Picture
from smassistant.domain.posts import Post, PostState
from smassistant.domain.sightings import (
    Bar,
    Fingerprint,
    Match,
    Sighting,
    SightingKind,
)
from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.ports import Work, today_in

AT_ONCE = 200  # fingerprints that are compared in one go
FIRST_WORDS = 40  # characters of a post by which it is told
NOT_USED = frozenset({PostState.DRAFT, PostState.RETURNED, PostState.REFUSED})
_NONE = Fingerprint(0, b"")


def compare_pictures(context: Context, photo_ids: Collection[str], task: Task | None = None) -> int:
    """Look for each photo among all others, once; how many were not looked for before.

    About a millisecond for each picture in the store, so never on the window's thread.
    """
    task = task or Task()
    with context.store.read() as work:
        wanted = list(dict.fromkeys(photo_ids))
        states = work.sightings.states(wanted)
        barred = {bar.photo_id for bar in work.bars.list()}
        unknown = barred - work.sightings.states(barred).keys()
    open_ids = [key for key in wanted if not states.get(key)]
    for photo_id in unknown if open_ids else ():
        _keep_print(context, photo_id)
    for done, photo_id in enumerate(open_ids):
        task.report(done, len(open_ids))
        _keep_print(context, photo_id)
        matches = tuple(_matches(context, photo_id, task))
        with context.store.write() as work:
            work.sightings.set_matches(photo_id, matches)
    return len(open_ids)


def _keep_print(context: Context, photo_id: str) -> None:
    """Make the photo's fingerprint if it has none; an empty one where that can't be."""
    with context.store.read() as work:
        if work.sightings.states([photo_id]):
            return
        working = work.photos.get(photo_id)
    if working is None:
        return
    try:
        print_ = context.photos.print_of(working)
    except UserError:  # a damaged photo can't be shown either, and must not keep others back
        print_ = _NONE
    with context.store.write() as work:
        work.sightings.add_print(photo_id, print_)


def _matches(context: Context, photo_id: str, task: Task) -> Iterator[Match]:
    with context.store.read() as work:
        wanted = work.sightings.print_of(photo_id)
    after = ""
    while wanted is not None and wanted.features:
        task.check()
        with context.store.read() as work:
            page = work.sightings.prints(after, AT_ONCE)
        if not page:
            return
        after = page[-1][0]
        others = [(key, features) for key, features in page if key != photo_id]
        for like in context.photos.find_alike(wanted, [one for _key, one in others], task):
            yield Match(
                photo_id, others[like.number][0], like.inliers, like.agreement, like.mirrored,
                like.way,
            )  # fmt: skip


def read_sightings(work: Work, post: Post) -> tuple[Sighting, ...]:
    """Where the post's pictures were seen before, as far as they were compared."""
    if not post.pictures:
        return ()
    own = {picture.photo_id for picture in post.pictures}
    matches = work.sightings.matches_of(own)
    others = {
        match.beside(key) for match in matches for key in own & {match.photo_id, match.other_id}
    }
    bars = [bar for bar in work.bars.of_photos(own | others) if bar.stands]
    elsewhere = others - own
    posts = work.posts.showing(elsewhere) if elsewhere else ()
    known = _Known(
        post, bars, [other for other in posts if other.id != post.id], work.settings.get().zone
    )
    return tuple(
        sighting
        for picture in post.pictures
        for sighting in _sightings(picture, likenesses(picture.photo_id, matches), known)
    )


class _Known(NamedTuple):
    """What a post's pictures may have been seen in."""

    post: Post
    bars: list[Bar]
    posts: list[Post]
    zone: str


def likenesses(photo_id: str, matches: Iterable[Match]) -> dict[str, bool]:
    """The photos that look like this one, itself too; True for a copy."""
    found = {photo_id: True}
    for match in matches:
        if photo_id in (match.photo_id, match.other_id):
            other = match.beside(photo_id)
            found[other] = match.sure or found.get(other, False)
    return found


def _sightings(picture: Picture, alike: Mapping[str, bool], known: _Known) -> Iterator[Sighting]:
    """At most one of each kind; where a picture is barred nothing else matters."""
    bars = [bar for bar in known.bars if bar.photo_id in alike]
    if bars:
        bar = max(bars, key=lambda one: (alike[one.photo_id], one.at))
        words = bar.reason if bar.school == known.post.school else ""
        yield Sighting(
            picture.id, SightingKind.BARRED, alike[bar.photo_id], 0, bar.cause, words,
            _day(bar.at, known.zone),
        )  # fmt: skip
        return
    for number, other in enumerate(known.post.pictures, start=1):
        if other.id == picture.id:
            break
        if alike.get(other.photo_id):
            yield Sighting(picture.id, SightingKind.TWICE, number=number)
            break
    for post in known.posts:
        if post.school == known.post.school and post.state not in NOT_USED and _shows(post, alike):
            yield Sighting(
                picture.id, SightingKind.USED, words=first_words(post),
                day=_day(post.submitted_at or post.updated_at, known.zone),
            )  # fmt: skip
            break


def _shows(post: Post, alike: Mapping[str, bool]) -> bool:
    return any(alike.get(picture.photo_id) for picture in post.pictures)


def first_words(post: Post) -> str:
    """The beginning of a post's text, by which people tell it."""
    line = " ".join(post.text.split())
    return line if len(line) <= FIRST_WORDS else line[: FIRST_WORDS - 1].rstrip() + "…"


def _day(instant: datetime | None, zone: str) -> date | None:
    return today_in(zone, instant) if instant else None

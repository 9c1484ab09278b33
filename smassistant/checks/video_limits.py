"""What videos the places take: how many, how long, how large, and whether beside pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smassistant.domain.clips import length_of
from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Mend, MendKind, Severity
from smassistant.domain.pictures import Clip, Picture
from smassistant.domain.places import Place
from smassistant.domain.posts import Draft
from smassistant.i18n import _, ngettext


def find_video_limits(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each limit of each chosen place that a video, or their number, exceeds."""
    videos = [
        (number, picture)
        for number, picture in enumerate(draft.pictures, start=1)
        if picture.clip is not None
    ]
    for key in draft.places if draft.chosen and videos else ():
        place = facts.places[key]
        if not place.max_videos:
            message = _("{place} takes no videos. Take photos of moments instead.")
            yield _of_post("limit.video", place, message.format(place=_(place.title)))
            continue
        if len(videos) > place.max_videos:
            yield _of_post("limit.videos", place, _too_many(place, len(videos)))
        if len(draft.pictures) > len(videos) and not place.mixes:
            message = _("{place} takes a video or pictures, not both in one post.")
            yield _of_post("limit.video_and_pictures", place, message.format(place=_(place.title)))
        for number, picture in videos:
            yield from _of_video(number, picture, place)


def _of_video(number: int, picture: Picture, place: Place) -> Iterator[Finding]:
    clip = picture.clip
    if clip is None:
        return
    if clip.seconds > place.max_seconds + 0.5:
        message = _("The video takes {length}; {place} takes {most} seconds at most.")
        yield _finding("limit.video_seconds", number, place, _told(message, clip, place))
    if clip.seconds < place.min_seconds:
        message = _("The video takes {length}; {place} wants {least} seconds at least.")
        yield _finding("limit.video_seconds", number, place, _told(message, clip, place))
    if clip.size > place.max_video_bytes:
        message = _("The video has {size} MB; {place} takes {largest} MB at most.")
        yield _finding("limit.video_bytes", number, place, _told(message, clip, place))

    if len(picture.alt_text) > place.max_video_alt:
        message = _("{place} takes {most} characters to describe a video; there are {count}.")
        words = message.format(
            place=_(place.title), most=place.max_video_alt, count=len(picture.alt_text)
        )
        found = _finding("limit.video_alt", number, place, words)
        mend = Mend(MendKind.WRITE_ALT_TEXT, _("Describe the photo"))
        where = f"alt:{number}"
        yield replace(found, where=where, anchor=Anchor(where, place.key), mends=(mend,))


def _told(message: str, clip: Clip, place: Place) -> str:
    return message.format(
        length=length_of(clip),
        place=_(place.title),
        most=place.max_seconds,
        least=place.min_seconds,
        size=round(clip.size / 1e6),
        largest=place.max_video_bytes // 1_000_000,
    )


def _too_many(place: Place, count: int) -> str:
    return ngettext(
        "{place} takes {most} video in a post; this one has {count}.",
        "{place} takes {most} videos in a post; this one has {count}.",
        place.max_videos,
    ).format(place=_(place.title), most=place.max_videos, count=count)


def _of_post(code: str, place: Place, message: str) -> Finding:
    return Finding(
        code=code,
        clause="",
        severity=Severity.BLOCK,
        where="text",
        message=message,
        places=(place.key,),
        anchor=Anchor("text", place.key),
    )


def _finding(code: str, number: int, place: Place, message: str) -> Finding:
    return Finding(
        code=code,
        clause="",
        severity=Severity.BLOCK,
        where=f"photo:{number}",
        message=message,
        places=(place.key,),
        mends=(Mend(MendKind.GO_TO_FACES, _("Cut the video")),),
        anchor=Anchor(f"photo:{number}", place.key),
    )


CHECK = Check("video_limit", "", "What videos the places take", find_video_limits)

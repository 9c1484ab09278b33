"""Places a post goes to, their limits, and the school's accounts there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from smassistant.domain.consents import Channel
from smassistant.i18n import N_


class Counting(StrEnum):
    """The unit in which a place counts a text's length."""

    CHARACTERS = "characters"
    GRAPHEMES = "graphemes"
    WEIGHTED = "weighted"


@dataclass(frozen=True, slots=True)
class Place:
    """A network or site with its limits; sizes in bytes and pixels, `max_text` in `counting`.

    `title` is in English; whoever shows it calls `_`.
    `min_pictures` is above zero where a post can't go without a picture. A place takes
    `max_videos` videos (none where it takes only pictures) of `min_seconds` to `max_seconds`;
    `mixes` says whether pictures may stand beside them, `max_video_alt` how long their
    descriptions may be.
    """

    key: str
    title: str
    channel: Channel
    max_text: int
    counting: Counting = Counting.CHARACTERS
    max_pictures: int = 4
    min_pictures: int = 0
    max_picture_bytes: int = 5_000_000
    max_picture_edge: int = 2560
    max_alt_text: int = 1000
    home: str = ""
    max_videos: int = 1
    min_seconds: int = 1
    max_seconds: int = 180
    max_video_bytes: int = 100_000_000
    max_video_alt: int = 1000
    mixes: bool = False


def _social(key: str, title: str, max_text: int, **limits: object) -> Place:
    return Place(key, title, Channel.SOCIAL_MEDIA, max_text, **limits)  # type: ignore[arg-type]


# Limits as the platforms documented them in November 2026.
ALL_PLACES: tuple[Place, ...] = (
    _social(
        "bluesky", "Bluesky", 300, counting=Counting.GRAPHEMES, max_picture_bytes=1_000_000,
        max_picture_edge=2000, max_alt_text=2000, home="https://bsky.app",
    ),
    _social(
        "facebook", "Facebook", 63_206, max_pictures=10, max_picture_bytes=10_000_000,
        home="https://www.facebook.com",
    ),
    _social(
        "instagram", "Instagram", 2200, max_pictures=10, min_pictures=1,
        max_picture_bytes=8_000_000, max_picture_edge=1440, home="https://www.instagram.com",
        max_videos=10, min_seconds=3, mixes=True,
    ),
    _social(
        "threads", "Threads", 500, max_pictures=20, max_picture_bytes=8_000_000,
        home="https://www.threads.net", max_videos=20, mixes=True,
    ),
    _social(
        "x", "X", 280, counting=Counting.WEIGHTED, home="https://x.com", max_videos=4,
        max_seconds=140, mixes=True,
    ),
    _social(
        "linkedin", "LinkedIn", 3000, max_pictures=20, home="https://www.linkedin.com",
        min_seconds=3,
    ),
    _social("mastodon", "Mastodon", 500, max_alt_text=1500, max_video_bytes=99_000_000),
    Place(
        "website", N_("School website"), Channel.WEBSITE, 100_000, max_pictures=50, max_videos=10,
        mixes=True,
    ),
    Place(
        "newsletter", N_("E-mail newsletter"), Channel.WEBSITE, 100_000, max_pictures=20,
        max_videos=0,
    ),
    Place(
        "news_media", N_("Newspaper or broadcaster"), Channel.NEWS_MEDIA, 20_000, max_pictures=20,
        max_videos=10, mixes=True,
    ),
)  # fmt: skip

PLACES: dict[str, Place] = {place.key: place for place in ALL_PLACES}


@dataclass(frozen=True, slots=True)
class Account:
    """A school's account on a place; `connector` is the key of what publishes to it.

    `service` is the address of the server where the place has several (Bluesky, Mastodon).
    `approved` is the division's approval (clause 3): nothing goes to an account without it.
    """

    id: str
    place: str
    connector: str
    name: str
    school: str
    handle: str = ""
    address: str = ""
    service: str = ""
    approved: bool = True
    version: int = 0

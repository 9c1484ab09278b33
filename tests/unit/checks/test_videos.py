"""What videos the places take, and that a video is ready as its author said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.checks import video_limits, videos
from smassistant.domain.pictures import Accounting, Box, Clip, Edit, Face, Picture, Writing
from smassistant.domain.places import PLACES
from smassistant.domain.posts import Draft
from tests.unit.checks.school import facts

CLIP = Clip("v", 30, 1920, 1080, True, "d", size=5_000_000)
FACE = Face("f", Box(0.1, 0.1, 0.2, 0.2), 0.9)
VIDEO = Picture("p", "ph", "a.mp4", 1900, 1069, "x", "A dance", (FACE,), clip=CLIP)
PHOTO = replace(VIDEO, id="q", clip=None)


def limits(*pictures: Picture, places: tuple[str, ...] = ("bluesky",)) -> set[str]:
    draft = Draft("Hello", pictures, places)
    return {finding.code for finding in video_limits.CHECK.find(draft, facts())}


def with_clip(**changes: object) -> Picture:
    return replace(VIDEO, clip=replace(CLIP, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("pictures", "place", "code"), [
    ((VIDEO,), "newsletter", "limit.video"),
    ((VIDEO, VIDEO), "facebook", "limit.videos"),
    ((VIDEO, PHOTO), "mastodon", "limit.video_and_pictures"),
    ((with_clip(seconds=150),), "x", "limit.video_seconds"),
    ((with_clip(seconds=1.5),), "instagram", "limit.video_seconds"),
    ((with_clip(size=99_500_000),), "mastodon", "limit.video_bytes"),
    ((replace(VIDEO, alt_text="a" * 1001),), "bluesky", "limit.video_alt"),
])  # fmt: skip
def test_what_a_place_does_not_take(pictures: tuple[Picture, ...], place: str, code: str) -> None:
    assert code in limits(*pictures, places=(place,))


def test_what_fits_is_no_finding() -> None:
    assert not limits(VIDEO, places=tuple(key for key in PLACES if key != "newsletter"))
    assert not limits(VIDEO, PHOTO, places=("instagram", "website"))
    assert not limits(PHOTO, PHOTO, places=("newsletter",))


def unready(picture: Picture) -> set[str]:
    draft = Draft("Hello", (picture,), ("bluesky",))
    return {finding.code for finding in videos.CHECK.find(draft, facts())}


def test_a_video_has_to_be_blurred_as_was_said() -> None:
    hidden = replace(VIDEO, faces=(replace(FACE, accounting=Accounting.BLURRED),))
    assert unready(hidden) == {"video.not_blurred"}
    assert not unready(replace(hidden, clip=replace(CLIP, blurred=("f",))))
    assert unready(with_clip(blurred=("f",))) == {"video.not_blurred"}
    assert not unready(VIDEO)


def test_a_video_is_not_edited_like_a_photo() -> None:
    assert unready(replace(VIDEO, edit=Edit(turns=1))) == {"video.not_edited"}
    words = Writing("w", Box(0, 0, 0.1, 0.1), "Emma", blurred=True)
    assert unready(replace(VIDEO, writing=(words,))) == {"video.not_edited"}
    assert not unready(replace(PHOTO, edit=Edit(turns=1)))

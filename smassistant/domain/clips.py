"""What reading a video gives: the clean file, stills of it, and the faces seen on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from smassistant.domain.pictures import (
    Accounting,
    Box,
    Clip,
    Face,
    Metadata,
    Moment,
    Picture,
    Writing,
)

MOST_BYTES = 100_000_000
MOST_SECONDS = 180
# Blurring writes every picture of the video anew, which takes many times its length.
MOST_BLURRED_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Still:
    """A JPEG of the moment `at` seconds from the start, 1920 px at most."""

    at: float
    data: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """A face at one moment of a clip."""

    at: float
    box: Box


@dataclass(frozen=True, slots=True)
class SeenFace:
    """One face followed through a clip: where it is on one of its stills, and where before."""

    box: Box
    score: float
    at: float
    trail: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadClip:
    """A video file after reading. `video` is an MP4 with its pictures and sound and nothing else.

    `width` × `height` is what is shown, `digest` the SHA-256 of `video`, `begins` where in the
    file it was made from it begins, in seconds. `cover` is the number of the still that stands
    for it. `problems` are plain sentences.
    """

    video: bytes
    seconds: float
    width: int
    height: int
    sound: bool
    digest: str
    stills: tuple[Still, ...]
    faces: tuple[SeenFace, ...]
    metadata: Metadata
    begins: float = 0
    cover: int = 0
    problems: tuple[str, ...] = ()


def overlap(one: Box, two: Box) -> float:
    """How much of the smaller box lies in the other, 0..1."""
    width = min(one.x + one.w, two.x + two.w) - max(one.x, two.x)
    height = min(one.y + one.h, two.y + two.h) - max(one.y, two.y)
    smaller = min(one.w * one.h, two.w * two.h)
    return width * height / smaller if width > 0 and height > 0 and smaller > 0 else 0


def to_blur(picture: Picture) -> frozenset[str]:
    """The ids of the faces of a video that are to be blurred in it."""
    return frozenset(face.id for face in picture.faces if face.accounting is Accounting.BLURRED)


def blur_is_pending(picture: Picture) -> bool:
    """Whether the stored video is blurred otherwise than was said."""
    clip = picture.clip
    return clip is not None and to_blur(picture) != frozenset(clip.blurred)


def files_of(pictures: Iterable[Picture]) -> frozenset[str]:
    """The ids under which the store keeps the pictures, the stills and the videos."""
    ids = set()
    for picture in pictures:
        ids.add(picture.photo_id)
        if picture.clip is not None:
            ids |= {moment.photo_id for moment in picture.clip.moments}
            ids |= {picture.clip.video_id, picture.clip.source_id} - {""}
    return frozenset(ids)


def length_of(clip: Clip) -> str:
    """How long a clip is, as players say it: "0:07"."""
    seconds = max(1, round(clip.seconds))
    return f"{seconds // 60}:{seconds % 60:02d}"


def moment_of(picture: Picture, at: float) -> Moment | None:
    """The still of the clip nearest to that moment; None for a photo."""
    moments = picture.clip.moments if picture.clip else ()
    return min(moments, key=lambda moment: abs(moment.at - at), default=None)


def faces_at(picture: Picture, moment: Moment) -> tuple[Face, ...]:
    """The faces that the still of a moment shows."""
    return tuple(face for face in picture.faces if moment_of(picture, face.at) == moment)


def writing_at(picture: Picture, moment: Moment) -> tuple[Writing, ...]:
    """The writing that the still of a moment shows."""
    return tuple(one for one in picture.writing if moment_of(picture, one.at) == moment)


def cover_moment(picture: Picture) -> Moment | None:
    """The moment whose still stands for the video; None for a photo."""
    moments = picture.clip.moments if picture.clip else ()
    return next((each for each in moments if each.photo_id == picture.photo_id), None)


def cover_of(picture: Picture) -> Picture:
    """The still that stands for a video, as a photo; a photo itself."""
    if picture.clip is None:
        return picture
    shown = cover_moment(picture)
    if shown is None:
        return replace(picture, clip=None, faces=(), writing=())
    faces, writing = faces_at(picture, shown), writing_at(picture, shown)
    return replace(picture, clip=None, faces=faces, writing=writing)

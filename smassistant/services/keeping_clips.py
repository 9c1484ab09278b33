"""Videos in a post: brought in clean, cut, blurred through and through, and taken stills from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from smassistant.context import Context
from smassistant.domain.clips import ReadClip, SeenFace, Shown, overlap, to_blur
from smassistant.domain.pictures import Clip, Face, Moment, Picture, Reading
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.acting import gone, new_id, require
from smassistant.services.packing import jpeg_size

ENDINGS = ("mp4", "mov", "m4v")
_STILL_BRANDS = (b"hei", b"hev", b"mif", b"msf", b"avi", b"avc")  # of pictures in such a file
NEAR = 0.3  # seconds within which a face at two moments may be compared
SAME = 0.4  # overlap of the boxes of one face


@dataclass(frozen=True, slots=True)
class ChangedClip:
    """A video after a change, and what else happened to it in plain sentences."""

    picture: Picture
    problems: tuple[str, ...] = ()


def is_clip(data: bytes, name: str) -> bool:
    """Whether a file is to be read as a video: by its content, else by its name."""
    if data[4:8] == b"ftyp":
        return data[8:11] not in _STILL_BRANDS
    if data[4:8] in (b"moov", b"mdat", b"wide"):
        return True
    return name.lower().endswith(tuple(f".{ending}" for ending in ENDINGS))


def add_clip(context: Context, data: bytes, name: str, task: Task | None = None) -> ChangedClip:
    """Read a video file and keep what of it may be published; the original is not kept.

    Takes about half as long as the video plays.
    """
    read = context.photos.read_clip(data, name, task)
    faces = tuple(Face(new_id(), seen.box, seen.score, at=seen.at) for seen in read.faces)
    blank = Picture(new_id(), "", name, 0, 0, "", faces=faces, metadata=read.metadata)
    clip = Clip(
        new_id(), read.seconds, read.width, read.height, read.sound, read.digest,
        size=len(read.video),
    )  # fmt: skip
    return ChangedClip(_stored(context, blank, clip, read, task), read.problems)


def cut_clip(
    context: Context,
    actor: User,
    picture: Picture,
    start: float,
    end: float,
    mute: bool = False,
    task: Task | None = None,
) -> ChangedClip:
    """The video from `start` to `end` seconds, blurred nowhere; answers for faces that stay
    are kept. `mute` leaves the sound out for good."""
    require(actor, Right.WRITE_POSTS)
    clip = _clip(picture)
    video = _bytes(context, clip.source_id or clip.video_id)
    read = context.photos.cut_clip(video, start, end, mute, task)
    faces, drawn = _carried_over(picture.faces, read)
    problems = read.problems
    if drawn:
        problems += (_("faces you drew yourself have to be drawn again"),)
    after = Clip(
        new_id(), read.seconds, read.width, read.height, read.sound, read.digest,
        size=len(read.video),
    )  # fmt: skip
    changed = replace(picture, faces=faces, looked=picture.looked and not drawn)
    return ChangedClip(_stored(context, changed, after, read, task), problems)


def blur_clip(
    context: Context, actor: User, picture: Picture, task: Task | None = None
) -> ChangedClip:
    """The video with the faces blurred that are to be, and as it was where none is any more.

    Takes many times as long as the video plays. UserError where the result isn't certain.
    """
    require(actor, Right.WRITE_POSTS)
    clip = _clip(picture)
    hidden = to_blur(picture)
    source = clip.source_id or clip.video_id
    blurred = [Shown(face.at, face.box) for face in picture.faces if face.id in hidden]
    kept = [Shown(face.at, face.box) for face in picture.faces if face.id not in hidden]
    read = context.photos.blur_clip(_bytes(context, source), blurred, kept, task)
    after = Clip(
        new_id() if hidden else source, read.seconds, read.width, read.height, read.sound,
        read.digest, size=len(read.video), source_id=source if hidden else "",
        blurred=tuple(sorted(hidden)),
    )  # fmt: skip
    times = [still.at for still in read.stills]
    faces = tuple(
        replace(face, at=min(times, key=lambda at: abs(at - face.at))) for face in picture.faces
    )
    changed = replace(picture, faces=faces)
    return ChangedClip(_stored(context, changed, after, read, task), read.problems)


def still_name(picture: Picture, at: float) -> str:
    """What the photo of a moment of the video is called."""
    stem = picture.file_name.rpartition(".")[0] or picture.file_name
    return f"{stem} {int(at) // 60}.{int(at) % 60:02d}.jpg"


def read_video(context: Context, actor: User, picture: Picture) -> bytes:
    """The MP4 of a video as it would be published."""
    require(actor, Right.WRITE_POSTS, Right.APPROVE_POSTS, Right.PUBLISH)
    return _bytes(context, _clip(picture).video_id)


def _clip(picture: Picture) -> Clip:
    if picture.clip is None:
        raise UserError(_("This is a photo, not a video."))
    return picture.clip


def _bytes(context: Context, photo_id: str) -> bytes:
    with context.store.read() as work:
        data = work.photos.get(photo_id)
    if data is None:
        raise gone(_("This video"))
    return data


def _stored(
    context: Context, picture: Picture, clip: Clip, read: ReadClip, task: Task | None
) -> Picture:
    """The picture with the video and its stills, which are in the store afterwards."""
    if task is not None:
        task.check()
    moments = tuple(Moment(still.at, new_id()) for still in read.stills)
    cover = read.stills[read.cover].data
    width, height = jpeg_size(cover)
    with context.store.write() as work:
        if work.photos.get(clip.video_id) is None:
            work.photos.add(clip.video_id, read.video)
        for moment, still in zip(moments, read.stills, strict=True):
            work.photos.add(moment.photo_id, still.data)
    return replace(
        picture,
        photo_id=moments[read.cover].photo_id,
        width=width,
        height=height,
        digest=hashlib.sha256(cover).hexdigest(),
        clip=replace(clip, moments=moments),
        writing=(),
        reading=Reading.NONE,
    )


def _carried_over(faces: tuple[Face, ...], read: ReadClip) -> tuple[tuple[Face, ...], bool]:
    """The faces of the shorter video with the answers given before; whether drawn ones are lost."""
    waiting = list(faces)
    result = []
    for seen in read.faces:
        known = next((face for face in waiting if _same(face, seen, read.begins)), None)
        if known is None:
            result.append(Face(new_id(), seen.box, seen.score, at=seen.at))
        else:
            waiting.remove(known)
            result.append(replace(known, box=seen.box, score=seen.score, at=seen.at))
    ends = read.begins + read.seconds
    lost = any(face.score == 1 and read.begins <= face.at <= ends for face in waiting)
    return tuple(result), lost


def _same(face: Face, seen: SeenFace, begins: float) -> bool:
    at = face.at - begins
    nearest = min(seen.trail, key=lambda shown: abs(shown.at - at), default=None)
    if nearest is None or abs(nearest.at - at) > NEAR:
        return False
    return overlap(nearest.box, face.box) >= SAME

"""Videos: from any file to a clean MP4, stills of it, and every face that was seen on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from smassistant.domain.clips import MOST_SECONDS, ReadClip, SeenFace, Shown, Still
from smassistant.domain.pictures import Metadata
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.imaging.faces import Pixels, face_finder
from smassistant.imaging.film import Film, Unsuited, read_film
from smassistant.imaging.film_cutting import key_from
from smassistant.imaging.film_entries import PICTURES, SOUNDS
from smassistant.imaging.film_metadata import read_film_metadata
from smassistant.imaging.film_troubles import must_be_film, troubles_told
from smassistant.imaging.film_writing import Written, write_film
from smassistant.imaging.frames import Frame, frames
from smassistant.imaging.rewriting import rewritten
from smassistant.imaging.trails import Follower, Trail
from smassistant.jobs import Task

STILL_EDGE, STILL_QUALITY = 1900, 90  # below the size from which the finder looks in pieces
MOST_PIXELS = 4096 * 2304
CLOSELY, AT_A_GLANCE = 1.0, 0.25  # seconds between looks
EVENLY = 5.0  # seconds between stills that are kept in any case
SCENE = (32, 18)
OTHER_SCENE = 38  # mean difference of the small frames, 0..255
LATE = 1.0  # seconds that a cut may begin after what was asked


def read_clip(data: bytes, name: str = "", task: Task | None = None) -> ReadClip:
    """The video in `data` without anything but its pictures and sound, and who is seen in it."""
    with troubles_told():
        must_be_film(data)
        film = read_film(data)
        _must_be_usable(film)
        mute = film.sound is not None and film.sound.entry.kind not in SOUNDS
        written = write_film(film, mute=mute)
        problems = []
        if mute:
            problems.append(_("its sound can't be passed on and is left out"))
        if written.begins > 0.1:
            problems.append(_("it begins a little later: the start was cut away on the phone"))
        return _examined(written, read_film_metadata(data), task or Task(), tuple(problems))


def cut_clip(
    video: bytes, start: float, end: float, mute: bool = False, task: Task | None = None
) -> ReadClip:
    """The part of a read video from `start` to `end` seconds; the rest is not in the result.

    Neither is its sound where it is to be `mute`. It begins at the next picture that stands
    alone. Where there is none near, every picture is written anew and the sound left out.
    """
    task = task or Task()
    with troubles_told():
        film = read_film(video)
        key = key_from(film.picture, start)
        if key is not None and key - start <= LATE and key < end:
            return _examined(write_film(film, start, end, mute), Metadata(), task)
        mp4 = rewritten(video, film, task, start=start, end=end)
        written = write_film(read_film(mp4))
        anew = Written(written.data, start, written.seconds)
        problems = (_("the pictures were written anew, without the sound"),)
        return _examined(anew, Metadata(), task, problems if film.sound else ())


def examined(video: bytes, task: Task, moments: Sequence[float] = ()) -> ReadClip:
    """What is seen in a video that this program wrote, with stills of those `moments` too."""
    with troubles_told():
        film = read_film(video)
        return _examined(write_film(film), Metadata(), task, moments=moments)


def _must_be_usable(film: Film) -> None:
    track = film.picture
    if track.entry.kind not in PICTURES:
        raise Unsuited("codec")
    if track.width * track.height > MOST_PIXELS:
        raise Unsuited("too_many_pixels")
    if track.seconds > MOST_SECONDS + 1:
        raise UserError(
            _("The video is too long."),
            _("It takes {minutes} minutes; the program takes {most} at most.").format(
                minutes=round(track.seconds / 60), most=MOST_SECONDS // 60
            ),
            _("Cut it on the phone or computer it comes from and add the shorter one."),
        )


@dataclass
class _Look:
    """What was seen so far: trails of faces, stills by their moment, the scene before."""

    follower: Follower = field(default_factory=Follower)
    stills: dict[float, bytes] = field(default_factory=dict)
    scene: Pixels | None = None
    closely: float = -CLOSELY
    glanced: float = -AT_A_GLANCE
    always: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)

    def is_asked(self, at: float) -> bool:
        """Whether a still of this moment was asked for; each is asked for once."""
        due = bool(self.asked) and at >= self.asked[0] - 0.0006
        while self.asked and at >= self.asked[0] - 0.0006:
            self.asked.pop(0)
        return due


def _examined(
    written: Written,
    metadata: Metadata,
    task: Task,
    problems: tuple[str, ...] = (),
    moments: Sequence[float] = (),
) -> ReadClip:
    """Look through the finished file: what is looked at is what is published."""
    film = read_film(written.data)
    look = _Look(asked=sorted(moments))
    _look_through(written, len(film.picture.samples), look, task)
    trails = [trail for trail in look.follower.trails if trail.counts]
    stills, chosen = _stills(look, trails)
    faces = tuple(_seen(trail, chosen[number]) for number, trail in enumerate(trails))
    turned = film.picture.turns % 2
    width, height = film.picture.width, film.picture.height
    return ReadClip(
        video=written.data,
        seconds=round(written.seconds, 3),
        width=height if turned else width,
        height=width if turned else height,
        sound=film.sound is not None,
        digest=hashlib.sha256(written.data).hexdigest(),
        stills=stills,
        faces=tuple(sorted(faces, key=lambda face: (face.at, face.box.x))),
        metadata=metadata,
        begins=round(written.begins, 3),
        cover=_cover(stills, faces),
        problems=problems,
    )


def _look_through(written: Written, count: int, look: _Look, task: Task) -> None:
    for frame in frames(written.data, count):
        near_end = frame.at > written.seconds - 2 * AT_A_GLANCE
        due = look.is_asked(frame.at)
        if frame.at - look.glanced < AT_A_GLANCE - 0.01 and not near_end and not due:
            continue
        task.report(int(frame.at), max(1, int(written.seconds)))
        _look_at(frame, look, task)
        if due:
            look.stills[frame.at] = _jpeg(frame.pixels(STILL_EDGE))
            look.always.append(frame.at)
    if not look.stills:
        raise Unsuited("no_picture")


def _look_at(frame: Frame, look: _Look, task: Task) -> None:
    """Closely once a second and where a scene begins, at a glance in between."""
    pixels = frame.pixels(STILL_EDGE)
    look.glanced = frame.at
    scene = scene_of(pixels)
    other = look.scene is not None and scenes_differ(scene, look.scene)
    look.scene = scene
    if other:
        look.follower.cut()
        look.always.append(frame.at)
    known = len(look.follower.trails)
    if not other and frame.at - look.closely < CLOSELY - 0.01:
        look.follower.add(frame.at, face_finder().glance(pixels))
        if len(look.follower.trails) == known:
            return
    else:
        look.closely = frame.at
        look.follower.add(frame.at, face_finder().find_in_frame(pixels, task))
    look.stills[frame.at] = _jpeg(pixels)


def scene_of(pixels: Pixels) -> Pixels:
    """A frame made so small that only a change of scene changes much of it."""
    small = cv2.resize(pixels, SCENE, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def scenes_differ(one: Pixels, two: Pixels) -> bool:
    """Whether another scene began between two frames made small."""
    return float(np.abs(one.astype(int) - two.astype(int)).mean()) > OTHER_SCENE


def _jpeg(pixels: Pixels) -> bytes:
    return bytes(cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, STILL_QUALITY))[1])


def _stills(look: _Look, trails: list[Trail]) -> tuple[tuple[Still, ...], list[int]]:
    """The stills to keep, and for each trail the number of its sample that one of them shows."""
    kept: set[float] = {min(look.stills), *(at for at in look.always if at in look.stills)}
    last = min(look.stills)
    for at in sorted(look.stills):
        if at - last >= EVENLY:
            kept.add(at)
            last = at
    chosen = []
    for trail in sorted(trails, key=lambda trail: len(trail.times)):
        shown = [number for number, at in enumerate(trail.times) if at in look.stills]
        number = trail.best(shown)
        best = trail.faces[number]
        good = [
            n
            for n in shown
            if trail.times[n] in kept
            and trail.faces[n].score >= best.score - 0.1
            and trail.faces[n].box.w >= best.box.w * 0.6
        ]
        number = trail.best(good) if good else number
        kept.add(trail.times[number])
        chosen.append((id(trail), number))
    numbers = dict(chosen)
    stills = tuple(Still(round(at, 3), look.stills[at]) for at in sorted(kept))
    return stills, [numbers[id(trail)] for trail in trails]


def _seen(trail: Trail, number: int) -> SeenFace:
    at = round(trail.times[number], 3)
    score = max(face.score for face in trail.faces)
    pairs = zip(trail.times, trail.faces, strict=True)
    shown = tuple(Shown(round(when, 3), face.box) for when, face in pairs)
    return SeenFace(trail.faces[number].box, min(1.0, float(score)), at, shown)


def _cover(stills: tuple[Still, ...], faces: tuple[SeenFace, ...]) -> int:
    """The still that stands for the clip: the one with most faces, the first of equals."""
    counts = [sum(face.at == still.at for face in faces) for still in stills]
    return counts.index(max(counts))

"""Making people in a video unrecognisable for good, and refusing where that is not certain.

Everybody is blurred but those who are kept: whoever the finder loses and finds again as somebody
else is then blurred once too often, never once too little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image

from smassistant.domain.clips import MOST_BLURRED_SECONDS, ReadClip, Shown, overlap
from smassistant.domain.pictures import Box
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.imaging.blurring import blur, cover
from smassistant.imaging.clips import examined, scene_of, scenes_differ
from smassistant.imaging.faces import Pixels, face_finder
from smassistant.imaging.film import Film, read_film
from smassistant.imaging.film_troubles import troubles_told
from smassistant.imaging.frames import frames
from smassistant.imaging.rewriting import EDGE, rewritten
from smassistant.imaging.trails import Follower, Trail, enlarged, middle_in
from smassistant.jobs import Task

EVERY = 0.1  # seconds between looks; in between a face is in the middle
CHECK_EVERY = 4  # frames between looks at the result
AROUND = 0.4  # seconds for which a face stays blurred before and after it was seen
LARGER = 1.2
SAME = 0.4  # overlap from which a face at one moment is the one that was said to be kept
ROUNDS = 2


@dataclass
class _Plan:
    """Whom to hide through the film, and whom to leave."""

    hidden: list[Trail]
    kept: list[Trail]
    leaks: list[tuple[float, Box]] = field(default_factory=list)


def blur_clip(
    video: bytes, blurred: Sequence[Shown], kept: Sequence[Shown], task: Task | None = None
) -> ReadClip:
    """The video with everybody blurred but the faces `kept`, looked through anew; without sound.

    There are stills of all moments named. UserError where one of the `blurred` is not found
    again or can still be seen in the result, or where the video is too long for it.
    """
    task = task or Task()
    moments = [face.at for face in (*blurred, *kept)]
    with troubles_told():
        if not blurred:
            return examined(video, task, moments)
        film = read_film(video)
        if film.picture.shown_at().max() > MOST_BLURRED_SECONDS + 1:
            raise _refused(
                _("The video is longer than {most} seconds.").format(most=MOST_BLURRED_SECONDS)
            )
        plan = _plan(video, film, blurred, kept, task)
        for _round in range(ROUNDS):
            mp4 = rewritten(video, film, task, mend=lambda at, pixels: _hidden(at, pixels, plan))
            leaks = _leaks(mp4, plan, task)
            if not leaks:
                return _finished(mp4, bool(film.sound), moments, task)
            plan.leaks += leaks
    raise _refused(_("A face that should be blurred can still be found in it."))


def _plan(
    video: bytes, film: Film, blurred: Sequence[Shown], kept: Sequence[Shown], task: Task
) -> _Plan:
    trails = _trails(video, film, blurred, kept, task)
    if lost := [face for face in blurred if not any(_is(face, trail) for trail in trails)]:
        raise _refused(
            _("The face seen at {at} s could not be followed.").format(at=round(lost[0].at, 1))
        )
    hide = [trail for trail in trails if any(_is(face, trail) for face in blurred)]
    leave = [t for t in trails if t not in hide and any(_is(face, t) for face in kept)]
    others = [t for t in trails if t not in hide and t not in leave and t.counts]
    return _Plan(hide + others, leave)


def _trails(
    video: bytes, film: Film, blurred: Sequence[Shown], kept: Sequence[Shown], task: Task
) -> list[Trail]:
    """Every face, followed closely; also looked for at the moments people spoke of."""
    asked = sorted({face.at for face in (*blurred, *kept)})
    follower = Follower()
    scene: Pixels | None = None
    count, before = len(film.picture.samples), -EVERY
    for number, frame in enumerate(frames(video, count)):
        due = bool(asked) and frame.at >= asked[0] - 0.0006
        if frame.at - before < EVERY - 0.005 and not due:
            continue
        before = frame.at
        while asked and frame.at >= asked[0] - 0.0006:
            asked.pop(0)
        task.report(number, count * 3)
        pixels = frame.pixels(EDGE)
        now = scene_of(pixels)
        if scene is not None and scenes_differ(now, scene):
            follower.cut()
        scene = now
        finder = face_finder()
        faces = finder.find_in_frame(pixels, task) if due else finder.glance(pixels, EDGE)
        follower.add(frame.at, faces)
    return follower.trails


def _is(face: Shown, trail: Trail) -> bool:
    """Whether the trail is where the face was seen at its moment."""
    box = trail.box_at(face.at, 0.02)
    return box is not None and overlap(box, face.box) >= SAME


def _boxes(at: float, trails: list[Trail], around: float) -> list[Box]:
    boxes = (trail.box_at(at, around) for trail in trails)
    return [enlarged(box, LARGER) for box in boxes if box is not None]


def _hidden(at: float, pixels: Pixels, plan: _Plan) -> Pixels:
    boxes = _boxes(at, plan.hidden, AROUND)
    leaks = [enlarged(box, LARGER) for when, box in plan.leaks if abs(when - at) <= AROUND]
    if not boxes and not leaks:
        return pixels
    image = Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))
    mended = cover(blur(image, _inside(boxes)), _inside(leaks))
    return np.ascontiguousarray(np.asarray(mended)[:, :, ::-1])


def _inside(boxes: list[Box]) -> list[Box]:
    """Only boxes of which something is in the picture."""
    return [box for box in boxes if box.x < 1 and box.y < 1 and box.x + box.w > 0 < box.y + box.h]


def _leaks(mp4: bytes, plan: _Plan, task: Task) -> list[tuple[float, Box]]:
    """Sure faces in the finished video that belong to nobody who is kept."""
    count = len(read_film(mp4).picture.samples)
    found = []
    for number, frame in enumerate(frames(mp4, count)):
        if number % CHECK_EVERY != 1 and number != count - 1:
            continue
        task.report(count * 2 + number, count * 3)
        kept = _boxes(frame.at, plan.kept, AROUND)
        for face in face_finder().find_in_frame(frame.pixels(EDGE), task):
            if face.sure and not any(middle_in(face.box, box) for box in kept):
                found.append((frame.at, face.box))
    return found


def _finished(mp4: bytes, had_sound: bool, moments: Sequence[float], task: Task) -> ReadClip:
    clip = examined(mp4, task, moments)
    if not had_sound:
        return clip
    words = _("the sound was left out, as a voice can tell who somebody is")
    return replace(clip, problems=(*clip.problems, words))


def _refused(why: str) -> UserError:
    return UserError(
        _("The video can't be blurred."),
        why,
        _("Cut the video so that this person is not in it, or use a photo of one moment instead."),
    )

"""Following faces from frame to frame by where they are; nothing here knows whose they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from smassistant.domain.pictures import SURE_SCORE, Box, FoundFace

# A face that was not seen for this long is another one: a person may have taken the place.
LONGEST_GAP = 0.8
# How far a face moves in a second, in widths of its own; and how much its size may change.
REACH, SPEED, GROWTH = 0.5, 1.6, 1.8
_WEAK = 0.6


@dataclass(eq=False)
class Trail:
    """One face through time: when (in seconds) and where it was found."""

    times: list[float] = field(default_factory=list)
    faces: list[FoundFace] = field(default_factory=list)

    def add(self, at: float, face: FoundFace) -> None:
        """The face was found again."""
        self.times.append(at)
        self.faces.append(face)

    @property
    def counts(self) -> bool:
        """Whether it is a face rather than something that looked like one for a moment."""
        scores = [face.score for face in self.faces]
        return max(scores) >= SURE_SCORE or sum(score >= _WEAK for score in scores) > 1

    def best(self, among: Sequence[int]) -> int:
        """The number of the sample, of those `among`, that shows it best: sure and large."""
        return max(among, key=lambda n: self.faces[n].score + min(1.0, self.faces[n].box.w * 4))

    def box_at(self, at: float, around: float = 0) -> Box | None:
        """Where it is at that moment, between two samples in the middle of them.

        `around` seconds before its first and after its last sample it is where it was then.
        """
        if not self.times[0] - around <= at <= self.times[-1] + around:
            return None
        after = bisect_right(self.times, at)
        if after == 0:
            return self.faces[0].box
        if after == len(self.times):
            return self.faces[-1].box
        first, second = self.faces[after - 1].box, self.faces[after].box
        span = self.times[after] - self.times[after - 1]
        part = (at - self.times[after - 1]) / span if span else 0
        return _between(first, second, part)


class Follower:
    """Links the faces of one frame after the other into trails."""

    def __init__(self) -> None:
        self._open: list[Trail] = []
        self.trails: list[Trail] = []

    def cut(self) -> None:
        """Another scene begins: whoever is seen now may be somebody else."""
        self._open = []

    def add(self, at: float, faces: Sequence[FoundFace]) -> None:
        """Link the faces found at that moment, the closest pairs first."""
        self._open = [trail for trail in self._open if at - trail.times[-1] <= LONGEST_GAP]
        pairs = [
            (distance, number, trail)
            for trail in self._open
            for number, face in enumerate(faces)
            if (distance := _distance(trail, at, face)) is not None
        ]
        linked: set[int] = set()
        taken: set[int] = set()
        for _far, number, trail in sorted(pairs, key=lambda pair: pair[0]):
            if number not in linked and id(trail) not in taken:
                trail.add(at, faces[number])
                linked.add(number)
                taken.add(id(trail))
        for number, face in enumerate(faces):
            if number not in linked:
                self._open.append(Trail([at], [face]))
                self.trails.append(self._open[-1])


def enlarged(box: Box, factor: float) -> Box:
    """The box made larger around its middle; it may reach beyond the picture."""
    width, height = box.w * factor, box.h * factor
    return Box(box.x - (width - box.w) / 2, box.y - (height - box.h) / 2, width, height)


def middle_in(box: Box, other: Box) -> bool:
    """Whether the middle of a box is in the other."""
    x, y = box.x + box.w / 2, box.y + box.h / 2
    return other.x <= x <= other.x + other.w and other.y <= y <= other.y + other.h


def _distance(trail: Trail, at: float, face: FoundFace) -> float | None:
    """How far the face is from the trail's end, in face widths; None where it is out of reach."""
    last, box = trail.faces[-1].box, face.box
    large, small = max(last.w, box.w), min(last.w, box.w)
    if small <= 0 or large / small > GROWTH:
        return None
    across = (last.x + last.w / 2 - box.x - box.w / 2) / large
    down = (last.y + last.h / 2 - box.y - box.h / 2) / max(last.h, box.h)
    far = float((across**2 + down**2) ** 0.5)
    return far if far <= REACH + SPEED * (at - trail.times[-1]) else None


def _between(first: Box, second: Box, part: float) -> Box:
    def mixed(one: float, two: float) -> float:
        return one + (two - one) * part

    return Box(
        mixed(first.x, second.x), mixed(first.y, second.y), mixed(first.w, second.w),
        mixed(first.h, second.h),
    )  # fmt: skip

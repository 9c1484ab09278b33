"""Pictures that were seen before: told again as pictures, never by who is in them (clause 4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from smassistant.domain.pictures import Box

# How much of what two pictures share must agree for the one to be a copy of the other; less
# (two photos of a burst, a picture inside a collage) only looks like it.
COPY_AGREEMENT = 0.5


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a picture is told again by: no pixels, nothing of a face.

    `coarse` are 64 bits of where it gets lighter from left to right; `features` the places of its
    corners and what surrounds them (see `imaging.fingerprints`), `mirrored` the same of its
    mirror image, needed only of the picture that is looked for.
    """

    coarse: int
    features: bytes
    mirrored: bytes = b""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two pictures that look alike.

    `number` says which of the pictures looked through; `inliers` corners lie in the same places,
    `agreement` (0..1) of those that should. `way` leads from a point of that picture to the one
    looked for, both in fractions: x' = a·x + b·y + c, y' = d·x + e·y + f.
    """

    number: int
    inliers: int
    agreement: float
    mirrored: bool
    way: tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Match:
    """Two stored photos that look alike, `photo_id` the later; `way` as in `Likeness`."""

    photo_id: str
    other_id: str
    inliers: int
    agreement: float
    mirrored: bool
    way: tuple[float, ...]

    @property
    def sure(self) -> bool:
        """Whether the one is a copy of the other; if not it only looks like it."""
        return self.agreement >= COPY_AGREEMENT

    def beside(self, photo_id: str) -> str:
        """The other one of the two photos."""
        return self.other_id if photo_id == self.photo_id else self.photo_id

    def way_to(self, photo_id: str) -> tuple[float, ...]:
        """The way from the other photo to this one."""
        if photo_id == self.photo_id:
            return self.way
        a, b, c, d, e, f = self.way
        area = a * e - b * d
        return (
            e / area, -b / area, (b * f - c * e) / area,
            -d / area, a / area, (c * d - a * f) / area,
        )  # fmt: skip


class Cause(StrEnum):
    """Why a picture may not go out again."""

    REFUSED = "refused"
    REMOVED = "removed"
    TAKEN_DOWN = "taken_down"


@dataclass(frozen=True, slots=True)
class Bar:
    """A picture that may not go out again; `reason` in the words of who decided.

    It stands until a leader lifts it with a reason of their own.
    """

    id: str
    photo_id: str
    post_id: str
    school: str
    cause: Cause
    reason: str
    by: str
    at: datetime
    lifted_by: str = ""
    lifted_at: datetime | None = None
    lifted_reason: str = ""
    version: int = 0

    @property
    def stands(self) -> bool:
        """Whether nobody lifted it."""
        return self.lifted_at is None


class SightingKind(StrEnum):
    """Where a picture was seen before."""

    TWICE = "twice"  # in this very post
    USED = "used"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A picture of a post that was seen before.

    `sure` says that it is a copy; if not it only looks alike. `number` is that of the other
    picture in this post (TWICE); `words` are those of the other post (USED) or why the picture is
    barred, empty where that is another school's business; `day` is when it was used or barred.
    """

    picture_id: str
    kind: SightingKind
    sure: bool = True
    number: int = 0
    cause: Cause | None = None
    words: str = ""
    day: date | None = None


def carried(box: Box, way: tuple[float, ...]) -> Box | None:
    """Where a box of the known picture lies in the other one; None where most of it is outside."""
    a, b, c, d, e, f = way
    corners = [
        (a * x + b * y + c, d * x + e * y + f)
        for x in (box.x, box.x + box.w)
        for y in (box.y, box.y + box.h)
    ]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    inside = Box(
        max(0.0, left), max(0.0, top), min(1.0, right) - max(0.0, left),
        min(1.0, bottom) - max(0.0, top),
    )  # fmt: skip
    whole = (right - left) * (bottom - top)
    if inside.w <= 0 or inside.h <= 0 or inside.w * inside.h < whole / 2:
        return None
    return inside

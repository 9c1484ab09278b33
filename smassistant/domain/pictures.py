"""Pictures of a post, and who in them is accounted for (clauses 4.1, 4.2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

# From this score on a found face counts; from half to here it is a "maybe".
SURE_SCORE = 0.6


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of the upright picture: left, top, width, height in 0..1."""

    x: float
    y: float
    w: float
    h: float


class Accounting(StrEnum):
    """How one face is accounted for."""

    PERSON = "person"
    ADULT = "adult"
    NOT_IDENTIFIABLE = "not_identifiable"
    BLURRED = "blurred"


@dataclass(frozen=True, slots=True)
class Face:
    """A face in a picture: found (`score` 0..1) or drawn by hand (`score` 1).

    `accounting` None means nobody has said who it is. `person_id` is set for PERSON; `reason`
    for ADULT (whose permission) and NOT_IDENTIFIABLE (why).
    """

    id: str
    box: Box
    score: float = 1.0
    accounting: Accounting | None = None
    person_id: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a picture file says about itself beside its pixels; only read, never published."""

    location: bool = False
    people: tuple[str, ...] = ()
    creator: str = ""
    copyright: str = ""
    taken: str = ""

    @property
    def personal(self) -> bool:
        """Whether the file names a place or people."""
        return self.location or bool(self.people)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a post. The pixels lie in the photo store under `photo_id`.

    `width` and `height` are those of the upright working copy in pixels; `digest` is the SHA-256
    of its bytes. `looked` is the author's word that nobody else in it can be recognised.
    """

    id: str
    photo_id: str
    file_name: str
    width: int
    height: int
    digest: str
    alt_text: str = ""
    faces: tuple[Face, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    looked: bool = False


@dataclass(frozen=True, slots=True)
class FoundFace:
    """A face the finder reports; below `SURE_SCORE` it is only perhaps one."""

    box: Box
    score: float

    @property
    def sure(self) -> bool:
        """Whether it counts as a face; if not it is shown as "maybe" and a person decides."""
        return self.score >= SURE_SCORE


@dataclass(frozen=True, slots=True)
class ReadPhoto:
    """A picture file after reading: the working copy and what was seen in it.

    `working` is a JPEG of at most 2560 px without metadata, `width` × `height` its size, `digest`
    its SHA-256. `problems` are plain sentences, such as that only the first frame was used.
    """

    working: bytes
    width: int
    height: int
    digest: str
    faces: tuple[FoundFace, ...]
    metadata: Metadata
    problems: tuple[str, ...] = ()

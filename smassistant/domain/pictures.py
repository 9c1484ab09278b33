"""Pictures of a post, and who in them is accounted for (clauses 4.1, 4.2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

# From this score on a found face is firm; from a half to here it is perhaps one.
SURE_SCORE = 0.7


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
    PUBLIC_FIGURE = "public_figure"
    NOT_IDENTIFIABLE = "not_identifiable"
    PUBLIC_EVENT = "public_event"
    BLURRED = "blurred"


@dataclass(frozen=True, slots=True)
class Face:
    """A face in a picture: found (`score` 0..1) or drawn by hand (`score` 1).

    `accounting` None means nobody has said who it is. `person_id` is set for PERSON; `reason`
    for ADULT (whose permission), PUBLIC_FIGURE (who), NOT_IDENTIFIABLE (why) and PUBLIC_EVENT
    (which). `at` is the moment of a clip it was seen at, in seconds; 0 in a photo.
    """

    id: str
    box: Box
    score: float = 1.0
    accounting: Accounting | None = None
    person_id: str | None = None
    reason: str = ""
    at: float = 0


@dataclass(frozen=True, slots=True)
class Writing:
    """Words read in a picture, in `box`; `score` 0..1 says how sure the reading is.

    `blurred` words are made unreadable in what is published. `at` is the moment of a clip they
    were read at, in seconds; 0 in a photo.
    """

    id: str
    box: Box
    text: str
    score: float = 1.0
    blurred: bool = False
    at: float = 0


class Reading(StrEnum):
    """How closely a picture was looked at for writing; FAILED where this computer can't."""

    NONE = "none"
    QUICK = "quick"
    THOROUGH = "thorough"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Edit:
    """What is done to a picture when it is shown or published; its own pixels stay as they are.

    In this order: `turns` quarter turns clockwise (0..3), then `slant` degrees clockwise (-15..15,
    the corners cut away), then `crop` in fractions of what that gives, then `light` (-1 dark ..
    1 light, 0 as it is). Boxes of faces and writing are always those of the picture before.
    """

    turns: int = 0
    slant: float = 0
    crop: Box | None = None
    light: float = 0


class TakenBy(StrEnum):
    """Who took a picture (clause 4.2)."""

    OWN = "own"
    COLLEAGUE = "colleague"
    PARENT = "parent"
    LICENSED = "licensed"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a picture comes from (clause 4.2); `taken_by` None means nobody has said.

    `credit` names who took it or gave the permission, `licence` under which terms it may be used.
    """

    taken_by: TakenBy | None = None
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A still of a clip, `at` seconds from its start; its JPEG lies in the photo store."""

    at: float
    photo_id: str


@dataclass(frozen=True, slots=True)
class Clip:
    """The moving part of a picture that is a video; its MP4 lies in the photo store.

    `seconds` is its length as published, `digest` the SHA-256 of the stored file and `size` its
    bytes, `moments` the stills in which faces were seen. Where faces were blurred in it, `blurred`
    has their ids and `source_id` is the video before that.
    """

    video_id: str
    seconds: float
    width: int
    height: int
    sound: bool
    digest: str
    moments: tuple[Moment, ...] = ()
    size: int = 0
    source_id: str = ""
    blurred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A name that a picture's file puts on a part of it, in `box` of the upright picture."""

    name: str
    box: Box


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a picture file says about itself beside its pixels; only read, never published.

    `people` are all names, `regions` those that have a place in the picture. `terms` say how it
    may be used, `stock` is the agency it was sold by.
    """

    location: bool = False
    people: tuple[str, ...] = ()
    creator: str = ""
    copyright: str = ""
    taken: str = ""
    camera: str = ""
    terms: str = ""
    stock: str = ""
    regions: tuple[Region, ...] = ()

    @property
    def personal(self) -> bool:
        """Whether the file names a place or people."""
        return self.location or bool(self.people)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a post. The pixels lie in the photo store under `photo_id`.

    `width` and `height` are those of the upright working copy in pixels; `digest` is the SHA-256
    of its bytes. `looked` is the author's word that nobody else in it can be recognised.
    `clip` makes it a video; the photo is then the still that stands for it.
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
    writing: tuple[Writing, ...] = ()
    reading: Reading = Reading.NONE
    edit: Edit = field(default_factory=Edit)
    origin: Origin = field(default_factory=Origin)
    clip: Clip | None = None


@dataclass(frozen=True, slots=True)
class FoundWriting:
    """Words the reader found in a picture, with how sure it is (0..1)."""

    box: Box
    text: str
    score: float


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
    `full_size` is the width and height in pixels of the upright picture in the file.
    """

    working: bytes
    width: int
    height: int
    digest: str
    faces: tuple[FoundFace, ...]
    metadata: Metadata
    problems: tuple[str, ...] = ()
    full_size: tuple[int, int] = (0, 0)

"""A photo reader that finds what the test says is in a picture."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from smassistant.domain.clips import ReadClip, SeenFace, Shown, Still
from smassistant.domain.pictures import Box, Edit, FoundFace, FoundWriting, Metadata, ReadPhoto
from smassistant.domain.sightings import Fingerprint, Likeness
from smassistant.jobs import Task


class ScriptedPhotoReader:
    """Implements `ports.PhotoReader`; `faces` and `writing` are found in every picture."""

    def __init__(self, *faces: Box, writing: Sequence[FoundWriting] = ()) -> None:
        self.faces = faces
        self.writing = tuple(writing)

    def read(self, data: bytes, name: str = "", task: Task | None = None) -> ReadPhoto:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
        digest = hashlib.sha256(data).hexdigest()
        return ReadPhoto(data, width, height, digest, self._found(), Metadata())

    def read_writing(
        self, working: bytes, thorough: bool = False, task: Task | None = None
    ) -> tuple[FoundWriting, ...]:
        return self.writing

    def look_again(
        self, working: bytes, edit: Edit, task: Task | None = None
    ) -> tuple[FoundFace, ...]:
        return self._found()

    def export(
        self,
        working: bytes,
        blurred: Sequence[Box],
        max_edge: int,
        max_bytes: int,
        edit: Edit = Edit(),  # noqa: B008 (frozen)
    ) -> bytes:
        return working

    def print_of(self, working: bytes) -> Fingerprint:
        return Fingerprint(0, working, working)

    def find_alike(
        self, wanted: Fingerprint, many: Sequence[bytes], task: Task | None = None
    ) -> tuple[Likeness, ...]:
        same = (number for number, one in enumerate(many) if one == wanted.features)
        return tuple(Likeness(number, 400, 1.0, False, (1, 0, 0, 0, 1, 0)) for number in same)

    def close(self) -> None:
        pass

    def read_clip(self, data: bytes, name: str = "", task: Task | None = None) -> ReadClip:
        """A clip of ten seconds with a still at its start, on which the faces are."""
        digest = hashlib.sha256(data).hexdigest()
        out = io.BytesIO()
        Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
        faces = tuple(SeenFace(box, 0.9, 0, (Shown(0, box),)) for box in self.faces)
        return ReadClip(
            data, 10, 640, 480, True, digest, (Still(0, out.getvalue()),), faces, Metadata()
        )

    def cut_clip(
        self,
        video: bytes,
        start: float,
        end: float,
        mute: bool = False,
        task: Task | None = None,
    ) -> ReadClip:
        return replace(self.read_clip(video + b"cut"), seconds=min(end, 10) - start, begins=start)

    def blur_clip(
        self,
        video: bytes,
        blurred: Sequence[Shown],
        kept: Sequence[Shown],
        task: Task | None = None,
    ) -> ReadClip:
        return replace(self.read_clip(video + b"blurred"), sound=False)

    def _found(self) -> tuple[FoundFace, ...]:
        return tuple(FoundFace(box, 0.9) for box in self.faces)

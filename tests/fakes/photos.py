"""A photo reader that finds what the test says is in a picture."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence

from PIL import Image

from smassistant.domain.pictures import Box, Edit, FoundFace, FoundWriting, Metadata, ReadPhoto
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

    def close(self) -> None:
        pass

    def _found(self) -> tuple[FoundFace, ...]:
        return tuple(FoundFace(box, 0.9) for box in self.faces)

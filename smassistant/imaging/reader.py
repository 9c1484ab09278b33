"""The photo reader the services use: everything on this computer."""

from __future__ import annotations

from collections.abc import Sequence

from smassistant.domain.pictures import Box, ReadPhoto
from smassistant.imaging.decoding import decode
from smassistant.imaging.exporting import export, working_copy
from smassistant.imaging.faces import face_finder
from smassistant.jobs import Task


class LocalPhotoReader:
    """Reads picture files for posts and makes the copies that are published (`PhotoReader`)."""

    def read(self, data: bytes, name: str = "", task: Task | None = None) -> ReadPhoto:
        """Decode, drop metadata, find faces at full size. UserError for no usable picture."""
        task = task or Task()
        task.check()
        decoded = decode(data, name)
        task.check()
        faces = face_finder().find(decoded.image, task)
        copy = working_copy(decoded.image)
        return ReadPhoto(
            copy.data, copy.width, copy.height, copy.digest, faces, decoded.metadata,
            decoded.problems,
        )  # fmt: skip

    def export(
        self, working: bytes, blurred: Sequence[Box], max_edge: int, max_bytes: int
    ) -> bytes:
        """A JPEG without metadata whose `blurred` boxes can't be restored, within the limits."""
        return export(decode(working).image, blurred, max_edge, max_bytes)

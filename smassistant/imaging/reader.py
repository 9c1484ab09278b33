"""The photo reader the services use: everything on this computer."""

from __future__ import annotations

from collections.abc import Sequence

from smassistant.domain.pictures import Box, ReadPhoto
from smassistant.jobs import Task


class LocalPhotoReader:
    """Reads picture files for posts and makes the copies that are published (`PhotoReader`).

    The vision libraries are loaded with the first picture, so that the window opens sooner.
    """

    def read(self, data: bytes, name: str = "", task: Task | None = None) -> ReadPhoto:
        """Decode, drop metadata, find faces at full size. UserError for no usable picture."""
        from smassistant.imaging.decoding import decode
        from smassistant.imaging.exporting import working_copy
        from smassistant.imaging.faces import face_finder

        task = task or Task()
        task.check()
        decoded = decode(data, name)
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
        from smassistant.imaging.decoding import decode
        from smassistant.imaging.exporting import export

        return export(decode(working).image, blurred, max_edge, max_bytes)

"""What the services need of pictures: reading and making copies, all on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from smassistant.domain.clips import ReadClip, Shown
from smassistant.domain.pictures import Box, Edit, FoundFace, FoundWriting, ReadPhoto
from smassistant.domain.sightings import Fingerprint, Likeness
from smassistant.jobs import Task


class PhotoReader(Protocol):
    """Decoding, face finding and export of pictures, none of which leaves this computer."""

    def read(self, data: bytes, name: str = "", task: Task | None = None) -> ReadPhoto:
        """Decode, drop metadata, find faces. UserError for what is no usable picture."""
        ...

    def read_writing(
        self, working: bytes, thorough: bool = False, task: Task | None = None
    ) -> tuple[FoundWriting, ...]:
        """The words that can be read in a working copy; `thorough` finds small ones too."""
        ...

    def look_again(
        self, working: bytes, edit: Edit, task: Task | None = None
    ) -> tuple[FoundFace, ...]:
        """The faces of a working copy as edited, in boxes of the picture before the edit."""
        ...

    def export(
        self,
        working: bytes,
        blurred: Sequence[Box],
        max_edge: int,
        max_bytes: int,
        edit: Edit = Edit(),  # noqa: B008 (frozen)
    ) -> bytes:
        """The edited picture as JPEG without metadata, within the limits.

        What was in the `blurred` boxes can't be restored.
        """
        ...

    def read_clip(self, data: bytes, name: str = "", task: Task | None = None) -> ReadClip:
        """A video without anything but picture and sound. UserError for no usable video."""
        ...

    def cut_clip(
        self,
        video: bytes,
        start: float,
        end: float,
        mute: bool = False,
        task: Task | None = None,
    ) -> ReadClip:
        """The part of a read video from `start` to `end` seconds, `mute` without its sound."""
        ...

    def blur_clip(
        self,
        video: bytes,
        blurred: Sequence[Shown],
        kept: Sequence[Shown],
        task: Task | None = None,
    ) -> ReadClip:
        """A read video with everybody but `kept` blurred. UserError where that is not certain."""
        ...

    def print_of(self, working: bytes) -> Fingerprint:
        """What a working copy is told again by: no pixels, nothing of a face."""
        ...

    def find_alike(
        self, wanted: Fingerprint, many: Sequence[bytes], task: Task | None = None
    ) -> tuple[Likeness, ...]:
        """Those of `many` (features of other pictures) that look like the wanted picture."""
        ...

    def close(self) -> None:
        """Give back what reading holds; no picture is read afterwards."""
        ...

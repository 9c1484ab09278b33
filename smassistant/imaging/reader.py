"""The photo reader at work: everything in this process (the program asks it through `apart`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smassistant.domain.clips import ReadClip, Shown
from smassistant.domain.pictures import Box, Edit, FoundFace, FoundWriting, ReadPhoto
from smassistant.domain.sightings import Fingerprint, Likeness
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
            decoded.problems, decoded.full_size,
        )  # fmt: skip

    def read_writing(
        self, working: bytes, thorough: bool = False, task: Task | None = None
    ) -> tuple[FoundWriting, ...]:
        """The words in a working copy. UserError where no writing can be read at all."""
        from smassistant.imaging.decoding import decode
        from smassistant.imaging.writing import writing_reader

        return writing_reader().read(decode(working).image, thorough, task)

    def look_again(
        self, working: bytes, edit: Edit, task: Task | None = None
    ) -> tuple[FoundFace, ...]:
        """The faces of a working copy as edited, in boxes of the picture before the edit."""
        from smassistant.domain.edits import source_box
        from smassistant.imaging.decoding import decode
        from smassistant.imaging.editing import edited
        from smassistant.imaging.faces import face_finder

        image = decode(working).image
        found = face_finder().find(edited(image, edit), task or Task())
        return tuple(replace(one, box=source_box(one.box, edit, *image.size)) for one in found)

    def export(
        self,
        working: bytes,
        blurred: Sequence[Box],
        max_edge: int,
        max_bytes: int,
        edit: Edit = Edit(),  # noqa: B008 (frozen)
    ) -> bytes:
        """A JPEG without metadata whose `blurred` boxes can't be restored, within the limits."""
        from smassistant.imaging.decoding import decode
        from smassistant.imaging.exporting import export

        return export(decode(working).image, blurred, max_edge, max_bytes, edit)

    def publishable(
        self, data: bytes, name: str, blurred: bool, max_edge: int, max_bytes: int
    ) -> bytes:
        """A file's picture as it may leave, without a post; `blurred` hides every face.

        What is only perhaps a face is hidden as well.
        """
        from smassistant.imaging.decoding import decode
        from smassistant.imaging.exporting import export, export_faceless

        image = decode(data, name).image
        if blurred:
            return export_faceless(image, max_edge, max_bytes)
        return export(image, [], max_edge, max_bytes)

    def print_of(self, working: bytes) -> Fingerprint:
        """What a working copy is told again by."""
        from smassistant.imaging.decoding import decode
        from smassistant.imaging.fingerprints import print_of

        return print_of(decode(working).image)

    def find_alike(
        self, wanted: Fingerprint, many: Sequence[bytes], task: Task | None = None
    ) -> tuple[Likeness, ...]:
        """Those of `many` (features of other pictures) that look like the wanted picture."""
        from smassistant.imaging.fingerprints import find_alike

        return find_alike(wanted, many, task)

    def close(self) -> None:
        """Nothing is held that would have to be given back."""

    def read_clip(self, data: bytes, name: str = "", task: Task | None = None) -> ReadClip:
        """A video without anything but picture and sound, and who is seen in it."""
        from smassistant.imaging.clips import read_clip

        return read_clip(data, name, task)

    def cut_clip(
        self,
        video: bytes,
        start: float,
        end: float,
        mute: bool = False,
        task: Task | None = None,
    ) -> ReadClip:
        """The part of a read video from `start` to `end` seconds, `mute` without its sound."""
        from smassistant.imaging.clips import cut_clip

        return cut_clip(video, start, end, mute, task)

    def blur_clip(
        self,
        video: bytes,
        blurred: Sequence[Shown],
        kept: Sequence[Shown],
        task: Task | None = None,
    ) -> ReadClip:
        """A read video with everybody but `kept` blurred, looked through anew."""
        from smassistant.imaging.clip_blurring import blur_clip

        return blur_clip(video, blurred, kept, task)

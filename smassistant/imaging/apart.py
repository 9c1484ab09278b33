"""The photo reader the program uses: `LocalPhotoReader`, in a process of its own."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, TypeVar

from smassistant.domain.clips import ReadClip, Shown
from smassistant.domain.pictures import Box, Edit, FoundFace, FoundWriting, ReadPhoto
from smassistant.domain.sightings import Fingerprint, Likeness
from smassistant.errors import UserError
from smassistant.i18n import _, language
from smassistant.imaging.files import too_much_memory
from smassistant.imaging.wire import Frame, pack, unpack
from smassistant.imaging.worker import Worker
from smassistant.jobs import Task

log = logging.getLogger(__name__)

# Seconds a call may take: many times what it needs on a slow computer.
READING, QUICKLY, THOROUGHLY, COPYING = 90.0, 60.0, 180.0, 60.0
WATCHING, REWRITING = 900.0, 3600.0  # videos

Shape = TypeVar("Shape")


class PhotoReaderApart:
    """Reads pictures and makes the copies that are published (`PhotoReader`), off this process.

    Each method is that of `LocalPhotoReader` with the same name and parameters. What a file does
    to the other process ends as a UserError for this picture. Thread-safe; one call at a time.
    """

    def __init__(self, worker: Worker | None = None) -> None:
        self._worker = worker or Worker()

    def close(self) -> None:
        """End the other process; to be called when no picture is needed any more."""
        self._worker.close()

    def read(self, data: bytes, name: str = "", task: Task | None = None) -> ReadPhoto:
        """Decode, drop metadata, find faces at full size. UserError for no usable picture."""
        return self._ask(ReadPhoto, "read", READING, task, data=data, name=name)

    def read_writing(
        self, working: bytes, thorough: bool = False, task: Task | None = None
    ) -> tuple[FoundWriting, ...]:
        """The words that can be read in a working copy; `thorough` finds small ones too."""
        seconds = THOROUGHLY if thorough else QUICKLY
        shape = tuple[FoundWriting, ...]
        return self._ask(shape, "read_writing", seconds, task, working=working, thorough=thorough)

    def look_again(
        self, working: bytes, edit: Edit, task: Task | None = None
    ) -> tuple[FoundFace, ...]:
        """The faces of a working copy as edited, in boxes of the picture before the edit."""
        shape = tuple[FoundFace, ...]
        return self._ask(shape, "look_again", READING, task, working=working, edit=edit)

    def export(
        self,
        working: bytes,
        blurred: Sequence[Box],
        max_edge: int,
        max_bytes: int,
        edit: Edit = Edit(),  # noqa: B008 (frozen)
    ) -> bytes:
        """The edited picture as JPEG without metadata; `blurred` boxes can't be restored."""
        return self._ask(
            bytes, "export", COPYING, None, working=working, blurred=blurred, max_edge=max_edge,
            max_bytes=max_bytes, edit=edit,
        )  # fmt: skip

    def publishable(
        self, data: bytes, name: str, blurred: bool, max_edge: int, max_bytes: int
    ) -> bytes:
        """A file's picture as it may leave, without a post; `blurred` hides every face."""
        return self._ask(
            bytes, "publishable", READING + COPYING, None, data=data, name=name, blurred=blurred,
            max_edge=max_edge, max_bytes=max_bytes,
        )  # fmt: skip

    def read_clip(self, data: bytes, name: str = "", task: Task | None = None) -> ReadClip:
        """A video without anything but picture and sound, and who is seen in it."""
        return self._ask(ReadClip, "read_clip", WATCHING, task, data=data, name=name)

    def cut_clip(
        self,
        video: bytes,
        start: float,
        end: float,
        mute: bool = False,
        task: Task | None = None,
    ) -> ReadClip:
        """The part of a read video from `start` to `end` seconds, `mute` without its sound."""
        return self._ask(
            ReadClip,
            "cut_clip",
            REWRITING,
            task,
            video=video,
            start=float(start),
            end=float(end),
            mute=mute,
        )

    def blur_clip(
        self,
        video: bytes,
        blurred: Sequence[Shown],
        kept: Sequence[Shown],
        task: Task | None = None,
    ) -> ReadClip:
        """A read video with everybody but `kept` blurred, looked through anew."""
        return self._ask(
            ReadClip, "blur_clip", REWRITING, task, video=video, blurred=blurred, kept=kept
        )

    def print_of(self, working: bytes) -> Fingerprint:
        """What a working copy is told again by."""
        return self._ask(Fingerprint, "print_of", QUICKLY, None, working=working)

    def find_alike(
        self, wanted: Fingerprint, many: Sequence[bytes], task: Task | None = None
    ) -> tuple[Likeness, ...]:
        """Those of `many` (features of other pictures) that look like the wanted picture."""
        shape = tuple[Likeness, ...]
        return self._ask(shape, "find_alike", QUICKLY, task, wanted=wanted, many=many)

    def _ask(
        self, shape: type[Shape], method: str, seconds: float, task: Task | None, **given: Any
    ) -> Shape:
        """Call the method there; `shape` is what it returns."""
        blobs: list[bytes] = []
        plain = {name: pack(value, blobs) for name, value in given.items()}
        question = Frame({"method": method, "language": language(), "given": plain}, blobs)
        answer = self._worker.ask(question, seconds, task or Task())
        head = answer.head
        if "trouble" in head:
            raise UserError(*head["trouble"])
        if "memory" in head:
            raise too_much_memory()
        try:
            value: Shape = unpack(shape, head["result"], answer.blobs)
        except (KeyError, ValueError):
            log.error("the picture reader's %s failed: %s", method, head.get("fault", "no shape"))
            raise _fault() from None
        return value


def _fault() -> UserError:
    return UserError(
        _("The picture can't be used."),
        _("Something unexpected happened while the program worked on it."),
        _("Open it in another program and save a new copy, or choose another picture."),
    )

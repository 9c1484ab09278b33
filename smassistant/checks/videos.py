"""A video is published as it was looked through: blurred where it has to be (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.domain.clips import blur_is_pending
from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Mend, MendKind, Severity
from smassistant.domain.pictures import Edit
from smassistant.domain.posts import Draft
from smassistant.i18n import _


def find_unready_videos(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each video that is not yet what its author said it should be."""
    for number, picture in enumerate(draft.pictures, start=1):
        if picture.clip is None:
            continue
        if blur_is_pending(picture):
            yield _finding(
                "video.not_blurred",
                number,
                _("Who is to be blurred is not blurred in the video yet."),
                _("Blur it in the video"),
            )
        if picture.edit != Edit() or any(writing.blurred for writing in picture.writing):
            yield _finding(
                "video.not_edited",
                number,
                _(
                    "A video can't be cropped, turned or lit, and writing in it can't be blurred. "
                    "Cut the video, or take a photo of a moment instead."
                ),
                _("Look at the video"),
            )


def _finding(code: str, number: int, message: str, label: str) -> Finding:
    return Finding(
        code=code,
        clause="4.1",
        severity=Severity.BLOCK,
        where=f"photo:{number}",
        message=message,
        mends=(Mend(MendKind.GO_TO_FACES, label),),
        anchor=Anchor(f"photo:{number}"),
    )


CHECK = Check("video", "4.1", "Videos as they will be published", find_unready_videos)

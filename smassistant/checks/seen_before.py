"""Pictures that were refused or taken down before, or are used twice (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Mend, MendKind, Severity
from smassistant.domain.posts import Draft
from smassistant.domain.sightings import Cause, Sighting, SightingKind
from smassistant.i18n import _

BARRED, USED = "photo.seen_before", "photo.used_before"


def find_seen_before(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A block for each copy of a picture that may not go out again, and advice about other uses.

    A picture that only looks like a barred one, such as the next of a burst, needs a reason.
    """
    numbers = {picture.id: number for number, picture in enumerate(draft.pictures, start=1)}
    for sighting in facts.sightings:
        if sighting.picture_id in numbers:
            yield _finding(numbers[sighting.picture_id], sighting)


def _finding(number: int, sighting: Sighting) -> Finding:
    barred = sighting.kind is SightingKind.BARRED
    severity = Severity.ADVICE
    mends = [Mend(MendKind.LEAVE_OUT, _("Leave the picture out"))]
    if barred:
        severity = Severity.BLOCK if sighting.sure else Severity.WARN
    if severity is Severity.WARN:
        mends.append(Mend(MendKind.GIVE_REASON, _("Say why it may be used")))
    return Finding(
        code=BARRED if barred else USED,
        clause="4.1",
        severity=severity,
        where=f"photo:{number}",
        message=_message(sighting),
        mends=tuple(mends),
        anchor=Anchor(f"photo:{number}"),
    )


def _message(sighting: Sighting) -> str:
    if sighting.kind is SightingKind.TWICE:
        return _("This looks like picture {number} of this post.").format(number=sighting.number)
    day = f"{sighting.day:%Y-%m-%d}" if sighting.day else ""
    if sighting.kind is SightingKind.USED:
        told = _("This picture was used before, on {day}: “{words}”.")
        return told.format(day=day, words=sighting.words or "…")
    said = _barred(sighting.cause, bool(sighting.words)).format(day=day, words=sighting.words)
    return f"{said} {_way_on(sighting.sure)}"


def _barred(cause: Cause | None, explained: bool) -> str:
    if cause is Cause.REFUSED and explained:
        return _("This looks like a picture whose post was refused on {day} because “{words}”.")
    if cause is Cause.REFUSED:
        return _("This looks like a picture whose post was refused on {day}.")
    if explained:
        return _("This looks like the picture that was taken down on {day} because “{words}”.")
    return _("This looks like the picture that was taken down on {day}.")


def _way_on(sure: bool) -> str:
    if sure:
        return _("Leave it out, or ask a leader to allow it again on the page Pictures.")
    return _("If it is another picture, say so; if it is the same, leave it out.")


CHECK = Check("seen_before", "4.1", "Pictures seen before", find_seen_before)

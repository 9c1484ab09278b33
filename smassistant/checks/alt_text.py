"""Photos described in words for people who can't see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Mend, MendKind, Severity
from smassistant.domain.posts import Draft
from smassistant.i18n import _

_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|hei[cf]|webp|tiff?|avif|bmp|mp4|mov)"
    r"|(?:IMG|DSCN?|PXL|MVI|VID)[_-]?\d+\S*",
    re.I,
)


def find_alt_text(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """Findings for photos without a description, or with one that is too long or no description."""
    for number, picture in enumerate(draft.pictures, start=1):
        text = picture.alt_text.strip()
        if not text:
            message = _("Describe the photo for people who can’t see it.")
            yield _finding(number, "access.alt_text", Severity.BLOCK, message)
        elif _FILE_NAME.fullmatch(text):
            message = _("A file name describes nothing. Say in words what the photo shows.")
            yield _finding(number, "access.alt_text.file_name", Severity.WARN, message)
        else:
            yield from _too_long(number, picture.alt_text, draft, facts)


def _too_long(number: int, text: str, draft: Draft, facts: Facts) -> Iterator[Finding]:
    places = tuple(key for key in draft.places if len(text) > facts.places[key].max_alt_text)
    if places:
        most = min(facts.places[key].max_alt_text for key in places)
        message = _("The description has {count} characters; at most {most} are possible.").format(
            count=len(text), most=most
        )
        yield _finding(number, "access.alt_text.too_long", Severity.WARN, message, places)


def _finding(
    number: int, code: str, severity: Severity, message: str, places: tuple[str, ...] = ()
) -> Finding:
    return Finding(
        code=code,
        clause="",
        severity=severity,
        where=f"alt:{number}",
        message=message,
        places=places,
        mends=(Mend(MendKind.WRITE_ALT_TEXT, _("Describe the photo")),),
        anchor=Anchor(f"alt:{number}"),
    )


CHECK = Check("alt_text", "", "Descriptions of photos", find_alt_text)

"""Places and people named in a photo's file; none of it is published (clause 4)."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Mend, MendKind, Severity
from smassistant.domain.pictures import Metadata
from smassistant.domain.posts import Draft
from smassistant.i18n import _, ngettext


def find_metadata(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """Advice for each photo whose file says where it was taken or who is in it."""
    for number, picture in enumerate(draft.pictures, start=1):
        if picture.metadata.personal:
            yield Finding(
                code="photo.metadata",
                clause="4",
                severity=Severity.ADVICE,
                where=f"photo:{number}",
                message=_message(picture.metadata),
                people=_known(picture.metadata, facts),
                mends=_look() if picture.metadata.people else (),
                anchor=Anchor(f"photo:{number}"),
            )


def _message(metadata: Metadata) -> str:
    parts = []
    if metadata.location:
        parts.append(_("The file says where the photo was taken."))
    if count := len(metadata.people):
        parts.append(
            ngettext(
                "The file names {count} person.", "The file names {count} people.", count
            ).format(count=count)
        )
    parts.append(_("None of this is published."))
    return " ".join(parts)


def _look() -> tuple[Mend, ...]:
    return (Mend(MendKind.GO_TO_FACES, _("Look at the photo")),)


def _known(metadata: Metadata, facts: Facts) -> tuple[str, ...]:
    """People of the registry whom the file names, each once: whom to look for in the photo."""
    mentions = (mention for name in metadata.people for mention in facts.matcher.mentions(name))
    return tuple(dict.fromkeys(person for mention in mentions for person in mention.people))


CHECK = Check("metadata", "4", "Data inside the photo's file", find_metadata)

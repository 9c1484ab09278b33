"""Names in the file names of photos; files are renamed when they are published."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Severity
from smassistant.domain.posts import Draft
from smassistant.i18n import _


def find_file_names(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """Advice for each photo whose file is named after somebody: that person may be in it."""
    for number, picture in enumerate(draft.pictures, start=1):
        for mention in facts.matcher.mentions(picture.file_name):
            people = [facts.people[key].shown_name for key in mention.people if key in facts.people]
            yield Finding(
                code="name.file_name",
                clause="4.1",
                severity=Severity.ADVICE,
                where=f"photo:{number}",
                message=_(
                    "The file is named after {people}, who may be in the photo. "
                    "It gets another name when it is published."
                ).format(people=", ".join(people[:3])),
                surface=mention.surface,
                people=mention.people,
                anchor=Anchor(f"file:{number}", mention.surface),
            )


CHECK = Check("file_name", "4.1", "Names in file names", find_file_names)

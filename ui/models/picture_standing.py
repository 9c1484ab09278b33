"""What the checks say about the people and the writing of one picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from smassistant.domain.findings import Finding
from smassistant.domain.people import Person
from smassistant.domain.pictures import Picture
from smassistant.domain.referrals import PUBLIC_EVENT
from ui.widgets.words import picture_number

REFUSALS = ("photo.not_permitted", "video.not_permitted", PUBLIC_EVENT)


@dataclass(frozen=True)
class PictureStanding:
    """`refused` are ids of faces whose person may not be shown, `names` people by their id.

    `written` are the findings about writing by the writing's id, such as a name that stands there.
    """

    refused: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    written: Mapping[str, Finding] = field(default_factory=dict, repr=False)


NOTHING_SAID = PictureStanding()


def standing_of(
    picture: Picture, number: int, findings: Iterable[Finding], people: Mapping[str, Person]
) -> PictureStanding:
    """What `findings` say about picture `number` of a post."""
    written = {one.id for one in picture.writing}
    refused: set[str] = set()
    named: dict[str, Finding] = {}
    for finding in findings:
        mark_id = finding.anchor.where.partition("/")[2]
        if picture_number(finding.where) != number or not mark_id:
            continue
        if mark_id in written:
            named.setdefault(mark_id, finding)  # the next one follows once this is settled
        elif finding.code in REFUSALS and finding.people:
            refused.add(mark_id)
    names = {key: person.described for key, person in people.items()}
    return PictureStanding(frozenset(refused), names, named)

"""What fits in the places the post goes to: length of the text, number of pictures."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.domain.counting import count
from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Severity
from smassistant.domain.places import Place
from smassistant.domain.posts import Draft
from smassistant.i18n import _, ngettext


def find_place_limits(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each limit of each chosen place that the draft exceeds."""
    for key in draft.places if draft.chosen else ():
        place = facts.places[key]
        length = count(draft.text, place.counting)
        if length > place.max_text:
            yield _finding("limit.text", place, _too_long(place, length))
        pictures = len(draft.pictures)
        if pictures > place.max_pictures:
            yield _finding("limit.pictures", place, _too_many(place, pictures))
        if pictures < place.min_pictures:
            message = _("A post on {place} needs a picture.").format(place=_(place.title))
            yield _finding("limit.no_picture", place, message)


def _too_long(place: Place, length: int) -> str:
    over = length - place.max_text
    return ngettext(
        "The text is {over} character too long for {place}, which takes {most}.",
        "The text is {over} characters too long for {place}, which takes {most}.",
        over,
    ).format(over=over, place=_(place.title), most=place.max_text)


def _too_many(place: Place, pictures: int) -> str:
    return _("{place} takes at most {most} pictures; the post has {count}.").format(
        place=_(place.title), most=place.max_pictures, count=pictures
    )


def _finding(code: str, place: Place, message: str) -> Finding:
    return Finding(
        code=code,
        clause="",
        severity=Severity.BLOCK,
        where="text",
        message=message,
        places=(place.key,),
        anchor=Anchor("text", place.key),
    )


CHECK = Check("limit", "", "Limits of the places", find_place_limits)

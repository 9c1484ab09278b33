"""Where a person may not be published and why, in words (clause 4.1)."""

from __future__ import annotations

from dataclasses import dataclass

from smassistant.domain.consents import Reason, Ruling, Use, rule
from smassistant.domain.facts import Facts
from smassistant.domain.people import Person
from smassistant.i18n import _


@dataclass(frozen=True, slots=True)
class Refusal:
    """The places where one person may not be published, and the ruling for the first of them."""

    person: Person
    places: tuple[str, ...]
    ruling: Ruling


def refusal_of(facts: Facts, person_id: str, use: Use, places: tuple[str, ...]) -> Refusal | None:
    """Where the person may not be published so; None where they may everywhere, or are unknown."""
    person = facts.people.get(person_id)
    refused = facts.refused_places(person_id, use, places)
    if person is None or not refused:
        return None
    channel = facts.places[refused[0]].channel
    history = facts.history.get(person_id, ())
    return Refusal(person, refused, rule(person, history, use, channel, facts.day))


def nobody_said_no(refusal: Refusal, facts: Facts, use: Use) -> bool:
    """Whether at all the places only an answer is missing or the permission has run out."""
    history = facts.history.get(refusal.person.id, ())
    rulings = (
        rule(refusal.person, history, use, facts.places[key].channel, facts.day)
        for key in refusal.places
    )
    return all(ruling.reason in (Reason.NO_ANSWER, Reason.EXPIRED) for ruling in rulings)


def place_names(facts: Facts, places: tuple[str, ...]) -> str:
    """Titles of the places as a list in words."""
    titles = [_(facts.places[key].title) for key in places]
    if len(titles) < 2:
        return "".join(titles)
    return _("{first} and {last}").format(first=", ".join(titles[:-1]), last=titles[-1])


def why(ruling: Ruling) -> str:
    """The reason of a refusal, as the end of a sentence."""
    words = {
        Reason.RESTRICTED: _("the registry says never to publish"),
        Reason.REFUSED: _("permission was refused"),
        Reason.WITHDRAWN: _("permission was withdrawn"),
        Reason.EXPIRED: _("the permission has run out"),
        Reason.NOT_YET: _("the permission does not hold yet"),
        Reason.NO_ANSWER: _("no permission is on file"),
    }
    return words.get(ruling.reason, _("there is no permission"))

"""A small invented school to run checks on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from smassistant.checks.rules import load_rules
from smassistant.domain.consents import Answer, Channel, Decision, Source, Use
from smassistant.domain.facts import Facts
from smassistant.domain.people import Kind, Person
from smassistant.domain.pictures import Origin, Picture, Reading, TakenBy
from smassistant.matching.engine import NameMatcher

DAY = date(2026, 11, 24)
MADE_AT = datetime(2026, 9, 1, tzinfo=UTC)

TOVE = Person("tove", "1", "Tove", "Ekström", grade="4", homeroom="4-Vance", school="Fernleigh")
OMAR = Person("omar", "2", "Omar", "Haddad", grade="4", school="Fernleigh")
ANA = Person("ana", "3", "Ana", "Quiroga", grade="6", school="Fernleigh")
ANA_B = Person("ana-b", "4", "Ana", "Bellamy", grade="2", school="Fernleigh")
HOPE = Person("hope", "5", "Hope", "Marsden", grade="1", school="Fernleigh")
SECRET = Person("secret", "6", "Ilse", "Korhonen", grade="4", school="Fernleigh", restricted=True)
LEO = Person("leo", "7", "Leopold", "Achterberg", "Leo", grade="K", school="Fernleigh")
STAFF = Person("staff", "S1", "Brenda", "Whitlock", kind=Kind.STAFF, school="Fernleigh")
PEOPLE = (TOVE, OMAR, ANA, ANA_B, HOPE, SECRET, LEO, STAFF)


def line(
    person: Person,
    use: Use,
    answer: Answer = Answer.GRANTED,
    channel: Channel = Channel.SOCIAL_MEDIA,
    start: date = date(2026, 9, 1),
    until: date | None = None,
) -> Decision:
    """One consent line."""
    return Decision(
        f"{person.id}-{use}-{channel}-{start}", person.id, use, channel, answer, start, until,
        Source.FORM, "parent", "records", MADE_AT,
    )  # fmt: skip


def facts(
    *lines: Decision, people: Iterable[Person] = PEOPLE, own_contacts: tuple[str, ...] = ()
) -> Facts:
    """Facts with the given consent lines and nothing else permitted."""
    people = tuple(people)
    history: dict[str, tuple[Decision, ...]] = {}
    for given in lines:
        history[given.person_id] = (*history.get(given.person_id, ()), given)
    return Facts(
        {person.id: person for person in people},
        history,
        NameMatcher(people),
        load_rules(),
        DAY,
        own_contacts,
    )


def picture(alt_text: str = "A classroom.", **changes: object) -> Picture:
    """A described picture without faces that the author took and looked at."""
    own = Origin(TakenBy.OWN)
    usual = {"looked": True, "file_name": "gym.jpg", "origin": own}
    given: dict[str, object] = {**usual, "reading": Reading.THOROUGH, **changes}
    return Picture("p1", "photo1", width=10, height=10, digest="d", alt_text=alt_text, **given)  # type: ignore[arg-type]

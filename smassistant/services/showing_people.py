"""Who may be in a picture that goes to these places: whole classes and people by name (4.1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from smassistant.context import Context
from smassistant.domain.consents import Channel, Decision, Ruling, Use, rule
from smassistant.domain.lookups import Filters, Group, group_of
from smassistant.domain.people import LEFT, Kind, Person
from smassistant.domain.places import PLACES
from smassistant.domain.users import Right, User
from smassistant.ports import Work, today_in
from smassistant.services.acting import require
from smassistant.services.keeping_registry import PeoplePage, PersonLine

WHOLE_CLASS = 200  # no class is larger; a grade without classes may be
_MIDST = r"(?<!\w){name}(?!\w)"


@dataclass(frozen=True, slots=True)
class Showing:
    """What a picture is for: the use asked of people, and the channels it goes to."""

    use: Use = Use.PHOTO
    channels: tuple[Channel, ...] = (Channel.SOCIAL_MEDIA,)


def showing(places: Iterable[str], film: bool = False) -> Showing:
    """What is asked of people for a picture that goes to these places (keys)."""
    channels = tuple(dict.fromkeys(PLACES[key].channel for key in places))
    use = Use.VIDEO if film else Use.PHOTO
    return Showing(use, channels or (Channel.SOCIAL_MEDIA,))


def list_classes(context: Context, actor: User) -> tuple[Group, ...]:
    """Every class of the registry, in the usual order."""
    _require(actor)
    with context.store.read() as work:
        return work.lookups.groups()


def list_class(
    context: Context, actor: User, group: Group, asked: Showing
) -> tuple[PersonLine, ...]:
    """The students of a class by last name, `photo` being the answer for what is asked."""
    _require(actor)
    with context.store.read() as work:
        day = _today(context, work)
        filters = Filters(group=group, kind=Kind.STUDENT)
        people = work.lookups.find("", filters, day, WHOLE_CLASS)
        lines = _lines(work, people, asked, day)
    here = (line for line in lines if line.person.status != LEFT)
    return tuple(sorted(here, key=lambda line: (line.person.last_name, line.person.shown_name)))


def find_for_picture(
    context: Context,
    actor: User,
    words: str,
    asked: Showing,
    group: Group | None = None,
    limit: int = 20,
) -> PeoplePage:
    """Whom the words fit, those of `group` first; `photo` is the answer for what is asked."""
    _require(actor)
    with context.store.read() as work:
        day = _today(context, work)
        near = work.lookups.find(words, Filters(group=group), day, limit) if group else ()
        found = dict.fromkeys((*near, *work.people.find(words, limit)))
        return PeoplePage(_lines(work, tuple(found)[:limit], asked, day), work.people.count(words))


def lines_of_people(
    context: Context, actor: User, ids: Iterable[str], asked: Showing
) -> tuple[PersonLine, ...]:
    """These people with today's answers, in this order; unknown ones are left out."""
    _require(actor)
    with context.store.read() as work:
        wanted = tuple(dict.fromkeys(ids))
        known = work.people.of_many(wanted)
        people = tuple(known[key] for key in wanted if key in known)
        return _lines(work, people, asked, _today(context, work))


def guess_class(
    context: Context, actor: User, text: str, person_ids: Iterable[str]
) -> Group | None:
    """The class a post is about: one its text names, else that of most people it speaks of.

    None where nothing points to one. A class that two schools have is told by the people.
    """
    _require(actor)
    with context.store.read() as work:
        groups = work.lookups.groups()
        people = work.people.of_many(tuple(person_ids)).values()
    told = Counter(group_of(person) for person in people if person.kind is Kind.STUDENT)
    named = [group for group in groups if _says(text, group)]
    if named:
        return max(named, key=lambda group: told[group])
    return max(told, key=lambda group: told[group], default=None)


def _says(text: str, group: Group) -> bool:
    """Whether the text names a class by its homeroom; a bare number is no class."""
    name = group.homeroom
    if not name or name.isdecimal() or len(name) < 2:
        return False
    return bool(re.search(_MIDST.format(name=re.escape(name)), text, re.IGNORECASE))


def _require(actor: User) -> None:
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY, Right.WRITE_POSTS)


def _today(context: Context, work: Work) -> date:
    return today_in(work.settings.get().zone, context.clock.now())


def _lines(
    work: Work, people: tuple[Person, ...], asked: Showing, day: date
) -> tuple[PersonLine, ...]:
    histories = work.lookups.histories([person.id for person in people])
    return tuple(_line(person, histories.get(person.id, ()), asked, day) for person in people)


def _line(person: Person, history: tuple[Decision, ...], asked: Showing, day: date) -> PersonLine:
    name = rule(person, history, Use.FULL_NAME, asked.channels[0], day)
    return PersonLine(person, name, _strictest(person, history, asked, day))


def _strictest(person: Person, history: tuple[Decision, ...], asked: Showing, day: date) -> Ruling:
    """The first refusal among the channels, else the first permission."""
    rulings = [rule(person, history, asked.use, channel, day) for channel in asked.channels]
    return min(rulings, key=lambda ruling: ruling.permitted)

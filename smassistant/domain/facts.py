"""The snapshot a check runs on: everything it may ask, read beforehand, so that checks are pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from smassistant.domain.consents import Channel, Decision, Use, rule
from smassistant.domain.findings import Finding, Form, Mention
from smassistant.domain.people import Person
from smassistant.domain.places import PLACES, Place
from smassistant.domain.policies import Policies
from smassistant.domain.posts import Draft
from smassistant.domain.sightings import Sighting


class Matcher(Protocol):
    """Finds the people of the registry in a text (the engine lives in `matching`)."""

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every mention in `text`, in order, not overlapping; offsets are code points."""
        ...

    def written(self, text: str) -> tuple[Mention, ...]:
        """Every mention in words read off a picture, where letters may be taken for others."""
        ...


class Topics(Protocol):
    """Finds subjects that may not be posted (compiled rule packs)."""

    def hits(self, text: str) -> tuple[TopicHit, ...]:
        """Every place where a rule fires, in order; offsets are code points."""
        ...


@dataclass(frozen=True, slots=True)
class TopicHit:
    """A rule that fired: its code ("topic.legal"), clause, severity, words and plain reason."""

    rule_id: str
    code: str
    clause: str
    severity: str
    start: int
    end: int
    surface: str
    message: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A category ("legal") that a text reads like, its score from 0 to 1, and posts like it."""

    category: str
    score: float
    examples: tuple[str, ...]


class Hints(Protocol):
    """Says softly what a text reads like (the trained reader lives in `hints`)."""

    def read(self, text: str) -> tuple[Hint, ...]:
        """What the text reads like, likeliest first; empty for a harmless one."""
        ...


@dataclass(frozen=True)
class Facts:
    """What is known on `day`: people, their consent history, places, and the engines.

    `today` is the day for which permissions are asked: the due day of a scheduled post.
    `own_names` are those of the school, the division and those who work with the program.
    """

    people: Mapping[str, Person]
    history: Mapping[str, tuple[Decision, ...]]
    matcher: Matcher
    topics: Topics
    day: date
    own_contacts: tuple[str, ...] = ()
    policies: Policies = field(default_factory=Policies)
    places: Mapping[str, Place] = field(default_factory=lambda: PLACES)
    hints: Hints | None = None
    own_names: tuple[str, ...] = ()
    sightings: tuple[Sighting, ...] = ()

    def permits(self, person_id: str, use: Use, channel: Channel) -> bool:
        """Whether the person may be published so; a person the registry doesn't know may not."""
        person = self.people.get(person_id)
        if person is None:
            return False
        return rule(person, self.history.get(person_id, ()), use, channel, self.day).permitted

    def refused_places(self, person_id: str, use: Use, places: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the place keys `places` where the person may not be published so."""
        return tuple(
            key for key in places if not self.permits(person_id, use, self.places[key].channel)
        )

    @cached_property
    def schools(self) -> frozenset[str]:
        """Names of all schools in the registry."""
        return frozenset(person.school for person in self.people.values() if person.school)


def needed_use(mention: Mention) -> Use:
    """The permission a mention needs: the full name as soon as the surname can be read."""
    return Use.FULL_NAME if mention.surname or mention.form is Form.FULL else Use.FIRST_NAME


@dataclass(frozen=True, slots=True)
class Check:
    """One check: `find` is pure and yields its findings for a draft."""

    key: str
    clause: str
    title: str
    find: Callable[[Draft, Facts], Iterator[Finding]]

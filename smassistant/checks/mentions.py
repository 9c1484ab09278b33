"""Who is named in a draft, after what the author said about each name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smassistant.domain.facts import Facts
from smassistant.domain.findings import Anchor, Mention, ResolutionKind
from smassistant.domain.posts import Draft

TEXT = "text"
# The code of a resolution that says who a name means.
NAME = "name"


def texts_of(draft: Draft) -> Iterator[tuple[str, str]]:
    """Every text of the draft that is published, with where it stands: "text", "alt:1" …"""
    yield TEXT, draft.text
    for number, picture in enumerate(draft.pictures, start=1):
        if picture.alt_text:
            yield f"alt:{number}", picture.alt_text


def anchor_at(where: str, text: str, start: int, end: int) -> Anchor:
    """The anchor of the words `text[start:end]`: it names them and counts the same ones before."""
    surface = text[start:end]
    return Anchor(where, surface, text.count(surface, 0, start) if surface else 0)


def mentions_of(draft: Draft, facts: Facts) -> tuple[Mention, ...]:
    """The mentions in the draft's text, with the author's resolutions applied."""
    return tuple(mentions_in(TEXT, draft.text, draft, facts))


def mentions_in(where: str, text: str, draft: Draft, facts: Facts) -> Iterator[Mention]:
    """The mentions in `text`, with the author's resolutions for `where` applied.

    A person chosen is certain; somebody else's name is dropped, whole or for one candidate.
    """
    for mention in facts.matcher.mentions(text):
        settled = _settled(mention, anchor_at(where, text, mention.start, mention.end), draft)
        if settled.people:
            yield settled


def _settled(mention: Mention, anchor: Anchor, draft: Draft) -> Mention:
    for given in draft.resolutions:
        if given.code != NAME or given.anchor != anchor:
            continue
        if given.kind is ResolutionKind.PERSON and given.person_id in mention.people:
            return replace(mention, people=(given.person_id,), confidence=1.0)
        if given.kind is ResolutionKind.SOMEONE_ELSE:
            others = tuple(person for person in mention.people if person != given.person_id)
            mention = replace(mention, people=others if given.person_id else ())
    return mention

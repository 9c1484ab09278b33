"""A surname on its own, in games, families and groups, as a candidate for `weighing`."""

from __future__ import annotations

from smassistant.domain.findings import Form
from smassistant.domain.people import Kind
from smassistant.matching.elsewhere import homeroom
from smassistant.matching.lone import Lone, is_title, title_before
from smassistant.matching.parts import NOBODY, Parts
from smassistant.matching.vocabulary import GROUPS


def surname_at(parts: Parts, at: int, taken: set[int]) -> Lone | None:
    """The surname at a token; weighed only where a group or a title says who is meant.

    `taken` are tokens that belong to full names.
    """
    stretch = parts.stretch
    found = [
        part
        for part in parts.lasts[at]
        if part.exact and taken.isdisjoint(range(at, part.end))
        if stretch.lower or any(stretch.tokens[i].cap for i in range(at, part.end))
    ]
    if is_title(parts, at):
        return None
    if not found:
        return _plural(parts, at)
    part = max(found, key=lambda one: one.end)
    wordy = parts.all_words(at, part.end)
    one = Lone(at, part.end, part.exact, NOBODY, Form.SURNAME, 0.0, wordy, surname=True)
    if title_before(parts, at) or _titled_in_full(parts, at):
        return _adults(parts, one)
    if sure := _group(parts, one):
        one.sure, one.settled = sure, True
    return one


def _titled_in_full(parts: Parts, at: int) -> bool:
    """Whether a title and a first name stand before: "Dr. Cheryl Wall"."""
    stretch = parts.stretch
    named = at > 1 and stretch.tokens[at - 1].cap and stretch.gaps[at - 1] == " "
    return named and not stretch.caps and title_before(parts, at - 1) is not None


def _adults(parts: Parts, one: Lone) -> Lone | None:
    """With a title an adult is meant: staff of the registry, never a student."""
    people = parts.index.people
    rows = {row for row in one.exact if people[row].kind is not Kind.STUDENT}
    if not rows:
        return None
    one.exact, one.sure, one.settled = rows, 0.7, True
    return one


def _group(parts: Parts, one: Lone) -> float:
    """How sure it is as the name of a family: the Smith twins, la famille Tremblay."""
    stretch = parts.stretch
    if homeroom(parts, one):
        return 0.0
    after = stretch.tokens[one.end].key if one.end < len(stretch.tokens) else ""
    before = stretch.tokens[one.at - 1].key if one.at else ""
    joined = one.end - 1 < len(stretch.joins) and stretch.joins[one.end - 1]
    if before == "les" and not one.wordy and stretch.plain(one.at - 1):
        return 0.7
    if (after in GROUPS and joined) or (before in GROUPS and stretch.plain(one.at - 1)):
        return 0.55 if one.wordy else 0.8
    return 0.0


def _plural(parts: Parts, at: int) -> Lone | None:
    """A family by its surname in the plural: the Hironakas, the Van Dijks, les Tremblay."""
    stretch = parts.stretch
    before = stretch.tokens[at - 1].key if at else ""
    if not stretch.tokens[at].cap or before not in ("the", "les") or not stretch.plain(at - 1):
        return None
    for end in range(min(at + 4, len(stretch.tokens)), at, -1):
        if not all(stretch.joins[at : end - 1]):
            continue
        key = "".join(token.key for token in stretch.tokens[at:end])
        stems = [key[:-1]] if key.endswith("s") else []
        stems += [key[:-2]] if key.endswith("es") else []
        for stem in stems:
            if rows := parts.index.last.get(stem, NOBODY):
                sure = _plural_sureness(parts, at, stem, key)
                return Lone(at, end, rows, NOBODY, Form.SURNAME, sure, False, True, True)
    return None


def _plural_sureness(parts: Parts, at: int, stem: str, key: str) -> float:
    """Less where the plural is an ordinary word, more behind thanks."""
    wordy = key in parts.words.words or stem in parts.words.words
    before = {token.key for token in parts.stretch.tokens[max(0, at - 4) : at - 1]}
    cued = not parts.words.strong_cues.isdisjoint(before)
    return (0.15 if wordy else 0.6) + (0.2 if cued else 0.0)

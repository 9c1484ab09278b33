"""Full names with a slip of the keyboard in one part, told by the other part."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.domain.findings import Form
from smassistant.domain.folding import squash
from smassistant.matching.index import Ids, slips_between
from smassistant.matching.lone import Lone, title_before
from smassistant.matching.parts import NOBODY, Found, Parts
from smassistant.matching.vocabulary import PARTICLES

_LONG = 6  # letters from which two slips still leave enough of a name
_MANY = 200
_CHEER = frozenset({"up", "off", "luck", "proud", "go"})


def may_be_slip(parts: Parts, at: int) -> bool:
    """Whether the token is written like a name but is no ordinary word."""
    token = parts.stretch.tokens[at]
    return (token.cap or parts.stretch.lower) and token.key not in parts.words.words


def slip_in_last(parts: Parts, at: int) -> Iterator[Found]:
    """A first name at token `at`, and behind it what was meant to be the surname."""
    if not (parts.stretch.tokens[at].cap or parts.stretch.lower) or title_before(parts, at):
        return
    for first in parts.firsts[at]:
        for start in list(parts.after_middle(first.end))[:2]:
            if not may_be_slip(parts, start) and parts.stretch.tokens[start].key not in PARTICLES:
                continue
            for end, name in _near(parts, start):
                rows = first.everyone & parts.index.last.get(name, NOBODY)
                if rows:
                    sure = _slip_sureness(parts, start, end, name)
                    yield parts.found(4, at, end, rows, NOBODY, Form.MISSPELT, sure)
            rows = _close(parts, start, first.exact, last=True)
            if rows:
                yield parts.found(5, at, start + 1, rows, NOBODY, Form.MISSPELT, 0.6)


def slip_in_first(parts: Parts, at: int) -> Iterator[Found]:
    """What was meant to be a first name at token `at`, and a surname behind it."""
    if title_before(parts, at):
        return
    for end, name in _near(parts, at):
        rows = parts.index.first.get(name, NOBODY)
        for start in list(parts.after_middle(end))[:2] if rows else ():
            for last in parts.lasts[start]:
                if both := rows & last.everyone:
                    sure = _slip_sureness(parts, at, end, name)
                    yield parts.found(4, at, last.end, both, NOBODY, Form.MISSPELT, sure)
            if may_be_slip(parts, start) and not parts.lasts[start]:
                for stop, surname in _near(parts, start):
                    both = rows & parts.index.last.get(surname, NOBODY)
                    if both and min(len(name), len(surname)) > 4:
                        yield parts.found(5, at, stop, both, NOBODY, Form.MISSPELT, 0.6)


def two_slips_in_first(parts: Parts, at: int) -> Iterator[Found]:
    """As `slip_in_first`, with a first name so badly typed that only the surname tells it."""
    for start in list(parts.after_middle(at + 1))[:1]:
        for last in parts.lasts[start]:
            if rows := _close(parts, at, last.exact, last=False):
                yield parts.found(5, at, last.end, rows, NOBODY, Form.MISSPELT, 0.6)


def lone_slip(parts: Parts, at: int) -> Lone | None:
    """A first name on its own with two letters swapped, one lost or one too many, behind praise."""
    stretch = parts.stretch
    token = stretch.tokens[at]
    if len(token.key) < _LONG or not token.cap or stretch.caps or not may_be_slip(parts, at):
        return None
    if token.key in parts.words.given_names or stretch.starts_sentence(at):
        return None
    lead = {one.key for one in stretch.tokens[max(0, at - 3) : at]}
    around = [i for i in (at - 1, at + 1) if stretch.plain(min(i, at))]
    if lead.isdisjoint(parts.words.strong_cues) and lead.isdisjoint(_CHEER):
        return None
    if any(stretch.tokens[i].cap and i > at for i in around if i < len(stretch.tokens)):
        return None
    rows = {
        row
        for name in parts.index.near(token.key)
        if len(name) != len(token.key) or sorted(name) == sorted(token.key)
        for row in parts.index.first.get(name, NOBODY)
    }
    return Lone(at, at + 1, rows, NOBODY, Form.MISSPELT, 0.5, False, settled=True) if rows else None


def _close(parts: Parts, at: int, rows: Ids, last: bool) -> Ids:
    """Those of `rows` whose name of six letters or more is two slips away from the token."""
    key = parts.stretch.tokens[at].key
    if len(key) < _LONG or len(rows) > _MANY or not may_be_slip(parts, at):
        return NOBODY
    people = parts.index.people
    close: Ids = set()
    for row in rows:
        name = squash(people[row].last_name if last else people[row].first_name)
        alike = name[:1] == key[:1] or name[-2:] == key[-2:]
        alike = alike and len(name) >= _LONG and abs(len(name) - len(key)) <= 2
        if alike and slips_between(key, name) <= 2:
            close.add(row)
    return close


def _near(parts: Parts, start: int) -> Iterator[tuple[int, str]]:
    """(end, name) of names one slip away from the token, or from it and those joined to it."""
    key = ""
    for end in range(start, min(start + 3, len(parts.stretch.tokens))):
        if end > start and not parts.stretch.joins[end - 1]:
            return
        token = parts.stretch.tokens[end]
        if not (token.cap or parts.stretch.lower or token.key in PARTICLES):
            return
        key += token.key
        for name in parts.index.near(key):
            yield end + 1, name


def _slip_sureness(parts: Parts, start: int, end: int, name: str) -> float:
    """Less where the words are short, or a name of their own: another person may be meant."""
    key = "".join(token.key for token in parts.stretch.tokens[start:end])
    own = parts.index.knows(key) or key in parts.words.given_names
    return (0.45 if own else 0.75) - (0.15 if min(len(key), len(name)) < 5 else 0)

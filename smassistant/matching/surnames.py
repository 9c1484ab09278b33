"""A surname on its own, in games, families and groups."""

from __future__ import annotations

from smassistant.domain.findings import Form
from smassistant.domain.people import Kind
from smassistant.matching.lone import BEING, Lone, is_city, is_title, place, title_before
from smassistant.matching.parts import NOBODY, Parts
from smassistant.matching.vocabulary import ARTICLES, DAYS, GROUPS


def judge_surname(parts: Parts, at: int, taken: set[int]) -> Lone | None:
    """The surname at a token, with how sure it is; None where there is none.

    `taken` are tokens that belong to full names.
    """
    stretch = parts.stretch
    found = [
        part
        for part in parts.lasts[at]
        if part.exact and taken.isdisjoint(range(at, part.end))
        if any(stretch.tokens[i].cap for i in range(at, part.end))
    ]
    if is_title(parts, at):
        return None
    if not found:
        return _plural(parts, at)
    part = max(found, key=lambda one: one.end)
    wordy = parts.all_words(at, part.end)
    one = Lone(at, part.end, part.exact, NOBODY, Form.SURNAME, 0.0, wordy, surname=True)
    if title_before(parts, at):
        return _adults(parts, one)
    if sure := _group(parts, one):
        one.sure = sure
        return one
    if _beside_unknown(parts, one) or is_city(parts, one):
        return None
    one.sure = _base(parts, one) + _around(parts, one) + place(parts, one)
    return one


def _base(parts: Parts, one: Lone) -> float:
    """How sure the surname is by itself: in a game surnames stand alone."""
    several = one.end - one.at > 1
    sure = (0.12 if one.wordy else 0.3) + (0.05 if several else 0.0)
    if parts.stretch.sport:
        sure += 0.12 if one.wordy else 0.25
        sure += 0.25 if one.wordy and several else 0.0
    return sure - (0.2 if parts.stretch.caps else 0.0)


def _around(parts: Parts, one: Lone) -> float:
    """What the words before and after say."""
    stretch = parts.stretch
    before = stretch.tokens[one.at - 1].key if one.at else ""
    if before in ARTICLES:
        return -0.3
    cue = 0.15 if before in parts.words.strong_cues else 0.0
    if stretch.tokens[one.end - 1].possessive:
        return cue + 0.1
    if one.end < len(stretch.tokens) and not stretch.gaps[one.end - 1].strip():
        after = stretch.tokens[one.end].key
        if after in parts.words.not_after:
            return cue - 0.15
        if after in parts.words.verbs and not (one.wordy and after in BEING):
            return cue + 0.12
        return cue - (0.1 if one.wordy else 0.0)
    return cue


def _adults(parts: Parts, one: Lone) -> Lone | None:
    """With a title an adult is meant: staff of the registry, never a student."""
    people = parts.index.people
    rows = {row for row in one.exact if people[row].kind is not Kind.STUDENT}
    if not rows:
        return None
    one.exact, one.sure = rows, 0.7
    return one


def _group(parts: Parts, one: Lone) -> float:
    """How sure it is as the name of a family: the Smith twins, la famille Tremblay."""
    stretch = parts.stretch
    after = stretch.tokens[one.end].key if one.end < len(stretch.tokens) else ""
    before = stretch.tokens[one.at - 1].key if one.at else ""
    joined = one.end - 1 < len(stretch.joins) and stretch.joins[one.end - 1]
    if (after in GROUPS and joined) or (before in GROUPS and stretch.plain(one.at - 1)):
        return 0.55 if one.wordy else 0.8
    return 0.0


def _plural(parts: Parts, at: int) -> Lone | None:
    """A family by its surname in the plural: the Hironakas."""
    stretch = parts.stretch
    token = stretch.tokens[at]
    before = stretch.tokens[at - 1].key if at else ""
    if not token.cap or before not in ("the", "les") or not stretch.plain(at - 1):
        return None
    stems = [token.key[:-1]] if token.key.endswith("s") else []
    stems += [token.key[:-2]] if token.key.endswith("es") else []
    for stem in stems:
        if rows := parts.index.last.get(stem, NOBODY):
            wordy = token.key in parts.words.words or stem in parts.words.words
            far = stretch.tokens[at - 2].key if at > 1 else ""
            further = stretch.tokens[at - 3].key if at > 2 else ""
            cued = not parts.words.strong_cues.isdisjoint((far, further))
            sure = (0.15 if wordy else 0.6) + (0.2 if cued else 0.0)
            return Lone(at, at + 1, rows, NOBODY, Form.SURNAME, sure, wordy, surname=True)
    return None


def _beside_unknown(parts: Parts, one: Lone) -> bool:
    """Whether a capitalised word right beside it makes the surname somebody else's."""
    stretch = parts.stretch
    if stretch.caps:
        return False
    for at, other in ((one.at - 1, one.at - 1), (one.end - 1, one.end)):
        if not (0 <= other < len(stretch.tokens)) or not stretch.plain(at):
            continue
        token = stretch.tokens[other]
        known = token.key in parts.words.plain or token.key in DAYS
        known = known or token.key in parts.words.verbs or token.key in parts.words.strong_cues
        if token.cap and not known and not token.possessive:
            return True
    return False

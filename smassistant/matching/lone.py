"""A name on its own that is being judged, and what first names and surnames have in common."""

from __future__ import annotations

from dataclasses import dataclass

from smassistant.domain.findings import Form
from smassistant.matching.index import Ids
from smassistant.matching.parts import Parts
from smassistant.matching.tokens import Token
from smassistant.words import words_of

BEING = words_of("is was has will can could did est etait a had are were")
_IN_TOWN = words_of(
    "in from near at a au en visit across to on vs versus against beat beating over host hosts "
    "defeat defeated play plays contre"
)


@dataclass(slots=True)
class Lone:
    """Tokens `at` up to `end`, the name's bearers, and how sure it is so far.

    `wordy` where every token is an ordinary word as well.
    """

    at: int
    end: int
    exact: Ids
    loose: Ids
    form: Form
    sure: float
    wordy: bool
    surname: bool = False


def is_title(parts: Parts, at: int) -> bool:
    """Whether the token is itself a title before a capitalised name ("Elder Marcia")."""
    tokens = parts.stretch.tokens
    follows = at + 1 < len(tokens) and tokens[at + 1].cap and parts.stretch.plain(at)
    return tokens[at].key in parts.words.titles and follows


def title_before(parts: Parts, at: int) -> Token | None:
    """The title right before the token, if any."""
    if not at:
        return None
    before, gap = parts.stretch.tokens[at - 1], parts.stretch.gaps[at - 1]
    if before.key not in parts.words.titles or gap.strip() not in ("", "."):
        return None
    if before.key == "m" and not parts.stretch.french:
        return None
    loud = before.cap or gap.startswith(".") or parts.stretch.lower
    return before if loud and not before.possessive else None


def place(parts: Parts, one: Lone) -> float:
    """A place, institution or thing named after somebody."""
    stretch = parts.stretch
    if stretch.plain(one.end - 1) and one.end < len(stretch.tokens):
        after = stretch.tokens[one.end]
        if after.key in parts.words.place_words and not stretch.tokens[one.end - 1].possessive:
            if after.cap and after.key not in parts.words.verbs:
                return -0.6 if one.wordy or not stretch.titled else -0.2
            return -0.4 if one.wordy else -0.1 if after.key not in parts.words.verbs else 0.0
    before = stretch.tokens[one.at - 1].key if one.at else ""
    if is_city(parts, one) and before in _IN_TOWN:
        far = stretch.tokens[one.at - 2].key if one.at > 1 else ""
        return 0.0 if far in parts.words.strong_cues else -0.35
    return 0.0


def is_city(parts: Parts, one: Lone) -> bool:
    """Whether the name is a town's as well."""
    return parts.stretch.tokens[one.at].key in parts.words.cities

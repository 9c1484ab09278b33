"""A name on its own that is being judged, and what first names and surnames have in common."""

from __future__ import annotations

from dataclasses import dataclass

from smassistant.domain.findings import Form
from smassistant.matching.index import Ids
from smassistant.matching.parts import Parts
from smassistant.matching.tokens import Token


@dataclass(slots=True)
class Lone:
    """Tokens `at` up to `end`, the name's bearers, and how sure it is so far.

    `wordy` where every token is an ordinary word as well; `settled` where nothing around it can
    change how sure it is.
    """

    at: int
    end: int
    exact: Ids
    loose: Ids
    form: Form
    sure: float
    wordy: bool
    surname: bool = False
    settled: bool = False


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


def is_city(parts: Parts, one: Lone) -> bool:
    """Whether the name is a town's as well."""
    return parts.stretch.tokens[one.at].key in parts.words.cities


def is_part_of_more(parts: Parts, one: Lone) -> bool:
    """Whether a hyphen, or the rest of a school's name, makes it part of something longer."""
    stretch, known = parts.stretch, parts.index.school_words
    for gap, other in ((one.at - 1, one.at - 1), (one.end - 1, one.end)):
        if not (0 <= gap < len(stretch.gaps)):
            continue
        token, between = stretch.tokens[other], stretch.gaps[gap]
        if between == "-" and token.cap and not stretch.caps:
            return True
        mine = stretch.tokens[one.at if other < one.at else one.end - 1].key
        if between == " " and mine in known and token.key in known and token.cap:
            return True
    return False

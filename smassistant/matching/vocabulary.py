"""The words the engine knows beside the names of the registry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from smassistant.domain.folding import fold, squash
from smassistant.words import word_keys, word_lines, words_of

ROYALTY = words_of("king queen prince princess duke lady lord sir roi")
# Titles that a student may bear as well ("council president Emma"): they only spoil a surname.
OFFICES = words_of("author auteur auteure poet president judge librarian secretary maestro")
ARTICLES = words_of("the a an le la les un une du des this that these those my your")
PARTICLES = words_of(
    "van von der den de del dela della di da dos das do du la le les el al bin ibn ben ten ter te "
    "st ste san santa mac mc o d n l vander vanden with a zu zum y e his her many"
)
GROUPS = words_of(
    "family families twins twin brothers sisters siblings boys girls kids cousins household clan "
    "trio duo triplets brother sister famille jumeaux jumelles freres soeurs"
)
SCHOOL_KINDS = words_of(
    "school elementary middle high secondary junior senior ecole academy collegiate institute "
    "centre primary the of du de la des immersion community regional comprehensive composite"
)
DAYS = words_of(
    "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi "
    "samedi dimanche january february march september october november december today tomorrow "
    "tonight janvier fevrier mars juillet septembre octobre novembre decembre"
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sets of look-up keys; `plain` are those of the common `words` that no name is made of."""

    words: frozenset[str]
    plain: frozenset[str]
    cities: frozenset[str]
    months: frozenset[str]
    place_words: frozenset[str]
    place_before: frozenset[str]
    titles: frozenset[str]
    strong_cues: frozenset[str]
    weak_cues: frozenset[str]
    verbs: frozenset[str]
    not_after: frozenset[str]
    sport: frozenset[str]
    affixes: frozenset[str]
    given_names: frozenset[str]
    public_figures: frozenset[str]
    brands: frozenset[str]
    phrases: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The shipped words, read once."""
    common = word_keys("common_en", "common_fr")
    named = word_keys("name_words")
    cities = word_keys("cities")
    return Vocabulary(
        words=common | named | cities,
        plain=common - named,
        cities=cities,
        months=word_keys("months"),
        place_words=word_keys("place_words"),
        place_before=word_keys("place_before"),
        titles=word_keys("titles"),
        strong_cues=word_keys("strong_cues"),
        weak_cues=word_keys("weak_cues"),
        verbs=word_keys("person_verbs"),
        not_after=word_keys("not_after"),
        sport=word_keys("sport_words"),
        affixes=word_keys("affixes"),
        given_names=word_keys("given_names"),
        public_figures=word_keys("public_figures"),
        brands=word_keys("brands"),
        phrases=word_keys("phrases"),
    )


@cache
def works() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """First word → what tells a work (lower case, folded), and the keys of its cast."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for line in word_lines("works"):
        signs, _, cast = line.partition(":")
        keys = frozenset(map(squash, cast.split()))
        for sign in map(str.lower, (fold(one).text for one in signs.split("|"))):
            found.setdefault(re.findall(r"\w+", sign)[0], []).append((sign, keys))
    return found


@cache
def short_forms() -> dict[str, tuple[str, ...]]:
    """Formal first name → its short forms, as look-up keys."""
    pairs = (line.split(":") for line in word_lines("nicknames"))
    return {squash(formal): tuple(short.split()) for formal, short in pairs}
